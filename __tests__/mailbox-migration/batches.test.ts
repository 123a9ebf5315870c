/** The batch: made once of those who are ready, started and completed as the profile says. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { REFUSED } from '../people.ts'
import { ADA, BOB, LIMITLESS, Migrating, shown, type Starting } from './migrating.ts'
import { batches, calls, fieldsOf, written } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start({ users: [ADA], ...given }))
afterEach(() => migrating.stop())

const batch = (keys: string, more = LIMITLESS) => migrating.profile(more, { batch: keys })
const statusOf = (name = 'wave-1') => batches(migrating)[name]?.status
const UPDATE = 'update migration-batch (contoso: migration batch wave-1): drift'
const HERE = ['ada.lovelace@contoso.com: Queued']

/** Started, applied from nothing, and so many steps on. */
async function moving(keys: string, steps: number, given: Starting = {}): Promise<void> {
  await start(given)
  batch(keys)
  await migrating.apply()
  migrating.advance('wave-1', steps)
}

describe('a batch', () => {
  test('is made of those who are ready, by their addresses in the target, and waits to be started', async () => {
    await start({ users: [ADA, BOB] })
    await migrating.apply()
    expect(batches(migrating)).toEqual({
      'wave-1': { status: 'Created', users: [...HERE, 'bob.brown@contoso.com: Queued'] },
    })
    const [{ CSVData: csv, ...parameters }] = calls(migrating, 'New-MigrationBatch') as [
      Record<string, unknown>,
    ]
    expect(parameters).toEqual({
      Name: 'wave-1',
      SourceEndpoint: 'fabrikam-to-contoso',
      TargetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
    })
    expect(Buffer.from(String(csv), 'base64').toString()).toBe(
      'EmailAddress\r\nada.lovelace@contoso.com\r\nbob.brown@contoso.com\r\n',
    )
  })

  test('is made once, however often it is applied', async () => {
    await start()
    await migrating.apply()
    expect(await written(migrating)).toEqual([])
    migrating.advance('wave-1', 3)
    expect(await written(migrating)).toEqual([])
  })

  test('with everything the profile may say', async () => {
    await start()
    batch('autoStart: true, autoComplete: true, notify: it@contoso.com')
    expect(fieldsOf(await migrating.plan(), 'migration-batch')).toMatchObject({
      autoStart: [null, true],
      autoComplete: [null, true],
      notificationEmails: [null, 'it@contoso.com'],
      users: [null, ['ada.lovelace@contoso.com']],
    })
    await migrating.apply()
    expect(calls(migrating, 'New-MigrationBatch')).toMatchObject([
      { AutoStart: true, AutoComplete: true, NotificationEmails: ['it@contoso.com'] },
    ])
    expect(statusOf()).toBe('Syncing')
  })

  test('leaves out who could not be prepared, and the next one takes them', async () => {
    await start({ users: [ADA, BOB] })
    const { faults } = migrating.tenants.simulator
    faults.add({ on: { operation: 'New-MailUser', nth: 1 }, do: REFUSED })
    expect(await migrating.apply()).toMatchObject({ outcome: 'partial', profiles: [{ failed: 1 }] })
    const first = batches(migrating)['wave-1']!.users
    expect(first).toHaveLength(1)
    faults.clear()
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    const { 'wave-1': one, 'wave-1-2': two } = batches(migrating)
    expect(one!.users).toEqual(first)
    expect([...first, ...two!.users].sort()).toEqual([...HERE, 'bob.brown@contoso.com: Queued'])
  })

  test('of nobody at all is not made', async () => {
    await start()
    migrating.tenants.simulator.faults.add({ on: { operation: 'Set-MailUser' }, do: REFUSED })
    const { outcome, profiles } = await migrating.apply()
    expect(outcome).toBe('partial')
    expect(profiles[0]!.changes).toContainEqual({
      status: 'skipped',
      why: 'none of its mail users stands yet, so there is nobody to move',
    })
    expect(batches(migrating)).toEqual({})
  })
})

describe('starting', () => {
  test('is done once the profile says so', async () => {
    await start()
    await migrating.apply()
    batch('autoStart: true')
    const plan = await migrating.plan()
    expect(shown(plan)).toEqual([UPDATE])
    expect(fieldsOf(plan, 'migration-batch')).toEqual({ status: ['Created', 'Syncing'] })
    expect(await written(migrating)).toEqual(['contoso: Start-MigrationBatch'])
    expect(await written(migrating)).toEqual([])
  })

  test.each(['Stopped', 'Failed', 'CompletedWithErrors', 'Completed', 'Syncing', 'Stopping'] as const)(
    'is never done to one that is %s',
    async (status) => {
      await start()
      await migrating.apply()
      const { migration } = migrating.target
      const made = migration.batches.find('wave-1')!
      migration.batches.change(made, { values: { ...made.values, status } }, migrating.tenants.now)
      batch('autoStart: true')
      expect(await written(migrating)).toEqual([])
      expect(statusOf()).toBe(status)
    },
  )
})

