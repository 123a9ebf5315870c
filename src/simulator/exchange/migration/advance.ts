/** A batch moves on, a step at a time: each user from one status to the next, or to the failure of it. */
import type { DirectoryObject } from '../../graph/directory.ts'
import type { Tenant, World } from '../../world.ts'
import { addressesOf, exchangeGuid } from '../recipient.ts'
import { organizationFault } from './authorization.ts'
import {
  completing,
  isRunning,
  runningStatus,
  stopped,
  type Batch,
  type BatchValues,
  type MigrationUser,
} from './batch.ts'
import { failureAt } from './failures.ts'
import { addressIn, move } from './move.ts'
import { quotaFault } from './quota.ts'
import { readiness, type Pair } from './readiness.ts'

/** "Cross Tenant User Data Migration", for each person who moves, in either tenant. */
const LICENCE = '946ce899-873d-44bb-9d8b-671870cbfdbf'

/**
 * One step: Queued, Syncing, Synced; and once it is to be completed, Completing, Completed; or from Stopping to
 * Stopped, and from Removing away. A batch that was not started, or is at its end, stays as it is.
 * @returns the batch then: the same object if nothing changed, `undefined` when it is gone.
 */
export function advanceBatch(world: World, target: Tenant, batch: Batch): Batch | undefined {
  const now = world.now()
  const { values } = batch
  if (values.status === 'Removing') {
    target.migration.batches.remove(batch)
    return undefined
  }
  if (values.status === 'Stopping') return changed(target, batch, stopped(values), now)
  if (!isRunning(values)) return batch
  const isSyncedNow = values.status === 'Synced' || values.status === 'SyncedWithErrors'
  if (isSyncedNow && isDue(values, now)) return changed(target, batch, completing(values), now)
  const users = values.users.map((user) => step(world, target, batch, user, now))
  const status = runningStatus(users)
  const isSynced = status !== 'Syncing' && status !== 'Failed'
  const isCompleted = status === 'Completed' || status === 'CompletedWithErrors'
  if (status === values.status && users.every((user, index) => user === values.users[index])) return batch
  return changed(
    target,
    batch,
    {
      ...values,
      users,
      status,
      ...(isSynced && { synced: values.synced ?? now }),
      ...(isCompleted && { completed: values.completed ?? now }),
    },
    now,
  )
}

function changed({ migration }: Tenant, batch: Batch, values: BatchValues, now: Date): Batch {
  return migration.batches.change(batch, { values }, now)
}

function isDue({ autoComplete, completeAfter }: BatchValues, now: Date): boolean {
  return completeAfter === undefined ? autoComplete : Date.parse(completeAfter) <= now.getTime()
}

function step(world: World, target: Tenant, batch: Batch, user: MigrationUser, now: Date): MigrationUser {
  const { address, status } = user
  switch (status) {
    case 'Queued': {
      const pair = ready(world, target, batch, user, 'sync')
      return typeof pair === 'string'
        ? { address, status: 'Failed', error: pair }
        : { address, status: 'Syncing' }
    }
    case 'Syncing':
      return { address, status: 'Synced' }
    case 'Completing': {
      const pair = ready(world, target, batch, user, 'completion')
      if (typeof pair === 'string') return { address, status: 'CompletionFailed', error: pair }
      move(pair, batch.values.targetDeliveryDomain, now)
      return { address, status: 'Completed' }
    }
    default:
      return user
  }
}

/** @returns what moves where, or why it cannot. */
function ready(
  world: World,
  target: Tenant,
  batch: Batch,
  { address }: MigrationUser,
  at: 'sync' | 'completion',
): Pair | string {
  const { migration, recipients } = target
  const failure = failureAt(migration.failures, address, at)
  if (failure !== undefined) return failure
  const other = earlierBatchWith(address, batch, target)
  if (other)
    return `UserDuplicateInOtherBatchException: The user "${address}" is already included in migration batch "${other.name}."  Please remove the user from any other batch and try again.`
  const permanent = (text: string): string => `MigrationPermanentException: ${text}`
  const endpoint = migration.endpoints.find(batch.values.endpoint)
  if (!endpoint) return permanent("The migration endpoint of the batch couldn't be found.")
  const fault = organizationFault(world, target, endpoint)
  if (fault !== undefined) return permanent(fault)
  const mailUser = recipients.holders(address).find(({ softDeleted }) => !softDeleted)
  if (!mailUser) return permanent(`The recipient '${address}' couldn't be found in your organization.`)
  const pair = readiness(world, target, endpoint, mailUser)
  if (typeof pair === 'string') return permanent(pair)
  const { targetDeliveryDomain: domain } = batch.values
  if (addressIn(addressesOf(mailUser), domain) === undefined)
    return permanent(`The target mailbox doesn't have an SMTP proxy matching '${domain}'.`)
  if (!isLicensed(pair)) return unlicensed(pair)
  const tooLarge = quotaFault(pair)
  return tooLarge === undefined ? pair : permanent(tooLarge)
}

function earlierBatchWith(address: string, batch: Batch, { migration }: Tenant): Batch | undefined {
  const wanted = address.toLowerCase()
  for (const other of migration.batches) {
    if (other.guid === batch.guid) return undefined
    if (other.values.users.some((user) => user.address.toLowerCase() === wanted)) return other
  }
  return undefined
}

function isLicensed({ source, target, mailbox, mailUser }: Pair): boolean {
  const holds = (user: DirectoryObject | undefined): boolean =>
    ((user?.properties['assignedLicenses'] ?? []) as readonly { skuId?: string }[]).some(
      ({ skuId }) => skuId?.toLowerCase() === LICENCE,
    )
  return holds(source.directory.user(mailbox.objectId)) || holds(target.directory.user(mailUser.objectId))
}

/** As in "Cross-tenant mailbox migration", Licensing. */
function unlicensed({ mailbox, mailUser }: Pair): string {
  return `CrossTenantMigrationWithoutLicensePermanentException: No license was found for the source recipient, '${exchangeGuid(mailbox)}', or the target recipient, '${exchangeGuid(mailUser)}'. A Cross-tenant User Data Migration license is required to move a mailbox between tenants.`
}
