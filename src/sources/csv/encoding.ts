/**
 * Text in UTF-8, or why it is none. Spreadsheets save as UTF-16 or in a code page just as readily, and
 * names read in the wrong one would be written to everybody's address book.
 */
import { isUtf8 } from 'node:buffer'
import { openFault, type CsvFault } from './fault.ts'
import { lineCounter, linesOf } from './lines.ts'

/** Of UTF-16: little end first, and big end first. */
const BYTE_ORDER_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])]
const WAY_OUT = 'and only UTF-8 is read: save it as CSV UTF-8'

export function encodingFault(bytes: Buffer): CsvFault | undefined {
  if (BYTE_ORDER_MARKS.some((mark) => bytes.subarray(0, mark.length).equals(mark)))
    return openFault(1, `the file is in UTF-16, ${WAY_OUT}`)
  const nul = bytes.indexOf(0)
  if (nul !== -1)
    return openFault(lineCounter(bytes)(nul), `the file holds a NUL, as one in UTF-16 does, ${WAY_OUT}`)
  if (isUtf8(bytes)) return undefined
  // No line end is part of a longer character: the first bad byte makes its own line bad.
  for (const line of linesOf(bytes))
    if (!isUtf8(line.bytes)) return openFault(line.number, `the file is not in UTF-8 here, ${WAY_OUT}`)
  return undefined
}
