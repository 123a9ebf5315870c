/** Bytes as records of cells: RFC 4180, with the delimiters and line ends that spreadsheets write. */
import { CsvError, parse, type CsvErrorCode } from 'csv-parse/sync'
import { openFault, type CsvFault } from './fault.ts'
import type { Delimiter } from './header.ts'
import { lineCounter } from './lines.ts'

/** In bytes. Behind a quote that is left open, everything is one cell. */
const LONGEST_RECORD = 131_072

const BEHIND_A_QUOTE = 'text stands behind a closing quote: a quote inside a quoted cell is doubled'

const FAULTS: Partial<Record<CsvErrorCode, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: BEHIND_A_QUOTE,
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: BEHIND_A_QUOTE,
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell: put the cell in quotes, and double those inside it',
  CSV_MAX_RECORD_SIZE: `goes on for more than ${LONGEST_RECORD} bytes: a quote may be left open`,
}

/**
 * @param bytes UTF-8. A byte order mark is trimmed like any blank (ECMAScript, 12.2: ZWNBSP).
 * @param take takes one record at a time, none of which is kept: its cells, trimmed, and the line on which
 *   it begins. A blank line is a record of one empty cell.
 * @returns a fault behind which nothing can be read.
 */
export function readRecords(
  bytes: Buffer,
  delimiter: Delimiter,
  take: (cells: readonly string[], line: number) => void,
): CsvFault | undefined {
  // The library counts a CRLF inside quotes as two lines, and tells where a record ends: lines are counted here.
  const lineAt = lineCounter(bytes)
  let begin = 0
  try {
    parse(bytes, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      relax_column_count: true,
      max_record_size: LONGEST_RECORD,
      on_record(cells, { bytes: end }) {
        const line = lineAt(begin)
        begin = end
        take(
          cells.map((cell) => cell.trim()),
          line,
        )
        return null
      },
    })
    return undefined
  } catch (error) {
    const fault = error instanceof CsvError ? FAULTS[error.code] : undefined
    if (fault === undefined) throw error
    return openFault(lineAt(begin), fault)
  }
}
