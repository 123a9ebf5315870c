/**
 * Outlook's ids: long, opaque, base64 fit for URLs, case-sensitive. An item has two: the default one, which
 * changes when it is moved, and the immutable one, which does not; a folder's never changes (Microsoft Graph,
 * "Get immutable identifiers for Outlook resources").
 */
const PREFIXES = { folder: 'AQMk', default: 'AAMk', immutable: 'AAkA' } as const

export type IdKind = keyof typeof PREFIXES

/** What every id holds: the length of real ones, and characters that need care in URLs and comparisons. */
const FILLING = 'LTRmNTQtYjQ0Yi1kNmQyYTIxNzY2ZQBGAAAAAADUuTJK1K9sTpCdqXop_4NaBwAkv5yGQYyfSZTRQ4v2I'
const ID = /^(?:AQMk|AAMk|AAkA)[\w-]+=$/
const LENGTH = 4 + 48 + FILLING.length + 12

/** @param guid the mailbox's: its part of every id. */
export function mailboxPart(guid: string): string {
  return Buffer.from(guid).toString('base64url') + FILLING
}

/**
 * @param number of the item in its mailbox
 * @param place how often it was moved
 */
export function itemId(kind: IdKind, mailbox: string, number: number, place: number): string {
  const tail = Buffer.alloc(8)
  tail.writeUInt32BE(number)
  tail.writeUInt32BE(place, 4)
  return `${PREFIXES[kind]}${mailbox}${tail.toString('base64url')}=`
}

/** The item's number; `undefined` when this can be no id at all. The number of another's id may be anyone's. */
export function itemNumber(id: string): number | undefined {
  if (id.length !== LENGTH || !ID.test(id)) return undefined
  return Buffer.from(id.slice(-12, -1), 'base64url').readUInt32BE()
}
