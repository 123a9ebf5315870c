/** The mail user in the target that a mailbox is to become: made, and kept as the person is. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { derivedNames } from '../../src/people/mark.ts'
import type { UserSeed } from '../../src/simulator/seed.ts'
import { ADA, BOB, LIMITLESS, mailbox, Migrating, shown, type Starting } from './migrating.ts'
import { calls, fieldsOf, skipped } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start({ users: [ADA], ...given }))
afterEach(() => migrating.stop())

const PRIMARY = 'ada.lovelace@contoso.com'
const DELIVERY = 'smtp:ada.lovelace@contoso.mail.onmicrosoft.com'
const X500 = ['X500:/o=ExchangeLabs/cn=ada.lovelace', 'X500:/o=Before/cn=ada.lovelace']

const keyOf = ({ userPrincipalName }: UserSeed) => migrating.source.directory.user(userPrincipalName)!.id
const mark = (profile = 'people') => `tenant-sync:${profile}:${keyOf(ADA)}`
const guidOf = ({ userPrincipalName }: UserSeed) =>
  migrating.source.recipients.holders(userPrincipalName)[0]!.guid
const only = () => [...migrating.mailUsers().values()][0]!

/** Puts values on the first recipient of the name in the target, as an admin would. */
function set(name: string, values: Record<string, string | boolean | readonly string[]>): void {
  const { recipients } = migrating.target
  recipients.update(recipients.named(name)[0]!.guid, values, migrating.tenants.now)
}

describe('somebody who is new', () => {
  test('gets a mail user with all that the move needs, and the mark', async () => {
    await start()
    expect(shown(await migrating.plan())[0]).toBe(
      'create mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): new-in-source',
    )
    await migrating.apply()
    expect(only()).toMatchObject({
      type: 'MailUser',
      values: {
        Name: derivedNames('people', keyOf(ADA))[0],
        DisplayName: 'Ada Lovelace',
        UserPrincipalName: PRIMARY,
        ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
        EmailAddresses: [`SMTP:${PRIMARY}`, DELIVERY, ...X500],
        ExchangeGuid: guidOf(ADA),
        ArchiveGuid: 'a5c4d2b8-0000-4000-8000-00000000a5c4',
        CustomAttribute15: mark(),
        Title: "Ada Lovelace's title",
      },
    })
  })

  test('without an archive gets no ArchiveGuid', async () => {
    await start({ users: [BOB] })
    await migrating.apply()
    expect(only().values).not.toHaveProperty('ArchiveGuid')
  })

  test('takes along what the person is called, and whether they are hidden', async () => {
    const person = {
      givenName: 'Ada',
      surname: 'Lovelace',
      department: 'Engines',
      companyName: 'Analytical',
      officeLocation: '1',
      businessPhones: ['+44 1'],
      mobilePhone: '+44 2',
      faxNumber: '+44 3',
      streetAddress: 'St James’s Square 12',
      city: 'London',
      state: 'England',
      postalCode: 'SW1',
      country: 'United Kingdom',
    }
    await start({ users: [{ ...ADA, ...person, hiddenInExchange: true }] })
    await migrating.apply()
    expect(only().values).toMatchObject({
      FirstName: 'Ada',
      LastName: 'Lovelace',
      Department: 'Engines',
      Company: 'Analytical',
      Office: '1',
      Phone: '+44 1',
      MobilePhone: '+44 2',
      Fax: '+44 3',
      StreetAddress: 'St James’s Square 12',
      City: 'London',
      StateOrProvince: 'England',
      PostalCode: 'SW1',
      CountryOrRegion: expect.stringMatching(/^(United Kingdom|GB)$/),
      HiddenFromAddressListsEnabled: true,
    })
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('is not kept from moving by a country that Exchange does not know', async () => {
    await start({ users: [{ ...ADA, country: 'Atlantis' }] })
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(only().values).not.toHaveProperty('CountryOrRegion')
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('gets a password of their own, which is kept nowhere', async () => {
    await start({ users: [ADA, BOB] })
    await migrating.apply()
    const sent = calls(migrating, 'New-MailUser').map(({ Password: password }) =>
      Buffer.from(String(password), 'base64').toString().replace(/^.*: /, ''),
    )
    expect(new Set(sent).size).toBe(2)
    const journal = JSON.stringify(migrating.tenants.lines('journal.ndjson'))
    for (const password of sent) {
      expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w]).{32,}$/)
      expect(journal).not.toContain(password)
    }
  })

  test('forwards to the onmicrosoft.com address where the profile says so', async () => {
    const alone = mailbox('Cleo Clark', { EmailAddresses: ['SMTP:cleo.clark@fabrikam.com'] })
    await start({ users: [ADA, alone], profile: `${LIMITLESS}\nexternal: onmicrosoft` })
    const plan = await migrating.plan()
    expect(skipped(plan)).toEqual({
      'Cleo Clark': expect.stringMatching(/^no-mail-address: /),
    })
    expect(plan.skipped[0]!.advice).toContain('no address of the kind that `external` asks for')
    await migrating.apply()
    expect(only().values['ExternalEmailAddress']).toBe('ada.lovelace@fabrikam.onmicrosoft.com')
  })
})

describe('once it is made', () => {
  test('what changes in the source is carried over, and what was changed here is put back', async () => {
    await start()
    await migrating.apply()
    const { recipients } = migrating.source
    recipients.update(guidOf(ADA), { Department: 'Engines' }, migrating.tenants.now)
    set(String(only().values['Name']), { Title: 'Countess' })
    const plan = await migrating.plan()
    expect(plan.changes).toMatchObject([{ action: 'update', object: 'mail-user', reason: 'source-changed' }])
    expect(fieldsOf(plan, 'mail-user')).toEqual({
      title: ['Countess', "Ada Lovelace's title"],
      department: [null, 'Engines'],
    })
    await migrating.apply()
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('a new X500 address and a new archive are, too', async () => {
    await start({ users: [BOB] })
    await migrating.apply()
    const old = migrating.source.recipients.get(guidOf(BOB))!.values['EmailAddresses'] as string[]
    const archive = 'b5c4d2b8-0000-4000-8000-00000000a5c4'
    migrating.source.recipients.update(
      guidOf(BOB),
      { EmailAddresses: [...old, 'x500:/o=Newer/cn=bob'], ArchiveGuid: archive },
      migrating.tenants.now,
    )
    await migrating.apply()
    expect(only().values).toMatchObject({
      ArchiveGuid: archive,
      EmailAddresses: expect.arrayContaining(['x500:/o=Newer/cn=bob']),
    })
    migrating.source.recipients.update(guidOf(BOB), { ArchiveGuid: undefined }, migrating.tenants.now)
    await migrating.apply()
    expect(only().values).not.toHaveProperty('ArchiveGuid')
    expect((await migrating.plan()).changes).toEqual([])
  })
})
