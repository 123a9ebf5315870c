import { isCollection } from './route.ts'
import { alsoNeeded, isClosedToApps, permissionsOf } from './contract.ts'
import type { TypeName } from './contract.ts'
import { GraphRefused, denied } from './errors.ts'

const BASIC = 'User.ReadBasic.All'

/** What User.ReadBasic.All shows of a user (Microsoft Graph, "permissions reference"). */
const BASIC_PROPERTIES: ReadonlySet<string> = new Set([
  'displayName',
  'givenName',
  'id',
  'mail',
  'surname',
  'userPrincipalName',
])
const ID_ALONE: ReadonlySet<string> = new Set(['id'])

const READ_TEMPLATE: Partial<Record<TypeName, string>> = {
  user: '/users',
  group: '/groups',
  orgContact: '/contacts',
}

/**
 * @param roles the token's application permissions
 * @param refusal the 403 of the service that stands behind the path
 * @throws GraphRefused 405 or 403
 */
export function checkPermission(
  template: string,
  method: string,
  roles: readonly string[],
  refusal: () => GraphRefused = denied,
): void {
  const sufficient = permissionsOf(template, method)
  if (sufficient === undefined) {
    throw new GraphRefused(
      405,
      'Request_BadRequest',
      isCollection(template)
        ? 'Specified HTTP method is not allowed for the request target.'
        : `The HTTP method '${method}' is not allowed for this resource.`,
    )
  }
  const has = (permissions: readonly string[]) => permissions.some((each) => roles.includes(each))
  const also = alsoNeeded(template, method)
  if (isClosedToApps(template, method) || (sufficient.length > 0 && !has(sufficient))) throw refusal()
  if (also && !has(also)) throw refusal()
}

/**
 * The properties of an object that these permissions show; `undefined` means all. An object that is reached
 * through a group without permission to read its type gives its id alone (Microsoft Graph, "Limited
 * information returned for inaccessible member objects").
 */
export function visibleProperties(type: TypeName, roles: readonly string[]): ReadonlySet<string> | undefined {
  const template = READ_TEMPLATE[type]
  if (template === undefined) return undefined
  const sufficient = permissionsOf(template, 'GET') ?? []
  if (sufficient.some((permission) => permission !== BASIC && roles.includes(permission))) return undefined
  return type === 'user' && roles.includes(BASIC) ? BASIC_PROPERTIES : ID_ALONE
}
