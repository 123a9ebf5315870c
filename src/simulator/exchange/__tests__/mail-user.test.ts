import { describe, expect, test } from '@jest/globals'

import type { TenantSeed } from '../../seed.ts'
import { encrypted } from '../secure.ts'
import { exchangeOf, type Exchange } from './service.ts'

const GUID = '1ec059c7-8396-4d0b-af4e-d6bd4c12a8d8'
const OTHER = '2ec059c7-8396-4d0b-af4e-d6bd4c12a8d8'
const ADA = {
  Name: 'ada',
  MicrosoftOnlineServicesID: 'ada@contoso.com',
  PrimarySmtpAddress: 'ada@contoso.com',
  ExternalEmailAddress: 'ada@fabrikam.com',
  Password: encrypted('a password'),
}
const SEEDED: Partial<TenantSeed> = {
  mailUsers: [
    {
      displayName: 'ada',
      address: 'ada@fabrikam.com',
      primary: 'ada@contoso.com',
      userPrincipalName: 'ada@contoso.com',
    },
  ],
}
const one = async (exchange: Exchange, identity = 'ada') =>
  (await exchange.run('Get-MailUser', { Identity: identity })).rows[0]!

describe('New-MailUser', () => {
  const create = (exchange: Exchange, parameters: object = {}) =>
    exchange.run('New-MailUser', { ...ADA, ...parameters })

  test('makes a mail user of Exchange and a user of Entra, with one object id', async () => {
    const exchange = exchangeOf()
    const { status, rows } = await create(exchange, { DisplayName: 'Ada Lovelace', FirstName: 'Ada' })
    expect(status).toBe(200)
    expect(rows).toMatchObject([
      {
        Name: 'ada',
        Alias: 'ada',
        DisplayName: 'Ada Lovelace',
        RecipientTypeDetails: 'MailUser',
        PrimarySmtpAddress: 'ada@contoso.com',
        EmailAddresses: ['SMTP:ada@contoso.com'],
        ExternalEmailAddress: 'SMTP:ada@fabrikam.com',
        ExchangeGuid: '00000000-0000-0000-0000-000000000000',
        UserPrincipalName: 'ada@contoso.com',
      },
    ])
    const id = rows[0]!['ExternalDirectoryObjectId'] as string
    expect(exchange.tenant.directory.user('ada@contoso.com')).toMatchObject({
      id,
      properties: { displayName: 'Ada Lovelace', givenName: 'Ada', mail: 'ada@contoso.com' },
    })
  })

  test('without a primary address the external one is it, and in the way of a move later', async () => {
    const { PrimarySmtpAddress: _, ...others } = ADA
    const { rows } = await exchangeOf().run('New-MailUser', others)
    expect(rows).toMatchObject([
      { PrimarySmtpAddress: 'ada@fabrikam.com', EmailAddresses: ['SMTP:ada@fabrikam.com'] },
    ])
  })

  test('is not known at once', async () => {
    const exchange = exchangeOf({}, { replicationReads: 1 })
    await create(exchange)
    expect((await exchange.run('Set-MailUser', { Identity: 'ada', Alias: 'x' })).status).toBe(404)
    expect((await exchange.run('Set-MailUser', { Identity: 'ada', Alias: 'x' })).status).toBe(200)
  })

  test.each(['a password', '', encrypted('')])(
    'a password that Microsoft\'s module did not encrypt ("%s"): refused',
    async (Password) => {
      const exchange = exchangeOf()
      const { status, error } = await create(exchange, { Password })
      expect(status).toBe(400)
      expect(error).toMatchObject({
        type: 'Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException',
        text: expect.stringContaining(
          `parameter 'Password'. Cannot convert value "${Password}" to type "System.Security.SecureString"`,
        ),
      })
      expect(exchange.tenant.recipients.size).toBe(0)
    },
  )

  test.each([
    ['no password at all', { Password: null }, /mandatory parameters: Password/],
    [
      'a logon of another organization',
      { MicrosoftOnlineServicesID: 'ada@fabrikam.com' },
      /not an accepted domain/,
    ],
    ['a primary address of another', { PrimarySmtpAddress: 'ada@fabrikam.com' }, /not an accepted domain/],
    ['an external address that is none', { ExternalEmailAddress: 'ada' }, /is not an SMTP e-mail address/],
    ['a logon that is no address', { MicrosoftOnlineServicesID: 'ada' }, /not a valid SMTP address/],
  ])('%s', async (_, parameters, text) => {
    const exchange = exchangeOf()
    expect((await create(exchange, parameters)).error?.text).toMatch(text)
    expect(exchange.tenant.recipients.size).toBe(0)
  })

  test.each<[string, Partial<TenantSeed>, RegExp]>([
    [
      'the external address',
      { mailContacts: [{ Name: 'x', ExternalEmailAddress: 'ada@fabrikam.com' }] },
      /The proxy address "ada@fabrikam\.com" is already being used/,
    ],
    [
      'the primary address',
      { distributionGroups: [{ displayName: 'x', address: 'ada@contoso.com' }] },
      /The proxy address "SMTP:ada@contoso\.com" is already being used/,
    ],
    [
      'the name',
      { mailContacts: [{ Name: 'Ada', Alias: 'x', ExternalEmailAddress: 'x@fabrikam.com' }] },
      /The name "ada" is already being used/,
    ],
    [
      'the logon',
      { users: [{ userPrincipalName: 'ada@contoso.com', displayName: 'x' }] },
      /user principal name "ada@contoso\.com" is already being used/,
    ],
    [
      'the alias',
      { mailContacts: [{ Name: 'x', Alias: 'lovelace', ExternalEmailAddress: 'x@fabrikam.com' }] },
      /The alias "lovelace" is already being used/,
    ],
  ])('%s is taken', async (_, seed, text) => {
    const { error } = await create(exchangeOf(seed), { Alias: 'lovelace' })
    expect(error?.text).toMatch(text)
  })
})

