/** How Active Directory writes down a GUID. */

/** Where in the bytes each group of the text stands: the first three are numbers, lowest byte first. */
const GROUPS: readonly (readonly number[])[] = [
  [3, 2, 1, 0],
  [5, 4],
  [7, 6],
  [8, 9],
  [10, 11, 12, 13, 14, 15],
]

/**
 * @param bytes the value of `objectGUID`: 16 bytes, of mixed endianness.
 * @returns in lower case, e.g. `6b0f8c1e-0000-4000-8000-00000000000a`; `undefined` when it is none.
 * Source: Microsoft, MS-DTYP 2.3.4.2 (GUID--Packet Representation) and 2.3.4.3 (Curly Braced String).
 */
export function guidText(bytes: Buffer): string | undefined {
  if (bytes.length !== 16) return undefined
  return GROUPS.map((group) => Buffer.from(group.map((at) => bytes[at]!)).toString('hex')).join('-')
}
