/** A section about many of a kind: a table of them, or one line where there is no room or nothing to be told. */
import type { Occurrence } from '../tally.ts'
import { number } from '../wording.ts'
import { firstOf, folded, heading, type View } from './parts.ts'
import { table, type Column } from './table.ts'

export interface Section {
  readonly title: string
  /** How many there are of each: together, all of them. */
  readonly named: readonly Occurrence[]
  readonly columns: readonly Column[]
  /** Of those of which something may be told. */
  readonly rows: readonly (readonly string[])[]
  readonly open?: boolean
}

export function section({ title, named, columns, rows, open }: Section, view: View): string {
  const { detail, level } = view
  const total = named.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return ''
  const counted = `${title} (${number(total)})`
  if (detail === 'counts' || level.remarks === 0 || rows.length === 0) return heading(counted, named, view)
  const body = firstOf(rows, level.remarks, (shown) => table(columns, shown))
  return folded(counted, named, body, open)
}
