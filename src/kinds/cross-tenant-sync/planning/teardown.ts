/**
 * Takes down what the profile set up, in the reverse order (`state: absent`), sparing what others use: other
 * profiles, or a multitenant organization. Guests that were provisioned stay; so they do in the portal.
 */
import type { Proposal, Proposed } from '../../../engine/kind.ts'
import type { Notice } from '../../../engine/plan.ts'
import { openNotice } from '../../../engine/notice.ts'
import type { Tenant } from '../../../profiles/tenants.ts'
import { removeApplication } from '../application/application.ts'
import { configurationChange, REDEMPTIONS } from './configuration-change.ts'
import type { Connection } from './connection.ts'
import { wasEveryone } from '../application/credentials.ts'
import { unmarked, type Relationship } from './relationship.ts'
import { removeJob } from '../job/job.ts'
import { configurationLabel, inboundLabel, partnerLabel, redemptionLabel } from './labels.ts'
import { countedOnce, leaving } from './membership.ts'
import {
  CONSENTS,
  consentOf,
  isBare,
  isInboundSet,
  isSyncAllowed,
  letsInOthers,
  type Consent,
  type Partner,
} from '../policies/partner.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import type { Side, Sides } from './standing.ts'

/** @param others the other profiles of this kind. */
export async function teardown(
  about: Relationship,
  others: readonly CrossTenantSyncProfile[],
  tenants: ReadonlyMap<string, Tenant>,
): Promise<Proposal<Connection>> {
  const { sides, standing } = about
  const users = othersOf(about, others, tenants)
  const everyone = wasEveryone(standing.configuration?.mark) ? await sides.source.graph.count('/users') : 0
  const { changes, managed } = configurationRemoval(about, everyone)
  const target = policiesRemoval(about, 'target', users, changes)
  const source = policiesRemoval(about, 'source', users, changes)
  return {
    managed,
    begun: managed > 0,
    proposed: [...changes, ...target.changes, ...source.changes],
    unchanged: 0,
    skipped: [],
    warnings: [
      ...target.spared,
      ...source.spared,
      ...othersWarning(about, [...target.changes, ...source.changes]),
    ],
    health: [],
  }
}

function othersWarning(
  { sides: { source, target }, standing: { others } }: Relationship,
  removals: readonly Proposed<Connection>[],
): Notice[] {
  if (others.length === 0 || removals.length === 0) return []
  const told = (named: string) =>
    `Tenant ${source.name} has other configurations${named}, and where they lead cannot be read: one that leads to ${target.name} stops with this.`
  // Their names are the directory's.
  return [{ code: 'other-configurations', message: told(` (${others.join(', ')})`), advice: told('') }]
}

/** The other profiles between the same two tenants. */
interface Others {
  /** Names of those that go the same way, and stay. */
  readonly sameWay: readonly string[]
  /** Names of those that go the other way, and stay. */
  readonly otherWay: readonly string[]
  /** Whether one that goes the other way is taken down as well, with its consents. */
  readonly otherWayGoes: boolean
}

function othersOf(
  { sides: { source, target } }: Relationship,
  others: readonly CrossTenantSyncProfile[],
  tenants: ReadonlyMap<string, Tenant>,
): Others {
  const idOf = (name: string) => tenants.get(name)?.tenantId.toLowerCase()
  const between = (from: Side, to: Side) =>
    others.filter(
      (other) =>
        idOf(other.from.tenant) === from.tenantId.toLowerCase() &&
        idOf(other.to.tenant) === to.tenantId.toLowerCase(),
    )
  const stays = ({ state }: CrossTenantSyncProfile) => state !== 'absent'
  const otherWay = between(target, source)
  const namesOf = (some: readonly CrossTenantSyncProfile[]) => some.filter(stays).map(({ name }) => name)
  return {
    sameWay: namesOf(between(source, target)),
    otherWay: namesOf(otherWay),
    otherWayGoes: otherWay.some((other) => !stays(other) && other.redeem === 'automatic'),
  }
}

/** The job first: while it runs, whoever is unassigned would be taken away in the target. */
function configurationRemoval(
  about: Relationship,
  everyone: number,
): { changes: Proposed<Connection>[]; managed: number } {
  const { profile, sides, standing } = about
  const { configuration } = standing
  if (!configuration) return { changes: [], managed: 0 }
  const { application, job, assigned } = configuration
  const jobRemoval = job && {
    ...configurationChange({
      action: 'delete',
      object: 'synchronization-job',
      label: configurationLabel(sides, 'job of', profile),
      targetId: job.id,
      reason: 'profile-absent',
      write: ({ source }, record) => removeJob(source, record, application, job),
    }),
    ...unmarked(about),
  }
  const after = jobRemoval ? [jobRemoval] : []
  const byHand = profile.assign === 'manual'
  const assignments = byHand
    ? []
    : countedOnce(assigned).map(({ one, people }) => ({
        ...leaving(about, one, 'profile-absent'),
        after,
        people,
      }))
  const people = countedOnce(assigned).reduce((sum, one) => sum + one.people, 0)
  const managed = Math.max(everyone, people)
  // What no removal of an assignment counts goes with the application.
  const uncounted = managed - (byHand ? 0 : people)
  const applicationRemoval: Proposed<Connection> = {
    ...configurationChange({
      action: 'delete',
      object: 'application',
      label: configurationLabel(sides, 'application', profile),
      targetId: application.id,
      reason: 'profile-absent',
      after: [...after, ...assignments],
      write: ({ source }, record) => removeApplication(source, record, application),
    }),
    ...unmarked(about),
    ...(uncounted > 0 && { countsAs: 'deletes', people: uncounted }),
  }
  return { changes: [...after, ...assignments, applicationRemoval], managed }
}

