/** Of both tenants: the partner configuration, whom the target lets in, and the consents to redeem automatically. */
import type { Proposed } from '../../../engine/kind.ts'
import { CONSENTS, consentOf, isInboundSet, isSyncAllowed } from '../policies/partner.ts'
import { configurationChange, REDEMPTIONS, type ConfigurationChange } from './configuration-change.ts'
import type { Connection } from './connection.ts'
import type { Change, Relationship } from './relationship.ts'
import { inboundLabel, partnerLabel, redemptionLabel } from './labels.ts'
import type { Policies, Side, Sides } from './standing.ts'

/** Of one side, in the order in which they can be made. */
export function policyChanges(
  { profile, sides, standing }: Relationship,
  side: keyof Sides,
): readonly Change[] {
  const own = sides[side]
  const other = sides[side === 'target' ? 'source' : 'target']
  const stands = standing[side]
  const partner = stands.partner ? undefined : partnerChange(own, other, side)
  return [
    partner,
    ...(side === 'target' ? [inboundChange(own, other, stands, partner)] : []),
    ...(profile.redeem === 'automatic' ? [consentChange(own, other, stands, side, partner)] : []),
  ]
}

function partnerChange(own: Side, other: Side, side: keyof Sides): Proposed<Connection> {
  return configurationChange({
    action: 'create',
    object: 'partner-configuration',
    label: partnerLabel(own, other),
    reason: 'missing',
    fields: [{ field: 'tenantId', before: null, after: other.tenantId }],
    write: changing((connection, record) =>
      connection.partners.ensure(connection[side], record, other.tenantId),
    ),
  })
}

function inboundChange(own: Side, other: Side, { inbound }: Policies, partner: Change): Change {
  if (isSyncAllowed(inbound)) return undefined
  const before = inbound?.userSyncInbound?.isSyncAllowed ?? null
  return configurationChange({
    action: isInboundSet(inbound) ? 'update' : 'create',
    object: 'inbound-synchronization',
    label: inboundLabel(own, other),
    reason: isInboundSet(inbound) ? 'drift' : 'missing',
    fields: [{ field: 'userSyncInbound.isSyncAllowed', before, after: true }],
    after: [partner],
    write: changing(({ partners, target }, record) =>
      partners.allowSynchronization(target, record, other.tenantId),
    ),
  })
}

function consentChange(own: Side, other: Side, stands: Policies, side: keyof Sides, partner: Change): Change {
  const consent = CONSENTS[side]
  const before = consentOf(stands.partner, consent)
  if (before === true) return undefined
  return configurationChange({
    action: 'update',
    object: REDEMPTIONS[side],
    label: redemptionLabel(own, other, side),
    reason: before === null ? 'missing' : 'drift',
    fields: [{ field: `automaticUserConsentSettings.${consent}`, before, after: true }],
    after: [partner],
    write: changing((connection, record) =>
      connection.partners.consent(connection[side], record, other.tenantId, consent, true),
    ),
  })
}

/** The provisioning service may not know it at once. */
function changing(write: ConfigurationChange['write']): ConfigurationChange['write'] {
  return async (connection, record, at) => {
    await write(connection, record, at)
    connection.policiesChanged = true
  }
}
