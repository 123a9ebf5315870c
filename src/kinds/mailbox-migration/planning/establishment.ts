/** What both organizations need before anybody moves: relationships on both sides, and the endpoint. */
import type { Proposed } from '../../../engine/kind.ts'
import { openNotice } from '../../../engine/notice.ts'
import type { Notice } from '../../../engine/plan.ts'
import { textOf } from '../../../microsoft/exchange.ts'
import { endpointChange, requireEndpointOf } from '../organization/endpoint-changes.ts'
import { REMOTE_SERVERS, type WantedEndpoint } from '../organization/endpoint.ts'
import {
  inboundSettings,
  outboundSettings,
  relationshipChange,
  relationshipName,
} from '../organization/relationship-changes.ts'
import type { PublishedScope } from '../organization/relationship.ts'
import type { MailboxMigrationProfile } from '../schema.ts'
import type { Place } from '../scripts.ts'
import type { Connection } from './connection.ts'
import type { Sides } from './sides.ts'
import { isDehydrated, type Standing } from './standing.ts'

export interface Establishing {
  readonly profile: MailboxMigrationProfile
  readonly sides: Sides
  readonly standing: Standing
  readonly group: PublishedScope
  /** Why a script must be pasted for a secret; absent where this machine can write it. */
  readonly byHand: string | undefined
}

/** What differs, in the target first: nothing is let out before somebody lets it in. */
export function relationshipChanges({
  profile,
  sides,
  standing,
  group,
}: Establishing): readonly Proposed<Connection>[] {
  const { source, target, partners } = standing
  const name = relationshipName(profile.name)
  const inbound = relationshipChange(sides, 'target', target.relationship, {
    name,
    partner: partners.source,
    settings: inboundSettings(),
  })
  const outbound = relationshipChange(sides, 'source', source.relationship, {
    name,
    partner: partners.target,
    settings: outboundSettings(profile.application.clientId),
    scope: group,
  })
  return [inbound, outbound].filter((one) => one !== undefined)
}

/** @param rewrite the secret that the endpoint holds has failed. */
export function endpointOf(
  { profile, sides, standing, byHand }: Establishing,
  rewrite: boolean,
): Proposed<Connection> | undefined {
  const { source, target } = sides
  requireEndpointOf(standing.endpoint, standing.partners.source, profile.application.clientId, {
    source: source.name,
    target: target.name,
  })
  return endpointChange({
    target: target.name,
    place: placeOf(sides, standing),
    stands: standing.endpoint,
    wanted: wantedEndpoint(profile, sides, standing),
    rewrite: rewrite || profile.application.rotate,
    byHand,
  })
}

/** Where scripts connect to: by a domain, which Exchange's module wants. */
export function placeOf({ target }: Sides, standing: Standing): Place {
  const { tenantId, organization, cloud } = target
  return { tenantId, organization: standing.target.domains.initial ?? organization, cloud }
}

function wantedEndpoint(
  { endpoint, application }: MailboxMigrationProfile,
  { source }: Sides,
  standing: Standing,
): WantedEndpoint {
  return {
    name: endpoint,
    remoteServer: REMOTE_SERVERS[source.cloud],
    remoteTenant: standing.source.domains.initial ?? source.organization,
    applicationId: application.clientId,
  }
}

/** What cannot be tried beforehand, and somebody should know before it is written. */
export async function forewarnings({ profile, sides, standing }: Establishing): Promise<Notice[]> {
  const warnings: Notice[] = []
  for (const side of ['source', 'target'] as const) {
    const { name } = sides[side]
    if (await isDehydrated(sides[side]))
      warnings.push(
        openNotice(
          'organization-dehydrated',
          `Tenant ${name} takes no such configuration before Enable-OrganizationCustomization was run there, once and for good; it may take an hour.`,
        ),
      )
    if (standing[side].others.length > 0)
      warnings.push({
        code: 'another-relationship',
        message: `Tenant ${name} has other organization relationships for the same tenant (${standing[side].others.join(', ')}): one that lets no mailbox move stands in the way.`,
        advice: `Tenant ${name} has other organization relationships for the same tenant: one that lets no mailbox move stands in the way.`,
      })
  }
  warnings.push(...turned(sides, standing))
  for (const domain of [profile.to.domain, profile.to.deliveryDomain])
    if (!standing.target.domains.all.has(domain.toLowerCase()))
      warnings.push(
        openNotice(
          'domain-not-accepted',
          `${domain} is no accepted domain of tenant ${sides.target.name}: no mail user can have an address there.`,
        ),
      )
  if (profile.application.rotate)
    warnings.push(
      openNotice(
        'secret-rotates',
        'application.rotate is true: every apply writes the secret to the endpoint. Take the key out again afterwards.',
      ),
    )
  return warnings
}

/** What ends, or comes back to life, when a relationship that was there is made to let mailboxes move. */
function turned(sides: Sides, standing: Standing): Notice[] {
  return (['target', 'source'] as const).flatMap((side) => {
    const row = standing[side].relationship?.row
    if (!row) return []
    const named = `The organization relationship of ${sides[side].name} with ${sides[side === 'target' ? 'source' : 'target'].name}`
    const wanted = side === 'target' ? 'Inbound' : 'RemoteOutbound'
    const capability = textOf(row, 'MailboxMoveCapability')
    const moves = row['MailboxMoveEnabled'] === true && !['', 'None', wanted].includes(capability)
    return [
      ...(moves
        ? [
            openNotice(
              'direction-changes',
              `${named} moves mailboxes the other way (${capability}): that ends.`,
            ),
          ]
        : []),
      ...(row['Enabled'] === false
        ? [
            openNotice(
              'relationship-enabled',
              `${named} is switched off: it is switched on, with all of its other settings.`,
            ),
          ]
        : []),
    ]
  })
}
