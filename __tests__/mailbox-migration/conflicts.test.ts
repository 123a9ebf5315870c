/** Who or what is in the way of a mail user: told for each mailbox, and never pushed aside, but for our own contacts. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { MailContactSeed } from '../../src/simulator/seed.ts'
import { user } from '../people.ts'
import { ADA, BOB, LIMITLESS, mailbox, Migrating, shown, type Starting } from './migrating.ts'
import { batches, mailboxes, skipped, writes } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

const ADDRESS = 'ada.lovelace@contoso.com'

/** What is told of Ada and of Bob, who is ready, and what an apply makes of them. */
async function besideBob() {
  const plan = await migrating.plan()
  const { outcome } = await migrating.apply()
  return {
    skipped: skipped(plan),
    advice: plan.skipped.map(({ advice }) => advice),
    mailboxes: mailboxes(plan),
    outcome,
    moved: batches(migrating)['wave-1']!.users,
  }
}

/** She is skipped alone. @param advice what may be told to anybody; it names nobody. */
function conflict(reason: string, advice: string): Awaited<ReturnType<typeof besideBob>> {
  return {
    skipped: { 'Ada Lovelace': reason },
    advice: [advice],
    mailboxes: {
      'Ada Lovelace': `warning Not ready. ${reason.replace(/^[\w-]+: (.)/, (_, first: string) => first.toUpperCase())}.`,
      'Bob Brown': 'ok Ready, once this plan is applied.',
    },
    outcome: 'applied',
    moved: ['bob.brown@contoso.com: Queued'],
  }
}

describe('an address that is taken', () => {
  test.each<[string, string, Starting]>([
    [
      'the user mailbox "Ada Byron"',
      'A user mailbox in contoso',
      { contoso: { users: [user('Ada Byron', { userPrincipalName: ADDRESS, mail: ADDRESS })] } },
    ],
    [
      'the mail universal distribution group "Ada’s friends"',
      'A mail universal distribution group in contoso',
      { contoso: { groups: [{ displayName: 'Ada’s friends', mail: ADDRESS }] } },
    ],
    [
      'the group mailbox "Ada’s team"',
      'A group mailbox in contoso',
      { contoso: { groups: [{ displayName: 'Ada’s team', mail: ADDRESS, groupTypes: ['Unified'] }] } },
    ],
    [
      'the mail user "Ada Byron"',
      'A mail user in contoso',
      { contoso: { mailUsers: [{ displayName: 'Ada Byron', address: 'a@else.where', primary: ADDRESS }] } },
    ],
  ])('by %s is told', async (holder, advice, given) => {
    await start(given)
    expect(await besideBob()).toEqual(
      conflict(`address-taken: ${holder} has the address ${ADDRESS}`, `${advice} has one of the addresses.`),
    )
  })

  test.each(['ada.lovelace@contoso.mail.onmicrosoft.com', 'ada.lovelace@fabrikam.com'])(
    'is one, too, where it is %s',
    async (address) => {
      await start({ contoso: { groups: [{ displayName: 'Friends', mail: address }] } })
      expect(await besideBob()).toEqual(
        conflict(
          `address-taken: the mail universal distribution group "Friends" has the address ${address}`,
          'A mail universal distribution group in contoso has one of the addresses.',
        ),
      )
    },
  )

  test('by another member, of the same name in another domain: the first one has it', async () => {
    const twin = mailbox('Ada Lovelace', { EmailAddresses: ['SMTP:ada.lovelace@fabrikam.org'] })
    await start({
      users: [
        { ...ADA, id: 'a0000000-0000-4000-8000-000000000001' },
        {
          ...twin,
          displayName: 'Ada Twin',
          userPrincipalName: 'ada.lovelace@fabrikam.org',
          mail: 'ada.lovelace@fabrikam.org',
          id: 'a0000000-0000-4000-8000-000000000002',
        },
      ],
      fabrikam: { domains: ['fabrikam.com', 'fabrikam.org'] },
    })
    expect(skipped(await migrating.plan())).toEqual({
      'Ada Twin': `address-taken: the mail user of "Ada Lovelace" gets the address ${ADDRESS}`,
    })
    await migrating.apply()
    expect([...migrating.mailUsers().keys()]).toEqual([ADDRESS])
  })
})

