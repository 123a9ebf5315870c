import type { Answer } from '../../../service.ts'
import type { World } from '../../../world.ts'
import type { Row } from '../../rows.ts'
import { crossTenantOf, guidAt, isGuid, many, one } from '../asked.ts'
import type { Asked } from '../asked.ts'
import { checkedBody, isRecord, textOf } from '../body.ts'
import type { Properties } from '../../directory.ts'
import { directoryBadRequest, notFound } from '../../errors.ts'
import { partnerExists, partnerInUse, readOnly, wrongValue } from '../errors.ts'
import type { Partner } from '../state.ts'

const TYPE = 'crossTenantAccessPolicyConfigurationPartner'

/** `GET /policies/crossTenantAccessPolicy/partners`. */
export function listPartners(asked: Asked): Answer {
  const rows = [...crossTenantOf(asked).partners].map(({ properties }): Row => ({
    type: TYPE,
    id: properties.tenantId,
    properties,
  }))
  return many(asked, TYPE, rows)
}

/** `GET .../partners/{tenantId}`. */
export function getPartner(asked: Asked): Answer {
  return one(asked, TYPE, partnerAsked(asked).properties)
}

/** `POST .../partners` ("Create crossTenantAccessPolicyConfigurationPartner"). */
export function createPartner(asked: Asked): Answer {
  const sent = checkedBody(asked.request, TYPE)
  const tenantId = textOf(sent['tenantId'])
  if (!isGuid(tenantId)) throw wrongValue('tenantId')
  if ('isInMultiTenantOrganization' in sent) throw readOnly('isInMultiTenantOrganization')
  const { tenant } = asked.bearer
  if (tenantId.toLowerCase() === tenant.tenantId.toLowerCase()) {
    throw directoryBadRequest('A partner configuration cannot be created for the own tenant.')
  }
  if (tenant.crossTenant.partner(tenantId)) throw partnerExists()
  // What nothing is said of stays null: as the tenant's default has it.
  const properties = { ...sent, tenantId }
  tenant.crossTenant.addPartner({ properties, identitySynchronization: undefined })
  return one(asked, TYPE, properties, 201)
}

/** `PATCH .../partners/{tenantId}`. */
export function updatePartner(asked: Asked): Answer {
  const partner = partnerAsked(asked)
  const sent = checkedBody(asked.request, TYPE)
  for (const name of ['tenantId', 'isInMultiTenantOrganization'])
    if (name in sent && sent[name] !== partner.properties[name]) throw readOnly(name)
  partner.properties = { ...partner.properties, ...changed(partner.properties, sent, asked.world) }
  return { status: 204 }
}

/** `DELETE .../partners/{tenantId}`. */
export function deletePartner(asked: Asked): Answer {
  const partner = partnerAsked(asked)
  if (partner.identitySynchronization) throw partnerInUse()
  crossTenantOf(asked).removePartner(partner.properties.tenantId)
  return { status: 204 }
}

/** @throws GraphRefused 404 */
export function partnerAsked(asked: Asked): Partner {
  const partner = crossTenantOf(asked).partner(guidAt(asked, 0))
  if (!partner) throw notFound(asked.ids[0] ?? '')
  return partner
}

/**
 * What a PATCH leaves of complex values: OData merges them with what stood there; there are services that take
 * them whole (`behaviour.partnerPatch`).
 */
export function changed(properties: Properties, sent: Properties, { behaviour }: World): Properties {
  if (behaviour.partnerPatch === 'replace') return sent
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const stood = properties[name]
      return [name, isRecord(value) && isRecord(stood) ? { ...stood, ...value } : value]
    }),
  )
}
