/** A batch is taken away; the mailboxes stay where they are. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Recorder } from '../../../engine/journal.ts'
import type { Proposed } from '../../../engine/kind.ts'
import { isNotFound } from '../../../microsoft/exchange-errors.ts'
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import type { ExchangeWriter } from '../../../microsoft/exchange.ts'
import { configurationChange } from '../../configuration-change.ts'
import type { Connection } from '../planning/connection.ts'
import type { MailboxMigrationProfile } from '../schema.ts'
import { BATCH, batchLabel, type Batch } from './batch.ts'
import { statusOf, step } from './steps.ts'

/** One that runs is stopped first: what was copied is lost, what was moved stays. */
export function batchRemoval({ to }: MailboxMigrationProfile, batch: Batch): Proposed<Connection> {
  const { name } = batch
  return configurationChange<Connection, typeof BATCH>({
    action: 'delete',
    object: BATCH,
    label: batchLabel(to.tenant, name),
    targetId: name,
    reason: 'profile-absent',
    async write({ target }, record) {
      const status = await statusOf(target, name)
      if (status === undefined) return
      if (status === 'Removing') return gone(target, name)
      if (status === 'Completing') throw new CompletingError(name)
      if (RUNNING.has(status)) await step(target, record, name, 'Stop-MigrationBatch', status)
      const users = await listUndivided(target, 'Get-MigrationUser', {
        BatchId: name,
        ResultSize: 'Unlimited',
      })
      record.removing({ batch: batch.row, users })
      await removeBatch(target, record, name)
    },
  })
}

const RUNNING: ReadonlySet<string> = new Set(['Syncing', 'Synced', 'SyncedWithErrors', 'Starting', 'Waiting'])

async function removeBatch(exchange: ExchangeWriter, record: Recorder, name: string): Promise<void> {
  try {
    await record.write({ action: 'delete', targetId: name, fields: [] }, () =>
      exchange.run('Remove-MigrationBatch', { Identity: name, Confirm: false }, { repeatable: true }),
    )
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  await gone(exchange, name)
}

/** Exchange takes its time, and holds on to the endpoint until then. */
async function gone(exchange: ExchangeWriter, name: string): Promise<void> {
  for (let look = 1; (await statusOf(exchange, name)) !== undefined; look++) {
    if (look >= MOST_LOOKS) throw new RemovingError(name)
    await delay(BETWEEN_LOOKS)
  }
}

const MOST_LOOKS = 15
/** Milliseconds. */
const BETWEEN_LOOKS = 2000

class RemovingError extends Error {
  override readonly name = 'RemovingError'
  readonly code = 'batch-removing'
  readonly advice: string
  constructor(batch: string) {
    super(`Exchange is still removing batch ${batch}: apply again for the rest.`)
    this.advice = this.message
  }
}

export class CompletingError extends Error {
  override readonly name = 'CompletingError'
  readonly code = 'batch-completing'
  readonly advice: string
  constructor(batch: string) {
    super(`Batch ${batch} is being completed, and cannot be removed before it has ended: apply again then.`)
    this.advice = this.message
  }
}
