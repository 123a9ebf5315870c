import type { Tenant } from '../../../world.ts'
import type { DirectoryObject } from '../../directory.ts'
import { truth } from '../expression/functions.ts'
import type { Value } from '../expression/functions.ts'
import type { ServicePrincipal } from '../state.ts'
import { syncsAll } from '../synchronization/secrets.ts'
import { attributeOf } from './attributes.ts'

/** Is it somebody of another tenant, here as a guest? */
export function isExternal({ properties }: DirectoryObject): boolean {
  return String(properties['userPrincipalName']).toUpperCase().includes('#EXT#')
}

export function principalNameOf({ properties }: DirectoryObject): string {
  return String(properties['userPrincipalName'])
}

/** By which a guest is known to be this user: the same in every tenant. */
export function netIdOf({ id }: DirectoryObject): string {
  return id.replaceAll('-', '').slice(0, 16).toUpperCase()
}

/**
 * The object ids of the users to whom the application is assigned, themselves or as direct members of a group:
 * groups within groups are not looked into ("How application provisioning works").
 */
export function entitledUsers({ directory }: Tenant, principal: ServicePrincipal): ReadonlySet<string> {
  if (syncsAll(principal)) return new Set([...directory.users()].map(({ id }) => id))
  const entitled = new Set<string>()
  for (const { principalId, principalType } of principal.assignments.values()) {
    const id = String(principalId)
    const ids = principalType === 'Group' ? directory.membersOf(id) : [id]
    for (const each of ids) if (directory.user(each)) entitled.add(each)
  }
  return entitled
}

/** Reads a source user's attributes, those too that synchronization makes up. */
export function readerOf(user: DirectoryObject, isEntitled: boolean): (attribute: string) => Value {
  const disabled = user.properties['accountEnabled'] === false
  return (attribute) => {
    if (attribute === 'alternativeSecurityIds') return isExternal(user) ? '1:live.com' : 'None'
    if (attribute === 'netId') return netIdOf(user)
    // A user who may not sign in counts as one that is gone ("How application provisioning works").
    if (attribute === 'IsSoftDeleted') return truth(disabled)
    if (attribute === 'appRoleAssignments') return isEntitled ? 'msiam_access' : undefined
    return attributeOf(user, attribute)
  }
}
