/** How what runs on its own stands, as much of it as may be shown, in the order in which it is shown. */
import type { Health, ProfilePlan } from '../engine/plan.ts'
import { concerned, message, who, type Detail } from './detail.ts'
import { occurrences, type Occurrence } from './tally.ts'

const WORST_FIRST: readonly Health['state'][] = ['error', 'warning', 'ok']

/** Names and texts are still hostile: to be made inert for their medium. */
export interface ShownHealth {
  readonly what: Health['what']
  /** Whom or what it is about. */
  readonly name: string
  readonly state: Health['state']
  /** Absent where nothing of it may be told. */
  readonly text?: string
  /** One of the people it is about. */
  readonly example?: string
  readonly profile: string
}

/** The worst first, else in the order of the plan. In `counts` nothing but numbers is shown: see `healthCounts`. */
export function shownHealth(
  profiles: readonly Pick<ProfilePlan, 'name' | 'health'>[],
  detail: Detail,
): readonly ShownHealth[] {
  if (detail === 'counts') return []
  return profiles
    .flatMap(({ name, health }) => health.map((entry) => shown(entry, name, detail)))
    .toSorted((left, right) => WORST_FIRST.indexOf(left.state) - WORST_FIRST.indexOf(right.state))
}

function shown(entry: Health, profile: string, detail: Detail): ShownHealth {
  const { what, state, example } = entry
  const text = message(entry, detail)
  return {
    what,
    name: concerned(entry, detail),
    state,
    ...(text !== undefined && { text }),
    ...(example !== undefined && { example: who(example, detail) }),
    profile,
  }
}

/** How many there are of each state: `job error`, 2. The worst first. */
export function healthCounts(health: readonly Pick<Health, 'what' | 'state'>[]): readonly Occurrence[] {
  return WORST_FIRST.flatMap((wanted) =>
    occurrences(health.filter(({ state }) => state === wanted).map(({ what, state }) => `${what} ${state}`)),
  )
}
