/** What a tenant keeps for moves of mailboxes to and from other tenants. */
import type { Value } from '../recipient.ts'
import { NamedObjects } from './named.ts'

/**
 * By the names of the cmdlets' parameters. `MailboxMovePublishedScopes` holds the GUIDs of groups, `DomainNames`
 * are in lower case.
 */
export type RelationshipValues = Readonly<Record<string, Value>>

export class Migration {
  /** Organizations whose cmdlets for the organization are switched off until it is "customized". */
  readonly dehydrated: boolean
  readonly relationships: NamedObjects<RelationshipValues>

  /** @param tenantId two tenants never share a GUID. */
  constructor(tenantId: string, dehydrated: boolean) {
    this.dehydrated = dehydrated
    this.relationships = new NamedObjects(`relationship\n${tenantId}`)
  }
}
