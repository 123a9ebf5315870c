/** What is wrong with a profile, where, and what would be right. */

/** Keys and indices from the document down, e.g. `['from', 0, 'where']`. */
export type Path = readonly (string | number)[]

export interface Fault {
  /** Relative to the repository, with forward slashes; `''` for what stands in no file. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** What was found and what is allowed, as one sentence without a full stop. */
  readonly message: string
  /** As a reader writes it, e.g. `from[0].where`; `''` for the document as a whole. */
  readonly path: string
}

/** How checks report: what is wrong at a path, and where within its text. */
export type Report = (path: Path, message: string, options?: FaultOptions) => void

export interface FaultOptions {
  /** Where in the text of the value, counted from 0. */
  readonly offset?: number
  /** The key is at fault, not its value. */
  readonly key?: boolean
}

/** `file:line:column message`, as editors and terminals follow it. */
export function formatFault({ file, line, column, message }: Fault): string {
  return file === '' ? message : `${file}:${line}:${column} ${message}`
}

export function formatPath(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('')
}

/** By file, then from top to bottom: the order in which they are read. What is said twice of one place is one. */
export function sortFaults(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [formatFault(fault), fault])).values()].toSorted(
    (left, right) =>
      order(left.file, right.file) ||
      left.line - right.line ||
      left.column - right.column ||
      order(left.message, right.message),
  )
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
