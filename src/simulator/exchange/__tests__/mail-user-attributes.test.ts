/** What can be set of a mail user, and what is refused. */
import { describe, expect, test } from '@jest/globals'

import { GUID, OTHER, SEEDED } from './seeded-ada.ts'
import { exchangeOf, type Exchange } from './service.ts'

const one = async (exchange: Exchange, identity = 'ada') =>
  (await exchange.run('Get-MailUser', { Identity: identity })).rows[0]!

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

  test('an X500 address that another has, until the other is removed', async () => {
    const exchange = exchangeOf({
      ...SEEDED,
      mailContacts: [
        {
          Name: 'contact',
          ExternalEmailAddress: 'c@fabrikam.com',
          LegacyExchangeDN: '/o=Seeded/cn=contact',
          EmailAddresses: ['SMTP:c@fabrikam.com', 'x500:/o=Old/cn=contact'],
        },
      ],
    })
    expect((await exchange.run('Get-MailContact')).rows).toMatchObject([
      { LegacyExchangeDN: '/o=Seeded/cn=contact' },
    ])
    const taken = ['X500:/o=seeded/CN=contact', 'X500:/o=old/cn=Contact']
    for (const address of taken)
      expect(await set(exchange, add(address))).toMatchObject({
        status: 409,
        error: { type: expect.stringMatching(/ProxyAddressExistsException$/) },
      })
    await exchange.run('Remove-MailContact', { Identity: 'contact', Confirm: false })
    for (const address of taken) expect((await set(exchange, add(address))).status).toBe(200)
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
