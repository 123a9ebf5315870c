/**
 * The attributes of users that cross-tenant synchronization maps, for as long as no job tells its own.
 * Source: Microsoft Entra, "Configure cross-tenant synchronization" (attribute mappings) and "Map directory
 * extensions in cross-tenant synchronization".
 */
import type { AttributeDefinition } from './synchronization-schema.ts'

const BOTH = [
  'accountEnabled',
  'city',
  'companyName',
  'country',
  'department',
  'displayName',
  'employeeHireDate',
  'employeeId',
  'employeeType',
  'facsimileTelephoneNumber',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'manager',
  'mobile',
  'objectId',
  'otherMails',
  'physicalDeliveryOfficeName',
  'postalCode',
  'preferredLanguage',
  'proxyAddresses',
  'showInAddressList',
  'state',
  'streetAddress',
  'surname',
  'telephoneNumber',
  'usageLocation',
  'userPrincipalName',
  'userType',
  ...Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`),
]

export const KNOWN_SOURCE: readonly AttributeDefinition[] = [
  ...BOTH,
  'alternativeSecurityIds',
  'appRoleAssignments',
  'IsSoftDeleted',
  'netId',
].map((name) => ({ name }))

/** By this one a guest is known again: the identity at home. */
export const KNOWN_MATCHING = 'alternativeSecurityIds'

const READ_ONLY = ['objectId', 'proxyAddresses']
const REQUIRED = ['userPrincipalName', KNOWN_MATCHING]

export const KNOWN_TARGET: readonly AttributeDefinition[] = [...BOTH, KNOWN_MATCHING, 'IsSoftDeleted'].map(
  (name) => ({
    name,
    required: REQUIRED.includes(name),
    mutability: READ_ONLY.includes(name) ? 'ReadOnly' : 'ReadWrite',
  }),
)

/** Of an application of either tenant: `extension_<its client id without hyphens>_<name>`. */
export const DIRECTORY_EXTENSION = /^extension_[0-9a-f]{32}_\w+$/i
