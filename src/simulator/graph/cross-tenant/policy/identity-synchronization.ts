import type { Answer } from '../../../service.ts'
import { notFound } from '../../errors.ts'
import type { Asked } from '../asked.ts'
import { checkedBody } from '../body.ts'
import { identitySynchronizationExists, nothingToUpdate, readOnly } from '../errors.ts'
import { changed, partnerAsked } from './partners.ts'

const TYPE = 'crossTenantIdentitySyncPolicyPartner'

/** `GET .../partners/{tenantId}/identitySynchronization`: 404 until it is made. */
export function getIdentitySynchronization(asked: Asked): Answer {
  const { properties, identitySynchronization } = partnerAsked(asked)
  if (!identitySynchronization) throw notFound(properties.tenantId)
  const context = `${asked.world.origin}/v1.0/$metadata#policies/crossTenantAccessPolicy/partners('${properties.tenantId}')/identitySynchronization/$entity`
  return {
    status: 200,
    body: {
      '@odata.context': context,
      tenantId: properties.tenantId,
      displayName: null,
      userSyncInbound: null,
      ...identitySynchronization,
    },
  }
}

/**
 * `PUT`: makes it. Where one stands, the service says so in one variant, and replaces it in another
 * (`behaviour.identitySynchronizationPut`).
 */
export function putIdentitySynchronization(asked: Asked): Answer {
  const partner = partnerAsked(asked)
  const sent = sentBy(asked)
  if (partner.identitySynchronization && asked.world.behaviour.identitySynchronizationPut === 'conflict') {
    throw identitySynchronizationExists()
  }
  partner.identitySynchronization = sent
  return { status: 204 }
}

/** `PATCH`: changes one that stands. */
export function updateIdentitySynchronization(asked: Asked): Answer {
  const partner = partnerAsked(asked)
  const sent = sentBy(asked)
  const stood = partner.identitySynchronization
  if (!stood) throw nothingToUpdate()
  partner.identitySynchronization = { ...stood, ...changed(stood, sent, asked.world) }
  return { status: 204 }
}

/** `DELETE`. */
export function deleteIdentitySynchronization(asked: Asked): Answer {
  const partner = partnerAsked(asked)
  if (!partner.identitySynchronization) throw notFound(partner.properties.tenantId)
  partner.identitySynchronization = undefined
  return { status: 204 }
}

function sentBy(asked: Asked) {
  const { tenantId, ...sent } = checkedBody(asked.request, TYPE)
  if (tenantId !== undefined && tenantId !== asked.ids[0]) throw readOnly('tenantId')
  return sent
}
