/** How the changes of an apply ended, each beside the change and the profile it belongs to. */
import type { Notice } from '../engine/plan.ts'
import type { ChangeResult, HeldBecause, MailboxFailure, Result } from '../engine/result.ts'
import { placedChanges, type Planned } from './tally.ts'

/** A change, or its part in one mailbox, that failed. */
export interface Failure extends Planned {
  readonly error: Notice
}

export interface HeldBack extends Planned {
  readonly why: HeldBecause
}

/** A change, or its part in one mailbox, that was not attempted. */
export interface Unattempted extends Planned {
  readonly why: string
}

/** One for each mailbox in which a change failed, in the plan's order. */
export function failures(result: Result): Failure[] {
  return each(result, (planned, ending): Failure[] => {
    if (ending.status === 'failed') return [{ ...planned, error: ending.error }]
    if (ending.status !== 'divided') return []
    return ending.failures.map(({ mailbox, error }) => ({ ...planned, mailboxes: [mailbox], error }))
  })
}

export function heldBack(result: Result): HeldBack[] {
  return each(result, (planned, ending) =>
    ending.status === 'held' ? [{ ...planned, why: ending.why }] : [],
  )
}

/** One for each mailbox in which a change was not attempted, in the plan's order. */
export function unattempted(result: Result): Unattempted[] {
  return each(result, (planned, ending): Unattempted[] => {
    if (ending.status === 'skipped') return [{ ...planned, why: ending.why }]
    if (ending.status !== 'divided') return []
    return ending.skipped.map(({ mailbox, why }) => ({ ...planned, mailboxes: [mailbox], why }))
  })
}

/** The codes of the errors with which a change failed: one for each mailbox. */
export function codesOf(ending: ChangeResult): string[] {
  if (ending.status === 'failed') return [ending.error.code]
  return ending.status === 'divided' ? ending.failures.map(({ error }) => error.code) : []
}

/** Mailboxes in which a change failed alike. */
export interface FailedAlike {
  /** Of the first of them. */
  readonly error: Notice
  readonly mailboxes: readonly string[]
}

/** By the codes of their errors, in the order in which these occur. */
export function failedAlike(failed: readonly MailboxFailure[]): FailedAlike[] {
  const alike = new Map<string, { error: Notice; mailboxes: string[] }>()
  for (const { mailbox, error } of failed) {
    const known = alike.get(error.code)
    if (known) known.mailboxes.push(mailbox)
    else alike.set(error.code, { error, mailboxes: [mailbox] })
  }
  return [...alike.values()]
}

function each<T>(
  { plan, profiles }: Result,
  of: (planned: Planned, ending: ChangeResult) => readonly T[],
): T[] {
  return profiles.flatMap(({ changes }, at) => {
    const profile = plan.profiles[at]!
    const placed = placedChanges(profile)
    return changes.flatMap((ending, index) => of({ profile, ...placed[index]! }, ending))
  })
}
