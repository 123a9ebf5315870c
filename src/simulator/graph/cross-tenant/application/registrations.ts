import type { Answer } from '../../../service.ts'
import { notFound } from '../../errors.ts'
import type { Row } from '../../rows.ts'
import { crossTenantOf, guidAt, many } from '../asked.ts'
import type { Asked } from '../asked.ts'
import { checkedBody, textOf } from '../body.ts'
import { readOnly, wrongValue } from '../errors.ts'
import type { Registration } from '../state.ts'
import { checkOwner } from './owner.ts'

/** `GET /applications`. */
export function listRegistrations(asked: Asked): Answer {
  const rows = [...crossTenantOf(asked).registrations.values()].map(({ id, properties }): Row => ({
    type: 'application',
    id,
    properties,
  }))
  return many(asked, 'application', rows)
}

/** `PATCH /applications/{id}`: its name alone, which its service principal in this tenant takes over. */
export function updateRegistration(asked: Asked): Answer {
  const registration = registrationAsked(asked)
  checkOwner(asked, registration)
  const { displayName, ...more } = checkedBody(asked.request, 'application')
  const [extra] = Object.keys(more)
  if (extra !== undefined) throw readOnly(extra)
  if (textOf(displayName) === '') throw wrongValue('displayName')
  crossTenantOf(asked).rename(registration.id, textOf(displayName))
  return { status: 204 }
}

/** `DELETE /applications/{id}`: its service principal in this tenant goes too. */
export function deleteRegistration(asked: Asked): Answer {
  const registration = registrationAsked(asked)
  checkOwner(asked, registration)
  crossTenantOf(asked).removeRegistration(registration.id)
  return { status: 204 }
}

/** @throws GraphRefused 404 */
function registrationAsked(asked: Asked): Registration {
  const id = guidAt(asked, 0)
  const registration = crossTenantOf(asked).registrations.get(id)
  if (!registration) throw notFound(id)
  return registration
}
