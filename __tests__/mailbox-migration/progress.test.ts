/** How far batches and the people in them have come: states, percent, and what to do for those that failed. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Health } from '../../src/engine/plan.ts'
import { ADA, BOB, CLEO, healthShown, LIMITLESS, Migrating, type Starting } from './migrating.ts'
import { batches, mailboxes } from './seen.ts'

let migrating: Migrating
afterEach(() => migrating.stop())

async function moving(steps: number, given: Starting = {}, keys = 'autoStart: true'): Promise<void> {
  migrating = await Migrating.start({ users: [ADA, BOB], ...given })
  migrating.profile(LIMITLESS, { batch: keys })
  await migrating.apply()
  migrating.advance('wave-1', steps)
}

const batchLine = async (): Promise<Health> =>
  (await migrating.plan()).health.find(({ what }) => what === 'batch')!
const failing = (failures: Record<string, string | { error: string; at: 'completion' }>): Starting => ({
  contoso: { migration: { failures } },
})

describe('of a batch', () => {
  test.each<[string, number, string, number, string]>([
    ['waits', 0, '', 0, 'Created: 0 %; 2 Queued'],
    ['has begun', 0, 'autoStart: true', 0, 'Syncing: 0 %; 2 Queued'],
    ['is copied', 1, 'autoStart: true', 40, 'Syncing: 40 %; 2 Syncing'],
    ['is synchronized', 2, 'autoStart: true', 95, 'Synced: 95 %; 2 Synced'],
    ['is completed', 3, 'autoStart: true, autoComplete: true', 95, 'Completing: 95 %; 2 Completing'],
    ['has moved', 4, 'autoStart: true, autoComplete: true', 100, 'Completed: 100 %; 2 Completed'],
  ])('that %s: its status, percent and states', async (_, steps, keys, percent, message) => {
    await moving(steps, {}, keys)
    const [, count, name] = /(\d) (\w+)$/.exec(message)!
    expect(await batchLine()).toEqual({
      what: 'batch',
      key: 'wave-1',
      configuration: true,
      state: 'ok',
      message,
      advice: message,
      progress: { percent, states: [{ name, count: Number(count) }] },
    })
  })

  test('some of whose mailboxes failed is an error, and the states stand in their order', async () => {
    const bob = { 'bob.brown@contoso.com': 'MigrationPermanentException: no.' }
    await moving(2, { users: [CLEO, ADA, BOB], ...failing(bob) })
    migrating.target.migration.batches.change(
      migrating.target.migration.batches.find('wave-1')!,
      {
        values: {
          ...migrating.target.migration.batches.find('wave-1')!.values,
          users: [
            { address: 'cleo.clark@contoso.com', status: 'Completed' },
            { address: 'bob.brown@contoso.com', status: 'Failed', error: 'MigrationPermanentException: no.' },
            { address: 'ada.lovelace@contoso.com', status: 'Syncing' },
          ],
        },
      },
      migrating.tenants.now,
    )
    expect(await batchLine()).toMatchObject({
      state: 'error',
      message: 'SyncedWithErrors: 46 %; 1 Syncing, 1 Completed, 1 Failed',
      progress: {
        percent: 46,
        states: [
          { name: 'Syncing', count: 1 },
          { name: 'Completed', count: 1 },
          { name: 'Failed', count: 1 },
        ],
      },
    })
  })

  test('that somebody stopped is a warning', async () => {
    await moving(1)
    const { migration } = migrating.target
    const one = migration.batches.find('wave-1')!
    migration.batches.change(one, { values: { ...one.values, status: 'Stopped' } }, migrating.tenants.now)
    expect(await batchLine()).toMatchObject({
      state: 'warning',
      message: expect.stringMatching(/^Stopped: /),
    })
  })

  test('whose statistics may not be read is told of without them', async () => {
    await moving(1)
    migrating.tenants.simulator.faults.add({
      on: { operation: 'Get-MigrationUserStatistics' },
      do: { status: 403 },
    })
    expect((await batchLine()).progress).toEqual({ percent: 0, states: [{ name: 'Syncing', count: 2 }] })
  })

  test('and of each of several', async () => {
    await moving(2, { users: [ADA, BOB], members: [ADA.userPrincipalName] })
    migrating.join(BOB.userPrincipalName)
    await migrating.apply()
    const { health } = await migrating.plan()
    expect(healthShown({ health }).filter((line) => line.startsWith('batch'))).toEqual([
      'batch wave-1: ok Synced: 95 %; 1 Synced',
      'batch wave-1-2: ok Syncing: 0 %; 1 Queued',
    ])
  })

  test('is no part of the plan, nor of its digest', async () => {
    await moving(0)
    const digest = async () => (await migrating.tenants.planRun()).plan.digest
    const before = await digest()
    migrating.advance('wave-1', 2)
    expect(await digest()).toBe(before)
  })
})

describe('of a mailbox', () => {
  test.each<[number, string]>([
    [0, 'ok Queued in wave-1.'],
    [1, 'ok Syncing in wave-1, 40 %.'],
    [2, 'ok Synced in wave-1, 95 %.'],
  ])('after %d steps: %s', async (steps, line) => {
    await moving(steps)
    expect(mailboxes(await migrating.plan())).toEqual({ 'Ada Lovelace': line, 'Bob Brown': line })
  })

  test('that failed: the service’s reason, and what to do, which names nobody', async () => {
    const error = "MigrationPermanentException: The mailbox 'Bob Brown' isn't in the scope of mailboxes."
    await moving(1, failing({ 'bob.brown@contoso.com': error }))
    const { health } = await migrating.plan()
    expect(health.find(({ key }) => key.startsWith('Bob'))).toEqual({
      what: 'mailbox',
      key: 'Bob Brown <bob.brown@fabrikam.com>',
      state: 'error',
      message: `Failed in wave-1. ${error}`,
      advice:
        'Failed in wave-1. MigrationPermanentException: The mailbox is not in the published scope of the source.',
    })
    expect(mailboxes({ health })['Ada Lovelace']).toBe('ok Syncing in wave-1, 40 %.')
  })

  test('that failed at the very end is one, too', async () => {
    const error = 'MigrationPermanentException: too late.'
    await moving(
      4,
      failing({ 'bob.brown@contoso.com': { error, at: 'completion' } }),
      'autoStart: true, autoComplete: true',
    )
    expect(mailboxes(await migrating.plan())).toEqual({
      'Ada Lovelace': expect.stringMatching(/^(ok|warning) Moved/),
      'Bob Brown': `error CompletionFailed in wave-1. ${error}`,
    })
  })

  test.each<[string, RegExp]>([
    [
      'CrossTenantMigrationWithoutLicensePermanentException: No license was found.',
      /^CrossTenantMigrationWithoutLicensePermanentException: Assign a licence "Cross Tenant User Data Migration"/,
    ],
    [
      'UserDuplicateInOtherBatchException: The user "bob" is already included in migration batch "other."',
      /^UserDuplicateInOtherBatchException: .*remove it from one of them/,
    ],
    ['MigrationPermanentException: it is on hold: DelayHoldApplied.', /Release the holds/],
    ['MigrationPermanentException: exceeds target quota.', /larger than one in the target may be/],
    ["MigrationPermanentException: The mailbox 'On hold O'Licence' isn't in the scope.", /published scope/],
    ['MigrationPermanentException: AADSTS7000215: Invalid client secret.', /rotate: true/],
    ["MigrationPermanentException: Cannot find a recipient that has mailbox GUID 'x'.", /ExchangeGuid/],
    [
      "MigrationPermanentException: doesn't have an SMTP proxy matching 'x'.",
      /apply again, and start the batch/,
    ],
    [
      'WhoKnowsPermanentException: bob.brown is a nuisance.',
      /^WhoKnowsPermanentException: Its reason stands/,
    ],
    ['bob.brown is a nuisance.', /^Its reason stands in the full report\.$/],
  ])('advice for %s', async (error, advice) => {
    await moving(1, failing({ 'bob.brown@contoso.com': error }))
    const { health } = await migrating.plan()
    const told = health.find(({ key }) => key.startsWith('Bob'))!.advice!
    expect(told.replace('Failed in wave-1. ', '')).toMatch(advice)
    expect(told).not.toMatch(/bob/i)
  })
})

describe('whoever has moved', () => {
  const moved = (given: Starting = {}) => moving(4, given, 'autoStart: true, autoComplete: true')

  test('is told of as moved, with the licence that is missing there', async () => {
    await moved({ users: [ADA] })
    expect(migrating.target.recipients.holders('ada.lovelace@contoso.com')[0]!.type).toBe('UserMailbox')
    const plan = await migrating.plan()
    expect(mailboxes(plan)).toEqual({
      'Ada Lovelace':
        'warning Moved. contoso: no licence for Exchange, without which the mailbox is deleted 30 days after the move.',
    })
    expect(plan).toMatchObject({ outcome: 'no-changes', managed: 1, skipped: [], warnings: [] })
  })

  test('and has a licence is told of as moved', async () => {
    await moved({ users: [ADA] })
    const { directory } = migrating.target
    directory.updateUser('ada.lovelace@contoso.com', {
      assignedPlans: [{ servicePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0', capabilityStatus: 'Enabled' }],
    })
    expect(mailboxes(await migrating.plan())).toEqual({ 'Ada Lovelace': 'ok Moved to contoso.' })
  })

  test('stays so once the batch is gone, and is moved by no other', async () => {
    await moved({ users: [ADA] })
    const { batches: all } = migrating.target.migration
    all.remove(all.find('wave-1')!)
    const plan = await migrating.plan()
    expect(plan.changes).toEqual([])
    expect(mailboxes(plan)['Ada Lovelace']).toMatch(/^warning Moved\./)
    await migrating.apply()
    expect(batches(migrating)).toEqual({})
  })
})
