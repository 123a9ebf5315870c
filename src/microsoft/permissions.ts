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

/** By the first segment of the path. */
const GRAPH: Record<string, GraphPermission> = {
  users: { name: 'User.Read.All', id: 'df021288-bdef-4463-88db-98f22de89214' },
  groups: { name: 'GroupMember.Read.All', id: '98830695-27a2-44f7-8c18-0c3ebc9698f6' },
  contacts: { name: 'OrgContact.Read.All', id: 'e1a88a34-94c4-4418-be12-c87b00e26bea' },
}

/** @param path e.g. `/users?$top=999` */
export function graphCure(path: string, clientId: string): string | undefined {
  const permission = GRAPH[/^\/?([a-zA-Z]+)/.exec(path)?.[1] ?? '']
  return permission
    ? `The app lacks the application permission ${permission.name}: ${grant(clientId, MICROSOFT_GRAPH, permission.id)}`
    : undefined
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
