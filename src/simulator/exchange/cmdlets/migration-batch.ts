/** New-, Start-, Stop-, Set-, Complete- and Remove-MigrationBatch. */
import { smtpAddress } from '../addresses.ts'
import { missingParameters, notAccepted, notSimulated } from '../errors.ts'
import {
  completing,
  started,
  stopped,
  type Batch,
  type BatchStatus,
  type BatchValues,
} from '../migration/batch.ts'
import { takesTime } from '../migration/clock.ts'
import { addressesIn } from '../migration/csv.ts'
import { batchNotFound, batchTaken, dehydrated, tooManyBatches, wrongStatus } from '../migration/errors.ts'
import {
  listParameter,
  nothing,
  requireConfirmed,
  textParameter,
  unchanged,
  type Call,
  type Cmdlet,
} from './cmdlet.ts'
import { endpointNamed } from './migration-endpoint.ts'
import { getMigrationBatch, shownBatches } from './migration-batches.ts'

/** MaxNumberOfBatches (The Exchange Team, "The 100 migration batches limit"). */
const MOST_BATCHES = 100

const newMigrationBatch: Cmdlet = {
  name: 'New-MigrationBatch',
  carries: new Set([
    'Name',
    'AllowUnknownColumnsInCsv',
    'AutoComplete',
    'AutoStart',
    'CSVData',
    'CompleteAfter',
    'Confirm',
    'NotificationEmails',
    'SourceEndpoint',
    'TargetDeliveryDomain',
  ]),
  run(call) {
    const { tenant, parameters, now } = call
    const { migration } = tenant
    if (migration.dehydrated) throw dehydrated()
    const name = textParameter(parameters, 'Name')!
    const endpoint = textParameter(parameters, 'SourceEndpoint')
    if (endpoint === undefined) throw notSimulated('New-MigrationBatch without SourceEndpoint')
    const csv = textParameter(parameters, 'CSVData')
    const domain = textParameter(parameters, 'TargetDeliveryDomain')
    if (csv === undefined) throw missingParameters(['CSVData'])
    if (domain === undefined) throw missingParameters(['TargetDeliveryDomain'])
    if (migration.batches.find(name)) throw batchTaken(name)
    if ([...migration.batches].length >= MOST_BATCHES) throw tooManyBatches()
    if (!tenant.domains.includes(domain.toLowerCase())) throw notAccepted(domain)
    const addresses = addressesIn(csv, parameters.get('AllowUnknownColumnsInCsv') === true)
    const values: BatchValues = {
      endpoint: endpointNamed(call, endpoint).guid,
      targetDeliveryDomain: domain.toLowerCase(),
      notificationEmails: notified(call) ?? [],
      autoComplete: parameters.get('AutoComplete') === true,
      completeAfter: textParameter(parameters, 'CompleteAfter'),
      status: 'Created',
      users: addresses.map((address) => ({ address, status: 'Queued' })),
    }
    const starts = parameters.get('AutoStart') === true
    const batch = migration.batches.add(name, starts ? started(values, now) : values, now)
    return shownBatches(call, [batch])
  },
}

function notified({ parameters }: Call): readonly string[] | undefined {
  return listParameter(parameters, 'NotificationEmails')?.map((address) =>
    smtpAddress('NotificationEmails', address),
  )
}

/** A cmdlet that brings a batch from one of some statuses to another. */
function change(options: {
  readonly verb: string
  /** As in "can't be …". */
  readonly done: string
  readonly from: readonly BatchStatus[]
  readonly asks?: string
  to(values: BatchValues, call: Call): BatchValues
}): Cmdlet {
  const { verb, done, from, asks, to } = options
  return {
    name: `${verb}-MigrationBatch`,
    carries: new Set(['Identity', 'Confirm']),
    run(call) {
      const batch = batchOf(call)
      if (asks !== undefined) requireConfirmed(call, `${asks} migration batch "${batch.name}"`)
      if (!from.includes(batch.values.status)) throw wrongStatus(batch.name, done, batch.values.status)
      call.tenant.migration.batches.change(batch, { values: to(batch.values, call) }, call.now)
      return nothing()
    },
  }
}

function batchOf({ tenant, parameters }: Call): Batch {
  const identity = textParameter(parameters, 'Identity')
  if (identity === undefined) throw missingParameters(['Identity'])
  const found = tenant.migration.batches.find(identity)
  if (!found) throw batchNotFound(identity)
  return found
}

const UNCHANGEABLE = new Set<BatchStatus>(['Completing', 'Completed', 'Removing'])

const setMigrationBatch: Cmdlet = {
  name: 'Set-MigrationBatch',
  carries: new Set(['Identity', 'Confirm', 'CompleteAfter', 'NotificationEmails']),
  run(call) {
    const { tenant, parameters, now } = call
    const batch = batchOf(call)
    const { status } = batch.values
    if (UNCHANGEABLE.has(status)) throw wrongStatus(batch.name, 'changed', status)
    const emails = notified(call)
    const values = {
      ...batch.values,
      ...(parameters.has('CompleteAfter') && {
        completeAfter: textParameter(parameters, 'CompleteAfter'),
      }),
      ...(emails !== undefined && emails.length > 0 && { notificationEmails: emails }),
    }
    if (JSON.stringify(values) === JSON.stringify(batch.values)) return unchanged(batch.name)
    tenant.migration.batches.change(batch, { values }, now)
    return nothing()
  },
}

/** "… to delete a migration batch that either isn't running or has been completed" (Remove-MigrationBatch). */
const UNREMOVABLE = new Set<BatchStatus>(['Syncing', 'Completing', 'Stopping', 'Removing'])

const removeMigrationBatch: Cmdlet = {
  name: 'Remove-MigrationBatch',
  carries: new Set(['Identity', 'Confirm']),
  run(call) {
    const batch = batchOf(call)
    requireConfirmed(call, `Removing migration batch "${batch.name}"`)
    const { status } = batch.values
    if (UNREMOVABLE.has(status)) throw wrongStatus(batch.name, 'removed', status)
    const { batches } = call.tenant.migration
    if (takesTime(call.world))
      batches.change(batch, { values: { ...batch.values, status: 'Removing' } }, call.now)
    else batches.remove(batch)
    return nothing()
  },
}

export const MIGRATION_BATCH_CMDLETS: readonly Cmdlet[] = [
  getMigrationBatch,
  newMigrationBatch,
  change({
    verb: 'Start',
    done: 'started',
    from: ['Created', 'Stopped', 'Failed', 'SyncedWithErrors', 'CompletedWithErrors'],
    to: (values, { now }) => started(values, now),
  }),
  change({
    verb: 'Stop',
    done: 'stopped',
    from: ['Syncing', 'Synced', 'SyncedWithErrors'],
    asks: 'Stopping',
    to: (values, { world }) => (takesTime(world) ? { ...values, status: 'Stopping' } : stopped(values)),
  }),
  change({
    verb: 'Complete',
    done: 'completed',
    from: ['Synced', 'SyncedWithErrors'],
    asks: 'Completing',
    to: completing,
  }),
  setMigrationBatch,
  removeMigrationBatch,
]
