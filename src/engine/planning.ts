/**
 * From profiles to a plan. Each profile is planned by its kind and held against its limits; one that
 * fails takes nobody with it, and stands in the plan with its errors.
 */
import type { Kind, Proposal, Proposed, RunContext } from './kind.ts'
import { holdAgainstLimits, type Limits } from './limits.ts'
import { planDigest } from './digest.ts'
import { noticeOf, openNotice } from './notice.ts'
import { setsOf } from './mailbox-sets.ts'
import type { Change, Counts, Notice, Plan, ProfilePlan, Skipped } from './plan.ts'

/** A profile with the kind that plans it. */
export interface Task {
  readonly name: string
  /** Older names, whose objects are its own. */
  readonly formerly: readonly string[]
  readonly kindName: string
  readonly file: string
  /** Other files that it is read with, relative to the repository. */
  readonly files: readonly string[]
  readonly description?: string
  readonly from: readonly string[]
  readonly to: string
  /** The resolved profile (defaults applied) with the tenants it names; its `digest` is what a review approves. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly digest: string
  readonly state: 'present' | 'absent' | 'paused'
  readonly limits: Limits
  readonly profile: unknown
  /** Where in the repository a path of the profile stands, as `file:line:column`. */
  place?(path: readonly (string | number)[]): string
  readonly kind: Kind<unknown, unknown>
}

export interface PlannedTask {
  readonly task: Task
  readonly plan: ProfilePlan
  /** In the order of `plan.changes`; empty when planning failed or the profile is paused. */
  readonly proposed: readonly Proposed<unknown>[]
  /** What of the target could not be reached, so that an apply cannot be whole. */
  readonly incomplete?: Notice
}

export interface Planned {
  readonly plan: Plan
  readonly tasks: readonly PlannedTask[]
}

/** Profiles are planned side by side: their tenants' own limits are kept by the connections they share. */
export async function planAll(tasks: readonly Task[], context: RunContext): Promise<Planned> {
  const proposals = await Promise.all(tasks.map((task) => propose(task, context)))
  const taken = new Map<string, string>()
  const planned = tasks.map((task, index) => planOne(task, proposals[index]!, taken, context.now))
  const profiles = planned.map(({ plan }) => plan)
  return {
    plan: { formatVersion: 1, createdAt: context.now.toISOString(), digest: planDigest(profiles), profiles },
    tasks: planned,
  }
}

/** A proposal; nothing for a profile that is paused; or why there is none. */
type Proposing = Proposal<unknown> | undefined | { readonly failed: Notice }

async function propose(task: Task, context: RunContext): Promise<Proposing> {
  if (task.state === 'paused') return undefined
  try {
    return await task.kind.propose(task.profile, { ...context, file: task.file })
  } catch (error) {
    return { failed: noticeOf(error, task.place) }
  }
}

/** @param taken by what is exclusive: the profile that has it. */
function planOne(task: Task, proposal: Proposing, taken: Map<string, string>, now: Date): PlannedTask {
  if (!proposal) return { task, plan: unread(task, 'no-changes', []), proposed: [] }
  if ('failed' in proposal) return { task, plan: unread(task, 'failed', [proposal.failed]), proposed: [] }
  const isLate = ({ exclusive }: Proposed<unknown>) => exclusive !== undefined && taken.has(exclusive)
  const skipped = proposal.proposed.filter(isLate).map(({ change: { key, label }, exclusive }): Skipped => ({
    key,
    label,
    reason: 'address-taken',
    detail: `profile ${taken.get(exclusive!)} of this run plans it already`,
  }))
  const proposed = proposal.proposed.filter((one) => !isLate(one)).toSorted(byActionAndKey)
  for (const { exclusive } of proposed) if (exclusive !== undefined) taken.set(exclusive, task.name)
  const rest = { ...proposal, skipped: [...proposal.skipped, ...skipped] }
  const { incomplete } = proposal
  return { task, plan: limited(task, rest, proposed, now), proposed, ...(incomplete && { incomplete }) }
}

