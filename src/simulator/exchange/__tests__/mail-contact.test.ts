import { describe, expect, test } from '@jest/globals'
import { exchangeOf, type Exchange } from './service.ts'

const ADA = { Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }
const one = async (exchange: Exchange, identity = 'ada') =>
  (await exchange.run('Get-MailContact', { Identity: identity })).rows[0]!

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

describe('Set-MailContact', () => {
  const set = (exchange: Exchange, parameters: object) =>
    exchange.run('Set-MailContact', { Identity: 'ada', ...parameters })
  const with2 = () =>
    exchangeOf({
      mailContacts: [ADA, { Name: 'bob', ExternalEmailAddress: 'bob@fabrikam.com', Alias: 'bob' }],
    })

  test('answers nothing, and the attributes are set', async () => {
    const exchange = with2()
    const { status, rows, warnings } = await set(exchange, {
      CustomAttribute15: 'tenant-sync:x:1',
      HiddenFromAddressListsEnabled: true,
    })
    expect({ status, rows, warnings }).toEqual({ status: 200, rows: [], warnings: [] })
    expect(await one(exchange)).toMatchObject({
      CustomAttribute15: 'tenant-sync:x:1',
      HiddenFromAddressListsEnabled: true,
    })
  })

  test('WhenChanged moves, WhenCreated does not', async () => {
    const exchange = with2()
    exchange.advance(60_000)
    await set(exchange, { CustomAttribute1: 'x' })
    expect(await one(exchange)).toMatchObject({
      WhenCreatedUTC: '2026-11-20T21:00:00.0000000Z',
      WhenChangedUTC: '2026-11-20T21:01:00.0000000Z',
    })
  })

  test('null clears, and so does an empty text', async () => {
    for (const empty of [null, '']) {
      const exchange = exchangeOf({ mailContacts: [{ ...ADA, CustomAttribute1: 'x' }] })
      await set(exchange, { CustomAttribute1: empty })
      expect(await one(exchange)).toMatchObject({ CustomAttribute1: '' })
    }
  })

  test.each(['DisplayName', 'Alias'])('%s is mandatory', async (attribute) => {
    expect((await set(with2(), { [attribute]: null })).error?.text).toBe(
      `${attribute} is mandatory on MailContact.`,
    )
  })

  test('what is set to what it was is done, with a warning', async () => {
    const exchange = with2()
    const { status, warnings } = await set(exchange, {
      DisplayName: 'ada',
      HiddenFromAddressListsEnabled: false,
    })
    expect(status).toBe(200)
    expect(warnings).toEqual([
      "The command completed successfully but no settings of 'ada' have been modified.",
    ])
  })

  test('a name or an alias that another has', async () => {
    expect((await set(with2(), { Name: 'Bob' })).error?.type).toMatch(/ADObjectAlreadyExistsException$/)
    expect((await set(with2(), { Alias: 'Bob' })).status).toBe(400)
    expect((await set(with2(), { Name: 'ADA', Alias: 'ADA' })).status).toBe(200)
  })

  test('nothing of a refused change stays', async () => {
    const exchange = with2()
    await set(exchange, { CustomAttribute1: 'x', EmailAddresses: ['SMTP:bob@fabrikam.com'] })
    expect(await one(exchange)).toMatchObject({
      CustomAttribute1: '',
      EmailAddresses: ['SMTP:ada@fabrikam.com'],
    })
  })

  test('no such contact: 404, as recorded; a mailbox is none', async () => {
    const exchange = exchangeOf({
      users: [{ userPrincipalName: 'u@contoso.com', displayName: 'U', mail: 'u@contoso.com' }],
    })
    for (const identity of ['nobody', 'u@contoso.com']) {
      const { status, error } = await exchange.run('Set-MailContact', { Identity: identity, Alias: 'x' })
      expect(status).toBe(404)
      expect(error?.type).toBe('Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException')
      expect(error?.text).toMatch(
        /^The operation couldn't be performed because object '[^']+' couldn't be found on '[A-Z0-9.]+'\.$/,
      )
    }
  })

  test('an identity that two contacts answer to: 500', async () => {
    const exchange = exchangeOf({
      mailContacts: [ADA, { Name: 'other', ExternalEmailAddress: 'o@fabrikam.com', Alias: 'ada' }],
    })
    const { status, error } = await set(exchange, { CustomAttribute1: 'x' })
    expect(status).toBe(500)
    expect(error?.text).toBe(
      'There are multiple recipients matching identity "ada". Please specify a unique value.',
    )
  })

  test.each(['Guid', 'ExternalDirectoryObjectId', 'Name', 'Alias', 'PrimarySmtpAddress'])(
    'a contact is found by its %s',
    async (property) => {
      const exchange = exchangeOf({ mailContacts: [{ ...ADA, Alias: 'lovelace' }] })
      const identity = String((await one(exchange))[property]).toUpperCase()
      expect((await one(exchange, identity))['Name']).toBe('ada')
    },
  )
})

describe('a contact that is synchronized from on premises', () => {
  const synced = () => exchangeOf({ mailContacts: [{ ...ADA, IsDirSynced: true }] })

  test('is not changed', async () => {
    const exchange = synced()
    const { status, error } = await exchange.run('Set-MailContact', {
      Identity: 'ada',
      Alias: 'x',
      DisplayName: 'y',
    })
    expect(status).toBe(400)
    expect(error?.text).toBe(
      "The action 'Set-MailContact', 'Alias,DisplayName', can't be performed on the object 'ada' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization.",
    )
    expect((await exchange.run('Set-Contact', { Identity: 'ada', Title: 'x' })).error?.text).toContain(
      "The action 'Set-Contact', 'Title', can't be performed",
    )
  })

  test('is not removed', async () => {
    const exchange = synced()
    expect((await exchange.run('Remove-MailContact', { Identity: 'ada', Confirm: false })).status).toBe(400)
    expect((await one(exchange))['IsDirSynced']).toBe(true)
  })
})

describe('Remove-MailContact', () => {
  test('removes, answers nothing, and the second time finds nothing', async () => {
    const exchange = exchangeOf({ mailContacts: [ADA] })
    const remove = () => exchange.run('Remove-MailContact', { Identity: 'ada', Confirm: false })
    expect(await remove()).toMatchObject({ status: 200, rows: [] })
    expect((await remove()).status).toBe(404)
    expect(exchange.tenant.recipients.holders('ada@fabrikam.com')).toEqual([])
  })

  test('would ask, where nobody can answer', async () => {
    for (const confirm of [{}, { Confirm: true }]) {
      const exchange = exchangeOf({ mailContacts: [ADA] })
      const { error } = await exchange.run('Remove-MailContact', { Identity: 'ada', ...confirm })
      expect(error?.text).toMatch(/^A command that prompts the user failed/)
      expect(exchange.tenant.recipients.size).toBe(1)
    }
  })
})
