import type { TypeName } from '../contract.ts'

/** By default, or only with `ConsistencyLevel: eventual` and `$count=true`. */
export type Support = 'default' | 'advanced'

const DEFAULT: Partial<Record<TypeName, string>> = {
  user: 'accountEnabled ageGroup assignedLicenses assignedPlans businessPhones city consentProvidedForMinor country createdDateTime creationType deletedDateTime department displayName employeeId externalUserState givenName id identities imAddresses isResourceAccount jobTitle mail mailNickname onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName otherMails proxyAddresses signInActivity state surname usageLocation userPrincipalName userType',
  group:
    'assignedLicenses createdDateTime deletedDateTime displayName expirationDateTime groupTypes id isAssignableToRole mail mailEnabled mailNickname membershipRuleProcessingState onPremisesSecurityIdentifier onPremisesSyncEnabled proxyAddresses renewedDateTime securityEnabled uniqueName',
  orgContact:
    'department displayName givenName id jobTitle mail mailNickname onPremisesSyncEnabled proxyAddresses surname',
  application: 'appId createdDateTime displayName id identifierUris signInAudience',
  servicePrincipal: 'accountEnabled appId displayName id servicePrincipalNames servicePrincipalType tags',
  crossTenantAccessPolicyConfigurationPartner: 'isServiceProvider tenantId',
  provisioningObjectSummary:
    'activityDateTime changeId cycleId durationInMilliseconds id initiatedBy jobId provisioningAction provisioningStatusInfo servicePrincipal sourceIdentity sourceSystem targetIdentity targetSystem tenantId',
  directoryObject:
    'accountEnabled department displayName givenName id jobTitle mail mailNickname surname userPrincipalName userType',
}

const ADVANCED: Partial<Record<TypeName, string>> = {
  user: 'companyName employeeHireDate employeeType mobilePhone officeLocation onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime onPremisesSamAccountName passwordPolicies postalCode preferredLanguage showInAddressList streetAddress',
  group:
    'classification description membershipRule onPremisesLastSyncDateTime onPremisesSamAccountName preferredDataLocation preferredLanguage theme visibility',
  orgContact: 'companyName onPremisesLastSyncDateTime',
  application: 'applicationTemplateId notes',
  servicePrincipal: 'applicationTemplateId homepage notes',
  directoryObject: 'companyName mobilePhone officeLocation',
}

const SUPPORT = new Map<string, Support>()
for (const [table, support] of [
  [DEFAULT, 'default'],
  [ADVANCED, 'advanced'],
] as const) {
  for (const [type, names] of Object.entries(table)) {
    for (const name of names.split(' ')) SUPPORT.set(`${type}.${name}`, support)
  }
}

/**
 * May a property stand in a `$filter`? `undefined`: never (Microsoft Graph, "Advanced query capabilities on
 * directory objects", support for filter by properties).
 */
export function supportOf(type: TypeName, property: string): Support | undefined {
  return SUPPORT.get(`${type}.${property}`)
}
