/**
 * What a tenant has set for one other tenant: its partner configuration, with the consent to redeem invitations
 * automatically, and the user synchronization that it lets in.
 * Source: Microsoft Graph, "crossTenantAccessPolicyConfigurationPartner", "crossTenantIdentitySyncPolicyPartner".
 */
import pLimit from 'p-limit'
import type { Recorder } from '../../../engine/journal.ts'
import { ServiceError } from '../../../microsoft/errors.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'
import type { GraphWriter } from '../../../microsoft/graph-writer.ts'
import { isNotThere } from '../../../microsoft/graph-transport.ts'
import { goneAfter, onceFound, onceKnown } from '../job/eventually.ts'

export type Consent = 'inboundAllowed' | 'outboundAllowed'

/** Which consent is the source's, and which the target's. */
export const CONSENTS = { target: 'inboundAllowed', source: 'outboundAllowed' } as const

/** Whatever is set besides is kept, and decides whether the partner may go. */
export interface Partner {
  readonly tenantId: string
  readonly automaticUserConsentSettings?: Partial<Record<Consent, boolean | null>> | null
  readonly isInMultiTenantOrganization?: boolean | null
  readonly [setting: string]: unknown
}

export interface InboundSynchronization {
  readonly userSyncInbound?: { readonly isSyncAllowed?: boolean } | null
  readonly [setting: string]: unknown
}

const PARTNERS = '/policies/crossTenantAccessPolicy/partners'

export function readPartner(graph: GraphReader, tenantId: string): Promise<Partner | undefined> {
  return graph.find<Partner>(`${PARTNERS}/${tenantId}`, {})
}

export function readInbound(
  graph: GraphReader,
  tenantId: string,
): Promise<InboundSynchronization | undefined> {
  return graph.find<InboundSynchronization>(inboundPath(tenantId), {})
}

export function isSyncAllowed(inbound: InboundSynchronization | undefined): boolean {
  return inbound?.userSyncInbound?.isSyncAllowed === true
}

/** Whether there is such a policy: of a partner that has none, some services show one of nulls. */
export function isInboundSet(inbound: InboundSynchronization | undefined): inbound is InboundSynchronization {
  return typeof inbound?.userSyncInbound?.isSyncAllowed === 'boolean'
}

/** Something else than users, such as groups. */
export function letsInOthers(inbound: InboundSynchronization): boolean {
  return Object.entries(inbound).some(
    ([setting, value]) => !USERS_ALONE.includes(setting) && !setting.includes('@') && !isUnset(value),
  )
}

const USERS_ALONE = ['tenantId', 'displayName', 'userSyncInbound']

export function consentOf(partner: Partner | undefined, consent: Consent): boolean | null {
  return partner?.automaticUserConsentSettings?.[consent] ?? null
}

/** Nothing is set on it: deleted, it changes nothing. What is null, the tenant's default decides. */
export function isBare({ automaticUserConsentSettings, ...rest }: Partner): boolean {
  const consents = Object.values(automaticUserConsentSettings ?? {})
  return (
    !consents.includes(true) &&
    Object.entries(rest).every(
      ([setting, value]) =>
        setting === 'tenantId' || setting.includes('@') || value === false || isUnset(value),
    )
  )
}

function isUnset(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && Object.values(value).every(isUnset)
}

/** Seconds within which the answer to a write that was lost shows in what is read. */
const AFTER_LOSS = [1, 2, 4]

/**
 * Writes partner configurations. Two profiles of one run, one for each direction, set different parts of the
 * same one: what stands is read before each write, and nobody writes between.
 */
export class PartnerWriter {
  readonly #turns = new Map<string, ReturnType<typeof pLimit>>()

