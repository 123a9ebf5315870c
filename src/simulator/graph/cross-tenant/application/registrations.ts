import type { Answer } from '../../../service.ts'
import { notFound } from '../../errors.ts'
import type { Row } from '../../rows.ts'
import { crossTenantOf, guidAt, many } from '../asked.ts'
import type { Asked } from '../asked.ts'
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

/** `DELETE /applications/{id}`: its service principal in this tenant goes too. */
export function deleteRegistration(asked: Asked): Answer {
  const id = guidAt(asked, 0)
  const registration = crossTenantOf(asked).registrations.get(id)
  if (!registration) throw notFound(id)
  checkOwner(asked, registration)
  crossTenantOf(asked).removeRegistration(id)
  return { status: 204 }
}
