/** How ready each mailbox is: what is missing and on which side, before a batch fails over it. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { UserSeed } from '../../src/simulator/seed.ts'
import { REFUSED, user } from '../people.ts'
import {
  ADA,
  appsOf,
  BOB,
  CONTOSO,
  FABRIKAM,
  LICENSED,
  mailbox,
  Migrating,
  type Starting,
} from './migrating.ts'
import { batches, mailboxes } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

const GB = 2 ** 30
const plan = (...plans: string[]) => ({ assignedPlans: plans.map((servicePlanId) => ({ servicePlanId })) })
const ENTERPRISE = 'efb87545-963c-4e0d-99df-69c6916d9eb0'
const STANDARD = '9aaf7827-d63c-4b61-89c3-182f06f82e5c'

/** Ada with something besides: what is said of her, beside Bob who is ready. */
async function saidOf(ada: UserSeed, given: Starting = {}): Promise<string> {
  await start({ users: [ada, BOB], ...given })
  const { 'Ada Lovelace': said, 'Bob Brown': bob } = mailboxes(await migrating.plan())
  expect(bob).toBe('ok Ready, once this plan is applied.')
  return said!
}
const ada = (exchange: UserSeed['exchange'], more: Partial<UserSeed> = {}): UserSeed => ({
  ...mailbox('Ada Lovelace', exchange),
  ...more,
})

describe('a mailbox that cannot move', () => {
  test.each<[string, UserSeed['exchange'], string]>([
    ['is on litigation hold', { LitigationHoldEnabled: true }, 'it is on hold (LitigationHoldEnabled)'],
    ['has a delay hold', { DelayHoldApplied: true }, 'it is on hold (DelayHoldApplied)'],
    [
      'has two kinds of holds',
      { ComplianceTagHoldApplied: true, InPlaceHolds: ['UniH7d895d48'] },
      'it is on hold (ComplianceTagHoldApplied, InPlaceHolds)',
    ],
    [
      'has an archive that expands by itself',
      { ArchiveGuid: 'a5c4d2b8-0000-4000-8000-00000000a5c4', AutoExpandingArchiveEnabled: true },
      'its archive expands by itself, and cannot move',
    ],
    [
      'is larger than any mailbox may be',
      { TotalItemSize: 120.5 * GB },
      'it holds 120.5 GB, and a mailbox in contoso may hold 100 GB',
    ],
  ])('for it %s: the side and the reason are told', async (_, exchange, reason) => {
    expect(await saidOf(ada(exchange))).toBe(`warning Not ready. fabrikam: ${reason}.`)
    await migrating.apply()
    // Its mail user is prepared all the same.
    expect([...migrating.mailUsers().keys()].sort()).toEqual([
      'ada.lovelace@contoso.com',
      'bob.brown@contoso.com',
    ])
    expect(batches(migrating)['wave-1']!.users).toEqual(['bob.brown@contoso.com: Queued'])
  })

  test('is told of all that keeps it, at once', async () => {
    expect(
      await saidOf(
        ada(
          {
            DelayHoldApplied: true,
            ArchiveGuid: 'a5c4d2b8-0000-4000-8000-00000000a5c4',
            AutoExpandingArchiveEnabled: true,
          },
          { assignedLicenses: [] },
        ),
      ),
    ).toBe(
      'warning Not ready. fabrikam: it is on hold (DelayHoldApplied); fabrikam: its archive expands by itself, and cannot move; fabrikam or contoso: no licence, and a move needs one: "Cross Tenant User Data Migration".',
    )
  })

  test('joins once nothing keeps it any more', async () => {
    await start({ users: [ada({ LitigationHoldEnabled: true })] })
    await migrating.apply()
    expect(batches(migrating)).toEqual({})
    const { recipients } = migrating.source
    const { guid } = recipients.holders('ada.lovelace@fabrikam.com')[0]!
    recipients.update(guid, { LitigationHoldEnabled: false }, migrating.tenants.now)
    expect(mailboxes(await migrating.plan())).toEqual({ 'Ada Lovelace': 'ok Ready.' })
    await migrating.apply()
    expect(batches(migrating)['wave-1']!.users).toEqual(['ada.lovelace@contoso.com: Queued'])
  })
})

describe('what keeps nobody back', () => {
  test.each<[string, UserSeed['exchange']]>([
    ['a policy that leaves the mailbox out', { InPlaceHolds: ['-mbx7d895d48'] }],
    ['archives that could expand, where there is none', { AutoExpandingArchiveEnabled: true }],
    ['a mailbox just as large as it may be', { TotalItemSize: 100 * GB }],
  ])('%s', async (_, exchange) => {
    expect(await saidOf(ada(exchange))).toBe('ok Ready, once this plan is applied.')
  })
})

const UNSEEN =
  'Ready, once this plan is applied; but no licence "Cross Tenant User Data Migration" is seen in fabrikam or contoso, without which the move fails.'

