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

/** The first that fits method and path. */
const GRAPH: readonly (readonly [operation: RegExp, permission: Privilege])[] = [
  [/^GET \/users\/[^/]+\/contact/, READ_CONTACTS],
  [/^[A-Z]+ \/users\/[^/]+\/contact/, WRITE_CONTACTS],
  [/^GET \/users\b/, READ_USERS],
  [/^GET \/groups\b/, READ_GROUP_MEMBERS],
  [/^GET \/contacts\b/, READ_ORG_CONTACTS],
]

/** An app may have the permission, and be kept to some mailboxes (Exchange, "RBAC for Applications"). */
const SCOPED =
  'If it has it, an application access policy or an Exchange role scope keeps the app out of this mailbox: let it in there.'

/** @param operation e.g. `GET /users` */
export function graphCure(operation: string, clientId: string): string | undefined {
  const permission = GRAPH.find(([fits]) => fits.test(operation))?.[1]
  if (!permission) return undefined
  const cure = lacks(permission, clientId)
  return permission === READ_CONTACTS || permission === WRITE_CONTACTS ? `${cure} ${SCOPED}` : cure
}

/** 401: the app role is missing; 403: it is there, and no role that allows the cmdlet is. */
export function exchangeCure(status: number, clientId: string): string {
  return status === 401
    ? lacks(CALL_EXCHANGE, clientId)
    : `The app may sign in to Exchange and not do this: assign the Entra role "${WRITE_RECIPIENTS.name}" (to read alone: "${READ_EXCHANGE.name}") to the service principal of app ${clientId}, in the Entra admin center under Roles & admins, or give it an Exchange role group with New-ServicePrincipal and Add-RoleGroupMember.`
}

function lacks(permission: Privilege, clientId: string): string {
  return `The app lacks the application permission ${permission.name}: ${grantCommand(permission, clientId)}. It can take an hour to be known everywhere.`
}

/** For the Azure CLI: registers an application permission with the app, and consents to it. */
export function grantCommand({ of, id }: Privilege, clientId: string): string {
  const api = API_IDS[of as keyof typeof API_IDS]
  return `az ad app permission add --id ${clientId} --api ${api} --api-permissions ${id}=Role && az ad app permission admin-consent --id ${clientId}`
}
