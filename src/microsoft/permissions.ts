/**
 * What an app may be given: application permissions and directory roles, which of them an operation
 * needs, and the command that grants one.
 * Source: Microsoft Graph permissions reference (application permissions, least privileged);
 * Exchange Online PowerShell, "App-only authentication"; Microsoft Entra, "Built-in roles".
 */

export type Authority = 'Microsoft Graph' | 'Exchange Online' | 'Microsoft Entra'

/** An application permission of an API, or a directory role. */
export interface Privilege {
  /** Who grants it: the API of a permission; Microsoft Entra for a directory role. */
  readonly of: Authority
  readonly name: string
  /** Of the app role on its API; of a directory role: its template. */
  readonly id: string
  /** Names of others that allow as much where it is needed, and no more than it. */
  readonly alike?: readonly string[]
  /** Names of others that allow as much where it is needed, and more. */
  readonly within?: readonly string[]
}

/** The client ids of the APIs, the same in every tenant. */
export const API_IDS = {
  'Microsoft Graph': '00000003-0000-0000-c000-000000000000',
  'Exchange Online': '00000002-0000-0ff1-ce00-000000000000',
} as const

export const READ_USERS: Privilege = {
  of: 'Microsoft Graph',
  name: 'User.Read.All',
  id: 'df021288-bdef-4463-88db-98f22de89214',
  within: ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
}
export const READ_GROUP_MEMBERS: Privilege = {
  of: 'Microsoft Graph',
  name: 'GroupMember.Read.All',
  id: '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  alike: ['Group.ReadBasic.All'],
  within: ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All'],
}
export const READ_ORG_CONTACTS: Privilege = {
  of: 'Microsoft Graph',
  name: 'OrgContact.Read.All',
  id: 'e1a88a34-94c4-4418-be12-c87b00e26bea',
  within: ['Directory.Read.All', 'Directory.ReadWrite.All'],
}
export const READ_CONTACTS: Privilege = {
  of: 'Microsoft Graph',
  name: 'Contacts.Read',
  id: '089fe4d0-434a-44c5-8827-41ba8a0b17f5',
  within: ['Contacts.ReadWrite'],
}
export const WRITE_CONTACTS: Privilege = {
  of: 'Microsoft Graph',
  name: 'Contacts.ReadWrite',
  id: '6918b873-d17a-4dc1-b314-35f528134491',
}
/** Of cross-tenant access: partners, and whom they let in. */
export const READ_POLICIES: Privilege = {
  of: 'Microsoft Graph',
  name: 'Policy.Read.All',
  id: '246dd0d5-5bd0-4def-940b-0421030a5b68',
  within: ['Policy.ReadWrite.CrossTenantAccess'],
}
export const WRITE_POLICIES: Privilege = {
  of: 'Microsoft Graph',
  name: 'Policy.ReadWrite.CrossTenantAccess',
  id: '338163d7-f101-4c92-94ba-ca46fe52447c',
}
export const READ_APPLICATIONS: Privilege = {
  of: 'Microsoft Graph',
  name: 'Application.Read.All',
  id: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  within: ['Application.ReadWrite.All', 'Directory.Read.All'],
}
/** Lets an app make applications, read all, and change those that it owns: whoever makes one owns it. */
export const WRITE_OWN_APPLICATIONS: Privilege = {
  of: 'Microsoft Graph',
  name: 'Application.ReadWrite.OwnedBy',
  id: '18a4783c-866b-4cc7-a460-3d5e5662c884',
  within: ['Application.ReadWrite.All'],
}
export const READ_SYNCHRONIZATION: Privilege = {
  of: 'Microsoft Graph',
  name: 'Synchronization.Read.All',
  id: '5ba43d2f-fa88-4db2-bd1c-a67c5f0fb1ce',
  within: ['Synchronization.ReadWrite.All', 'Application.ReadWrite.OwnedBy'],
}
/** Of an application that the app owns, WRITE_OWN_APPLICATIONS is enough. */
export const WRITE_SYNCHRONIZATION: Privilege = {
  of: 'Microsoft Graph',
  name: 'Synchronization.ReadWrite.All',
  id: '9b50c33d-700f-43b1-b2eb-87e89b703581',
  within: ['Application.ReadWrite.OwnedBy'],
}
/** To give, an app must be able to read applications besides. */
export const ASSIGN_TO_APPLICATIONS: Privilege = {
  of: 'Microsoft Graph',
  name: 'AppRoleAssignment.ReadWrite.All',
  id: '06b708a9-e830-4db3-a914-8e69da51d44f',
}
export const READ_AUDIT_LOGS: Privilege = {
  of: 'Microsoft Graph',
  name: 'AuditLog.Read.All',
  id: 'b0afded3-3588-46d8-8b3d-9842eff778da',
  alike: ['ProvisioningLog.Read.All'],
  within: ['Directory.Read.All'],
}
/** Lets an app call Exchange at all; what it may do there is told by a directory role, or a role group of Exchange. */
export const CALL_EXCHANGE: Privilege = {
  of: 'Exchange Online',
  name: 'Exchange.ManageAsApp',
  id: 'dc50a0fb-09a3-484d-be87-e023b12c6440',
}
export const READ_EXCHANGE: Privilege = {
  of: 'Microsoft Entra',
  name: 'Global Reader',
  id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  within: ['Exchange Recipient Administrator', 'Exchange Administrator', 'Global Administrator'],
}
export const WRITE_RECIPIENTS: Privilege = {
  of: 'Microsoft Entra',
  name: 'Exchange Recipient Administrator',
  id: '31392ffb-586c-42d1-9346-e59415a2cc4e',
  within: ['Exchange Administrator', 'Global Administrator'],
}