describe('a mail user', () => {
  const hers = { displayName: 'Ada Byron', address: 'ada.lovelace@fabrikam.com', primary: ADDRESS }

  test('of another profile is not touched', async () => {
    await start({
      contoso: { mailUsers: [{ ...hers, exchange: { CustomAttribute15: 'tenant-sync:others:1' } }] },
    })
    expect(await besideBob()).toEqual(
      conflict(
        'owned-by-another: the mail user "Ada Byron" belongs to profile others',
        'The mail user belongs to another profile; of one that was renamed, name the old one under `formerly`.',
      ),
    )
  })

  test('that once had a mailbox of its own is told, for only an admin may forget it', async () => {
    const ExchangeGuid = 'e0000000-0000-4000-8000-000000000001'
    await start({ contoso: { mailUsers: [{ ...hers, exchange: { ExchangeGuid } }] } })
    expect(await besideBob()).toEqual(
      conflict(
        'exchange-guid-mismatch: the mail user "Ada Byron" has the ExchangeGuid of another mailbox',
        'The mail user in contoso has another ExchangeGuid: of another mailbox, or of one that it once had itself. Only of the latter Set-User -PermanentlyClearPreviousMailboxInfo may clear it, and that cannot be undone.',
      ),
    )
  })
})

/** Another profile of the repository, which rests meanwhile. */
const CONTACTS = {
  'contacts.yaml': `name: contacts
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
state: paused
`,
}
const contact = (more: Partial<MailContactSeed> = {}): MailContactSeed => ({
  Name: 'Ada, a contact',
  DisplayName: 'Ada, a contact',
  ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
  CustomAttribute15: 'tenant-sync:contacts:1',
  LegacyExchangeDN: '/o=ExchangeLabs/cn=contact-of-ada',
  ...more,
})
const withContact = (more: Partial<MailContactSeed> = {}): Starting => ({
  files: CONTACTS,
  contoso: { mailContacts: [contact(more)] },
})
const contacts = () => [...migrating.target.recipients.ofType('MailContact')]

