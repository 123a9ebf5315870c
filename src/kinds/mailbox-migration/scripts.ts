/**
 * Scripts for an admin to paste into PowerShell, where this machine has none. Names come from a directory: each is
 * quoted so that PowerShell takes it for a text alone.
 * Source: PowerShell, "about_Quoting_Rules"; Exchange Online PowerShell, "Connect to Exchange Online PowerShell".
 */
import type { Cloud } from '../../microsoft/clouds.ts'

/** Switches are on where they stand. */
type Arguments = Readonly<Record<string, string | true>>

/** Where a script connects to. */
export interface Place {
  /** The tenant, by its id and by a domain of it. */
  readonly tenantId: string
  readonly organization: string
  readonly cloud: Cloud
}

const ENVIRONMENTS: Readonly<Record<Cloud, string>> = {
  global: 'O365Default',
  usgov: 'O365USGovGCCHigh',
  'usgov-dod': 'O365USGovDoD',
  china: 'O365China',
}

/** Without a secret: it is asked for where it runs, or made there. */
export function newMailUserScript(place: Place, parameters: Arguments): string {
  return [
    connect(place),
    "$password = ConvertTo-SecureString -String ([guid]::NewGuid().ToString() + 'aA1!') -AsPlainText -Force",
    `New-MailUser ${named(parameters)} -Password $password`,
  ].join('\n')
}

/** @param clientId of the application, whose secret is asked for. */
export function endpointScript(
  place: Place,
  cmdlet: 'New-MigrationEndpoint' | 'Set-MigrationEndpoint',
  clientId: string,
  parameters: Arguments,
): string {
  return [
    connect(place),
    `$credentials = Get-Credential -UserName ${quoted(clientId)} -Message 'The secret of the migration application'`,
    `${cmdlet} ${named(parameters)} -Credentials $credentials`,
  ].join('\n')
}

/** Once for many scripts in a row; and not to the tenant that somebody was at work in before. */
function connect({ tenantId, organization, cloud }: Place): string {
  const environment = cloud === 'global' ? '' : ` -ExchangeEnvironmentName ${ENVIRONMENTS[cloud]}`
  return [
    `if ((Get-ConnectionInformation).TenantID -notcontains ${quoted(tenantId)}) {`,
    '  Disconnect-ExchangeOnline -Confirm:$false',
    `  Connect-ExchangeOnline -Organization ${quoted(organization)}${environment}`,
    '}',
  ].join('\n')
}

function named(parameters: Arguments): string {
  return Object.entries(parameters)
    .map(([name, value]) => (value === true ? `-${name}` : `-${name} ${quoted(value)}`))
    .join(' ')
}

/** PowerShell takes four other characters for a single quote, too; control characters could end a line. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`
}
