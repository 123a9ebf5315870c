/**
 * Which permission an operation needs, and the command that grants it.
 * Source: Microsoft Graph permissions reference (application permissions, least privileged);
 * Exchange Online PowerShell, "App-only authentication".
 */

interface GraphPermission {
  readonly name: string
  /** The id of the app role on Microsoft Graph. */
  readonly id: string
}

const MICROSOFT_GRAPH = '00000003-0000-0000-c000-000000000000'
const EXCHANGE_ONLINE = '00000002-0000-0ff1-ce00-000000000000'
const EXCHANGE_MANAGE_AS_APP = 'dc50a0fb-09a3-484d-be87-e023b12c6440'

const USERS = { name: 'User.Read.All', id: 'df021288-bdef-4463-88db-98f22de89214' }
const READ_CONTACTS = { name: 'Contacts.Read', id: '089fe4d0-434a-44c5-8827-41ba8a0b17f5' }
const WRITE_CONTACTS = { name: 'Contacts.ReadWrite', id: '6918b873-d17a-4dc1-b314-35f528134491' }

/** The first that fits method and path. */
const GRAPH: readonly (readonly [operation: RegExp, permission: GraphPermission])[] = [
  [/^GET \/users\/[^/]+\/contact/, READ_CONTACTS],
  [/^[A-Z]+ \/users\/[^/]+\/contact/, WRITE_CONTACTS],
  [/^GET \/users\b/, USERS],
  [/^GET \/groups\b/, { name: 'GroupMember.Read.All', id: '98830695-27a2-44f7-8c18-0c3ebc9698f6' }],
  [/^GET \/contacts\b/, { name: 'OrgContact.Read.All', id: 'e1a88a34-94c4-4418-be12-c87b00e26bea' }],
]

/** An app may have the permission, and be kept to some mailboxes (Exchange, "RBAC for Applications"). */
const SCOPED =
  'If it has it, an application access policy or an Exchange role scope keeps the app out of this mailbox: let it in there.'

/** @param operation e.g. `GET /users` */
export function graphCure(operation: string, clientId: string): string | undefined {
  const permission = GRAPH.find(([fits]) => fits.test(operation))?.[1]
  if (!permission) return undefined
  const cure = `The app lacks the application permission ${permission.name}: ${grant(clientId, MICROSOFT_GRAPH, permission.id)}`
  return permission === READ_CONTACTS || permission === WRITE_CONTACTS ? `${cure} ${SCOPED}` : cure
}

/** 401: the app role is missing; 403: it is there, and no role that allows the cmdlet is. */
export function exchangeCure(status: number, clientId: string): string {
  return status === 401
    ? `The app lacks the application permission Exchange.ManageAsApp: ${grant(clientId, EXCHANGE_ONLINE, EXCHANGE_MANAGE_AS_APP)}`
    : `The app may sign in to Exchange and not do this: assign the Entra role "Exchange Recipient Administrator" (to read alone: "Global Reader") to the service principal of app ${clientId}, in the Entra admin center under Roles & admins, or give it an Exchange role group with New-ServicePrincipal and Add-RoleGroupMember.`
}

function grant(clientId: string, api: string, role: string): string {
  return `az ad app permission add --id ${clientId} --api ${api} --api-permissions ${role}=Role && az ad app permission admin-consent --id ${clientId}. It can take an hour to be known everywhere.`
}
