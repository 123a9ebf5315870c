/** Get-MigrationBatch, and how a batch is shown. */
import { notFound } from '../errors.ts'
import type { Batch } from '../migration/batch.ts'
import { column, columns, plainOutput, type Plain } from '../rows/plain.ts'
import { View } from '../rows/view.ts'
import { textParameter, type Call, type Cmdlet, type Output } from './cmdlet.ts'
import { endpointNamed } from './migration-endpoint.ts'
import { summaryOf } from './migration-user.ts'

const VIEW = new View<Plain>([
  ...columns('text', [
    'Identity',
    'Status',
    'MigrationType',
    'BatchDirection',
    'SourceEndpoint',
    'TargetDeliveryDomain',
    'Report',
  ]),
  column('BatchGuid', 'guid'),
  ...columns('number', [
    'TotalCount',
    'ActiveCount',
    'SyncedCount',
    'FinalizedCount',
    'FailedCount',
    'StoppedCount',
  ]),
  ...columns('date', [
    'CreationDateTime',
    'StartDateTime',
    'InitialSyncDateTime',
    'FinalizedDateTime',
    'CompleteAfter',
  ]),
  ...columns('utc', [
    'CreationDateTimeUTC',
    'StartDateTimeUTC',
    'InitialSyncDateTimeUTC',
    'FinalizedDateTimeUTC',
    'CompleteAfterUTC',
  ]),
  column('NotificationEmails', 'list'),
  column('IsValid', 'flag'),
])

function row({ tenant }: Call, { name, guid, created, values }: Batch): Plain {
  const { users, started: start, synced, completed, completeAfter } = values
  const count = (summary: string): number =>
    users.filter(({ status }) => summaryOf(status) === summary).length
  const after = completeAfter === undefined ? undefined : new Date(completeAfter)
  return {
    Identity: name,
    BatchGuid: guid,
    Status: values.status,
    MigrationType: 'ExchangeRemoteMove',
    BatchDirection: 'Onboarding',
    SourceEndpoint: tenant.migration.endpoints.find(values.endpoint)?.name,
    TargetDeliveryDomain: values.targetDeliveryDomain,
    TotalCount: users.length,
    ActiveCount: count('Active'),
    SyncedCount: count('Synced'),
    FinalizedCount: count('Completed'),
    FailedCount: count('Failed'),
    StoppedCount: count('Stopped'),
    CreationDateTime: created,
    CreationDateTimeUTC: created,
    StartDateTime: start,
    StartDateTimeUTC: start,
    InitialSyncDateTime: synced,
    InitialSyncDateTimeUTC: synced,
    FinalizedDateTime: completed,
    FinalizedDateTimeUTC: completed,
    CompleteAfter: after,
    CompleteAfterUTC: after,
    NotificationEmails: values.notificationEmails,
    IsValid: true,
  }
}

/** @param limit batches shown at most; more of them are told of. */
export function shownBatches(call: Call, batches: readonly Batch[], limit?: number): Output {
  return plainOutput(
    VIEW,
    batches.map((batch) => row(call, batch)),
    limit,
  )
}

export const getMigrationBatch: Cmdlet = {
  name: 'Get-MigrationBatch',
  carries: new Set(['Identity', 'Endpoint', 'Status', 'ResultSize', 'IncludeReport']),
  run(call) {
    const { tenant, parameters } = call
    const identity = textParameter(parameters, 'Identity')
    const found = identity === undefined ? undefined : tenant.migration.batches.find(identity)
    if (identity !== undefined && !found) throw notFound(identity)
    const endpoint = textParameter(parameters, 'Endpoint')
    const from = endpoint === undefined ? undefined : endpointNamed(call, endpoint).guid
    const status = textParameter(parameters, 'Status')
    const batches = (found ? [found] : [...tenant.migration.batches])
      .filter(({ values }) => from === undefined || values.endpoint === from)
      .filter(({ values }) => status === undefined || values.status === status)
    const size = parameters.get('ResultSize')
    return shownBatches(call, batches, typeof size === 'number' ? size : Infinity)
  },
}