/** Of one side: whom it lets in, the consent, and the whole of it, if nothing else is set. */
function policiesRemoval(
  about: Relationship,
  side: keyof Sides,
  others: Others,
  after: readonly Proposed<Connection>[],
): { changes: Proposed<Connection>[]; spared: Notice[] } {
  const { profile, sides, standing } = about
  const own = sides[side]
  const other = sides[side === 'target' ? 'source' : 'target']
  const { partner, inbound } = standing[side]
  if (!partner) return { changes: [], spared: [] }
  const user = userOf(partner, others.sameWay)
  if (user !== undefined) return { changes: [], spared: [sparing(own, other, user)] }

  // Policies bear no mark: another configuration may be what lives on them.
  const whose = standing.others.length > 0 ? unmarked(about) : {}
  const consent = CONSENTS[side]
  const otherConsent = CONSENTS[side === 'target' ? 'source' : 'target']
  // What lets groups in besides, others have set.
  const shared = isInboundSet(inbound) && letsInOthers(inbound)
  const removal =
    side === 'target' && isInboundSet(inbound) && (!shared || isSyncAllowed(inbound))
      ? configurationChange({
          ...(shared
            ? {
                action: 'update',
                fields: [{ field: 'userSyncInbound.isSyncAllowed', before: true, after: false }],
              }
            : { action: 'delete' }),
          object: 'inbound-synchronization',
          label: inboundLabel(own, other),
          reason: 'profile-absent',
          after,
          write: ({ partners, target }, record) =>
            partners.removeSynchronization(target, record, other.tenantId),
        })
      : undefined
  const first = removal ? [{ ...removal, ...whose }] : []
  const rest = without(partner, [
    ...(profile.redeem === 'automatic' ? [consent] : []),
    ...(others.otherWayGoes ? [otherConsent] : []),
  ])
  const inboundStays = side === 'source' ? isInboundSet(inbound) && !others.otherWayGoes : shared
  const last =
    isBare(rest) && !inboundStays && others.otherWay.length === 0
      ? partnerRemoval(own, other, side, profile.redeem === 'automatic' ? consent : undefined, [
          ...after,
          ...first,
        ])
      : profile.redeem === 'automatic' && consentOf(partner, consent) === true
        ? consentRemoval(own, other, side, consent, [...after, ...first])
        : undefined
  return { changes: [...first, ...(last ? [{ ...last, ...whose }] : [])], spared: [] }
}

function userOf(partner: Partner, sameWay: readonly string[]): string | undefined {
  if (partner.isInMultiTenantOrganization === true) return 'a multitenant organization'
  return sameWay.length > 0 ? `profile ${sameWay.join(', ')}` : undefined
}

function sparing(own: Side, other: Side, user: string): Notice {
  return openNotice('still-used', `What tenant ${own.name} has set for ${other.name} stays: ${user} uses it.`)
}

function without(partner: Partner, consents: readonly Consent[]): Partner {
  const gone = Object.fromEntries(consents.map((consent) => [consent, null]))
  return {
    ...partner,
    automaticUserConsentSettings: { ...partner.automaticUserConsentSettings, ...gone },
  }
}

function partnerRemoval(
  own: Side,
  other: Side,
  side: keyof Sides,
  consent: Consent | undefined,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> {
  return configurationChange({
    action: 'delete',
    object: 'partner-configuration',
    label: partnerLabel(own, other),
    targetId: other.tenantId,
    reason: 'profile-absent',
    after,
    write: (connection, record) =>
      connection.partners.remove(connection[side], record, other.tenantId, consent),
  })
}

function consentRemoval(
  own: Side,
  other: Side,
  side: keyof Sides,
  consent: Consent,
  after: readonly Proposed<Connection>[],
): Proposed<Connection> {
  return configurationChange({
    action: 'update',
    object: REDEMPTIONS[side],
    label: redemptionLabel(own, other, side),
    targetId: other.tenantId,
    reason: 'profile-absent',
    fields: [{ field: `automaticUserConsentSettings.${consent}`, before: true, after: false }],
    after,
    write: (connection, record) =>
      connection.partners.consent(connection[side], record, other.tenantId, consent, false),
  })
}
