/** What stands between the two tenants, and what a plan says of it, in the words of a specification. */
import type { ProfilePlan } from '../../src/engine/plan.ts'
import type { CrossTenant } from '../../src/simulator/graph/cross-tenant/state.ts'
import type { Synchronized } from './synchronized.ts'

/** Display names of the users and groups that are assigned to the one configuration. */
export function assigned({ principal }: Synchronized): string[] {
  return [...principal.assignments.values()].map((each) => String(each['principalDisplayName'])).sort()
}

/** `create Ada Lovelace <…>: new-in-source` and the like, of assignments alone. */
export function assignments({ changes }: Pick<ProfilePlan, 'changes'>): string[] {
  return changes
    .filter(({ object }) => object === 'assignment')
    .map(({ action, label, reason }) => `${action} ${label}: ${reason}`)
}

/** `create application: missing` and the like, without assignments. */
export function configured({ changes }: Pick<ProfilePlan, 'changes'>): string[] {
  return changes
    .filter(({ object }) => object !== 'assignment')
    .map(({ action, object, reason }) => `${action} ${object}: ${reason}`)
}

/** Tenants that one has set something for, and what is set besides their ids. */
export function partners({ partners: all }: CrossTenant): Record<string, unknown>[] {
  return [...all].map(({ properties, identitySynchronization }) => ({
    ...properties,
    ...(identitySynchronization && { identitySynchronization }),
  }))
}

/** Requests that write, in the order of their arrival: `DELETE /servicePrincipals/{id}/…`. */
export function writes({ tenants }: Synchronized, since = 0): string[] {
  return tenants.simulator.requests
    .slice(since)
    .filter(({ write, service }) => write && service === 'graph')
    .map(({ method, operation, tenant }) => `${tenant}: ${method} ${operation}`)
}

/** The id of a group of the source. */
export function groupId({ tenants }: Pick<Synchronized, 'tenants'>, displayName: string): string {
  const found = [...tenants.directory.groups()].find(
    ({ properties }) => properties['displayName'] === displayName,
  )
  if (!found) throw new RangeError(`no group ${displayName}`)
  return found.id
}
