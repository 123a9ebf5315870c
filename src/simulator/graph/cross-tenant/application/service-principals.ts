import type { Answer } from '../../../service.ts'
import type { Row } from '../../rows.ts'
import { crossTenantOf, many, one, servicePrincipalAsked } from '../asked.ts'
import type { Asked } from '../asked.ts'
import { checkedBody, textOf } from '../body.ts'
import { readOnly, wrongValue } from '../errors.ts'
import { checkOwner } from './owner.ts'

const TYPE = 'servicePrincipal'

/** Characters ("servicePrincipal resource type"). */
const MOST_NOTES = 1024

/** What "Update servicePrincipal" takes, and concerns synchronization. */
const WRITABLE: readonly string[] = [
  'accountEnabled',
  'appRoleAssignmentRequired',
  'description',
  'notes',
  'notificationEmailAddresses',
  'tags',
]

/** `GET /servicePrincipals`: those that the directory knows by now. */
export function listServicePrincipals(asked: Asked): Answer {
  const state = crossTenantOf(asked)
  const rows = [...state.servicePrincipals.values()]
    .filter(({ id }) => state.isSeen(asked.options.advanced ? 'index' : 'directory', id))
    .map(({ id, properties }): Row => ({ type: TYPE, id, properties }))
  return many(asked, TYPE, rows)
}

/** `GET /servicePrincipals/{id}`. */
export function getServicePrincipal(asked: Asked): Answer {
  return one(asked, TYPE, servicePrincipalAsked(asked).properties)
}

/** `PATCH /servicePrincipals/{id}`. */
export function updateServicePrincipal(asked: Asked): Answer {
  const principal = servicePrincipalAsked(asked)
  checkOwner(asked, principal)
  const sent = checkedBody(asked.request, TYPE)
  const fixed = Object.keys(sent).find((name) => !WRITABLE.includes(name))
  if (fixed !== undefined) throw readOnly(fixed)
  if (textOf(sent['notes']).length > MOST_NOTES) throw wrongValue('notes')
  principal.properties = { ...principal.properties, ...sent }
  return { status: 204 }
}

/** `DELETE /servicePrincipals/{id}`: the registration stays. */
export function deleteServicePrincipal(asked: Asked): Answer {
  const principal = servicePrincipalAsked(asked)
  checkOwner(asked, principal)
  crossTenantOf(asked).servicePrincipals.delete(principal.id)
  return { status: 204 }
}
