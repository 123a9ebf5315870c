/** What an apply did, as plain data: the plan it followed, and how each of its changes ended. */
import type { Notice, Outcome, Plan } from './plan.ts'

export type ChangeResult =
  | { readonly status: 'done' }
  /** Deliberately not written; `why` is machine-readable. */
  | { readonly status: 'held'; readonly why: HeldBecause }
  /** `begun`: some of it was written before it failed; the next run completes it. */
  | { readonly status: 'failed'; readonly error: Notice; readonly begun?: true }
  /** Not attempted: what it depends on was held or failed, or the run was stopped. */
  | { readonly status: 'skipped'; readonly why: string }

/** `unreviewed`: a deletion nobody reviewed. `unmarked`: a deletion of an object without this profile's mark. */
export type HeldBecause = 'unreviewed' | 'unmarked'

export interface ProfileResult {
  readonly name: string
  readonly outcome: Outcome
  readonly done: Readonly<Record<'create' | 'update' | 'delete', number>>
  readonly held: number
  readonly failed: number
  readonly skipped: number
  /** One for each of the plan's changes, in the plan's order; empty when nothing was tried (blocked, stale, failed). */
  readonly changes: readonly ChangeResult[]
  /** Why the profile as a whole was refused (stale) or failed. */
  readonly errors: readonly Notice[]
}

export interface Result {
  readonly outcome: Outcome
  /** The fresh plan that was applied. */
  readonly plan: Plan
  /** In the order of the plan's profiles. */
  readonly profiles: readonly ProfileResult[]
}
