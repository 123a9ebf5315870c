/** What a tenant keeps for moves of mailboxes to and from other tenants. */
import type { Value } from '../recipient.ts'
import type { BatchValues } from './batch.ts'
import type { EndpointValues } from './endpoint.ts'
import type { MoveFailures } from './failures.ts'
import { NamedObjects } from './named.ts'

/**
 * By the names of the cmdlets' parameters. `MailboxMovePublishedScopes` holds the GUIDs of groups, `DomainNames`
 * are in lower case.
 */
export type RelationshipValues = Readonly<Record<string, Value>>

export class Migration {
  /** The cmdlets for the organization are switched off until it is "customized". */
  readonly dehydrated: boolean
  readonly relationships: NamedObjects<RelationshipValues>
  readonly endpoints: NamedObjects<EndpointValues>
  readonly batches: NamedObjects<BatchValues>
  readonly failures: MoveFailures = new Map()

  /** @param tenantId two tenants never share a GUID. */
  constructor(tenantId: string, dehydrated: boolean) {
    this.dehydrated = dehydrated
    this.relationships = new NamedObjects(`relationship\n${tenantId}`)
    this.endpoints = new NamedObjects(`endpoint\n${tenantId}`)
    this.batches = new NamedObjects(`batch\n${tenantId}`)
  }
}
