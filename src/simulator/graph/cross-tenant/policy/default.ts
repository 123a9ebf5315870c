import type { Answer } from '../../../service.ts'
import { crossTenantOf, one } from '../asked.ts'
import type { Asked } from '../asked.ts'
import { checkedBody } from '../body.ts'
import { readOnly } from '../errors.ts'
import { changed } from './partners.ts'

const TYPE = 'crossTenantAccessPolicyConfigurationDefault'

/** `GET /policies/crossTenantAccessPolicy/default`. */
export function getDefault(asked: Asked): Answer {
  return one(asked, TYPE, crossTenantOf(asked).defaults)
}

/** `PATCH /policies/crossTenantAccessPolicy/default`. */
export function updateDefault(asked: Asked): Answer {
  const state = crossTenantOf(asked)
  const sent = checkedBody(asked.request, TYPE)
  if ('isServiceDefault' in sent) throw readOnly('isServiceDefault')
  const change = changed(state.defaults, sent, asked.world)
  state.defaults = { ...state.defaults, ...change, isServiceDefault: false }
  return { status: 204 }
}

/** `GET /tenantRelationships/multiTenantOrganization`: of a tenant in none, an inactive one of nulls. */
export function getOrganization(asked: Asked): Answer {
  return one(asked, 'multiTenantOrganization', crossTenantOf(asked).organization)
}