function limited(
  task: Task,
  proposal: Proposal<unknown>,
  proposed: readonly Proposed<unknown>[],
  now: Date,
): ProfilePlan {
  const counting = (limit: Proposed<unknown>['countsAs']) =>
    proposed
      .filter(({ countsAs }) => countsAs === limit)
      .reduce((sum, { people, mailboxes }) => sum + (people ?? mailboxes?.length ?? 1), 0)
  const counted = { creates: counting('creates'), updates: counting('updates'), deletes: counting('deletes') }
  const { managed, begun, people, mailboxes, incomplete } = proposal
  const verdict = holdAgainstLimits({ limits: task.limits, counted, managed, begun, people, now })
  const { sets, setOf } = setsOf(proposed)
  const changes = proposed.map((one): Change => {
    const mailboxSet = setOf(one)
    return {
      ...one.change,
      ...(mailboxSet !== undefined && { mailboxSet }),
      ...(one.countsAs === undefined && { configuration: true }),
    }
  })
  return {
    ...identity(task),
    outcome: verdict.exceeded.length > 0 ? 'blocked' : changes.length > 0 ? 'planned' : 'no-changes',
    counts: countsOf(proposed, proposal),
    managed,
    allowed: verdict.allowed,
    counted,
    limits: verdict.exceeded,
    changes,
    ...(mailboxes !== undefined && { mailboxes }),
    ...(sets.length > 0 && { mailboxSets: sets }),
    skipped: proposal.skipped.toSorted(
      (left, right) => order(left.key, right.key) || order(left.reason, right.reason),
    ),
    health: proposal.health,
    warnings: [...proposal.warnings, ...(incomplete ? [incomplete] : []), ...verdict.warnings],
    errors: [],
  }
}

/** A profile that was not read: paused, or failed. */
function unread(task: Task, outcome: 'no-changes' | 'failed', errors: readonly Notice[]): ProfilePlan {
  return {
    ...identity(task),
    outcome,
    counts: { create: 0, update: 0, delete: 0, unchanged: 0, skipped: 0, held: 0 },
    managed: 0,
    allowed: { creates: null, updates: null, deletes: null },
    counted: { creates: 0, updates: 0, deletes: 0 },
    limits: [],
    changes: [],
    skipped: [],
    health: [],
    warnings:
      outcome === 'no-changes' ? [openNotice('paused', 'state: paused, so nothing is read or planned.')] : [],
    errors,
  }
}

function identity({ name, kindName, file, description, from, to, digest }: Task) {
  return {
    name,
    kind: kindName,
    file,
    ...(description !== undefined && { description }),
    from,
    to,
    profileDigest: digest,
  }
}

/** How many objects the changes are about: one that mailboxes share counts once for each. */
function sumOf(proposed: readonly Proposed<unknown>[]): number {
  return proposed.reduce((sum, { mailboxes }) => sum + (mailboxes?.length ?? 1), 0)
}

function countsOf(proposed: readonly Proposed<unknown>[], { unchanged, skipped }: Proposal<unknown>): Counts {
  const of = (action: Change['action']) => sumOf(proposed.filter(({ change }) => change.action === action))
  return {
    create: of('create'),
    update: of('update'),
    delete: of('delete') + removalsIn(proposed),
    unchanged,
    skipped: skipped.length,
    held: 0,
  }
}

/** How many objects go with the changes. */
function removalsIn(proposed: readonly Proposed<unknown>[]): number {
  return proposed.reduce((sum, { change }) => sum + (change.removes?.length ?? 0), 0)
}

const ACTIONS: readonly Change['action'][] = ['create', 'update', 'delete']

/** Among equals the kind's own order stays. */
function byActionAndKey({ change: left }: Proposed<unknown>, { change: right }: Proposed<unknown>): number {
  return (
    ACTIONS.indexOf(left.action) - ACTIONS.indexOf(right.action) ||
    order(left.key, right.key) ||
    order(left.object, right.object) ||
    order(left.targetId ?? '', right.targetId ?? '')
  )
}

/** By code unit: the same on every machine, whatever its locale. */
function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
