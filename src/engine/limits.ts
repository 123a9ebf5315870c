/** A plan is held against its profile's limits before anything is shown or written (DESIGN 6). */
import { openNotice } from './notice.ts'
import type { ExceededLimit, LimitName, Notice } from './plan.ts'

/** A number; a percentage of what is managed, like `10%`; or a number for one occasion. */
export type Limit = number | string | { readonly max: number; readonly until: string }

export interface Limits {
  readonly creates: Limit
  readonly updates: Limit
  readonly deletes: Limit
  readonly emptySource: 'refuse' | 'allow'
}

export const DEFAULT_LIMITS: Limits = {
  creates: '50%',
  updates: '100%',
  deletes: '10%',
  emptySource: 'refuse',
}

/** A percentage of little is never below this: a profile that manages five people can lose one. */
const LEAST_FROM_PERCENTAGE = 3

const COUNTED = ['creates', 'updates', 'deletes'] as const
type Counted = (typeof COUNTED)[number]

export interface Held {
  readonly limits: Limits
  readonly counted: Readonly<Record<Counted, number>>
  /** How many objects the profile manages in the target now. */
  readonly managed: number
  /** Whether the profile manages anything yet: until then `creates` does not bind. */
  readonly begun: boolean
  /** How many people are in scope; `undefined` where the kind has none, or none are wanted (`state: absent`). */
  readonly people: number | undefined
  readonly now: Date
}

export interface Verdict {
  /** `null` where the limit does not bind. */
  readonly allowed: Readonly<Record<Counted, number | null>>
  readonly exceeded: readonly ExceededLimit[]
  /** Limits for one occasion whose day has passed. */
  readonly warnings: readonly Notice[]
}

export function holdAgainstLimits({ limits, counted, managed, begun, people, now }: Held): Verdict {
  const allowed: Record<Counted, number | null> = { creates: null, updates: null, deletes: null }
  const exceeded: ExceededLimit[] = []
  const warnings: Notice[] = []

  for (const name of COUNTED) {
    const limit = limits[name]
    const lapsed = hasLapsed(limit, now)
    if (lapsed) warnings.push(lapsedWarning(name, limit))
    const binding = lapsed ? DEFAULT_LIMITS[name] : limit
    if (name === 'creates' && !begun) continue
    const most = highestAllowed(binding, managed)
    allowed[name] = most
    if (counted[name] > most)
      exceeded.push({
        limit: name,
        count: counted[name],
        allowed: most,
        managed,
        message: tooMany(name, counted[name], most, binding, managed),
      })
  }

  if (people === 0 && managed > 0 && limits.emptySource === 'refuse')
    exceeded.push({
      limit: 'emptySource',
      count: 0,
      allowed: 1,
      managed,
      message: `The source gave no people at all, while the profile manages ${managed}. Usual causes: a renamed group, a filter that matches nobody, a missing permission. If it is meant: limits.emptySource: allow`,
    })
  return { allowed, exceeded, warnings }
}

/** How many of `managed` objects a limit allows: a percentage is rounded up, and never below 3. */
export function highestAllowed(limit: Limit, managed: number): number {
  if (typeof limit === 'number') return limit
  if (typeof limit === 'object') return limit.max
  return Math.max(LEAST_FROM_PERCENTAGE, Math.ceil((Number.parseFloat(limit) * managed) / 100))
}

/** The day named by `until` (UTC) still counts. */
function hasLapsed(limit: Limit, now: Date): boolean {
  return typeof limit === 'object' && now.toISOString().slice(0, 10) > limit.until
}

function lapsedWarning(name: LimitName, limit: Limit): Notice {
  const until = (limit as { until: string }).until
  return openNotice(
    'limit-lapsed',
    `limits.${name} was raised until ${until}; that day has passed, and the default binds again. The key can be deleted.`,
  )
}

const NOUNS: Record<Counted, string> = { creates: 'creations', updates: 'updates', deletes: 'deletions' }

function tooMany(name: Counted, count: number, most: number, limit: Limit, managed: number): string {
  const why =
    typeof limit === 'string'
      ? ` (${limit} of the ${managed} it manages, at least ${LEAST_FROM_PERCENTAGE})`
      : ''
  return `${count} ${NOUNS[name]} are planned, and limits.${name} allows ${most}${why}.`
}
