import type { QueryOptions } from './query/options.ts'

/** What one request leaves behind. */
export interface Charge {
  /** Resource units: `x-ms-resource-unit`. */
  readonly cost: number
  /** How much of the limit is used, 1 being all of it. */
  readonly used: number
  /** Seconds to wait; present when the request is refused. */
  readonly retryAfter?: number
}

const WINDOW_SECONDS = 10

/** Base costs of reads; everything else costs 1 (Microsoft Graph, "throttling limits", identity and access). */
const COSTS: Readonly<Record<string, number>> = {
  '/users': 2,
  '/groups/{id}/members': 3,
  '/groups/{id}/transitiveMembers': 5,
}

/** The resource units of a read. */
export function costOf(template: string, options: Pick<QueryOptions, 'select' | 'expand' | 'top'>): number {
  const base = COSTS[template] ?? 1
  const cost =
    base +
    (options.select === undefined ? 0 : -1) +
    (options.expand === undefined ? 0 : 1) +
    (options.top !== undefined && options.top < 20 ? -1 : 0)
  return Math.max(1, cost)
}

/** The limit of an app in a tenant of this size, in resource units per 10 seconds. */
export function limitOf(users: number): number {
  if (users < 50) return 3500
  return users <= 500 ? 5000 : 8000
}

/** A token bucket for each app and tenant. It knows the real time only: who waits, waits for real. */
export class Throttle {
  readonly #levels = new Map<string, { used: number; at: number }>()

  /**
   * @param key app and tenant
   * @param now milliseconds
   */
  charge(key: string, cost: number, limit: number, now: number): Charge {
    const level = this.#levels.get(key) ?? { used: 0, at: now }
    const perSecond = limit / WINDOW_SECONDS
    const used = Math.max(0, level.used - ((now - level.at) / 1000) * perSecond)
    if (used + cost > limit) {
      this.#levels.set(key, { used, at: now })
      return { cost, used: (used + cost) / limit, retryAfter: Math.ceil((used + cost - limit) / perSecond) }
    }
    this.#levels.set(key, { used: used + cost, at: now })
    return { cost, used: (used + cost) / limit }
  }
}
