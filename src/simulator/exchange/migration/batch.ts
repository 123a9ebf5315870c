/** A migration batch: mailboxes that move together, and how far each has come. */
import type { MIGRATION_BATCH_STATUS, MIGRATION_USER_STATUS } from '../enumerations.ts'
import type { Named } from './named.ts'

export type BatchStatus = (typeof MIGRATION_BATCH_STATUS)[number]
export type UserStatus = (typeof MIGRATION_USER_STATUS)[number]

export interface MigrationUser {
  /** The address in the target. */
  readonly address: string
  readonly status: UserStatus
  /** Why it failed, with the type of the exception before it. */
  readonly error?: string
}

export interface BatchValues {
  /** The GUID of the source endpoint. */
  readonly endpoint: string
  readonly targetDeliveryDomain: string
  readonly notificationEmails: readonly string[]
  readonly autoComplete: boolean
  /** ISO time. */
  readonly completeAfter: string | undefined
  readonly status: BatchStatus
  readonly users: readonly MigrationUser[]
  readonly started?: Date
  /** When the first synchronization was through. */
  readonly synced?: Date
  readonly completed?: Date
}

export type Batch = Named<BatchValues>

/** Statuses of users by what they mean for the batch. */
const PHASE: Readonly<
  Partial<Record<UserStatus, 'syncing' | 'synced' | 'completing' | 'completed' | 'failed'>>
> = {
  Queued: 'syncing',
  Syncing: 'syncing',
  Synced: 'synced',
  Completing: 'completing',
  Completed: 'completed',
  Failed: 'failed',
  CompletionFailed: 'failed',
}

/** The status of a batch that runs, from its users'. */
export function runningStatus(users: readonly MigrationUser[]): BatchStatus {
  const phases = new Set(users.map(({ status }) => PHASE[status]))
  if (phases.has('syncing')) return 'Syncing'
  if (phases.has('completing')) return 'Completing'
  const withErrors = phases.has('failed')
  if (phases.has('synced')) return withErrors ? 'SyncedWithErrors' : 'Synced'
  if (phases.has('completed')) return withErrors ? 'CompletedWithErrors' : 'Completed'
  return 'Failed'
}

/** Was it started, and is it not being put away? At its end it runs still, with nothing left to do. */
export function isRunning({ started: start, status }: BatchValues): boolean {
  return start !== undefined && status !== 'Stopped' && status !== 'Stopping' && status !== 'Removing'
}

/** Begun, taken up where it was stopped, or what failed in it tried again. */
export function started(values: BatchValues, now: Date): BatchValues {
  const users = values.users.map((user): MigrationUser => {
    if (user.status === 'IncrementalStopped') return { ...user, status: 'Synced' }
    return user.status === 'Stopped' || PHASE[user.status] === 'failed'
      ? { address: user.address, status: 'Queued' }
      : user
  })
  return { ...values, users, status: runningStatus(users), started: values.started ?? now }
}

export function stopped(values: BatchValues): BatchValues {
  const users = values.users.map((user): MigrationUser => {
    const phase = PHASE[user.status]
    if (phase === 'syncing') return { ...user, status: 'Stopped' }
    return phase === 'synced' ? { ...user, status: 'IncrementalStopped' } : user
  })
  return { ...values, users, status: 'Stopped' }
}

/** Whoever is synced is switched over. */
export function completing(values: BatchValues): BatchValues {
  const users = values.users.map((user): MigrationUser =>
    user.status === 'Synced' ? { ...user, status: 'Completing' } : user,
  )
  return { ...values, users, status: runningStatus(users) }
}
