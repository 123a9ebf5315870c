/** What the renderings count: sums over profiles, how often each thing occurs, changes by their group. */
import type { Action, Change, Counts, Plan, ProfilePlan } from '../engine/plan.ts'

/** In the order in which they are shown: what cannot be undone by the next run stands first. */
export const GROUPS = ['deletions', 'leavers', 'updates', 'creations', 'adoptions'] as const
export type Group = (typeof GROUPS)[number]

const BY_ACTION: Record<Action, Group> = { create: 'creations', update: 'updates', delete: 'deletions' }

/** A leaver within `grace` is hidden by an update; it reads, and counts, like a deletion. */
function groupOf({ action, reason }: Change): Group {
  if (action === 'update' && reason === 'left-scope') return 'leavers'
  if (action === 'update' && reason === 'adopted') return 'adoptions'
  return BY_ACTION[action]
}

/** A change together with the profile that plans it. */
export interface Planned {
  readonly profile: ProfilePlan
  readonly change: Change
  /** How many objects it stands for: more than one where mailboxes share it. */
  readonly times: number
}

/** Every change of a plan under its group, in the plan's order. */
export function grouped(plan: Plan): Readonly<Record<Group, readonly Planned[]>> {
  const groups: Record<Group, Planned[]> = {
    deletions: [],
    leavers: [],
    updates: [],
    creations: [],
    adoptions: [],
  }
  for (const profile of plan.profiles) {
    const sizes = new Map(profile.mailboxSets?.map(({ id, mailboxes }) => [id, mailboxes.length]))
    for (const change of profile.changes)
      groups[groupOf(change)].push({ profile, change, times: sizes.get(change.mailboxSet ?? '') ?? 1 })
  }
  return groups
}

export function sumOf(planned: readonly Planned[]): number {
  return planned.reduce((sum, { times }) => sum + times, 0)
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

/** How often each occurs, the most frequent first, then by code unit: the same on every machine. */
export function occurrences(names: Iterable<string>): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([left, most], [right, more]) => more - most || (left < right ? -1 : 1))
}

/** The names of the fields that the changes write, with how many of them write each. */
export function fieldCounts(planned: readonly Planned[]): ReturnType<typeof occurrences> {
  return occurrences(
    (function* () {
      for (const { change } of planned) for (const { field } of change.fields) yield field
    })(),
  )
}
