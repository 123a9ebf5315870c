/** Why a profile includes somebody or does not, and what stands in its target for them: plain data. */
import type { Proposal } from './kind.ts'
import type { Change, MailboxSet, Notice, ProfilePlan, Value } from './plan.ts'
import type { Task } from './planning.ts'

/**
 * - `included`: a person of the profile;
 * - `skipped`: in scope of a source, and left out by the profile or by another person's claim;
 * - `not-included`: known to a source, and outside its scope;
 * - `unknown`: no source knows such a person.
 */
export type Verdict = 'included' | 'skipped' | 'not-included' | 'unknown'

/** What a kind tells of one person. */
export interface Explanation {
  /** Whether the sources gave them. Whom the proposal skips is `skipped`, whatever stands here. */
  readonly verdict: Verdict
  /** One for each source or rule that decided. */
  readonly reasons: readonly Notice[]
  /** The person's id at the source, where they are known. */
  readonly key?: string
  readonly label?: string
  /** What stands in the target with the person's mark or address, whoever made it. */
  readonly standing: readonly Standing[]
  /** Made of the same reading: what it holds for the person is picked from it, so that the two agree. */
  readonly proposal: Proposal<unknown>
}

/** An object of the target. */
export interface Standing {
  /** The kind of object in the target's own words, e.g. `mail-contact`. */
  readonly object: string
  readonly targetId?: string
  /** The mailbox it stands in, for a kind that has many. */
  readonly mailbox?: string
  /** Whose it is, in words, e.g. `of this profile`, `of profile sales`, `without a mark`. Names nobody. */
  readonly whose: string
  /** Its key in the plan, where it has one: the person that its mark names. */
  readonly key?: string
  readonly attributes: Readonly<Record<string, Value>>
}

/** One profile's answer. */
export interface ProfileExplained extends Pick<
  ProfilePlan,
  'name' | 'kind' | 'file' | 'from' | 'to' | 'limits' | 'errors'
> {
  readonly state: Task['state']
  /** `failed`: it could not be read; `no-people`: its kind is about no people. */
  readonly verdict: Verdict | 'paused' | 'failed' | 'no-people'
  readonly reasons: readonly Notice[]
  readonly key?: string
  readonly label?: string
  readonly standing: readonly Standing[]
  /** What the plan holds for them, or for what stands there. Nothing of it is written over a limit. */
  readonly changes: readonly Change[]
  /** Those that the changes name. */
  readonly mailboxSets: readonly MailboxSet[]
}
