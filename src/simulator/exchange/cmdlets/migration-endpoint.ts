/** Get-, New-, Set- and Remove-MigrationEndpoint. */
import { badTransformation, notFound, notSimulated } from '../errors.ts'
import { DEFAULT_CONCURRENCY, type Endpoint, type EndpointValues } from '../migration/endpoint.ts'
import { dehydrated, endpointInUse, endpointTaken } from '../migration/errors.ts'
import { column, columns, plainOutput, type Plain } from '../rows/plain.ts'
import { View } from '../rows/view.ts'
import {
  listParameter,
  nothing,
  requireConfirmed,
  textParameter,
  unchanged,
  type Call,
  type Cmdlet,
} from './cmdlet.ts'

const VIEW = new View<Plain>([
  ...columns('text', [
    'Identity',
    'EndpointType',
    'MaxConcurrentMigrations',
    'MaxConcurrentIncrementalSyncs',
    'RemoteServer',
    'RemoteTenant',
    'ApplicationId',
    'Username',
    'Authentication',
  ]),
  column('Guid', 'guid'),
  column('CreationTime', 'date'),
  column('LastModifiedTime', 'date'),
  column('IsRemote', 'flag'),
  column('IsValid', 'flag'),
])

/** The secret is never shown. */
function row({ name, guid, created, changed, values }: Endpoint): Plain {
  return {
    Identity: name,
    Guid: guid,
    EndpointType: 'ExchangeRemoteMove',
    MaxConcurrentMigrations: limit(values.maxConcurrentMigrations),
    MaxConcurrentIncrementalSyncs: limit(values.maxConcurrentIncrementalSyncs),
    RemoteServer: values.remoteServer,
    RemoteTenant: values.remoteTenant,
    ApplicationId: values.applicationId,
    Username: values.credential?.[0],
    Authentication: 'Basic',
    CreationTime: created,
    LastModifiedTime: changed,
    IsRemote: true,
    IsValid: true,
  }
}

function limit(count: number): string {
  return count === Infinity ? 'Unlimited' : String(count)
}

/** @throws ExchangeRefusal when there is no such endpoint. */
export function endpointNamed({ tenant }: Call, identity: string): Endpoint {
  const found = tenant.migration.endpoints.find(identity)
  if (!found) throw notFound(identity)
  return found
}

const FQDN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i

const SETTABLE = [
  'ApplicationId',
  'Credentials',
  'MaxConcurrentIncrementalSyncs',
  'MaxConcurrentMigrations',
  'RemoteServer',
  'SkipVerification',
]

/** What the parameters say; absent what they do not. */
function given({ parameters }: Call): Partial<EndpointValues> {
  const remoteServer = textParameter(parameters, 'RemoteServer')
  if (remoteServer !== undefined && !FQDN.test(remoteServer))
    throw badTransformation(
      'RemoteServer',
      remoteServer,
      'Microsoft.Exchange.Data.Fqdn',
      `"${remoteServer}" isn't a valid fully qualified domain name.`,
    )
  const remoteTenant = textParameter(parameters, 'RemoteTenant')
  const applicationId = textParameter(parameters, 'ApplicationId')
  const [userName, secret] = listParameter(parameters, 'Credentials') ?? []
  const migrations = parameters.get('MaxConcurrentMigrations')
  const syncs = parameters.get('MaxConcurrentIncrementalSyncs')
  return {
    ...(remoteServer !== undefined && { remoteServer }),
    ...(remoteTenant !== undefined && { remoteTenant }),
    ...(applicationId !== undefined && { applicationId }),
    ...(userName !== undefined && secret !== undefined && { credential: [userName, secret] as const }),
    ...(typeof migrations === 'number' && { maxConcurrentMigrations: migrations }),
    ...(typeof syncs === 'number' && { maxConcurrentIncrementalSyncs: syncs }),
  }
}

const getMigrationEndpoint: Cmdlet = {
  name: 'Get-MigrationEndpoint',
  carries: new Set(['Identity', 'Type']),
  run(call) {
    const { tenant, parameters } = call
    const identity = textParameter(parameters, 'Identity')
    if (identity !== undefined) return plainOutput(VIEW, [row(endpointNamed(call, identity))])
    const type = textParameter(parameters, 'Type') ?? 'ExchangeRemoteMove'
    return plainOutput(VIEW, type === 'ExchangeRemoteMove' ? [...tenant.migration.endpoints].map(row) : [])
  },
}

const newMigrationEndpoint: Cmdlet = {
  name: 'New-MigrationEndpoint',
  carries: new Set(['Name', 'Confirm', 'ExchangeRemoteMove', 'RemoteTenant', ...SETTABLE]),
  run(call) {
    const { tenant, parameters, now } = call
    if (parameters.get('ExchangeRemoteMove') !== true)
      throw notSimulated('New-MigrationEndpoint without ExchangeRemoteMove')
    if (tenant.migration.dehydrated) throw dehydrated()
    const name = textParameter(parameters, 'Name')!
    if (tenant.migration.endpoints.find(name)) throw endpointTaken(name)
    const values = {
      remoteServer: '',
      remoteTenant: undefined,
      applicationId: undefined,
      credential: undefined,
      ...DEFAULT_CONCURRENCY,
      ...given(call),
    }
    return plainOutput(VIEW, [row(tenant.migration.endpoints.add(name, values, now))])
  },
}

const setMigrationEndpoint: Cmdlet = {
  name: 'Set-MigrationEndpoint',
  carries: new Set(['Identity', 'Confirm', ...SETTABLE]),
  run(call) {
    const old = endpointNamed(call, textParameter(call.parameters, 'Identity')!)
    const changes = given(call)
    if (Object.keys(changes).length === 0) return unchanged(old.name)
    call.tenant.migration.endpoints.change(old, { values: { ...old.values, ...changes } }, call.now)
    return nothing()
  },
}

const removeMigrationEndpoint: Cmdlet = {
  name: 'Remove-MigrationEndpoint',
  carries: new Set(['Identity', 'Confirm']),
  run(call) {
    const { migration } = call.tenant
    const endpoint = endpointNamed(call, textParameter(call.parameters, 'Identity')!)
    requireConfirmed(call, `Removing migration endpoint "${endpoint.name}"`)
    const user = [...migration.batches].find(({ values }) => values.endpoint === endpoint.guid)
    if (user) throw endpointInUse(endpoint.name, user.name)
    migration.endpoints.remove(endpoint)
    return nothing()
  },
}

export const MIGRATION_ENDPOINT_CMDLETS: readonly Cmdlet[] = [
  getMigrationEndpoint,
  newMigrationEndpoint,
  setMigrationEndpoint,
  removeMigrationEndpoint,
]
