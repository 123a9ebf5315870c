/** `state: absent`: what the profile made goes, in reverse order; what was there before, and every mailbox, stays. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Approval } from '../../src/engine/approval.ts'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { ADA, BOB, FABRIKAM, LIMITLESS, Migrating, MOVER, SECRET, shown, type Starting } from './migrating.ts'
import { batches, fieldsOf, relationships, writes, written } from './seen.ts'

let migrating: Migrating
afterEach(() => migrating.stop())

const absent = (more = '') => migrating.profile(`${LIMITLESS}\nstate: absent\n${more}`)

/** Applied from nothing, so many steps on, and then to be taken down. */
async function established(given: Starting = {}, keys = '', steps = 0): Promise<void> {
  migrating = await Migrating.start({ users: [ADA], ...given })
  migrating.profile(LIMITLESS, { batch: keys })
  await migrating.apply()
  migrating.advance('wave-1', steps)
  absent()
}

const mailboxesOf = ({ recipients }: Migrating['source']) =>
  [...recipients.ofType('UserMailbox', 'SharedMailbox')].map(({ guid }) => guid)

describe('of what the profile made', () => {
  test('nothing is left, and the second plan is empty', async () => {
    await established()
    expect(shown(await migrating.plan())).toEqual([
      'delete mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): profile-absent',
      'delete migration-batch (contoso: migration batch wave-1): profile-absent',
      'delete migration-endpoint (contoso: migration endpoint fabrikam-to-contoso): profile-absent',
      'delete organization-relationship (contoso: organization relationship with fabrikam): profile-absent',
      'delete organization-relationship (fabrikam: organization relationship with contoso): profile-absent',
    ])
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { delete: 5 } }] })
    expect([relationships(migrating.source), relationships(migrating.target)]).toEqual([[], []])
    expect([batches(migrating), [...migrating.target.migration.endpoints]]).toEqual([{}, []])
    expect(migrating.mailUsers().size).toBe(0)
    expect(await migrating.plan()).toMatchObject({ outcome: 'no-changes', changes: [], managed: 0 })
  })

  test('the batch goes first, and what the tenants let each other do only after the endpoint', async () => {
    await established()
    const order = await written(migrating)
    expect(order[0]).toBe('contoso: Remove-MigrationBatch')
    expect(order.slice(1).sort()).toEqual([
      'contoso: Remove-MailUser',
      'contoso: Remove-MigrationEndpoint',
      'contoso: Remove-OrganizationRelationship',
      'fabrikam: Remove-OrganizationRelationship',
    ])
    for (const side of ['contoso', 'fabrikam'])
      expect(order.indexOf(`${side}: Remove-OrganizationRelationship`)).toBeGreaterThan(
        order.indexOf('contoso: Remove-MigrationEndpoint'),
      )
  })

  test('all is kept whole first', async () => {
    await established()
    await migrating.apply()
    const kept = migrating.tenants.lines('removed.ndjson')
    expect(Object.fromEntries(kept.map(({ object, removed }) => [object, removed]))).toMatchObject({
      'mail-user': {
        mailUser: { ExchangeGuid: expect.anything(), EmailAddresses: expect.anything() },
        user: { Title: "Ada Lovelace's title" },
      },
      'migration-batch': {
        batch: { Identity: 'wave-1' },
        users: [{ Identity: 'ada.lovelace@contoso.com' }],
      },
      'migration-endpoint': { ApplicationId: MOVER },
      'organization-relationship': { MailboxMoveEnabled: true },
    })
    expect(JSON.stringify(kept)).not.toContain(SECRET.slice(0, 12))
  })

  test('neither the secret nor PowerShell is needed', async () => {
    await established()
    migrating.tenants.env = { TENANT_SYNC_PWSH: '/nowhere/pwsh' }
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
  })

  test('mailboxes of the source stay as they are', async () => {
    await established()
    const before = mailboxesOf(migrating.source)
    await migrating.apply()
    expect(mailboxesOf(migrating.source)).toEqual(before)
  })

  test('a group that is gone is no hindrance', async () => {
    await established()
    const { recipients } = migrating.source
    recipients.remove([...recipients.ofType('MailUniversalSecurityGroup')][0]!.guid)
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(relationships(migrating.source)).toEqual([])
  })

  test('mail users are deletions of people: limits hold, and so does who has not seen them', async () => {
    await established({ users: [ADA, BOB] })
    migrating.profile('limits: { creates: 9, updates: 9, deletes: 1 }\nstate: absent')
    expect(await migrating.apply()).toMatchObject({
      outcome: 'blocked',
      plan: { profiles: [{ limits: [{ limit: 'deletes', count: 2, allowed: 1 }] }] },
    })
    absent()
    const nobody: Approval = 'nobody'
    expect(await migrating.tenants.apply(nobody)).toMatchObject({ outcome: 'held' })
    expect(migrating.mailUsers().size).toBe(2)
  })
})