describe('completing', () => {
  test('is left to people, unless the profile says otherwise', async () => {
    await moving('autoStart: true', 5)
    expect(statusOf()).toBe('Synced')
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('is done once the profile says so', async () => {
    await moving('autoStart: true', 2)
    batch('autoStart: true, autoComplete: true')
    expect(fieldsOf(await migrating.plan(), 'migration-batch')).toEqual({ status: ['Synced', 'Completing'] })
    expect(await written(migrating)).toEqual(['contoso: Complete-MigrationBatch'])
    migrating.advance('wave-1')
    expect(statusOf()).toBe('Completed')
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('is done where some failed, for the others', async () => {
    await moving('autoStart: true', 2, {
      users: [ADA, BOB],
      contoso: { migration: { failures: { 'bob.brown@contoso.com': 'MigrationPermanentException: no.' } } },
    })
    expect(statusOf()).toBe('SyncedWithErrors')
    batch('autoStart: true, autoComplete: true')
    expect(await written(migrating)).toEqual(['contoso: Complete-MigrationBatch'])
  })

  test('waits while it is copied', async () => {
    await moving('autoStart: true', 1)
    batch('autoStart: true, autoComplete: true')
    expect((await migrating.plan()).changes).toEqual([])
  })
})

describe('completeAfter', () => {
  const LATER = 'completeAfter: 2026-12-01T20:00:00Z'

  test('wins over autoComplete', async () => {
    await moving(`autoStart: true, autoComplete: true, ${LATER}`, 2)
    const [sent] = calls(migrating, 'New-MigrationBatch')
    expect(sent).toMatchObject({ CompleteAfter: '2026-12-01T20:00:00.000Z' })
    expect(sent).not.toHaveProperty('AutoComplete')
    expect(statusOf()).toBe('Synced')
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('is the same time in another zone', async () => {
    await moving(LATER, 0)
    batch('completeAfter: 2026-12-01T21:00:00+01:00')
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('that changes is set', async () => {
    await moving(LATER, 0)
    batch('completeAfter: 2026-12-08T20:00:00Z')
    const plan = await migrating.plan()
    expect(shown(plan)).toEqual([UPDATE])
    expect(fieldsOf(plan, 'migration-batch')).toEqual({
      completeAfter: ['2026-12-01T20:00:00.000Z', '2026-12-08T20:00:00.000Z'],
    })
    expect(await written(migrating)).toEqual(['contoso: Set-MigrationBatch'])
    expect(await written(migrating)).toEqual([])
  })

  test('that the profile no longer names is left, and told of', async () => {
    await moving(LATER, 0)
    batch('')
    const { changes, health } = await migrating.plan()
    expect(changes).toEqual([])
    expect(health.find(({ what }) => what === 'batch')!.message).toContain(
      'completes by itself after 2026-12-01T20:00:00.000Z, which the profile does not say',
    )
  })

  test('is set before the batch is started', async () => {
    await moving('', 0)
    batch(`autoStart: true, ${LATER}`)
    expect(await written(migrating)).toEqual(['contoso: Set-MigrationBatch', 'contoso: Start-MigrationBatch'])
  })
})

describe('notify', () => {
  test('that changes is set; without case it is the same', async () => {
    await moving('notify: it@contoso.com', 0)
    batch('notify: IT@contoso.com')
    expect((await migrating.plan()).changes).toEqual([])
    batch('notify: helpdesk@contoso.com')
    expect(fieldsOf(await migrating.plan(), 'migration-batch')).toEqual({
      notificationEmails: [['it@contoso.com'], ['helpdesk@contoso.com']],
    })
    expect(await written(migrating)).toEqual(['contoso: Set-MigrationBatch'])
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('and completeAfter are nothing to one that has ended', async () => {
    await moving('autoStart: true, autoComplete: true', 4)
    expect(statusOf()).toBe('Completed')
    batch('notify: helpdesk@contoso.com, completeAfter: 2026-12-08T20:00:00Z')
    expect((await migrating.plan()).changes).toEqual([])
  })
})
