import { error } from '@actions/core'

import { visible } from '../report/inert.ts'

/** Of a step, GitHub shows ten errors: nine, and one that says how many more there are. */
const MOST_ERRORS = 10
const LONGEST_MESSAGE = 1000

/** A fault in a file of the repository. */
export interface Annotation {
  /** Relative to the repository, with forward slashes. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** May quote the file: hostile text. */
  readonly message: string
}

/** Shows faults on their lines in the pull request's files. */
export function annotate(faults: readonly Annotation[], title = 'tenant-sync'): void {
  const shown = faults.length > MOST_ERRORS ? faults.slice(0, MOST_ERRORS - 1) : faults
  for (const { file, line, column, message } of shown) {
    error(visible(message, LONGEST_MESSAGE), { title, file, startLine: line, startColumn: column })
  }
  if (faults.length > shown.length)
    error(`and ${faults.length - shown.length} more; the log names them all`, { title })
}
