/** A file as rows below a header, each a record by the person's field. */
import { LIST_FIELDS, type PersonField } from '../../people/person.ts'
import type { RecordValues } from '../record.ts'
import { encodingFault } from './encoding.ts'
import { openFault, type CsvFault } from './fault.ts'
import { delimiterOf, EMPTY_FILE, headerFaults } from './header.ts'
import { readRecords } from './records.ts'

export interface Row {
  /** On which it begins, from 1. */
  readonly line: number
  readonly values: RecordValues
}

/**
 * Rows without any value are passed over, as spreadsheets leave them at the end.
 *
 * @param report what is wrong, from top to bottom.
 * @param handOver takes one row at a time; below a faulty header there are none.
 * @returns the columns; `undefined` when they are at fault.
 */
export function readRows(
  bytes: Buffer,
  report: (fault: CsvFault) => void,
  handOver: (row: Row) => void,
): readonly PersonField[] | undefined {
  const unreadable = encodingFault(bytes)
  if (unreadable) {
    report(unreadable)
    return undefined
  }
  let header: readonly string[] | undefined
  let columns: readonly PersonField[] | undefined

  const cutOff = readRecords(bytes, delimiterOf(bytes), (cells, line) => {
    if (cells.every((cell) => cell === '')) return
    if (header === undefined) {
      header = cells
      const faults = headerFaults(header, line)
      for (const fault of faults) report(fault)
      if (faults.length === 0) columns = header as readonly PersonField[]
    } else if (cells.length !== header.length)
      report(openFault(line, `has ${count(cells.length, 'cell')}, and the header ${header.length}`))
    else if (columns) handOver({ line, values: valuesOf(columns, cells) })
  })
  if (cutOff) report(cutOff)
  else if (header === undefined) report(openFault(1, EMPTY_FILE))
  return columns
}

const LISTS: ReadonlySet<string> = new Set(LIST_FIELDS)

function valuesOf(columns: readonly PersonField[], cells: readonly string[]): RecordValues {
  return Object.fromEntries(
    columns.map((field, index) => [field, LISTS.has(field) ? listOf(cells[index]!) : cells[index]!]),
  )
}

/** Several values stand in one cell. */
function listOf(cell: string): string[] {
  return cell
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
