/** What stands in both tenants now, read whole before anything is proposed. */
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import {
  readBatches,
  readMigrationUsers,
  type Batch,
  type MigrationUser,
  type Series,
} from '../batch/batch.ts'
import { readAcceptedDomains, type AcceptedDomains } from '../organization/accepted-domains.ts'
import { readEndpoints, type Endpoint } from '../organization/endpoint.ts'
import {
  readRelationships,
  relationshipWith,
  type Partner,
  type Relationship,
} from '../organization/relationship.ts'
import type { MailboxMigrationProfile } from '../schema.ts'
import type { Side, Sides } from './sides.ts'

export interface OrganizationStanding {
  readonly domains: AcceptedDomains
  /** With the other tenant. */
  readonly relationship: Relationship | undefined
  /** Names of others that name the other tenant, too. */
  readonly others: readonly string[]
}

export interface Standing {
  readonly source: OrganizationStanding
  readonly target: OrganizationStanding
  /** What each is to the other one. */
  readonly partners: { readonly source: Partner; readonly target: Partner }
  /** The profile's, by its name. */
  readonly endpoint: Endpoint | undefined
  readonly endpoints: readonly Endpoint[]
  readonly batches: readonly Batch[]
  readonly migrationUsers: readonly MigrationUser[]
}

export async function readStanding({ source, target }: Sides, endpoint: string): Promise<Standing> {
  const [sourceDomains, targetDomains, sourceAll, targetAll, endpoints, batches] = await Promise.all([
    readAcceptedDomains(source.exchange),
    readAcceptedDomains(target.exchange),
    readRelationships(source.exchange),
    readRelationships(target.exchange),
    readEndpoints(target.exchange),
    readBatches(target.exchange),
  ])
  const partners = { source: partner(source, sourceDomains), target: partner(target, targetDomains) }
  return {
    source: organization(sourceDomains, sourceAll, partners.target),
    target: organization(targetDomains, targetAll, partners.source),
    partners,
    endpoint: endpoints.find(({ names }) => names.has(endpoint.toLowerCase())),
    endpoints,
    batches,
    migrationUsers: await readMigrationUsers(target.exchange, batches),
  }
}

function partner({ tenantId, organization }: Side, { all }: AcceptedDomains): Partner {
  return { tenantId: tenantId.toLowerCase(), domains: new Set([...all, organization.toLowerCase()]) }
}

function organization(
  domains: AcceptedDomains,
  relationships: readonly Relationship[],
  other: Partner,
): OrganizationStanding {
  const relationship = relationshipWith(relationships, other)
  const naming = relationships.filter(
    (one) => one !== relationship && relationshipWith([one], other) !== undefined,
  )
  return { domains, relationship, others: naming.map(({ name }) => name).sort() }
}

/** Whether a tenant must be opened for configuration first, for good (Enable-OrganizationCustomization). */
export async function isDehydrated({ exchange }: Side): Promise<boolean> {
  const [row] = await listUndivided(exchange, 'Get-OrganizationConfig')
  return row?.['IsDehydrated'] === true
}

/** By what the profile's batches are known. */
export function seriesOf(
  { batch, endpoint, to }: MailboxMigrationProfile,
  standing: Pick<Standing, 'endpoint'>,
): Series {
  return {
    name: batch.name,
    endpoint: standing.endpoint?.names ?? new Set([endpoint.toLowerCase()]),
    deliveryDomain: to.deliveryDomain,
  }
}
