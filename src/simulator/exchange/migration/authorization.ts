/**
 * May mailboxes move from the one organization to the other at all ("Cross-tenant mailbox migration")? Both must
 * say so in their relationships, and the application must be let in.
 */
import type { AppSeed } from '../../seed.ts'
import { findTenant, type Tenant, type World } from '../../world.ts'
import type { Endpoint } from './endpoint.ts'
import type { Relationship } from './relationship.ts'

/** The tenant whose mailboxes the endpoint fetches. */
export function sourceOf(world: World, { values: { remoteTenant } }: Endpoint): Tenant | undefined {
  return remoteTenant === undefined ? undefined : findTenant(world, remoteTenant)
}

/** @returns why no mailbox may move, in the service's words; `undefined` when they may. */
export function organizationFault(world: World, target: Tenant, endpoint: Endpoint): string | undefined {
  const source = sourceOf(world, endpoint)
  if (!source) return `The remote tenant '${endpoint.values.remoteTenant ?? ''}' couldn't be found.`
  return applicationFault(source, target, endpoint) ?? relationshipFault(source, target, endpoint)
}

function applicationFault(source: Tenant, target: Tenant, { values }: Endpoint): string | undefined {
  const { applicationId, credential: [userName, secret] = [] } = values
  const isIt = ({ clientId }: AppSeed): boolean => clientId === applicationId
  const own = target.apps.find(isIt)
  const consented = source.apps.find(isIt)
  if (!own || !consented || userName !== applicationId)
    return `AADSTS700016: Application with identifier '${userName ?? ''}' was not found in the directory '${source.organization}'.`
  if (own.secret !== undefined && own.secret !== secret)
    return `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${applicationId}'.`
  const unpermitted = [own, consented].findIndex(({ exchange }) => exchange?.mailboxMigration !== true)
  if (unpermitted < 0) return undefined
  const { organization } = [target, source][unpermitted]!
  return `The application '${applicationId}' doesn't have the permission Mailbox.Migration in '${organization}'.`
}

/** Of the two texts the first is quoted in microsoft-365-docs, issue 3507; the other is worded after it. */
function relationshipFault(
  source: Tenant,
  target: Tenant,
  { values: { applicationId } }: Endpoint,
): string | undefined {
  const confirm = 'Contact your administrator to confirm organization relationships are configured correctly.'
  if (!allow(target, source, ({ values }) => values['MailboxMoveCapability'] === 'Inbound'))
    return `Your organization does not authorize 'pull' or Inbound moves from the remote organization. ${confirm}`
  const outbound = allow(
    source,
    target,
    ({ values }) =>
      values['MailboxMoveCapability'] === 'RemoteOutbound' &&
      values['OAuthApplicationId'] === applicationId &&
      publishedScopes({ values }).length > 0,
  )
  return outbound
    ? undefined
    : `The remote organization does not authorize 'push' or RemoteOutbound moves to your organization. ${confirm}`
}

/** Every relationship that names the other tenant counts: one that lets nothing move stands in another's way. */
function allow(tenant: Tenant, other: Tenant, fits: (relationship: Relationship) => boolean): boolean {
  const naming = relationshipsWith(tenant, other).filter(({ values }) => values['Enabled'] === true)
  return (
    naming.length > 0 &&
    naming.every((relationship) => relationship.values['MailboxMoveEnabled'] === true && fits(relationship))
  )
}

function relationshipsWith(tenant: Tenant, other: Tenant): Relationship[] {
  const names = new Set([other.tenantId.toLowerCase(), ...other.domains])
  return [...tenant.migration.relationships].filter(({ values }) =>
    (values['DomainNames'] as readonly string[]).some((name) => names.has(name)),
  )
}

function publishedScopes({ values }: Pick<Relationship, 'values'>): readonly string[] {
  return (values['MailboxMovePublishedScopes'] ?? []) as readonly string[]
}

/** GUIDs of the groups whose members may move to this other tenant. */
export function scopesFor(source: Tenant, target: Tenant): readonly string[] {
  return relationshipsWith(source, target).flatMap(publishedScopes)
}
