/**
 * Commands of the Azure CLI, for a POSIX shell, that give an app what it lacks and take away what is too much.
 * Source: Azure CLI, "az ad app", "az rest"; Microsoft Graph, "Delete appRoleAssignment" (it revokes an
 * application permission; taking it off the registration alone does not), "Create unifiedRoleAssignment".
 */
import { endpointsOf, type Cloud } from '../../microsoft/clouds.ts'
import type { HeldPrivilege } from '../../microsoft/held.ts'
import { API_IDS, grantCommand, type Privilege } from '../../microsoft/permissions.ts'
import { shellWord } from '../../report/inert.ts'

const CLOUD_NAMES: Record<Cloud, string | undefined> = {
  global: undefined,
  usgov: 'AzureUSGovernment',
  'usgov-dod': 'AzureUSGovernment',
  china: 'AzureChinaCloud',
}

/** To be run before all others, by a Privileged Role Administrator of the tenant. */
export function signInCommands(tenantId: string, cloud: Cloud): string[] {
  const name = CLOUD_NAMES[cloud]
  return [
    ...(name === undefined ? [] : [`az cloud set --name ${name}`]),
    `az login --tenant ${tenantId} --allow-no-subscriptions`,
  ]
}

export function giveCommand(privilege: Privilege, clientId: string, cloud: Cloud): string {
  if (privilege.of !== 'Microsoft Entra') return grantCommand(privilege, clientId)
  const body = `{\\"principalId\\":\\"${principal(clientId)}\\",\\"roleDefinitionId\\":\\"${privilege.id}\\",\\"directoryScopeId\\":\\"/\\"}`
  return `az rest --method POST --url ${roleAssignments(cloud)} --body "${body}"`
}

/** @returns nothing where a name is none that a command could hold: the admin center shows it. */
export function takeCommands({ of, name, id }: HeldPrivilege, clientId: string, cloud: Cloud): string[] {
  if (of === 'Microsoft Entra') {
    if (id === undefined || !PLAIN.test(id)) return []
    const filter = `\\$filter=principalId%20eq%20'${principal(clientId)}'%20and%20roleDefinitionId%20eq%20'${id}'`
    return [deletion(roleAssignments(cloud), filter, 'value[0].id')]
  }
  if (!PLAIN.test(name)) return []
  const api = API_IDS[of]
  const role = `$(az ad sp show --id ${api} --query "appRoles[?value=='${name}'].id | [0]" -o tsv)`
  const assignments = `${graph(cloud)}/v1.0/servicePrincipals/${principal(clientId)}/appRoleAssignments`
  return [
    deletion(assignments, '', `value[?appRoleId=='${role}'].id | [0]`),
    // Else the next consent would give it again.
    `az ad app permission delete --id ${clientId} --api ${api} --api-permissions "${role}"`,
  ]
}

const PLAIN = /^[\w.-]+$/

/** Looks for one of a collection, and deletes it. */
function deletion(collection: string, query: string, pick: string): string {
  const found = `$(az rest --url "${collection}${query && `?${query}`}" --query "${pick}" -o tsv)`
  return `az rest --method DELETE --url "${collection}/${found}"`
}

/** The object id of the app's service principal. */
function principal(clientId: string): string {
  return `$(az ad sp show --id ${clientId} --query id -o tsv)`
}

function roleAssignments(cloud: Cloud): string {
  return `${graph(cloud)}/v1.0/roleManagement/directory/roleAssignments`
}

/** The cloud's own, whatever replaces it here. */
function graph(cloud: Cloud): string {
  return endpointsOf(cloud, {}).graph
}

export interface FederatedCredential {
  readonly name: string
  readonly issuer: string
  readonly subject: string
  readonly audience: string
}

export function trustCommand(
  { name, issuer, subject, audience }: FederatedCredential,
  clientId: string,
): string {
  const parameters = JSON.stringify({ name, issuer, subject, audiences: [audience] })
  return `az ad app federated-credential create --id ${clientId} --parameters ${shellWord(parameters)}`
}

/** @returns nothing for a subject that no query could hold. */
export function distrustCommands(subject: string, clientId: string): string[] {
  if (!/^[\w.\-/:@%=]+$/.test(subject)) return []
  const found = `$(az ad app federated-credential list --id ${clientId} --query "[?subject=='${subject}'].id | [0]" -o tsv)`
  return [`az ad app federated-credential delete --id ${clientId} --federated-credential-id "${found}"`]
}
