/** What the renderings count: sums over profiles, how often each thing occurs, changes by their group. */
import type { Action, Change, Counts, Plan, ProfilePlan, Reason, Removal, Skipped } from '../engine/plan.ts'

/** In the order in which they are shown: what cannot be undone by the next run stands first. */
export const GROUPS = ['deletions', 'leavers', 'configuration', 'updates', 'creations', 'adoptions'] as const
export type Group = (typeof GROUPS)[number]

export function isRemoving(group: Group): boolean {
  return group === 'deletions' || group === 'leavers'
}

const BY_ACTION: Record<Action, Group> = { create: 'creations', update: 'updates', delete: 'deletions' }

/**
 * A leaver within `grace` is hidden by an update; it reads, and counts, like a deletion. A deletion is one
 * of whatever it deletes.
 */
function groupOf({ action, reason, configuration }: Change): Group {
  if (configuration && action !== 'delete') return 'configuration'
  if (action === 'update' && reason === 'left-scope') return 'leavers'
  if (action === 'update' && reason === 'adopted') return 'adoptions'
  return BY_ACTION[action]
}

/** A change, and where it is made. */
export interface Placed {
  readonly change: Change
  /** The names of the mailboxes that share it; absent where none do. */
  readonly mailboxes?: readonly string[]
  /** Of a deletion that no change of its own is: the change that takes the object away with it. */
  readonly goesWith?: Change
}

/** A change together with the profile that plans it. */
export interface Planned extends Placed {
  readonly profile: ProfilePlan
}

/** The changes of a profile, in the plan's order. */
export function placedChanges({
  changes,
  mailboxSets,
}: Pick<ProfilePlan, 'changes' | 'mailboxSets'>): readonly Placed[] {
  const sets = new Map(mailboxSets?.map(({ id, mailboxes }) => [id, mailboxes]))
  return changes.map((change) => {
    const mailboxes = sets.get(change.mailboxSet ?? '')
    return { change, ...(mailboxes && { mailboxes }) }
  })
}

/** How many objects a change stands for: one in each of its mailboxes. */
export function timesOf({ mailboxes }: Placed): number {
  return mailboxes?.length ?? 1
}

/** Every change of a plan under its group, and among the deletions what goes with it, in the plan's order. */
export function grouped(plan: Plan): Readonly<Record<Group, readonly Planned[]>> {
  const groups: Record<Group, Planned[]> = {
    deletions: [],
    leavers: [],
    configuration: [],
    updates: [],
    creations: [],
    adoptions: [],
  }
  for (const profile of plan.profiles)
    for (const placed of placedChanges(profile)) {
      const { change } = placed
      groups[groupOf(change)].push({ profile, ...placed })
      for (const removal of change.removes ?? [])
        groups.deletions.push({ profile, ...going(removal, change) })
    }
  return groups
}

/** As a deletion. It is somebody's, whatever it goes with. */
function going(removal: Removal, goesWith: Change): Placed {
  const { key, reason } = goesWith
  return { change: { ...removal, action: 'delete', key, reason, fields: [] }, goesWith }
}

/** Why something is done: a reason of the plan, or that the object gives way to another. */
export type Why = Reason | 'replaced'

export function whyOf({ change, goesWith }: Pick<Placed, 'change' | 'goesWith'>): Why {
  return goesWith ? 'replaced' : change.reason
}

export function sumOf(planned: readonly Placed[]): number {
  return planned.reduce((sum, one) => sum + timesOf(one), 0)
}

/** A mailbox in scope, not a person, and nobody looked into it. */
export function isUnreached({ reason }: Skipped): boolean {
  return reason === 'mailbox-unavailable'
}

export function unreachedIn({ profiles }: Plan): number {
  return profiles.reduce((sum, { skipped }) => sum + skipped.filter(isUnreached).length, 0)
}

export function totals(profiles: readonly { readonly counts: Counts }[]): Counts {
  const sum = (count: keyof Counts) => profiles.reduce((total, { counts }) => total + counts[count], 0)
  return {
    create: sum('create'),
    update: sum('update'),
    delete: sum('delete'),
    unchanged: sum('unchanged'),
    skipped: sum('skipped'),
    held: sum('held'),
  }
}

/** A name, and how often it occurs. */
export type Occurrence = readonly [name: string, count: number]

/** How often each occurs, the most frequent first, then by code unit: the same on every machine. */
export function occurrences(names: Iterable<string>): readonly Occurrence[] {
  return added(Array.from(names, (name) => [name, 1] as const))
}

/** How many changes have each reason. */
export function reasonCounts(planned: readonly Placed[]): readonly Occurrence[] {
  return added(planned.map((one) => [whyOf(one), timesOf(one)] as const))
}

/** The names of the fields that the changes write, with how many of them write each. */
export function fieldCounts(planned: readonly Placed[]): readonly Occurrence[] {
  return added(
    (function* () {
      for (const one of planned)
        for (const { field } of one.change.fields) yield [field, timesOf(one)] as const
    })(),
  )
}

export function added(parts: Iterable<Occurrence>): readonly Occurrence[] {
  const sums = new Map<string, number>()
  for (const [name, count] of parts) sums.set(name, (sums.get(name) ?? 0) + count)
  return [...sums].sort(([left, most], [right, more]) => more - most || (left < right ? -1 : 1))
}