describe('a batch', () => {
  test.each([
    ['is being copied', 1],
    ['is synchronized', 2],
  ])('that %s is stopped first', async (_, steps) => {
    await established({}, 'autoStart: true', steps)
    expect((await written(migrating)).slice(0, 2)).toEqual([
      'contoso: Stop-MigrationBatch',
      'contoso: Remove-MigrationBatch',
    ])
    expect(batches(migrating)).toEqual({})
  })

  test('that takes its time to stop and to go is come back to, and then all the rest goes', async () => {
    await established({ behaviour: { migrationStep: 3_600_000 } }, 'autoStart: true', 1)
    expect(await migrating.apply()).toMatchObject({ outcome: 'partial' })
    for (let again = 0; again < 4 && batches(migrating)['wave-1']; again++) {
      migrating.advance('wave-1')
      await migrating.apply()
    }
    expect(await migrating.apply()).toMatchObject({ outcome: 'no-changes' })
    expect([batches(migrating), relationships(migrating.target)]).toEqual([{}, []])
  })

  test('that is being completed is waited for: it is told of, and everything stays', async () => {
    await established({}, 'autoStart: true, autoComplete: true', 3)
    expect(batches(migrating)['wave-1']!.status).toBe('Completing')
    expect(await migrating.plan()).toMatchObject({
      outcome: 'no-changes',
      skipped: [{ reason: 'batch-completing', label: expect.stringContaining('wave-1') }],
      health: [{ what: 'batch', key: 'wave-1' }],
    })
    expect(await written(migrating)).toEqual([])
    expect(migrating.mailUsers().size).toBe(1)
    migrating.advance('wave-1')
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
  })

  test('is told of with how far it has come, before it goes', async () => {
    await established({}, 'autoStart: true', 2)
    expect((await migrating.plan()).health).toMatchObject([
      { what: 'batch', key: 'wave-1', message: 'Synced: 95 %; 1 Synced', progress: { percent: 95 } },
    ])
  })

  test('that has completed leaves the mailbox that it moved', async () => {
    await established({}, 'autoStart: true, autoComplete: true', 4)
    expect(shown(await migrating.plan()).join()).not.toContain('mail-user')
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(mailboxesOf(migrating.target)).toHaveLength(1)
    expect(writes(migrating)).not.toContain('contoso: Remove-MailUser')
  })
})

describe('what was there before', () => {
  const FREE_BUSY = { FreeBusyAccessEnabled: true, FreeBusyAccessLevel: 'LimitedDetails' } as const

  test('a relationship stays, and only lets no mailbox move any more', async () => {
    const migration: TenantSeed['migration'] = {
      relationships: [{ Name: 'Partners', DomainNames: [FABRIKAM], ...FREE_BUSY }],
    }
    await established({ contoso: { migration } })
    expect(fieldsOf(await migrating.plan(), 'organization-relationship', 'update')).toEqual({
      mailboxMoveEnabled: [true, false],
    })
    await migrating.apply()
    expect(relationships(migrating.target)).toEqual([
      expect.objectContaining({
        Name: 'Partners',
        DomainNames: [FABRIKAM],
        MailboxMoveEnabled: false,
        ...FREE_BUSY,
      }),
    ])
    expect((await migrating.plan()).changes).toEqual([])
  })

  test.each([
    ['beside others', ['Others'], ['Others']],
    ['alone', [], undefined],
  ])('its published scopes lose ours, %s', async (_, before, after) => {
    const others = { displayName: 'Others', mail: 'others@fabrikam.com', securityEnabled: true }
    const ours = {
      displayName: 'Migrating to Contoso',
      mail: 'migrating@fabrikam.com',
      securityEnabled: true,
      members: [ADA.userPrincipalName],
    }
    const relationship = {
      Name: 'Partners',
      DomainNames: ['contoso.com'],
      ...(before.length > 0 && { MailboxMovePublishedScopes: before }),
    }
    await established({
      fabrikam: { groups: [ours, others], migration: { relationships: [relationship] } },
    })
    await migrating.apply()
    expect(relationships(migrating.source)[0]!['MailboxMovePublishedScopes']).toEqual(after)
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('a mail user stays, prepared as it is', async () => {
    const mailUsers = [
      { displayName: 'Ada Byron', address: 'ada.lovelace@fabrikam.com', primary: 'countess@contoso.com' },
    ]
    await established({ contoso: { mailUsers } })
    await migrating.apply()
    expect([...migrating.mailUsers().keys()]).toEqual(['countess@contoso.com'])
  })

  test('a mailbox that has come to stand behind the mail user meanwhile stays', async () => {
    await established()
    const { recipients } = migrating.target
    const [mailUser] = migrating.mailUsers().values()
    const call = () => void recipients.convert(mailUser!, 'UserMailbox', {}, migrating.tenants.now)
    const on = { operation: 'Remove-MigrationBatch' }
    migrating.tenants.simulator.faults.add({ on, do: { when: 'before', call } })
    expect(await written(migrating)).not.toContain('contoso: Remove-MailUser')
    expect(mailboxesOf(migrating.target)).toEqual([mailUser!.guid])
  })

  test('a mail user that somebody else has marked since stays', async () => {
    await established()
    const { recipients } = migrating.target
    const { guid } = [...migrating.mailUsers().values()][0]!
    recipients.update(guid, { CustomAttribute15: 'tenant-sync:others:1' }, migrating.tenants.now)
    await migrating.apply()
    expect(migrating.mailUsers().size).toBe(1)
  })
})