describe('Set-MailUser', () => {
  const set = (exchange: Exchange, parameters: object) =>
    exchange.run('Set-MailUser', { Identity: 'ada', ...parameters })
  const add = (...addresses: string[]) => ({
    EmailAddresses: { '@odata.type': '#Exchange.GenericHashTable', add: addresses },
  })

  test('stamps what the mailbox will need', async () => {
    const exchange = exchangeOf(SEEDED)
    const { status } = await set(exchange, {
      ExchangeGuid: GUID.toUpperCase(),
      ArchiveGuid: OTHER,
      CustomAttribute15: 'a mark',
      ...add('x500:/o=ExchangeLabs/cn=ada', 'smtp:ada@contoso.onmicrosoft.com'),
    })
    expect(status).toBe(200)
    expect(await one(exchange)).toMatchObject({
      ExchangeGuid: GUID,
      ArchiveGuid: OTHER,
      ArchiveStatus: 'Active',
      CustomAttribute15: 'a mark',
      EmailAddresses: [
        'SMTP:ada@contoso.com',
        'x500:/o=ExchangeLabs/cn=ada',
        'smtp:ada@contoso.onmicrosoft.com',
      ],
    })
  })

  test('what it changes is seen in Entra too', async () => {
    const exchange = exchangeOf(SEEDED)
    await set(exchange, { DisplayName: 'Countess', CustomAttribute1: 'x', ...add('smtp:a@contoso.com') })
    expect(exchange.tenant.directory.user('ada@contoso.com')?.properties).toMatchObject({
      displayName: 'Countess',
      proxyAddresses: ['SMTP:ada@contoso.com', 'smtp:a@contoso.com'],
      onPremisesExtensionAttributes: { extensionAttribute1: 'x' },
    })
  })

  test('an SMTP address of a domain that the organization does not have', async () => {
    const { error } = await set(exchangeOf(SEEDED), add('smtp:ada@fabrikam.com'))
    expect(error?.text).toMatch(/not an accepted domain for your organization\. Domain: fabrikam\.com$/)
  })

  test('the external address may be anywhere, and leaves the others alone', async () => {
    const exchange = exchangeOf(SEEDED)
    await set(exchange, { ExternalEmailAddress: 'ada@fabrikam.onmicrosoft.com' })
    expect(await one(exchange)).toMatchObject({
      ExternalEmailAddress: 'SMTP:ada@fabrikam.onmicrosoft.com',
      EmailAddresses: ['SMTP:ada@contoso.com'],
    })
  })

  test('an address that is taken: also an X500 that is where another was reached', async () => {
    const exchange = exchangeOf({
      ...SEEDED,
      mailContacts: [{ Name: 'contact', ExternalEmailAddress: 'c@fabrikam.com' }],
    })
    const [contact] = (await exchange.run('Get-MailContact')).rows
    const { status, error } = await set(exchange, add(`X500:${String(contact!['LegacyExchangeDN'])}`))
    expect(status).toBe(409)
    expect(error?.text).toMatch(/proxy addresses or LegacyExchangeDN of "contact"/)
    await exchange.run('Remove-MailContact', { Identity: 'contact', Confirm: false })
    expect((await set(exchange, add(`X500:${String(contact!['LegacyExchangeDN'])}`))).status).toBe(200)
  })

  test('a guest is completed like a mail user', async () => {
    const exchange = exchangeOf({
      users: [
        {
          userPrincipalName: 'ada_fabrikam.com#EXT#@contoso.onmicrosoft.com',
          displayName: 'ada',
          mail: 'ada@fabrikam.com',
        },
      ],
    })
    expect((await set(exchange, { ExchangeGuid: GUID, PrimarySmtpAddress: 'ada@contoso.com' })).status).toBe(
      200,
    )
    expect(await one(exchange)).toMatchObject({
      RecipientTypeDetails: 'GuestMailUser',
      ExchangeGuid: GUID,
      PrimarySmtpAddress: 'ada@contoso.com',
    })
  })

  test('a mailbox is no mail user', async () => {
    const exchange = exchangeOf({
      users: [{ userPrincipalName: 'ada@contoso.com', displayName: 'ada', mail: 'ada@contoso.com' }],
    })
    expect((await set(exchange, { ExchangeGuid: GUID })).status).toBe(404)
  })

  test.each(['ExchangeGuid', 'PreviousExchangeGuid'])('a %s that is another', async (attribute) => {
    const [mailUser] = SEEDED.mailUsers!
    const exchange = exchangeOf({ mailUsers: [{ ...mailUser!, exchange: { [attribute]: OTHER } }] })
    const { error } = await set(exchange, { ExchangeGuid: GUID })
    expect(error?.text).toContain(OTHER)
    expect((await set(exchange, { ExchangeGuid: OTHER })).status).toBe(200)
  })

  test('what is left of a previous mailbox can be cleared, for good', async () => {
    const [mailUser] = SEEDED.mailUsers!
    const exchange = exchangeOf({ mailUsers: [{ ...mailUser!, exchange: { PreviousExchangeGuid: OTHER } }] })
    const previous = async () =>
      (await exchange.run('Get-User', { Identity: 'ada' })).rows[0]!['PreviousRecipientTypeDetails']
    expect(await previous()).toBe('UserMailbox')
    const clear = { Identity: 'ada', PermanentlyClearPreviousMailboxInfo: true }
    expect((await exchange.run('Set-User', clear)).error?.text).toMatch(/user interaction/)
    expect((await exchange.run('Set-User', { ...clear, Confirm: false })).status).toBe(200)
    expect(await previous()).toBe('None')
    expect((await set(exchange, { ExchangeGuid: GUID })).status).toBe(200)
  })

  test('a GUID that another mailbox has', async () => {
    const exchange = exchangeOf({
      ...SEEDED,
      users: [{ userPrincipalName: 'bob@contoso.com', displayName: 'Bob', mail: 'bob@contoso.com' }],
    })
    const [bob] = (await exchange.run('Get-Mailbox')).rows
    const { error } = await set(exchange, { ExchangeGuid: bob!['ExchangeGuid'] })
    expect(error?.text).toMatch(/is used by another recipient object "Bob"/)
  })

  test('a GUID that is none', async () => {
    const { error } = await set(exchangeOf(SEEDED), { ExchangeGuid: 'x' })
    expect(error?.text).toMatch(/"System\.Guid"/)
  })

  test('one that is synchronized from elsewhere', async () => {
    const [mailUser] = SEEDED.mailUsers!
    const exchange = exchangeOf({ mailUsers: [{ ...mailUser!, exchange: { IsDirSynced: true } }] })
    expect((await set(exchange, { ExchangeGuid: GUID })).error?.text).toMatch(/being synchronized/)
  })

  test('room for what is on hold', async () => {
    const exchange = exchangeOf(SEEDED)
    await set(exchange, { EnableLitigationHoldForMigration: true })
    expect(await one(exchange)).toMatchObject({ LitigationHoldEnabled: true })
  })
})

