/** Mail contacts that are made: what they are given, and the names, addresses and aliases refused. */
import { describe, expect, test } from '@jest/globals'
import { ADA, exchangeOf, type Exchange } from './service.ts'

describe('New-MailContact', () => {
  const create = (exchange: Exchange, parameters: object = {}) =>
    exchange.run('New-MailContact', { Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com', ...parameters })

  test('answers with the whole contact, made now', async () => {
    const { status, rows } = await create(exchangeOf(), { DisplayName: 'Ada Lovelace', FirstName: 'Ada' })
    expect(status).toBe(200)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      Name: 'ada',
      Alias: 'ada',
      DisplayName: 'Ada Lovelace',
      ExternalEmailAddress: 'SMTP:ada@fabrikam.com',
      EmailAddresses: ['SMTP:ada@fabrikam.com'],
      Guid: expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/),
      ExternalDirectoryObjectId: expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/),
      WhenCreatedUTC: '2026-11-20T21:00:00.0000000Z',
    })
  })

  test('both halves of the contact are there, under one GUID', async () => {
    const exchange = exchangeOf()
    const [made] = (await create(exchange, { FirstName: 'Ada' })).rows
    const [contact] = (await exchange.run('Get-Contact', { Identity: 'ada' })).rows
    expect(contact).toMatchObject({ FirstName: 'Ada', DisplayName: 'ada', Guid: made!['Guid'] })
  })

  test('a contact made again after its removal is another object', async () => {
    const exchange = exchangeOf()
    const first = (await create(exchange)).rows[0]!['Guid']
    await exchange.run('Remove-MailContact', { Identity: 'ada', Confirm: false })
    expect((await create(exchange)).rows[0]!['Guid']).not.toBe(first)
  })

  test('a name that another contact has', async () => {
    const exchange = exchangeOf({ mailContacts: [ADA] })
    const { status, error, body } = await create(exchange, {
      Name: 'ADA',
      ExternalEmailAddress: 'x@fabrikam.com',
    })
    expect(status).toBe(400)
    expect(error).toEqual({
      type: 'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException',
      text: 'The name "ADA" is already being used. Please try another name.',
    })
    // In the other recorded shape: JSON in a string.
    expect(body).toMatchObject({
      error: { details: [{ code: 'Context', message: expect.stringMatching(/^\{/) }] },
    })
  })

  test.each([
    ['a contact', { mailContacts: [{ ...ADA, Name: 'other' }] }],
    [
      'a contact, as its second address',
      {
        mailContacts: [
          {
            Name: 'o',
            ExternalEmailAddress: 'o@x.com',
            EmailAddresses: ['SMTP:o@x.com', 'smtp:Ada@Fabrikam.com'],
          },
        ],
      },
    ],
    [
      'a mailbox',
      {
        users: [
          {
            userPrincipalName: 'o@contoso.com',
            displayName: 'O',
            mail: 'o@contoso.com',
            proxyAddresses: ['SMTP:o@contoso.com', 'smtp:ada@fabrikam.com'],
          },
        ],
      },
    ],
    [
      'a guest',
      {
        users: [
          {
            userPrincipalName: 'ada_fabrikam.com#EXT#@contoso.com',
            displayName: 'Ada',
            mail: 'ada@fabrikam.com',
            userType: 'Guest',
          },
        ],
      },
    ],
    ['a distribution group', { distributionGroups: [{ displayName: 'Ada', address: 'ada@fabrikam.com' }] }],
    [
      'a Microsoft 365 group',
      { groups: [{ displayName: 'Ada', mail: 'ada@fabrikam.com', groupTypes: ['Unified'] }] },
    ],
    ['a mail user', { mailUsers: [{ displayName: 'Ada', address: 'ada@fabrikam.com' }] }],
  ])('an address that %s holds: 409, naming the holder', async (_, seed) => {
    const exchange = exchangeOf(seed)
    const before = exchange.tenant.recipients.size
    const { status, error } = await create(exchange)
    expect(status).toBe(409)
    expect(error?.type).toBe('Microsoft.Exchange.Configuration.ObjectModel.ProxyAddressExistsException')
    expect(error?.text).toMatch(
      /^The proxy address "SMTP:ada@fabrikam\.com" is already being used by the proxy addresses or LegacyExchangeDN of "[^"]+"\. Please choose another proxy address\.$/,
    )
    expect(exchange.tenant.recipients.size).toBe(before)
  })

  test('an address that a soft-deleted recipient holds still', async () => {
    const { error } = await create(exchangeOf({ softDeleted: [{ address: 'ada@fabrikam.com' }] }))
    expect(error?.text).toContain('ExternalDirectoryObjectId was not returned')
  })

  test.each([
    'ada',
    'ada@',
    'ada@fabrikam.com ',
    'ada lovelace@fabrikam.com',
    'ada@fabrikam..com',
    'äda@fabrikam.com',
    'X400:c=de',
  ])('an address that is none: %s', async (address) => {
    const { error } = await create(exchangeOf(), { ExternalEmailAddress: address })
    expect(error?.type).toMatch(/RecipientTaskException$/)
    expect(error?.text).toContain('is not an SMTP e-mail address')
  })

  test.each([
    ['Ada Lovelace', 'AdaLovelace'],
    ['Åsa Öberg', 'AsaOberg'],
    ['Ада', '???'],
    ['..a..b.', 'a.b'],
  ])('the alias is made from the name: %s gives %s', async (name, alias) => {
    expect((await create(exchangeOf(), { Name: name })).rows[0]!['Alias']).toBe(alias)
  })

  test('an alias made from the name steps aside for one that is there; one that is given does not', async () => {
    const exchange = exchangeOf({
      users: [{ userPrincipalName: 'ada@contoso.com', displayName: 'Ada', mail: 'ada@contoso.com' }],
    })
    expect((await create(exchange)).rows[0]!['Alias']).toBe('ada1')
    const { status, error } = await create(exchange, {
      Name: 'b',
      ExternalEmailAddress: 'b@x.com',
      Alias: 'ADA',
    })
    expect(status).toBe(400)
    expect(error?.text).toContain('alias "ADA" is already being used')
  })

  test.each(['ada lovelace', 'ada@x', '.ada', 'ada.', 'a..b', 'ада', 'a(b)'])(
    'no alias: %s',
    async (alias) => {
      expect((await create(exchangeOf(), { Alias: alias })).error?.text).toContain(
        `Property expression "${alias}" isn't valid. Valid values are: Strings formed with characters from A to Z`,
      )
    },
  )
})
