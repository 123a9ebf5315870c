/** Mail contacts that are there already: how they are found, changed and removed, and when not. */
import { describe, expect, test } from '@jest/globals'
import { ADA, exchangeOf, type Exchange } from './service.ts'

const one = async (exchange: Exchange, identity = 'ada') =>
  (await exchange.run('Get-MailContact', { Identity: identity })).rows[0]!

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
