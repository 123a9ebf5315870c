/**
 * Who approved a profile's plan, and what that approval does not cover (DESIGN 3.3 and 5): merging approves
 * the rule and its limits, and deletes nobody whom the reviewers did not see.
 */
import type { Proposed } from './kind.ts'
import { openNotice } from './notice.ts'
import type { Action, Notice } from './plan.ts'
import type { PlannedTask, Task } from './planning.ts'
import type { HeldBecause } from './result.ts'
import { changedSettings, isRemoval, isReviewed, isSeen, type Review, type Reviewed } from './review.ts'

/**
 * - `limits`: the merged profile and its limits are the approval: a schedule.
 * - `seen`: somebody saw just this plan: at a terminal, or by its digest.
 * - `nobody`: a merge for which no reviewed plan is found: nobody is deleted.
 * - a review: within what it saw.
 * - refused: nothing is written, for this reason.
 */
export type Approval = 'limits' | 'seen' | 'nobody' | Approved | Refused

/** A profile as it was reviewed, and where. */
export interface Approved {
  readonly reviewed: Reviewed
  readonly removals: ReadonlySet<string>
  readonly salt: string
  /** In the words of where reviews are held, e.g. `#7`. */
  readonly where: string
  /** When what it saw was merged; ISO 8601, UTC. */
  readonly mergedAt: string
}

export interface Refused {
  readonly refused: Notice
  /** The review that it does not fit. */
  readonly against?: Approved
}

export interface FoundReview extends Review, Pick<Approved, 'where' | 'mergedAt'> {
  /** When the plan was written that it is of; ISO 8601, UTC. */
  readonly plannedAt: string
}

/** The reviews of the newest changes, each where there is one. */
export interface Newest {
  /** Of the profile itself: of its file, though perhaps without the profile, or of the file it stood in. */
  readonly ofProfile?: FoundReview
  /** Of the file of the tenants, when that is newer: its own tenants may not be among those that changed. */
  readonly ofTenants?: FoundReview
  /** Those of whatever was merged since. Asked for only where these saw another profile. */
  readonly since?: () => Promise<readonly FoundReview[]>
}

/** What is known of a profile's past. */
export interface Past {
  /**
   * Whether the profile or its tenants changed since the commit of this run, which may be a repeated one.
   * @returns `undefined` where nobody tells.
   */
  isOutdated(task: Task): Promise<boolean | undefined>
  /** Asked for only where it matters. @returns `undefined` where nobody tells. */
  newest(task: Task): Promise<Newest | undefined>
}

export interface Merge extends Past {
  /** The reviews of what was merged, the last first; empty where none is found. */
  readonly own: readonly FoundReview[]
  /** Nothing is written without a reviewed plan. */
  readonly requirePlan: boolean
}

/** What a merge approves of a profile. */
export async function approvalOfMerge(planned: PlannedTask, merge: Merge): Promise<Approval> {
  const { task, plan } = planned
  const { own, requirePlan } = merge
  const outdated = await merge.isOutdated(task)
  if (outdated) return OUTDATED
  if (own.length > 0) {
    const seen = own.flatMap((review) => entryIn(review, task) ?? [])
    const approved = seen.find((one) => fits(task, one))
    if (approved) return outdated === undefined ? 'nobody' : approved
    const found = await merge.newest(task)
    const other = deciding(task, found)
    // It was reviewed elsewhere: there for this merge, if its plan could not yet see what was merged there.
    if (other && fits(task, other))
      return own.every((one) => isBefore(one.plannedAt, other.mergedAt)) ? other : 'nobody'
    const against = seen[0] ?? other
    if (against) return notAsReviewed(task, against)
    // A change of its file, and nobody saw the profile.
    if (!found || found.ofProfile) return notSeen(found?.ofProfile ?? own[0]!)
  }
  return requirePlan && plan.outcome === 'planned'
    ? { refused: openNotice('no-reviewed-plan', 'No reviewed plan was found, and require-plan is true.') }
    : 'nobody'
}

/**
 * On a schedule the merged profile and its limits are the approval, unless its newest review saw another one.
 * Where nobody tells what was reviewed, nobody is deleted.
 */