describe('the licence to move', () => {
  test('is missing where neither side has any, while others are seen to have some', async () => {
    expect(await saidOf(ada({}, { assignedLicenses: [] }))).toBe(
      'warning Not ready. fabrikam or contoso: no licence, and a move needs one: "Cross Tenant User Data Migration".',
    )
    await migrating.apply()
    expect(batches(migrating)['wave-1']!.users).toEqual(['bob.brown@contoso.com: Queued'])
  })

  test('may come with another product: who has others is moved, with a word of warning', async () => {
    const skuId = '05e9a617-0261-4cee-bb44-138d3ef5d965'
    expect(await saidOf(ada({}, { assignedLicenses: [{ skuId, disabledPlans: [] }] }))).toBe(
      `warning ${UNSEEN}`,
    )
    await migrating.apply()
    expect(batches(migrating)['wave-1']!.users).toHaveLength(2)
  })

  test('is not said to be missing where nobody is seen to have any', async () => {
    await start({ users: [ada({}, { assignedLicenses: [] })] })
    expect(mailboxes(await migrating.plan())).toEqual({ 'Ada Lovelace': `warning ${UNSEEN}` })
  })

  test('may be the mail user’s in the target', async () => {
    const there = user('Ada There', {
      userPrincipalName: 'ada.lovelace@contoso.com',
      mail: 'ada.lovelace@fabrikam.com',
      mailbox: 'on-premises',
      ...LICENSED,
    })
    expect(await saidOf(ada({}, { assignedLicenses: [] }), { contoso: { users: [there] } })).toBe(
      'ok Ready, once this plan is applied.',
    )
  })

  test.each([
    ['fabrikam', FABRIKAM],
    ['contoso', CONTOSO],
  ])('that cannot be read in %s keeps nobody back, with a warning', async (name, tenantId) => {
    const apps = appsOf(tenantId).map((app) => ({ ...app, permissions: [] }))
    await start({
      users: [ada({}, { assignedLicenses: [] })],
      [name]: { apps },
      ...(name === 'contoso' && {
        contoso: {
          apps,
          mailUsers: [
            {
              displayName: 'Ada There',
              address: 'ada.lovelace@fabrikam.com',
              primary: 'ada.lovelace@contoso.com',
              userPrincipalName: 'ada.lovelace@contoso.com',
            },
          ],
        },
      }),
    })
    const { warnings, health } = await migrating.plan()
    expect(warnings).toMatchObject([
      {
        code: 'readiness-unknown',
        message: expect.stringContaining(`licences in ${name} (User.Read.All)`),
      },
    ])
    expect(mailboxes({ health })).toEqual({ 'Ada Lovelace': 'ok Ready, once this plan is applied.' })
  })
})

describe('the size', () => {
  test.each<[string, string[], number, string | undefined]>([
    ['a plan of 50 GB', [STANDARD], 60, 'it holds 60 GB, and a mailbox in contoso may hold 50 GB'],
    ['the larger of two plans', [STANDARD, ENTERPRISE], 60, undefined],
    ['no plan yet', [], 60, undefined],
  ])('is held against what the mail user may hold: %s', async (_, plans, gigabytes, reason) => {
    const there = user('Ada There', {
      userPrincipalName: 'ada.lovelace@contoso.com',
      mail: 'ada.lovelace@fabrikam.com',
      mailbox: 'on-premises',
      ...plan(...plans),
    })
    expect(await saidOf(ada({ TotalItemSize: gigabytes * GB }), { contoso: { users: [there] } })).toBe(
      reason === undefined
        ? 'ok Ready, once this plan is applied.'
        : `warning Not ready. fabrikam: ${reason}.`,
    )
  })

  test('that may not be read keeps nobody back, with a warning', async () => {
    await start({ users: [ada({ TotalItemSize: 200 * GB })] })
    migrating.tenants.simulator.faults.add({
      on: { operation: 'Get-MailboxStatistics' },
      do: { status: 403 },
    })
    const { warnings, health } = await migrating.plan()
    expect(warnings).toMatchObject([
      {
        code: 'readiness-unknown',
        message: expect.stringContaining('sizes of mailboxes in fabrikam (Get-MailboxStatistics)'),
      },
    ])
    expect(mailboxes({ health })).toEqual({ 'Ada Lovelace': 'ok Ready, once this plan is applied.' })
  })

  test('is asked for of nobody who is in a batch', async () => {
    await start()
    await migrating.apply()
    const { requests, faults } = migrating.tenants.simulator
    faults.add({ on: { operation: 'Get-MailboxStatistics' }, do: REFUSED })
    const { length } = requests
    await migrating.plan()
    expect(requests.slice(length).map(({ operation }) => operation)).not.toContain('Get-MailboxStatistics')
  })
})

describe('a member without a mailbox', () => {
  test('is skipped, and told of', async () => {
    await start({ users: [ADA, user('No Mailbox', { mailbox: 'on-premises' })] })
    const { skipped, health } = await migrating.plan()
    expect(skipped).toMatchObject([
      {
        label: 'No Mailbox <no.mailbox@fabrikam.com>',
        reason: 'no-mailbox',
        detail: 'it is a MailUser, and has no mailbox in fabrikam',
      },
    ])
    expect(mailboxes({ health })['No Mailbox']).toBe(
      'warning Not ready. fabrikam: it has no mailbox (MailUser).',
    )
  })

  test.each(['shared', 'room', 'equipment'] as const)('is none of those with a %s mailbox', async (kind) => {
    await start({ users: [{ ...ADA, mailbox: kind }] })
    expect(mailboxes(await migrating.plan())).toEqual({
      'Ada Lovelace': 'ok Ready, once this plan is applied.',
    })
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(Object.keys(batches(migrating))).toEqual(['wave-1'])
  })
})
