/** From a tenant's seed to its relationships, endpoints and batches. */
import { SeedError, type TenantSeed } from '../../seed.ts'
import type { Value } from '../recipient.ts'
import type { BatchStatus, UserStatus } from './batch.ts'
import { DEFAULT_CONCURRENCY } from './endpoint.ts'
import type { MigrationSeed } from './seed-schema.ts'
import type { Recipients } from '../recipients.ts'
import { Migration } from './migration.ts'

/**
 * @throws SeedError when two share a name or a domain, or one names what there is not.
 */
export function seedMigration(seed: TenantSeed, recipients: Recipients, now: Date): Migration {
  const {
    dehydrated = false,
    relationships = [],
    endpoints = [],
    batches = [],
    failures = {},
  } = seed.migration ?? {}
  const migration = new Migration(seed.tenantId, dehydrated)
  for (const relationship of relationships) addRelationship(migration, relationship, recipients, now)
  for (const endpoint of endpoints) addEndpoint(migration, endpoint, now)
  for (const batch of batches) addBatch(migration, batch, now)
  for (const [address, failure] of Object.entries(failures))
    migration.failures.set(address.toLowerCase(), failure)
  return migration
}

type Of<Key extends keyof MigrationSeed> = NonNullable<MigrationSeed[Key]> extends (infer One)[] ? One : never

function addRelationship(
  { relationships }: Migration,
  { Name, DomainNames, MailboxMovePublishedScopes: groups = [], ...others }: Of<'relationships'>,
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

function addEndpoint({ endpoints }: Migration, seed: Of<'endpoints'>, now: Date): void {
  const { name, remoteServer = 'outlook.office.com', remoteTenant, applicationId, secret } = seed
  if (endpoints.find(name)) throw new SeedError([`migration, endpoint ${name}: there is another`])
  const credential = [applicationId, secret] as const
  const values = { remoteServer, remoteTenant, applicationId, credential, ...DEFAULT_CONCURRENCY }
  endpoints.add(name, values, now)
}

/** Of the users of a batch with this status, where a seed does not say. */
const STATUS_OF_USERS: Readonly<Partial<Record<BatchStatus, UserStatus>>> = {
  Created: 'Queued',
  Syncing: 'Syncing',
  Stopping: 'Syncing',
  Stopped: 'Stopped',
  Removing: 'Stopped',
  Failed: 'Failed',
  Synced: 'Synced',
  SyncedWithErrors: 'Synced',
  Completing: 'Completing',
  Completed: 'Completed',
  CompletedWithErrors: 'Completed',
}

const HAS_SYNCED = /^(Synced|Complet)/

function addBatch({ batches, endpoints }: Migration, seed: Of<'batches'>, now: Date): void {
  const { name, status = 'Created', users, completeAfter, autoComplete = false } = seed
  const at = `migration, batch ${name}`
  if (batches.find(name)) throw new SeedError([`${at}: there is another`])
  const endpoint = endpoints.find(seed.endpoint)
  if (!endpoint) throw new SeedError([`${at}: no endpoint ${seed.endpoint}`])
  if (completeAfter !== undefined && Number.isNaN(Date.parse(completeAfter)))
    throw new SeedError([`${at}: completeAfter must be a time, not ${completeAfter}`])
  const values = {
    endpoint: endpoint.guid,
    targetDeliveryDomain: seed.targetDeliveryDomain.toLowerCase(),
    notificationEmails: seed.notificationEmails ?? [],
    autoComplete,
    completeAfter: completeAfter && new Date(completeAfter).toISOString(),
    status,
    users: users.map((user) => ({ status: STATUS_OF_USERS[status] ?? 'Queued', ...user })),
    ...(status !== 'Created' && { started: now }),
    ...(HAS_SYNCED.test(status) && { synced: now }),
    ...(status.startsWith('Completed') && { completed: now }),
  }
  batches.add(name, values, now)
}
