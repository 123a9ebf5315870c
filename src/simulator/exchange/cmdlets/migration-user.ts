/** Get-MigrationUser, Get-MigrationUserStatistics and Remove-MigrationUser. */
import { notFound } from '../errors.ts'
import type { Batch, MigrationUser, UserStatus } from '../migration/batch.ts'
import { isRunning, runningStatus } from '../migration/batch.ts'
import { wrongStatus } from '../migration/errors.ts'
import { NO_GUID, exchangeGuid } from '../recipient.ts'
import { column, columns, plainOutput, type Plain } from '../rows/plain.ts'
import { View } from '../rows/view.ts'
import { guidOf } from '../../ids.ts'
import { nothing, requireConfirmed, textParameter, type Call, type Cmdlet } from './cmdlet.ts'
import { DEFAULT_RESULT_SIZE } from './listing.ts'

/** `StatusSummary`, the coarser of the two. */
export function summaryOf(status: UserStatus): string {
  if (status === 'Synced' || status === 'Completed') return status
  if (status === 'Failed' || status === 'CompletionFailed') return 'Failed'
  return status === 'Stopped' || status === 'IncrementalStopped' ? 'Stopped' : 'Active'
}

/** What is there of the mailbox, of a hundred. */
const PERCENT: Readonly<Partial<Record<UserStatus, number>>> = {
  Syncing: 40,
  Synced: 95,
  IncrementalStopped: 95,
  Completing: 95,
  Completed: 100,
}
const ITEMS = 1000

const USER = [
  ...columns('text', [
    'Identity',
    'MailboxEmailAddress',
    'MailboxIdentifier',
    'BatchId',
    'Status',
    'StatusSummary',
    'RecipientType',
    'ErrorSummary',
  ]),
  ...columns('guid', ['Guid', 'BatchGuid', 'MailboxGuid']),
  ...columns('number', ['SkippedItemCount', 'SyncedItemCount']),
  column('IsValid', 'flag'),
]
const USER_VIEW = new View<Plain>(USER)
const STATISTICS_VIEW = new View<Plain>([
  ...USER,
  ...columns('text', ['Error', 'EstimatedTotalTransferSize', 'BytesTransferred', 'Report']),
  ...columns('number', ['PercentageComplete', 'TotalItemsInSourceMailboxCount']),
])

interface Entry {
  readonly batch: Batch
  readonly user: MigrationUser
}

function row({ tenant }: Call, { batch, user }: Entry): Plain {
  const { address, status, error } = user
  const [recipient] = tenant.recipients.holders(address)
  return {
    Identity: address,
    Guid: guidOf(`migration user\n${batch.guid}\n${address.toLowerCase()}`),
    MailboxEmailAddress: address,
    MailboxIdentifier: address,
    MailboxGuid: recipient ? exchangeGuid(recipient) : NO_GUID,
    BatchId: batch.name,
    BatchGuid: batch.guid,
    Status: status,
    StatusSummary: summaryOf(status),
    RecipientType: 'Mailbox',
    ErrorSummary: error,
    SkippedItemCount: 0,
    SyncedItemCount: ((PERCENT[status] ?? 0) * ITEMS) / 100,
    IsValid: true,
  }
}

function entries({ tenant }: Call): Entry[] {
  return [...tenant.migration.batches].flatMap((batch) => batch.values.users.map((user) => ({ batch, user })))
}

/** @throws ExchangeRefusal when no batch has this user. */
function entryOf(call: Call): Entry {
  const identity = textParameter(call.parameters, 'Identity')!
  const wanted = identity.toLowerCase()
  const found = entries(call).find(
    (entry) => entry.user.address.toLowerCase() === wanted || row(call, entry)['Guid'] === wanted,
  )
  if (!found) throw notFound(identity)
  return found
}

const getMigrationUser: Cmdlet = {
  name: 'Get-MigrationUser',
  carries: new Set([
    'Identity',
    'BatchId',
    'EmailAddress',
    'MailboxGuid',
    'ResultSize',
    'Status',
    'StatusSummary',
  ]),
  run(call) {
    const { tenant, parameters } = call
    if (textParameter(parameters, 'Identity') !== undefined)
      return plainOutput(USER_VIEW, [row(call, entryOf(call))])
    const batchId = textParameter(parameters, 'BatchId')
    const batch = batchId === undefined ? undefined : tenant.migration.batches.find(batchId)
    if (batchId !== undefined && !batch) throw notFound(batchId)
    const wanted = [
      ['BatchId', batch?.name],
      ['Identity', textParameter(parameters, 'EmailAddress')],
      ['MailboxGuid', textParameter(parameters, 'MailboxGuid')],
      ['Status', textParameter(parameters, 'Status')],
      ['StatusSummary', textParameter(parameters, 'StatusSummary')],
    ] as const
    const found = entries(call)
      .map((entry) => row(call, entry))
      .filter((each) =>
        wanted.every(
          ([name, value]) => value === undefined || String(each[name]).toLowerCase() === value.toLowerCase(),
        ),
      )
    const size = parameters.get('ResultSize')
    return plainOutput(USER_VIEW, found, typeof size === 'number' ? size : DEFAULT_RESULT_SIZE)
  },
}

const getMigrationUserStatistics: Cmdlet = {
  name: 'Get-MigrationUserStatistics',
  carries: new Set(['Identity', 'IncludeReport']),
  run(call) {
    const entry = entryOf(call)
    const { status, error } = entry.user
    const percent = PERCENT[status] ?? 0
    const statistics = {
      ...row(call, entry),
      Error: error,
      PercentageComplete: percent,
      TotalItemsInSourceMailboxCount: ITEMS,
      EstimatedTotalTransferSize: '100 MB (104,857,600 bytes)',
      BytesTransferred: `${percent} MB (${(percent * 1_048_576).toLocaleString('en-US')} bytes)`,
      Report: call.parameters.get('IncludeReport') === true ? `${status}: ${error ?? 'no errors'}` : '',
    }
    return plainOutput(STATISTICS_VIEW, [statistics])
  },
}

const removeMigrationUser: Cmdlet = {
  name: 'Remove-MigrationUser',
  carries: new Set(['Identity', 'Confirm']),
  run(call) {
    const { batch, user } = entryOf(call)
    requireConfirmed(call, `Removing migration user "${user.address}"`)
    if (user.status === 'Completing') throw wrongStatus(batch.name, 'changed', user.status)
    const users = batch.values.users.filter((other) => other !== user)
    const status = isRunning(batch.values) && users.length > 0 ? runningStatus(users) : batch.values.status
    call.tenant.migration.batches.change(batch, { values: { ...batch.values, users, status } }, call.now)
    return nothing()
  },
}

export const MIGRATION_USER_CMDLETS: readonly Cmdlet[] = [
  getMigrationUser,
  getMigrationUserStatistics,
  removeMigrationUser,
]
