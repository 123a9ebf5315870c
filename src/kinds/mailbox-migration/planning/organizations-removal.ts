/** The endpoint and the relationships of a profile that is taken down, unless somebody else lives on them. */
import type { Proposed } from '../../../engine/kind.ts'
import { openNotice } from '../../../engine/notice.ts'
import type { Notice } from '../../../engine/plan.ts'
import type { CommonProfile } from '../../../profiles/profile.ts'
import type { Tenant } from '../../../profiles/tenants.ts'
import type { Batch } from '../batch/batch.ts'
import { endpointRemoval } from '../organization/endpoint-changes.ts'
import { fetchesFrom, type Endpoint } from '../organization/endpoint.ts'
import {
  relationshipName,
  relationshipRemoval,
  scopeWithdrawal,
} from '../organization/relationship-changes.ts'
import type { PublishedScope } from '../organization/relationship.ts'
import { isMigration, type MailboxMigrationProfile } from '../schema.ts'
import type { Connection } from './connection.ts'
import type { Sides } from './sides.ts'
import type { Standing } from './standing.ts'

export interface TakingDown {
  readonly profile: MailboxMigrationProfile
  readonly sides: Sides
  /** The profile's own name, and its former ones. */
  readonly names: ReadonlySet<string>
  /** Every profile of the repository. */
  readonly all: readonly CommonProfile[]
  readonly tenants: ReadonlyMap<string, Tenant>
}

/**
 * @param own the profile's batches.
 * @param after their removals.
 */
export function organizationsRemoval(
  about: TakingDown,
  standing: Standing,
  scope: PublishedScope | undefined,
  own: readonly Batch[],
  after: readonly Proposed<Connection>[],
): { changes: Proposed<Connection>[]; spared: Notice[] } {
  const { profile, sides, all } = about
  const others = othersThan(about)
  const spared: Notice[] = []
  const spare = (what: string, user: string) =>
    spared.push(openNotice('still-used', `${what} stays: ${user} uses it.`))

  const goes = endpointOf(about, standing)
  const user = goes && endpointUser(goes, about, others, standing, own)
  if (goes && user !== undefined)
    spare(`The migration endpoint ${goes.name} of tenant ${sides.target.name}`, user)
  const first = goes && user === undefined ? [endpointRemoval(sides.target.name, goes, after)] : []

  const pairUsers = others.filter((other) => isOfPair(other, about))
  const [pairUser] = pairUsers
  if (pairUser) {
    const what = `What tenants ${sides.source.name} and ${sides.target.name} let each other do`
    spare(what, `profile ${pairUser.name}`)
    const isTheirs = pairUsers.some(
      ({ from }) => from.group.toLowerCase() === profile.from.group.toLowerCase(),
    )
    const withdrawal = isTheirs
      ? undefined
      : scopeWithdrawal(sides, standing.source.relationship, scope, [...after, ...first])
    return { changes: [...first, ...(withdrawal ? [withdrawal] : [])], spared }
  }
  // Whichever profile made one for the pair, this is the last that goes.
  const made = new Set(
    all.flatMap(({ name, formerly = [] }) => [name, ...formerly]).map((name) => relationshipName(name)),
  )
  const isStillEntered = standing.endpoints.some(
    (one) => one !== goes && one.remoteTenant !== undefined && isOfSource(one, standing),
  )
  const last = [...after, ...first]
  const inbound = isStillEntered
    ? undefined
    : relationshipRemoval(sides, 'target', standing.target.relationship, made, undefined, last)
  if (isStillEntered)
    spare(
      `What tenant ${sides.target.name} lets ${sides.source.name} do`,
      'another migration endpoint of that tenant',
    )
  const outbound = relationshipRemoval(sides, 'source', standing.source.relationship, made, scope, last)
  return { changes: [...first, ...[inbound, outbound].filter((one) => one !== undefined)], spared }
}

/** The profile's: for its tenant, and with its application as far as that is shown. */
function endpointOf({ profile }: TakingDown, { endpoint, partners }: Standing): Endpoint | undefined {
  const { clientId } = profile.application
  if (!endpoint || !fetchesFrom(endpoint, partners.source, clientId)) return undefined
  const isOurs = endpoint.applicationId === undefined || endpoint.applicationId === clientId.toLowerCase()
  return isOurs ? endpoint : undefined
}

function isOfSource({ remoteTenant }: Endpoint, { partners: { source } }: Standing): boolean {
  return remoteTenant === source.tenantId || source.domains.has(remoteTenant ?? '')
}

/** Exchange does not remove an endpoint that a batch uses. */
function endpointUser(
  endpoint: Endpoint,
  { profile }: TakingDown,
  others: readonly MailboxMigrationProfile[],
  { batches }: Standing,
  own: readonly Batch[],
): string | undefined {
  const other = others.find((one) => one.endpoint.toLowerCase() === profile.endpoint.toLowerCase())
  if (other) return `profile ${other.name}`
  const uses = (batch: Batch) => batch.endpoint?.some((name) => endpoint.names.has(name)) === true
  // Its name is the directory's.
  return batches.some((batch) => !own.includes(batch) && uses(batch)) ? 'another migration batch' : undefined
}

/** Other profiles that stay, and move mailboxes into the same tenant. */
function othersThan({ profile, all, tenants, sides }: TakingDown): MailboxMigrationProfile[] {
  return all
    .filter(isMigration)
    .filter(({ name, state }) => name !== profile.name && state !== 'absent')
    .filter(
      ({ to }) => tenants.get(to.tenant)?.tenantId.toLowerCase() === sides.target.tenantId.toLowerCase(),
    )
}

function isOfPair({ from }: MailboxMigrationProfile, { tenants, sides }: TakingDown): boolean {
  return tenants.get(from.tenant)?.tenantId.toLowerCase() === sides.source.tenantId.toLowerCase()
}