export async function standingApproval({ task }: PlannedTask, past: Past): Promise<Approval> {
  const outdated = await past.isOutdated(task)
  if (outdated) return OUTDATED
  const found = await past.newest(task)
  if (!found || outdated === undefined) return 'nobody'
  const reviewed = deciding(task, found)
  if (reviewed ? fits(task, reviewed) : !found.ofProfile) return 'limits'
  const since = (await found.since?.())?.flatMap((review) => entryIn(review, task) ?? []) ?? []
  if (since.some((one) => fits(task, one))) return 'limits'
  return reviewed ? notAsReviewed(task, reviewed) : notSeen(found.ofProfile!)
}

/** The newest change of the profile or of its tenants; a change of other tenants is none of it. */
function deciding(task: Task, { ofProfile, ofTenants }: Newest = {}): Approved | undefined {
  const [profile, tenants] = [ofProfile, ofTenants].map((review) => review && entryIn(review, task))
  const others = tenants && !fits(task, tenants) && sawTheseTenants(task, tenants)
  return profile && (!tenants || others) ? profile : tenants
}

function sawTheseTenants(task: Task, { reviewed, salt }: Approved): boolean {
  return changedSettings(task, reviewed, salt)?.every((path) => !path.startsWith('tenants.')) ?? false
}

function isBefore(time: string, other: string): boolean {
  return Date.parse(time) < Date.parse(other)
}

function entryIn(
  { profiles, salt, where, mergedAt }: FoundReview,
  { name, formerly }: Task,
): Approved | undefined {
  const reviewed = [name, ...formerly]
    .map((known) => profiles.find((profile) => profile.name === known))
    .find((one) => one !== undefined)
  return reviewed && { reviewed, removals: new Set(reviewed.removals), salt, where, mergedAt }
}

function fits(task: Task, { reviewed, salt }: Approved): boolean {
  return isReviewed(task, reviewed, salt)
}

const MOST_SETTINGS = 8

function notAsReviewed(task: Task, against: Approved): Refused {
  const changed = `Changed since the review in ${against.where}: ${named(task, against)}.`
  return { refused: openNotice('not-as-reviewed', changed), against }
}

const OUTDATED: Refused = {
  refused: openNotice(
    'outdated',
    'The profile or its tenants changed again since the commit of this run. The run of the newest commit applies them.',
  ),
}

/** The settings that differ. */
function named(task: Task, { reviewed, salt }: Approved): string {
  const changed = changedSettings(task, reviewed, salt) ?? []
  const more = changed.length > MOST_SETTINGS ? ` and ${changed.length - MOST_SETTINGS} more` : ''
  return (changed.slice(0, MOST_SETTINGS).join(', ') || 'the profile or its tenants') + more
}

function notSeen({ where }: FoundReview): Refused {
  return { refused: openNotice('not-as-reviewed', `Not among the profiles of the review in ${where}.`) }
}

/** @returns why a change may not be written. */
export function heldBecause(proposed: Proposed<never>, approval: Approval): HeldBecause | undefined {
  if (!isRemoval(proposed) || approval === 'seen') return undefined
  if (isApproved(approval)) {
    if (approval.reviewed.removals === null) return 'beyond-review'
    if (isSeen(proposed, approval.removals, approval.salt)) return undefined
  }
  if (proposed.unmarked) return 'unmarked'
  return approval === 'limits' ? undefined : 'unreviewed'
}

/** More than the reviewers saw may be created or updated, for people come and go; so many more may not. */
const MORE = { least: 5, share: 0.1 }

/** @param writing how much would be written. @returns why nothing may be, where that is far more than was reviewed. */
export function tooManyMore(
  writing: Readonly<Record<Action, number>>,
  { reviewed, where }: Approved,
): Notice | undefined {
  const more = (['create', 'update'] as const).filter(
    (action) =>
      writing[action] - reviewed.counts[action] > Math.max(MORE.least, MORE.share * reviewed.counts[action]),
  )
  if (more.length === 0) return undefined
  const counts = more.map((action) => `${action}s ${reviewed.counts[action]} -> ${writing[action]}`)
  return openNotice('more-than-reviewed', `More than was reviewed in ${where}: ${counts.join(', ')}.`)
}

export function isApproved(approval: Approval): approval is Approved {
  return typeof approval === 'object' && 'reviewed' in approval
}
