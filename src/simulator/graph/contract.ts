import contract from '../contract/graph.json' with { type: 'json' }

/** The types whose objects this stand-in gives out. */
export type TypeName =
  | 'user'
  | 'group'
  | 'orgContact'
  | 'organization'
  | 'domain'
  | 'directoryObject'
  | 'contact'
  | 'contactFolder'
  | 'profilePhoto'
  | 'application'
  | 'applicationTemplate'
  | 'appRoleAssignment'
  | 'servicePrincipal'
  | 'crossTenantAccessPolicyConfigurationDefault'
  | 'crossTenantAccessPolicyConfigurationPartner'
  | 'multiTenantOrganization'
  | 'provisioningObjectSummary'

interface TypeFacts {
  /** From a name to its type: `string`, `boolean`, `date-time`, `string[]`, or a complex type's name. */
  readonly properties: Readonly<Record<string, string>>
  readonly navigation: readonly string[]
}

const types: Readonly<Record<string, TypeFacts>> = contract.types
const enums: Readonly<Record<string, readonly string[]>> = contract.enums
const together: Readonly<Record<string, readonly string[]>> = contract.together
const paths: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = contract.paths

/** All templates, with `{id}` for every id. */
export const TEMPLATES: readonly string[] = Object.keys(paths)

/**
 * The application permissions any of which lets an app in; none needed when empty; `undefined` when the
 * path has no such method.
 */
export function permissionsOf(template: string, method: string): readonly string[] | undefined {
  return paths[template]?.[method]
}

/** The permissions of which an app must have one beside those of `permissionsOf`; mostly `undefined`. */
export function alsoNeeded(template: string, method: string): readonly string[] | undefined {
  return together[`${method} ${template}`]
}

/** Is it an operation for users alone? */
export function isClosedToApps(template: string, method: string): boolean {
  return contract.closed.includes(`${method} ${template}`)
}

/** The properties of a type. A directory object may be of any type, so it has those of all of them. */
export function propertiesOf(type: TypeName): ReadonlyMap<string, string> {
  return FACTS[type]
}

export function isNavigation(type: TypeName, name: string): boolean {
  return types[type]?.navigation.includes(name) ?? false
}

/** The members of a complex property (`onPremisesExtensionAttributes`), when the contract knows its type. */
export function membersOf(complexType: string): ReadonlyMap<string, string> | undefined {
  const facts = types[complexType]
  return facts && new Map(Object.entries(facts.properties))
}

/** The values of an enumeration, when the contract knows it. */
export function valuesOf(enumeration: string): readonly string[] | undefined {
  return enums[enumeration]
}

export function navigationOf(type: string): readonly string[] {
  return types[type]?.navigation ?? []
}

const FACTS: Readonly<Record<TypeName, ReadonlyMap<string, string>>> = {
  user: factsOf('user'),
  group: factsOf('group'),
  orgContact: factsOf('orgContact'),
  organization: factsOf('organization'),
  domain: factsOf('domain'),
  directoryObject: factsOf('directoryObject', 'orgContact', 'group', 'user'),
  contact: factsOf('contact'),
  contactFolder: factsOf('contactFolder'),
  profilePhoto: factsOf('profilePhoto'),
  application: factsOf('application'),
  applicationTemplate: factsOf('applicationTemplate'),
  appRoleAssignment: factsOf('appRoleAssignment'),
  servicePrincipal: factsOf('servicePrincipal'),
  crossTenantAccessPolicyConfigurationDefault: factsOf('crossTenantAccessPolicyConfigurationDefault'),
  crossTenantAccessPolicyConfigurationPartner: factsOf('crossTenantAccessPolicyConfigurationPartner'),
  multiTenantOrganization: factsOf('multiTenantOrganization'),
  provisioningObjectSummary: factsOf('provisioningObjectSummary'),
}

function factsOf(...names: string[]): ReadonlyMap<string, string> {
  return new Map(names.flatMap((name) => Object.entries(types[name]?.properties ?? {})))
}
