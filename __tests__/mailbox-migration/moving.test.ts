/** The whole move, from the first profile to the last clean-up. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { ADA, BOB, CLEO, healthShown, LIMITLESS, Migrating, shown, type Starting } from './migrating.ts'
import { batches, mailboxes, relationships } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

const holdersOf = (address: string) => [
  migrating.source.recipients.holders(address).map(({ type }) => type),
  migrating.target.recipients.holders(address).map(({ type }) => type),
]

describe('a move', () => {
  test('from the first plan to the last clean-up', async () => {
    await start({ users: [ADA, BOB, CLEO], members: [ADA.userPrincipalName, BOB.userPrincipalName] })

    // What a reviewer sees.
    const plan = await migrating.plan()
    expect(shown(plan)).toEqual([
      'create mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): new-in-source',
      'create mail-user (Bob Brown <bob.brown@fabrikam.com>): new-in-source',
      'create migration-batch (contoso: migration batch wave-1): missing',
      'create migration-endpoint (contoso: migration endpoint fabrikam-to-contoso): missing',
      'create organization-relationship (contoso: organization relationship with fabrikam): missing',
      'create organization-relationship (fabrikam: organization relationship with contoso): missing',
    ])
    expect(healthShown(plan)).toEqual([
      'mailbox Ada Lovelace <ada.lovelace@fabrikam.com>: ok Ready, once this plan is applied.',
      'mailbox Bob Brown <bob.brown@fabrikam.com>: ok Ready, once this plan is applied.',
    ])

    // One apply makes it all; nothing moves before somebody says so.
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { create: 6 } }] })
    expect(await migrating.plan()).toMatchObject({ outcome: 'no-changes', warnings: [] })
    migrating.advance('wave-1', 3)
    expect(mailboxes(await migrating.plan())).toEqual({
      'Ada Lovelace': 'ok Queued in wave-1.',
      'Bob Brown': 'ok Queued in wave-1.',
    })

    // Started, and watched while it is copied; somebody else joins.
    migrating.profile(LIMITLESS, { batch: 'autoStart: true' })
    await migrating.apply()
    migrating.advance('wave-1', 2)
    migrating.join(CLEO.userPrincipalName)
    expect(healthShown(await migrating.plan())).toEqual([
      'endpoint fabrikam-to-contoso: ok Test-MigrationServerAvailability lets mailboxes through.',
      'batch wave-1: ok Synced: 95 %; 2 Synced',
      'mailbox Ada Lovelace <ada.lovelace@fabrikam.com>: ok Synced in wave-1, 95 %.',
      'mailbox Bob Brown <bob.brown@fabrikam.com>: ok Synced in wave-1, 95 %.',
      'mailbox Cleo Clark <cleo.clark@fabrikam.com>: ok Ready, once this plan is applied.',
    ])
    await migrating.apply()
    expect(Object.keys(batches(migrating))).toEqual(['wave-1', 'wave-1-2'])

    // Completed on the day that the profile says.
    migrating.profile(LIMITLESS, { batch: 'autoStart: true, autoComplete: true' })
    await migrating.apply()
    migrating.advance('wave-1')
    migrating.advance('wave-1-2', 4)
    expect(holdersOf('ada.lovelace@contoso.com')[1]).toEqual(['UserMailbox'])
    expect(holdersOf('ada.lovelace@fabrikam.com')[0]).toEqual(['MailUser'])
    await migrating.apply()
    migrating.advance('wave-1-2', 2)
    expect(await migrating.plan()).toMatchObject({ outcome: 'no-changes', managed: 3 })
    for (const line of Object.values(mailboxes(await migrating.plan()))) expect(line).toMatch(/ Moved/)

    // Cleaned up: the mailboxes stay where they are now.
    migrating.profile(`${LIMITLESS}\nstate: absent`)
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect([batches(migrating), relationships(migrating.source), relationships(migrating.target)]).toEqual([
      {},
      [],
      [],
    ])
    expect([...migrating.target.recipients.ofType('UserMailbox')]).toHaveLength(3)
    expect(await migrating.plan()).toMatchObject({ outcome: 'no-changes' })
  })

  test('by itself, where the profile says so at once: two applies, and time between them', async () => {
    await start({ users: [ADA], behaviour: { migrationStep: 60_000 } })
    let now = migrating.tenants.simulator.world.now()
    migrating.tenants.simulator.world.now = () => now
    migrating.profile(LIMITLESS, { batch: 'autoStart: true, autoComplete: true' })
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    now = new Date(now.getTime() + 10 * 60_000)
    expect(await migrating.apply()).toMatchObject({ outcome: 'no-changes' })
    expect(holdersOf('ada.lovelace@contoso.com')[1]).toEqual(['UserMailbox'])
  })

  test('through a mail user that other servers of Exchange do not know at once', async () => {
    await start({ users: [ADA], plays: 'elsewhere', behaviour: { replicationReads: 1 } })
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(batches(migrating)['wave-1']!.users).toEqual(['ada.lovelace@contoso.com: Queued'])
    expect((await migrating.plan()).changes).toEqual([])
  })
})
