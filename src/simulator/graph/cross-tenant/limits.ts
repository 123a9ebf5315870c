import type { Bearer } from '../../tokens.ts'
import { Throttle } from '../throttle.ts'
import { tooManyRequests } from './errors.ts'

/**
 * What one app may ask of one tenant in ten seconds, where that is few (Microsoft Graph, "throttling limits",
 * identity and access reports; "synchronizationJob: provisionOnDemand").
 */
export class Limits {
  readonly #throttle = new Throttle()

  /**
   * @param most requests in ten seconds
   * @throws GraphRefused 429
   */
  enter(what: 'audit-logs' | 'provision-on-demand', { clientId, tenant }: Bearer, most: number): void {
    const { retryAfter } = this.#throttle.charge(
      `${what} ${clientId} ${tenant.tenantId}`,
      1,
      most,
      Date.now(),
    )
    if (retryAfter !== undefined) throw tooManyRequests(retryAfter)
  }
}
