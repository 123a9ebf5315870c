/** What others change between the plan and the write, or a cut run has left, is looked at again before anything goes. */
import { afterEach, expect, test } from '@jest/globals'
import { ADA, LIMITLESS, Migrating, shown, type Starting } from './migrating.ts'
import { batches, writes } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start({ users: [ADA], ...given }))
afterEach(() => migrating.stop())

/** Somebody does something just before the nth call of a cmdlet in the target from now on. */
function before(operation: string, nth: number, call: () => void): void {
  migrating.tenants.simulator.faults.add({
    on: { service: 'exchange', tenant: 'contoso', operation, nth },
    do: { call, when: 'before' },
  })
}

const inTarget = (type: 'MailContact' | 'MailUser') => [...migrating.target.recipients.ofType(type)]
const mark = (type: 'MailContact' | 'MailUser', text: string) => () =>
  void migrating.target.recipients.update(
    inTarget(type)[0]!.guid,
    { CustomAttribute15: text },
    migrating.tenants.now,
  )
const absent = () => migrating.profile(`${LIMITLESS}\nstate: absent`)

test('a contact that another profile gives to somebody else meanwhile stays', async () => {
  await start({
    files: {
      'contacts.yaml': `name: contacts
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
state: paused
`,
    },
    contoso: {
      mailContacts: [
        {
          Name: 'A contact',
          DisplayName: 'A contact',
          ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
          CustomAttribute15: 'tenant-sync:contacts:1',
        },
      ],
    },
  })
  before('Set-MailUser', 1, mark('MailContact', 'tenant-sync:contacts:2'))
  const { outcome, profiles } = await migrating.apply()
  expect(outcome).toBe('partial')
  expect(profiles.flatMap(({ changes }) => changes)).toContainEqual(
    expect.objectContaining({ error: expect.objectContaining({ code: 'changed-since-plan' }) }),
  )
  expect(inTarget('MailContact')).toHaveLength(1)
})

test('a mail user that bears another mark by then is not taken away', async () => {
  await start()
  await migrating.apply()
  absent()
  before('Remove-MigrationBatch', 1, mark('MailUser', 'theirs'))
  const { profiles } = await migrating.apply()
  expect(profiles[0]!.changes).toContainEqual({
    status: 'failed',
    error: expect.objectContaining({
      code: 'changed-since-plan',
      advice: expect.stringContaining('left as it is'),
    }),
  })
  expect(inTarget('MailUser')).toHaveLength(1)
})

test('a batch that somebody has started by then is not started again', async () => {
  await start()
  await migrating.apply()
  migrating.profile(LIMITLESS, { batch: 'autoStart: true' })
  const { migration } = migrating.target
  before('Get-MigrationBatch', 2, () => {
    const batch = migration.batches.find('wave-1')!
    const values = { ...batch.values, status: 'Syncing' as const, started: migrating.tenants.now }
    migration.batches.change(batch, { values }, migrating.tenants.now)
  })
  expect(shown(await migrating.plan())).toEqual([
    'update migration-batch (contoso: migration batch wave-1): drift',
  ])
  migrating.tenants.simulator.faults.clear()
  before('Get-MigrationBatch', 2, () => {
    const batch = migration.batches.find('wave-1')!
    const values = { ...batch.values, status: 'Syncing' as const, started: migrating.tenants.now }
    migration.batches.change(batch, { values }, migrating.tenants.now)
  })
  await migrating.apply()
  expect(writes(migrating)).not.toContain('contoso: Start-MigrationBatch')
  expect(batches(migrating)['wave-1']!.status).toBe('Syncing')
})

test('an endpoint that uses another application than the profile is not taken away with it', async () => {
  await start()
  await migrating.apply()
  const { endpoints } = migrating.target.migration
  const one = endpoints.find('fabrikam-to-contoso')!
  const values = { ...one.values, applicationId: '5d2e3f40-0000-4000-8000-0000000000bb' }
  endpoints.change(one, { values }, migrating.tenants.now)
  absent()
  await migrating.apply()
  expect([...endpoints]).toHaveLength(1)
})

test('a mail user that a cut run left without its mark goes with the profile', async () => {
  await start()
  await migrating.apply()
  mark('MailUser', '')()
  absent()
  expect(shown(await migrating.plan())).toContain(
    'delete mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): profile-absent',
  )
  await migrating.apply()
  expect(inTarget('MailUser')).toEqual([])
})

test('while one mailbox is being switched over, nothing of the profile is taken away', async () => {
  await start()
  await migrating.apply()
  const { migration } = migrating.target
  const batch = migration.batches.find('wave-1')!
  const users = batch.values.users.map((user) => ({ ...user, status: 'Completing' as const }))
  migration.batches.change(
    batch,
    { values: { ...batch.values, status: 'Synced', users } },
    migrating.tenants.now,
  )
  absent()
  expect(await migrating.plan()).toMatchObject({
    outcome: 'no-changes',
    changes: [],
    skipped: [{ reason: 'batch-completing', advice: expect.stringContaining('wave-1') }],
  })
})