/** Of an organization rather than its recipients: relationships with others, endpoints and batches of migrations. */
export const MANAGE_EXCHANGE: Privilege = {
  of: 'Microsoft Entra',
  name: 'Exchange Administrator',
  id: '29232cdf-9323-42fd-ade2-1d097af3e4de',
  within: ['Global Administrator'],
}

/** An app may have the permission, and be kept to some mailboxes (Exchange, "RBAC for Applications"). */
const SCOPED =
  'If it has it, an application access policy or an Exchange role scope keeps the app out of this mailbox: let it in there.'
const NOT_ITS_OWN = `If it has it, somebody else made this application: make the app an owner of it and of its service principal, or give it Application.ReadWrite.All for the application and ${WRITE_SYNCHRONIZATION.name} for its synchronization.`
const NO_LOG =
  'If it has it, give it Directory.Read.All besides, which some tenants want with it; and a tenant without Entra ID P1 has no provisioning log.'
const READS_TOO = `If it has it, it lacks ${READ_APPLICATIONS.name}, which assigning needs besides.`

/** The first that fits method and path; and what else may lack. */
const GRAPH: readonly (readonly [operation: RegExp, permission: Privilege, besides?: string])[] = [
  [/^GET \/users\/[^/]+\/contact/, READ_CONTACTS, SCOPED],
  [/^[A-Z]+ \/users\/[^/]+\/contact/, WRITE_CONTACTS, SCOPED],
  [/^GET \/users\b/, READ_USERS],
  [/^GET \/groups\b/, READ_GROUP_MEMBERS],
  [/^GET \/contacts\b/, READ_ORG_CONTACTS],
  [/^GET \/policies\/crossTenantAccessPolicy\b/, READ_POLICIES],
  [/^[A-Z]+ \/policies\/crossTenantAccessPolicy\b/, WRITE_POLICIES],
  [/^GET \/auditLogs\/provisioning\b/, READ_AUDIT_LOGS, NO_LOG],
  [/^GET \/servicePrincipals\/[^/]+\/synchronization\b/, READ_SYNCHRONIZATION],
  [/^PATCH \/servicePrincipals\/[^/]+\/synchronization\/jobs\/[^/]+$/, WRITE_SYNCHRONIZATION],
  [/^[A-Z]+ \/servicePrincipals\/[^/]+\/synchronization\b/, WRITE_OWN_APPLICATIONS, NOT_ITS_OWN],
  [/^GET \/(applications|servicePrincipals)\b/, READ_APPLICATIONS],
  [/^POST \/servicePrincipals\/[^/]+\/appRoleAssignedTo\b/, ASSIGN_TO_APPLICATIONS, READS_TOO],
  [/^DELETE \/servicePrincipals\/[^/]+\/appRoleAssignedTo\b/, ASSIGN_TO_APPLICATIONS],
  [/^POST \/applicationTemplates\/[^/]+\/instantiate$/, WRITE_OWN_APPLICATIONS],
  [/^(PATCH|DELETE) \/(applications|servicePrincipals)\/[^/]+$/, WRITE_OWN_APPLICATIONS, NOT_ITS_OWN],
]

/** @param operation e.g. `GET /users` */
export function graphCure(operation: string, clientId: string): string | undefined {
  const row = GRAPH.find(([fits]) => fits.test(operation))
  if (!row) return undefined
  const [, permission, besides] = row
  return [lacks(permission, clientId), ...(besides === undefined ? [] : [besides])].join(' ')
}

const OF_THE_ORGANIZATION = /-(OrganizationRelationship|Migration\w*)$/

/** 401: the app role is missing; 403: it is there, and no role that allows the cmdlet is. */
export function exchangeCure(status: number, cmdlet: string, clientId: string): string {
  const { name } = OF_THE_ORGANIZATION.test(cmdlet) ? MANAGE_EXCHANGE : WRITE_RECIPIENTS
  return status === 401
    ? lacks(CALL_EXCHANGE, clientId)
    : `The app may sign in to Exchange and not do this: assign the Entra role "${name}" (to read alone: "${READ_EXCHANGE.name}") to the service principal of app ${clientId}, in the Entra admin center under Roles & admins, or give it an Exchange role group with New-ServicePrincipal and Add-RoleGroupMember.`
}

function lacks(permission: Privilege, clientId: string): string {
  return `The app lacks the application permission ${permission.name}: ${grantCommand(permission, clientId)}. It can take an hour to be known everywhere.`
}

/** For the Azure CLI: registers an application permission with the app, and consents to it. */
export function grantCommand({ of, id }: Privilege, clientId: string): string {
  const api = API_IDS[of as keyof typeof API_IDS]
  return `az ad app permission add --id ${clientId} --api ${api} --api-permissions ${id}=Role && az ad app permission admin-consent --id ${clientId}`
}
