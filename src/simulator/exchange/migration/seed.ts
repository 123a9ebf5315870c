/** From a tenant's seed to its relationships, endpoints and batches. */
import { SeedError, type TenantSeed } from '../../seed.ts'
import type { Value } from '../recipient.ts'
import type { Recipients } from '../recipients.ts'
import { Migration } from './migration.ts'

/**
 * @throws SeedError when two share a name or a domain, or one names what there is not.
 */
export function seedMigration(seed: TenantSeed, recipients: Recipients, now: Date): Migration {
  const { dehydrated = false, relationships = [] } = seed.migration ?? {}
  const migration = new Migration(seed.tenantId, dehydrated)
  for (const relationship of relationships) addRelationship(migration, relationship, recipients, now)
  return migration
}

type RelationshipSeed = NonNullable<NonNullable<TenantSeed['migration']>['relationships']>[number]

function addRelationship(
  { relationships }: Migration,
  { Name, DomainNames, MailboxMovePublishedScopes: groups = [], ...others }: RelationshipSeed,
  recipients: Recipients,
  now: Date,
): void {
  const at = `migration, relationship ${Name}`
  const domains = DomainNames.map((domain) => domain.toLowerCase())
  for (const other of relationships) {
    if (other.name.toLowerCase() === Name.toLowerCase()) throw new SeedError([`${at}: there is another`])
    const taken = domains.find((domain) => (other.values['DomainNames'] as string[]).includes(domain))
    if (taken !== undefined) throw new SeedError([`${at}: ${other.name} has the domain ${taken} already`])
  }
  const scopes = groups.map((name) => {
    const group = recipients.named(name).find(({ type }) => type === 'MailUniversalSecurityGroup')
    if (!group) throw new SeedError([`${at}: no mail-enabled security group ${name}`])
    return group.guid
  })
  const values: Record<string, Value> = { Enabled: true, ...others, DomainNames: domains }
  if (scopes.length > 0) values['MailboxMovePublishedScopes'] = scopes
  relationships.add(Name, values, now)
}
