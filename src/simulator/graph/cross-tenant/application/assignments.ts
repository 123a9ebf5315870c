import { createHash } from 'node:crypto'

import type { Answer } from '../../../service.ts'
import type { Tenant } from '../../../world.ts'
import type { Properties } from '../../directory.ts'
import { notFound } from '../../errors.ts'
import type { Row } from '../../rows.ts'
import { isGuid, many, one, servicePrincipalAsked } from '../asked.ts'
import type { Asked } from '../asked.ts'
import { checkedBody, textOf } from '../body.ts'
import { alreadyAssigned, noSuchRole, readOnly, wrongValue } from '../errors.ts'
import type { ServicePrincipal } from '../state.ts'

const TYPE = 'appRoleAssignment'
const NAMED: readonly string[] = ['appRoleId', 'principalId', 'resourceId']

/** `GET /servicePrincipals/{id}/appRoleAssignedTo`. */
export function listAssignments(asked: Asked): Answer {
  const { assignments } = servicePrincipalAsked(asked)
  const rows = [...assignments].map(([id, properties]): Row => ({ type: TYPE, id, properties }))
  return many(asked, TYPE, rows)
}

/** `POST`: ("Grant an appRoleAssignment for a service principal"). */
export function createAssignment(asked: Asked): Answer {
  const principal = servicePrincipalAsked(asked)
  const sent = checkedBody(asked.request, TYPE)
  const extra = Object.keys(sent).find((name) => !NAMED.includes(name))
  if (extra !== undefined) throw readOnly(extra)
  for (const name of NAMED) if (!isGuid(textOf(sent[name]))) throw wrongValue(name)
  const { appRoleId, principalId = '', resourceId } = sent as Record<string, string>
  if (resourceId?.toLowerCase() !== principal.id) throw wrongValue('resourceId')
  const roles = principal.properties['appRoles'] as readonly Properties[]
  if (!roles.some(({ id }) => id === appRoleId)) throw noSuchRole()
  const made = assign(asked.bearer.tenant, principal, principalId, asked.world.now())
  if (made === 'nobody') throw notFound(principalId)
  if (made === 'assigned already') throw alreadyAssigned()
  return one(asked, TYPE, made, 201)
}

/** `DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}`. */
export function deleteAssignment(asked: Asked): Answer {
  const { assignments } = servicePrincipalAsked(asked)
  const id = asked.ids[1] ?? ''
  if (!assignments.delete(id)) throw notFound(id)
  return { status: 204 }
}

/** Gives a user or a group the application's role. */
export function assign(
  { directory }: Pick<Tenant, 'directory'>,
  principal: ServicePrincipal,
  principalId: string,
  now: Date,
): Properties | 'nobody' | 'assigned already' {
  const user = directory.user(principalId)
  const object = user ?? directory.group(principalId)
  if (!object) return 'nobody'
  const all = [...principal.assignments.values()]
  if (all.some((each) => each['principalId'] === object.id)) return 'assigned already'
  const [role] = principal.properties['appRoles'] as readonly Properties[]
  const assignment = {
    id: createHash('sha256').update(`${principal.id} ${object.id}`).digest('base64url'),
    deletedDateTime: null,
    appRoleId: role?.['id'],
    createdDateTime: now.toISOString(),
    principalDisplayName: object.properties['displayName'],
    principalId: object.id,
    principalType: user ? 'User' : 'Group',
    resourceDisplayName: principal.properties['displayName'],
    resourceId: principal.id,
  }
  principal.assignments.set(assignment.id, assignment)
  return assignment
}
