/** How a mail user is made, what is in the way of it, and how it is removed. */
import { describe, expect, test } from '@jest/globals'

import type { TenantSeed } from '../../seed.ts'
import { encrypted } from '../secure.ts'
import { SEEDED } from './seeded-ada.ts'
import { exchangeOf, type Exchange } from './service.ts'

const ADA = {
  Name: 'ada',
  MicrosoftOnlineServicesID: 'ada@contoso.com',
  PrimarySmtpAddress: 'ada@contoso.com',
  ExternalEmailAddress: 'ada@fabrikam.com',
  Password: encrypted('a password'),
}

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

  test('may deliver to the organization itself, as where mail is routed on premises', async () => {
    const ExternalEmailAddress = 'ada@contoso.onmicrosoft.com'
    const { rows } = await create(exchangeOf(), { ExternalEmailAddress })
    expect(rows).toMatchObject([{ ExternalEmailAddress: `SMTP:${ExternalEmailAddress}` }])
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

  test('one that is synchronized from elsewhere stays', async () => {
    const exchange = exchangeOf({
      mailUsers: [{ ...SEEDED.mailUsers![0]!, exchange: { IsDirSynced: true } }],
    })
    const { error } = await exchange.run('Remove-MailUser', { Identity: 'ada', Confirm: false })
    expect(error?.text).toMatch(/because the object is being synchronized from your on-premises organization/)
    expect(exchange.tenant.recipients.size).toBe(1)
  })

  test('a mailbox is not removed by it', async () => {
    const exchange = exchangeOf({
      users: [{ userPrincipalName: 'ada@contoso.com', displayName: 'ada', mail: 'ada@contoso.com' }],
    })
    expect((await exchange.run('Remove-MailUser', { Identity: 'ada', Confirm: false })).status).toBe(404)
    expect(exchange.tenant.recipients.size).toBe(1)
  })
})
