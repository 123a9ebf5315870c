/** What configuration is called in plans, journals and reviews: it is known by these. Names of tenants and applications. */
import type { CrossTenantSyncProfile } from '../schema.ts'
import type { Side, Sides } from './standing.ts'

export const partnerLabel = (own: Side, other: Side) => `${own.name}: partner ${other.name}`

export const inboundLabel = (own: Side, other: Side) => `${own.name}: user synchronization from ${other.name}`

export const redemptionLabel = (own: Side, other: Side, side: keyof Sides) =>
  `${own.name}: automatic redemption ${side === 'target' ? 'from' : 'to'} ${other.name}`

/** @param what `job of`, `application`, and so on. */
export const configurationLabel = (
  { source }: Sides,
  what: string,
  { application }: CrossTenantSyncProfile,
) => `${source.name}: ${what} ${application}`