test("Set-User sets the person's attributes, here and in Entra", async () => {
  const exchange = exchangeOf(SEEDED)
  const attributes = { Title: 'Countess', Company: 'Fabrikam', Phone: '+44 1', FirstName: 'Ada' }
  await exchange.run('Set-User', { Identity: 'ada@contoso.com', ...attributes })
  expect((await exchange.run('Get-User', { Identity: 'ada' })).rows).toMatchObject([attributes])
  expect(exchange.tenant.directory.user('ada@contoso.com')?.properties).toMatchObject({
    jobTitle: 'Countess',
    businessPhones: ['+44 1'],
  })
})

describe('Remove-MailUser', () => {
  test('asks first, and takes the user of Entra along, so that all can be made again', async () => {
    const exchange = exchangeOf(SEEDED)
    const remove = (parameters: object) => exchange.run('Remove-MailUser', { Identity: 'ada', ...parameters })
    expect((await remove({})).error?.text).toMatch(/user interaction/)
    expect((await remove({ Confirm: false })).status).toBe(200)
    expect(exchange.tenant.recipients.size).toBe(0)
    expect(exchange.tenant.directory.user('ada@contoso.com')).toBeUndefined()
    expect((await exchange.run('New-MailUser', ADA)).status).toBe(200)
  })

  test('a mailbox is not removed by it', async () => {
    const exchange = exchangeOf({
      users: [{ userPrincipalName: 'ada@contoso.com', displayName: 'ada', mail: 'ada@contoso.com' }],
    })
    expect((await exchange.run('Remove-MailUser', { Identity: 'ada', Confirm: false })).status).toBe(404)
    expect(exchange.tenant.recipients.size).toBe(1)
  })
})

