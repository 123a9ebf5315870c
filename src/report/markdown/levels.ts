/**
 * A plan is rendered in falling levels, each of them anew from the plan, until one fits. Nothing is ever
 * cut out of a text: what a level leaves out, it says.
 */

export interface Level {
  readonly name: 'everything' | 'fields' | 'deletions' | 'first-deletions' | 'profiles' | 'totals'
  /** The values of fields; else their names. Only where `detail` shows values. */
  readonly values: boolean
  /** Most lines about people to be deleted, and about all others, of each group. */
  readonly deletions: number
  readonly others: number
  /** Most lines about what was skipped, warned of, failed. */
  readonly remarks: number
  /** Lines about mailboxes that are ready, beside those that are not. */
  readonly ready: boolean
  /** Most scripts to be pasted. */
  readonly scripts: number
  /** A row for each profile. */
  readonly profiles: boolean
  /** Most profiles over a limit, and errors, that are named one by one. */
  readonly limits: number
  /** Most code points of an error's text. */
  readonly text: number
}

const ALL = Number.POSITIVE_INFINITY

export const LEVELS: readonly Level[] = [
  {
    ...level('everything', { deletions: ALL, others: ALL, remarks: ALL, scripts: ALL }),
    values: true,
    ready: true,
  },
  level('fields', { deletions: ALL, others: ALL, remarks: 100, scripts: 5 }),
  level('deletions', { deletions: ALL, others: 0, remarks: 20, scripts: 0 }),
  level('first-deletions', { deletions: 20, others: 0, remarks: 5, scripts: 0 }),
  level('profiles', { deletions: 0, others: 0, remarks: 0, scripts: 0 }),
  {
    ...level('totals', { deletions: 0, others: 0, remarks: 0, scripts: 0 }),
    profiles: false,
    limits: 3,
    text: 120,
  },
]

function level(
  name: Level['name'],
  lines: Pick<Level, 'deletions' | 'others' | 'remarks' | 'scripts'>,
): Level {
  return { name, ...lines, values: false, ready: false, profiles: true, limits: ALL, text: 600 }
}

/** The smallest level of any plan, whatever its names, fits this many bytes, apart from the record that is carried along. */
export const SMALLEST_BYTES = 16_384

/** No line about anybody is shorter than this, in bytes. */
const SHORTEST_LINE = 20

/**
 * The first level whose text is no longer than `budgetBytes` in UTF-8.
 * @param lines how many lines about people a level has; one with too many is not even tried
 * @throws RangeError when the budget is smaller than the smallest level and the record
 */
export function fitted(
  render: (level: Level) => string,
  budgetBytes: number,
  lines: (level: Level) => number = () => 0,
): string {
  for (const level of LEVELS) {
    if (lines(level) * SHORTEST_LINE > budgetBytes) continue
    const text = render(level)
    if (Buffer.byteLength(text) <= budgetBytes) return text
  }
  throw new RangeError(`No level fits ${budgetBytes} bytes; ${SMALLEST_BYTES} and the record's are needed.`)
}
