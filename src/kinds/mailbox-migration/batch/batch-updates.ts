/**
 * A batch that stands is started, completed, or left, as the profile says.
 * Source: Exchange PowerShell, Start-MigrationBatch, Complete-MigrationBatch, Set-MigrationBatch.
 */
import type { Proposed } from '../../../engine/kind.ts'
import type { FieldChange } from '../../../engine/plan.ts'
import { configurationChange } from '../../configuration-change.ts'
import type { Connection } from '../planning/connection.ts'
import type { MailboxMigrationProfile } from '../schema.ts'
import { BATCH, batchLabel, ENDED, isoTime, type Batch } from './batch.ts'
import { step } from './steps.ts'

/** What must be done before anybody moves, and what must have ended. */
export interface Before {
  readonly organizations: readonly Proposed<Connection>[]
  readonly mailUsers: readonly Proposed<Connection>[]
}

/** What a batch that stands lacks of what the profile says. One that runs or has ended is never started again. */
export function batchUpdates(
  profile: MailboxMigrationProfile,
  batch: Batch,
  { organizations, mailUsers }: Before,
): Proposed<Connection>[] {
  const { completeAfter, autoComplete, autoStart, notify } = profile.batch
  const ended = ENDED.has(batch.status)
  const fields: FieldChange[] = []
  const wanted = completeAfter === undefined ? undefined : isoTime(completeAfter)
  if (!ended && wanted !== undefined && batch.completeAfter !== undefined && wanted !== batch.completeAfter)
    fields.push({ field: 'completeAfter', before: batch.completeAfter, after: wanted })
  const told = batch.notificationEmails
  if (!ended && notify !== undefined && told && told.join().toLowerCase() !== notify.toLowerCase())
    fields.push({ field: 'notificationEmails', before: told, after: [notify] })
  const settings = fields.length > 0 ? changed(profile, batch, fields) : undefined
  const step =
    autoStart && batch.status === 'Created'
      ? moved(profile, batch, 'Start')
      : autoComplete && wanted === undefined && SYNCED.has(batch.status)
        ? moved(profile, batch, 'Complete')
        : undefined
  const first = settings ? [settings] : []
  return step ? [...first, { ...step, after: [...first, ...organizations], behind: mailUsers }] : first
}

const SYNCED: ReadonlySet<string> = new Set(['Synced', 'SyncedWithErrors'])

function changed(
  { to }: MailboxMigrationProfile,
  { name }: Batch,
  fields: readonly FieldChange[],
): Proposed<Connection> {
  const parameters = Object.fromEntries(
    fields.map(({ field, after }) => [
      field === 'completeAfter' ? 'CompleteAfter' : 'NotificationEmails',
      after,
    ]),
  )
  return configurationChange<Connection, typeof BATCH>({
    action: 'update',
    object: BATCH,
    label: batchLabel(to.tenant, name),
    targetId: name,
    reason: 'drift',
    fields,
    async write({ target }, record) {
      await record.write({ action: 'update', targetId: name, fields: fields.map(({ field }) => field) }, () =>
        target.run('Set-MigrationBatch', { Identity: name, ...parameters }, { repeatable: true }),
      )
    },
  })
}

function moved(
  { to }: MailboxMigrationProfile,
  { name, status }: Batch,
  verb: 'Start' | 'Complete',
): Proposed<Connection> {
  return configurationChange<Connection, typeof BATCH>({
    action: 'update',
    object: BATCH,
    label: batchLabel(to.tenant, name),
    targetId: name,
    reason: 'drift',
    fields: [{ field: 'status', before: status, after: verb === 'Start' ? 'Syncing' : 'Completing' }],
    write: ({ target }, record) => step(target, record, name, `${verb}-MigrationBatch`, status),
  })
}
