/** What an apply did, as plain data: the plan it followed, and how each of its changes ended. */
import { worstOutcome, type Action, type Notice, type Outcome, type Plan } from './plan.ts'

export type ChangeResult =
  | { readonly status: 'done' }
  /** Deliberately not written; `why` is machine-readable. */
  | { readonly status: 'held'; readonly why: HeldBecause }
  /** `begun`: some of it was written before it failed; the next run completes it. */
  | { readonly status: 'failed'; readonly error: Notice; readonly begun?: true }
  /** Not attempted: what it depends on was held or failed, or the run was stopped. */
  | { readonly status: 'skipped'; readonly why: string }
  /** Mailboxes share it, and it ended differently from one to the other. */
  | {
      readonly status: 'divided'
      readonly done: number
      readonly failures: readonly MailboxFailure[]
      readonly skipped: readonly { readonly mailbox: string; readonly why: string }[]
    }
  /** None of the mailboxes that share it is of this shard. */
  | { readonly status: 'elsewhere' }

export interface MailboxFailure {
  readonly mailbox: string
  readonly error: Notice
  readonly begun?: true
}

/**
 * `unreviewed`: a deletion nobody reviewed. `unmarked`: nobody reviewed it, and the object does not bear this
 * profile's mark. `beyond-review`: there were more deletions than a review can list.
 */
export type HeldBecause = 'unreviewed' | 'unmarked' | 'beyond-review'

export interface ProfileResult {
  readonly name: string
  readonly outcome: Outcome
  /** What reviewers saw of it, and where; absent where no review approved or refused it. */
  readonly reviewed?: { readonly where: string; readonly counts: Readonly<Record<Action, number>> }
  /**
   * What was written, and what was not; a change that mailboxes share counts for each of this shard's. What went with
   * a change is a delete besides; of what was not written, changes alone are counted.
   */
  readonly done: Readonly<Record<Action, number>>
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

/** What a shard did, for the job that tells the result of all of them. */
export interface Part {
  readonly formatVersion: 1
  readonly profiles: readonly Pick<ProfileResult, 'name' | 'done'>[]
}

/** A result with what shards did before it: they wrote, and it wrote what they left. */
export function joined(result: Result, parts: readonly Part[]): Result {
  if (parts.length === 0) return result
  const profiles = result.profiles.map((profile): ProfileResult => {
    const done = { ...profile.done }
    for (const part of parts)
      for (const { name, done: before } of part.profiles)
        if (name === profile.name) for (const action of ACTIONS) done[action] += before[action]
    const written = ACTIONS.some((action) => done[action] > profile.done[action])
    return { ...profile, done, outcome: written ? outcomeWithParts(profile.outcome) : profile.outcome }
  })
  return { ...result, profiles, outcome: worstOutcome(profiles.map(({ outcome }) => outcome)) }
}

const ACTIONS = ['create', 'update', 'delete'] as const

function outcomeWithParts(outcome: Outcome): Outcome {
  if (outcome === 'no-changes') return 'applied'
  return outcome === 'failed' ? 'partial' : outcome
}
