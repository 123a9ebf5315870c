import type { Outcome } from '../engine/plan.ts'

/** Exit codes of the command line (DESIGN 7). */
export const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  'no-changes': 0,
  planned: 0,
  applied: 0,
  held: 0,
  validated: 0,
  failed: 1,
  blocked: 3,
  stale: 4,
  partial: 5,
}

/** `plan --detailed-exitcode`: there are changes. */
export const CHANGES_EXIT_CODE = 2
export const ERROR_EXIT_CODE = 1
