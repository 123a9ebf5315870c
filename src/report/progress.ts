/** How far what runs on its own has come, as much of it as may be shown. */
import type { Health, ProfilePlan, Progress } from '../engine/plan.ts'
import { concerned, message, type Detail } from './detail.ts'
import type { ShownHealth } from './health.ts'
import type { Occurrence } from './tally.ts'

/** More states than these nobody tells apart; the rest stand together as the last. */
const MOST_STATES = 12
const REST = 'others'

/** Names and texts are still hostile: to be made inert for their medium. */
export interface ShownProgress extends Pick<ShownHealth, 'what' | 'state' | 'text' | 'profile'> {
  /** Absent in `counts`. */
  readonly name?: string
  /** From 0 to 100. */
  readonly percent: number
  /** Those in which there are any, in the order in which they are gone through. */
  readonly states: readonly Occurrence[]
}

export function hasProgress(entry: Health): entry is Health & { readonly progress: Progress } {
  return entry.progress !== undefined
}

/** In the order of the plan. Numbers alone may be shown in any detail. */
export function shownProgress(
  profiles: readonly Pick<ProfilePlan, 'name' | 'health'>[],
  detail: Detail,
): readonly ShownProgress[] {
  return profiles.flatMap(({ name: profile, health }) =>
    health.filter(hasProgress).map((entry): ShownProgress => {
      const { what, state, progress } = entry
      const text = detail === 'counts' ? undefined : message(entry, detail)
      return {
        what,
        state,
        profile,
        ...(detail !== 'counts' && { name: concerned(entry, detail) }),
        ...(text !== undefined && { text }),
        percent: Math.min(100, Math.max(0, progress.percent)),
        states: statesOf(progress),
      }
    }),
  )
}

function statesOf({ states }: Progress): readonly Occurrence[] {
  const some = states.filter(({ count }) => count > 0).map(({ name, count }) => [name, count] as const)
  if (some.length <= MOST_STATES + 1) return some
  const rest = some.slice(MOST_STATES).reduce((sum, [, count]) => sum + count, 0)
  return [...some.slice(0, MOST_STATES), [REST, rest]]
}

/** `████████░░`: full only when all of it is through. */
export function progressBar(percent: number, width: number): string {
  const full = Math.floor((width * percent) / 100)
  return '█'.repeat(full) + '░'.repeat(width - full)
}