describe('a mail contact of a profile of this repository', () => {
  test('gives way to the mail user, in one change that counts as a deletion', async () => {
    await start(withContact())
    const plan = await migrating.plan()
    expect(shown(plan)).toContain(
      'create mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): new-in-source',
    )
    expect(plan.changes[0]!.removes).toEqual([
      {
        object: 'mail-contact',
        targetId: contacts()[0]!.guid,
        label: expect.stringContaining('Ada, a contact'),
      },
    ])
    expect(plan.counted).toEqual({ creates: 1, updates: 0, deletes: 1 })
    await migrating.apply()
    expect(contacts()).toEqual([])
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('leaves the name by which replies to old mail find the person', async () => {
    const proxies = ['SMTP:ada.lovelace@fabrikam.com', 'X500:/o=Older/cn=ada']
    await start(withContact({ EmailAddresses: proxies }))
    await migrating.apply()
    expect(migrating.mailUsers().get(ADDRESS)!.values).toMatchObject({
      ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
      EmailAddresses: expect.arrayContaining([
        'X500:/o=ExchangeLabs/cn=contact-of-ada',
        'X500:/o=Older/cn=ada',
      ]),
    })
  })

  test('is removed only once the mail user stands, and is kept whole first', async () => {
    await start(withContact({ Title: 'Countess' }))
    await migrating.apply()
    const order = writes(migrating).filter((write) => /MailUser|MailContact/.test(write))
    expect(order[0]).toBe('contoso: New-MailUser')
    expect(order.indexOf('contoso: Remove-MailContact')).toBeGreaterThan(
      order.indexOf('contoso: New-MailUser'),
    )
    expect(migrating.tenants.lines('removed.ndjson')).toMatchObject([
      {
        object: 'mail-contact',
        removed: {
          mailContact: { ExternalEmailAddress: expect.stringContaining('ada.lovelace@fabrikam.com') },
          contact: { Title: 'Countess' },
        },
      },
    ])
  })

  test('stays where nobody reviewed it: the change is held, and the batch is made without her', async () => {
    await start(withContact())
    const { outcome, profiles } = await migrating.tenants.apply('nobody')
    expect({ outcome, ...profiles.find(({ name }) => name === 'people') }).toMatchObject({
      outcome: 'held',
      held: 1,
    })
    expect(contacts()).toHaveLength(1)
    expect(batches(migrating)['wave-1']!.users).toEqual(['bob.brown@contoso.com: Queued'])
    expect(mailboxes(await migrating.plan())).toEqual({
      'Ada Lovelace': 'ok Ready, once this plan is applied.',
      'Bob Brown': 'ok Queued in wave-1.',
    })
  })

  test('goes on a schedule, within the limit on deletions', async () => {
    await start(withContact())
    expect(await migrating.tenants.apply('limits')).toMatchObject({ outcome: 'applied' })
    expect(contacts()).toEqual([])
  })

  test('gives way to a mail user that is there, too', async () => {
    const mailUsers = [{ displayName: 'Ada Byron', address: 'ada@else.where', primary: ADDRESS }]
    await start({ ...withContact(), contoso: { mailContacts: [contact()], mailUsers } })
    const { recipients } = migrating.target
    const ada = migrating.source.recipients.holders('ada.lovelace@fabrikam.com')[0]!
    recipients.update(
      recipients.named('Ada Byron')[0]!.guid,
      { ExchangeGuid: ada.guid },
      migrating.tenants.now,
    )
    await migrating.apply()
    expect(contacts()).toEqual([])
    expect(migrating.mailUsers().get(ADDRESS)!.values).toMatchObject({
      DisplayName: 'Ada Byron',
      ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
      EmailAddresses: expect.arrayContaining(['X500:/o=ExchangeLabs/cn=contact-of-ada']),
    })
  })
})

describe('any other mail contact', () => {
  test.each<[string, Partial<MailContactSeed>]>([
    ['without a mark', { CustomAttribute15: '' }],
    ['of another tool', { CustomAttribute15: 'somebody else' }],
    ['of a profile that is not here', { CustomAttribute15: 'tenant-sync:gone:1' }],
    ['that is synchronized from another directory', { IsDirSynced: true }],
    ['that two profiles claim, one of them not here', { CustomAttribute1: 'tenant-sync:gone:1' }],
  ])('%s is in the way', async (_, more) => {
    await start(withContact(more))
    expect(await besideBob()).toEqual(
      conflict(
        'address-taken: the mail contact "Ada, a contact" has the address ada.lovelace@fabrikam.com',
        "A mail contact in contoso that is not the person's own of a profile of this repository has one of the addresses.",
      ),
    )
    expect(contacts()).toHaveLength(1)
  })
})

test('what is in the way of one who is in a batch does not hide how they move', async () => {
  await start({ users: [BOB], profile: LIMITLESS })
  await migrating.apply()
  migrating.target.recipients.add(
    {
      guid: 'c0000000-0000-4000-8000-000000000001',
      objectId: 'c0000000-0000-4000-8000-000000000001',
      type: 'MailUniversalDistributionGroup',
      values: { Name: 'Bobs', DisplayName: 'Bobs', EmailAddresses: ['SMTP:bob.brown@fabrikam.com'] },
    },
    migrating.tenants.now,
  )
  expect(mailboxes(await migrating.plan())).toEqual({ 'Bob Brown': 'ok Queued in wave-1.' })
})