test('Get-Mailbox shows what a move goes by', async () => {
  const exchange = exchangeOf({
    users: [
      {
        userPrincipalName: 'ada@contoso.com',
        displayName: 'Ada',
        mail: 'ada@contoso.com',
        exchange: {
          ExchangeGuid: GUID.toUpperCase(),
          ArchiveGuid: OTHER,
          LegacyExchangeDN: '/o=First/cn=ada',
          EmailAddresses: ['SMTP:ada@contoso.com', 'X500:/o=Old/cn=ada'],
          LitigationHoldEnabled: true,
        },
      },
      { userPrincipalName: 'bob@contoso.com', displayName: 'Bob', mail: 'bob@contoso.com' },
    ],
  })
  expect((await exchange.run('Get-Mailbox')).rows).toMatchObject([
    {
      ExchangeGuid: GUID,
      ArchiveGuid: OTHER,
      LegacyExchangeDN: '/o=First/cn=ada',
      EmailAddresses: ['SMTP:ada@contoso.com', 'X500:/o=Old/cn=ada'],
      LitigationHoldEnabled: true,
    },
    { ArchiveGuid: '00000000-0000-0000-0000-000000000000', ArchiveStatus: 'None' },
  ])
})

test('a seeded mail user who signs in is the same in Entra', () => {
  const [mailUser] = SEEDED.mailUsers!
  const { tenant } = exchangeOf({
    mailUsers: [
      {
        ...mailUser!,
        exchange: { EmailAddresses: ['SMTP:ada@contoso.com', 'x500:/o=x'], CustomAttribute15: 'a mark' },
      },
    ],
  })
  expect(tenant.directory.user('ada@contoso.com')).toMatchObject({
    id: tenant.recipients.signingInAs('ada@contoso.com')[0]!.objectId,
    properties: {
      proxyAddresses: ['SMTP:ada@contoso.com', 'x500:/o=x'],
      onPremisesExtensionAttributes: { extensionAttribute15: 'a mark', extensionAttribute1: null },
    },
  })
})

test('Get-Recipient finds by the GUID of the mailbox', async () => {
  const [mailUser] = SEEDED.mailUsers!
  const exchange = exchangeOf({ mailUsers: [{ ...mailUser!, exchange: { ExchangeGuid: GUID } }] })
  const { rows } = await exchange.run('Get-Recipient', { Filter: `ExchangeGuid -eq '${GUID}'` })
  expect(rows).toMatchObject([{ Name: 'ada', ExchangeGuid: GUID }])
})

test.each([
  ['a GUID that is none', { ExchangeGuid: 'x' }, /exchange\.ExchangeGuid must match pattern/],
  ['an attribute that is none', { Title: 'x' }, /mailUsers\.0\.exchange must NOT have additional properties/],
])('a seed that cannot be: %s', (_, exchange, message) => {
  const mailUsers = [{ ...SEEDED.mailUsers![0]!, exchange }]
  expect(() => exchangeOf({ mailUsers })).toThrow(message)
})
