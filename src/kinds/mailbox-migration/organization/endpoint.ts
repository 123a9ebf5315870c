/**
 * The migration endpoint: where another tenant's mailboxes are fetched, and with which application.
 * Source: Microsoft 365, "Cross-tenant mailbox migration"; Exchange PowerShell, New-MigrationEndpoint.
 */
import type { Recorder } from '../../../engine/journal.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import type { Cloud } from '../../../microsoft/clouds.ts'
import { isAmbiguous } from '../../../microsoft/errors.ts'
import { isAlreadyThere, isNotFound } from '../../../microsoft/exchange-errors.ts'
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import { textOf, type ExchangeReader, type ExchangeWriter, type Row } from '../../../microsoft/exchange.ts'
import { makeOnce } from '../../../microsoft/replication.ts'
import { parameterOf } from '../fields.ts'
import { nameIn, namesIn } from '../object-names.ts'
import type { Connection } from '../planning/connection.ts'
import type { Partner } from './relationship.ts'

export interface Endpoint {
  readonly name: string
  /** In lower case: batches name it by one of them. */
  readonly names: ReadonlySet<string>
  /** What Exchange does not show is `undefined`, and left alone. */
  readonly remoteServer: string | undefined
  /** A domain or the id of the tenant whose mailboxes are fetched, in lower case. */
  readonly remoteTenant: string | undefined
  readonly applicationId: string | undefined
  /** `ExchangeRemoteMove` for one that moves mailboxes. */
  readonly type: string | undefined
  readonly row: Row
}

/** Of a cmdlet, as a script can write them, too. */
type Arguments = Readonly<Record<string, string | true>>

export interface WantedEndpoint {
  readonly name: string
  readonly remoteServer: string
  readonly remoteTenant: string
  readonly applicationId: string
}

/** The front door of Exchange Online in each cloud. */
export const REMOTE_SERVERS: Readonly<Record<Cloud, string>> = {
  global: 'outlook.office.com',
  usgov: 'outlook.office365.us',
  'usgov-dod': 'outlook-dod.office365.us',
  china: 'partner.outlook.cn',
}

export async function readEndpoints(exchange: ExchangeReader): Promise<Endpoint[]> {
  return (await listUndivided(exchange, 'Get-MigrationEndpoint')).map(endpointOf)
}

function endpointOf(row: Row): Endpoint {
  const shown = (property: string) => (property in row ? textOf(row, property) : undefined)
  return {
    name: nameIn(row, 'Name', 'Identity'),
    names: new Set(namesIn(row, 'Name', 'Identity', 'Guid')),
    remoteServer: shown('RemoteServer'),
    remoteTenant: shown('RemoteTenant')?.toLowerCase(),
    applicationId: shown('ApplicationId')?.toLowerCase(),
    type: shown('EndpointType'),
    row,
  }
}

/**
 * Whether it moves mailboxes of this tenant, with this application where that is all that tells: others of the name
 * are somebody else's.
 */
export function fetchesFrom(
  { remoteTenant, applicationId, type }: Endpoint,
  { tenantId, domains }: Partner,
  clientId: string,
): boolean {
  if (type !== undefined && type !== '' && type !== 'ExchangeRemoteMove') return false
  if (remoteTenant) return remoteTenant === tenantId || domains.has(remoteTenant)
  return applicationId === undefined || applicationId === clientId.toLowerCase()
}

/** A field of an endpoint holds a text. */
type TextChange = FieldChange & { readonly after: string }

/** What can be set of an endpoint that stands; its tenant cannot. */
export function endpointFields(stands: Endpoint | undefined, wanted: WantedEndpoint): TextChange[] {
  if (!stands)
    return (['remoteServer', 'remoteTenant', 'applicationId'] as const).map((field) => ({
      field,
      before: null,
      after: wanted[field],
    }))
  return (['remoteServer', 'applicationId'] as const)
    .filter((field) => stands[field] !== undefined)
    .filter((field) => stands[field]!.toLowerCase() !== wanted[field].toLowerCase())
    .map((field) => ({ field, before: stands[field] || null, after: wanted[field] }))
}

/** Shown in place of the secret, which nobody reads back. */
export const CREDENTIALS = 'credentials'

/** Parameters of New-MigrationEndpoint, the credentials aside. */
export function endpointParameters({ name, ...wanted }: WantedEndpoint): Arguments {
  return {
    Name: name,
    ExchangeRemoteMove: true,
    RemoteServer: wanted.remoteServer,
    RemoteTenant: wanted.remoteTenant,
    ApplicationId: wanted.applicationId,
  }
}

/** Parameters of Set-MigrationEndpoint, likewise. */
export function settingArguments(name: string, fields: readonly TextChange[]): Arguments {
  return {
    Identity: name,
    ...Object.fromEntries(fields.map(({ field, after }) => [parameterOf(field), after])),
  }
}

export async function makeEndpoint(
  { module, target, secret }: Connection,
  record: Recorder,
  wanted: WantedEndpoint,
): Promise<void> {
  const secure = { Credentials: { userName: wanted.applicationId, password: secret() } }
  const fields = [...endpointFields(undefined, wanted).map(({ field }) => field), CREDENTIALS]
  await makeOnce({
    async make() {
      await record.write({ action: 'create', fields }, () =>
        module.run('New-MigrationEndpoint', endpointParameters(wanted), secure),
      )
      return true
    },
    async find() {
      const endpoints = await readEndpoints(target)
      return endpoints.some(({ names }) => names.has(wanted.name.toLowerCase())) || undefined
    },
    isThere: isAlreadyThere,
  })
}

/** @param options.credentials the secret is written, too. */
export async function changeEndpoint(
  { module, target, secret }: Connection,
  record: Recorder,
  { name }: Endpoint,
  wanted: WantedEndpoint,
  fields: readonly TextChange[],
  options: { credentials: boolean },
): Promise<void> {
  const parameters = settingArguments(name, fields)
  const about = {
    action: 'update',
    targetId: name,
    fields: [...fields.map(({ field }) => field), ...(options.credentials ? [CREDENTIALS] : [])],
  } as const
  const secure = () => ({ Credentials: { userName: wanted.applicationId, password: secret() } })
  const set = () =>
    record.write(about, () =>
      options.credentials
        ? module.run('Set-MigrationEndpoint', parameters, secure())
        : target.run('Set-MigrationEndpoint', parameters, { repeatable: true }),
    )
  try {
    await set()
  } catch (error) {
    // Whether the secret is there nobody can read; written twice it is there once.
    if (!isAmbiguous(error)) throw error
    await set()
  }
}

export async function removeEndpoint(
  exchange: ExchangeWriter,
  record: Recorder,
  { name, row }: Endpoint,
): Promise<void> {
  record.removing(row)
  try {
    await record.write({ action: 'delete', targetId: name, fields: [] }, () =>
      exchange.run('Remove-MigrationEndpoint', { Identity: name, Confirm: false }, { repeatable: true }),
    )
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}