  /** Makes it, if nobody has. */
  ensure(graph: GraphWriter, record: Recorder, tenantId: string): Promise<void> {
    return this.#alone(graph, tenantId, async () => {
      if (await readPartner(graph, tenantId)) return
      try {
        await record.write({ action: 'create', targetId: tenantId, fields: ['tenantId'] }, () =>
          graph.create(PARTNERS, { tenantId }),
        )
      } catch (error) {
        if (!(await made(error, () => readPartner(graph, tenantId)))) throw error
      }
    })
  }

  /** Says yes or no to one direction; the other, and all else that is set, stays. */
  consent(
    graph: GraphWriter,
    record: Recorder,
    tenantId: string,
    consent: Consent,
    allowed: boolean,
  ): Promise<void> {
    return this.#alone(graph, tenantId, async () => {
      const read = () => readPartner(graph, tenantId)
      const partner = allowed ? await onceFound(read) : await read()
      if (consentOf(partner, consent) === allowed || (!partner && !allowed)) return
      await setConsent(graph, record, tenantId, partner, consent, allowed)
    })
  }

  /**
   * Lets users be synchronized in. PUT makes the policy, and is refused where one stands; PATCH changes one, and is
   * refused where none does. What is shown of a partner that has none differs: where one is refused, the other is
   * meant.
   */
  allowSynchronization(graph: GraphWriter, record: Recorder, tenantId: string): Promise<void> {
    return this.#alone(graph, tenantId, async () => {
      const path = inboundPath(tenantId)
      const body = { userSyncInbound: { isSyncAllowed: true } }
      const about = { targetId: tenantId, fields: ['userSyncInbound.isSyncAllowed'] }
      const make = () =>
        onceKnown(() => record.write({ action: 'create', ...about }, () => graph.replace(path, body)))
      const change = () => record.write({ action: 'update', ...about }, () => graph.update(path, body))
      const stands = await readInbound(graph, tenantId)
      if (isSyncAllowed(stands)) return
      try {
        await (isInboundSet(stands) ? change() : make())
      } catch (error) {
        if (isInboundSet(stands) && isNotThere(error)) await make()
        else if (!(await made(error, () => readInbound(graph, tenantId)))) throw error
        else if (!isSyncAllowed(await readInbound(graph, tenantId))) await change()
      }
    })
  }

  /** No user is let in any more; what else the policy lets in, stays. */
  removeSynchronization(graph: GraphWriter, record: Recorder, tenantId: string): Promise<void> {
    return this.#alone(graph, tenantId, async () => {
      const stands = await readInbound(graph, tenantId)
      if (!isInboundSet(stands)) return
      if (letsInOthers(stands)) {
        const about = { targetId: tenantId, fields: ['userSyncInbound.isSyncAllowed'] }
        await record.write({ action: 'update', ...about }, () =>
          graph.update(inboundPath(tenantId), { userSyncInbound: { isSyncAllowed: false } }),
        )
        return
      }
      record.removing(stands)
      await goneAfter(() =>
        record.write({ action: 'delete', targetId: tenantId, fields: [] }, () =>
          graph.remove(inboundPath(tenantId)),
        ),
      )
    })
  }

  /**
   * Takes the consent back and, if nothing else is set by then, the whole configuration away.
   * @param consent `undefined` where it is not the profile's.
   */
  remove(
    graph: GraphWriter,
    record: Recorder,
    tenantId: string,
    consent: Consent | undefined,
  ): Promise<void> {
    return this.#alone(graph, tenantId, async () => {
      const partner = await readPartner(graph, tenantId)
      if (!partner) return
      const rest = {
        ...partner,
        automaticUserConsentSettings: {
          ...partner.automaticUserConsentSettings,
          ...(consent && { [consent]: null }),
        },
      }
      if (!isBare(rest) || isInboundSet(await readInbound(graph, tenantId))) {
        if (consent && consentOf(partner, consent) === true)
          await setConsent(graph, record, tenantId, partner, consent, false)
        return
      }
      record.removing(partner)
      await goneAfter(() =>
        record.write({ action: 'delete', targetId: tenantId, fields: [] }, () =>
          graph.remove(`${PARTNERS}/${tenantId}`),
        ),
      )
    })
  }

  #alone<T>({ tenant }: GraphReader, tenantId: string, act: () => Promise<T>): Promise<T> {
    const key = `${tenant} ${tenantId.toLowerCase()}`
    let turn = this.#turns.get(key)
    if (!turn) this.#turns.set(key, (turn = pLimit(1)))
    return turn(act)
  }
}

async function setConsent(
  graph: GraphWriter,
  record: Recorder,
  tenantId: string,
  partner: Partner | undefined,
  consent: Consent,
  allowed: boolean,
): Promise<void> {
  // Some services merge what is sent with what stands, others replace it: both members are sent.
  const settings = Object.entries({ ...partner?.automaticUserConsentSettings, [consent]: allowed })
  const body = {
    automaticUserConsentSettings: Object.fromEntries(
      settings.filter(([name, value]) => !name.includes('@') && value !== null),
    ),
  }
  const about = {
    action: 'update',
    targetId: tenantId,
    fields: [`automaticUserConsentSettings.${consent}`],
  } as const
  await onceKnown(() => record.write(about, () => graph.update(`${PARTNERS}/${tenantId}`, body)))
}

/** `already exists`, or an answer that was lost: it may stand by now. */
async function made<T>(error: unknown, look: () => Promise<T | undefined>): Promise<T | undefined> {
  if (!(error instanceof ServiceError)) return undefined
  const mayStand = error.ambiguous || error.status === 400 || error.status === 409
  return mayStand ? onceFound(look, AFTER_LOSS) : undefined
}

function inboundPath(tenantId: string): string {
  return `${PARTNERS}/${tenantId}/identitySynchronization`
}
