import { isNavigation, propertiesOf } from '../contract.ts'
import type { TypeName } from '../contract.ts'
import type { Properties } from '../directory.ts'
import { GraphRefused, badRequest } from '../errors.ts'

/** What a user shows when nothing is selected (Microsoft Graph, "List users"). */
const USER_DEFAULTS =
  'businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName'.split(
    ' ',
  )
const GROUP_DEFAULTS =
  'id deletedDateTime classification createdDateTime description displayName expirationDateTime groupTypes isAssignableToRole mail mailEnabled mailNickname membershipRule membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation preferredLanguage proxyAddresses renewedDateTime securityEnabled securityIdentifier theme uniqueName visibility onPremisesProvisioningErrors serviceProvisioningErrors'.split(
    ' ',
  )

/** Kept in other stores, and given for a single user only (Microsoft Graph, "user resource type"). */
const SINGLE_ONLY = new Set(
  'aboutMe birthday hireDate interests mailboxSettings mySite pastProjects preferredName responsibilities schools skills'.split(
    ' ',
  ),
)

/**
 * The properties a `$select` names, in the schema's own letter case.
 * @param listed is it a collection that is read?
 * @throws GraphRefused 400 for an unknown name, 501 for what a collection does not give
 */
export function parseSelect(text: string, type: TypeName, listed: boolean): string[] {
  const known = new Map([...propertiesOf(type).keys()].map((name) => [name.toLowerCase(), name]))
  const names = text.split(',').map((name) => name.trim())
  return names.map((name) => {
    const property = known.get(name.toLowerCase())
    if (property === undefined) {
      if (isNavigation(type, name)) return name
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
      )
    }
    if (listed && type === 'user' && SINGLE_ONLY.has(property)) {
      throw new GraphRefused(
        501,
        'NotImplemented',
        `The property '${property}' is not available in a collection.`,
      )
    }
    return property
  })
}

/** What an object of this type shows when nothing is selected. */
export function defaultSelection(type: TypeName): string[] {
  if (type === 'user') return USER_DEFAULTS
  if (type === 'group') return GROUP_DEFAULTS
  return [...propertiesOf(type).keys()]
}

/**
 * The selected properties of an object; what it lacks is null, or an empty list.
 * @param visible when given, only these are seen, and the rest is null: the app's permissions go no further
 */
export function project(
  properties: Properties,
  type: TypeName,
  selection: readonly string[],
  visible?: ReadonlySet<string>,
): Properties {
  const types = propertiesOf(type)
  const projected: Properties = {}
  for (const name of selection) {
    const kind = types.get(name)
    // A relationship may be named, but does not appear without $expand.
    if (kind === undefined) continue
    const value = visible && !visible.has(name) ? undefined : properties[name]
    projected[name] = value ?? (kind.endsWith('[]') && !visible ? [] : null)
  }
  return projected
}
