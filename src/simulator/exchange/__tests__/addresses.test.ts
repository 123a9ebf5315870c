import { describe, expect, test } from '@jest/globals'
import { exchangeOf, type Exchange } from './service.ts'

const seeded = () =>
  exchangeOf({
    mailContacts: [
      {
        Name: 'ada',
        ExternalEmailAddress: 'ada@fabrikam.com',
        EmailAddresses: ['SMTP:ada@fabrikam.com', 'smtp:countess@fabrikam.com', 'x500:/o=Old/cn=ada'],
      },
      { Name: 'bob', ExternalEmailAddress: 'bob@fabrikam.com' },
    ],
  })
const set = (exchange: Exchange, parameters: object) =>
  exchange.run('Set-MailContact', { Identity: 'ada', ...parameters })
const ada = async (exchange: Exchange) =>
  (await exchange.run('Get-MailContact', { Identity: 'ada' })).rows[0]!
const delta = (change: object) => ({
  EmailAddresses: { '@odata.type': '#Exchange.GenericHashTable', ...change },
})

describe('ExternalEmailAddress', () => {
  test('a new one becomes the primary address, and the old one stays as a second', async () => {
    const exchange = seeded()
    await set(exchange, { ExternalEmailAddress: 'SMTP:lovelace@fabrikam.com' })
    expect(await ada(exchange)).toMatchObject({
      ExternalEmailAddress: 'SMTP:lovelace@fabrikam.com',
      PrimarySmtpAddress: 'lovelace@fabrikam.com',
      WindowsEmailAddress: 'lovelace@fabrikam.com',
      EmailAddresses: [
        'SMTP:lovelace@fabrikam.com',
        'smtp:ada@fabrikam.com',
        'smtp:countess@fabrikam.com',
        'x500:/o=Old/cn=ada',
      ],
    })
  })

  test('a second address of its own may become it', async () => {
    const exchange = seeded()
    await set(exchange, { ExternalEmailAddress: 'countess@fabrikam.com' })
    expect((await ada(exchange))['EmailAddresses']).toEqual([
      'SMTP:countess@fabrikam.com',
      'smtp:ada@fabrikam.com',
      'x500:/o=Old/cn=ada',
    ])
  })

  test('an address that another holds, also one that it kept from before: 409', async () => {
    const exchange = seeded()
    await exchange.run('Set-MailContact', { Identity: 'bob', ExternalEmailAddress: 'robert@fabrikam.com' })
    expect((await set(exchange, { ExternalEmailAddress: 'bob@fabrikam.com' })).status).toBe(409)
    await exchange.run('Set-MailContact', { Identity: 'bob', EmailAddresses: ['SMTP:robert@fabrikam.com'] })
    expect((await set(exchange, { ExternalEmailAddress: 'bob@fabrikam.com' })).status).toBe(200)
  })

  test('none, or one that is no address', async () => {
    expect((await set(seeded(), { ExternalEmailAddress: null })).error?.text).toBe(
      'ExternalEmailAddress is mandatory on MailContact.',
    )
    expect((await set(seeded(), { ExternalEmailAddress: 'nonsense' })).error?.text).toContain(
      'is not an SMTP e-mail address',
    )
  })
})

describe('EmailAddresses', () => {
  test('an array replaces', async () => {
    const exchange = seeded()
    await set(exchange, { EmailAddresses: ['SMTP:ada@fabrikam.com', 'byron@fabrikam.com'] })
    expect((await ada(exchange))['EmailAddresses']).toEqual([
      'SMTP:ada@fabrikam.com',
      'smtp:byron@fabrikam.com',
    ])
  })

  test('an empty array changes nothing', async () => {
    const exchange = seeded()
    expect((await set(exchange, { EmailAddresses: [] })).warnings).toHaveLength(1)
    expect((await ada(exchange))['EmailAddresses']).toHaveLength(3)
  })

  test('a delta adds and removes, in either spelling', async () => {
    const exchange = seeded()
    await set(exchange, delta({ add: ['smtp:byron@fabrikam.com'], remove: ['smtp:COUNTESS@fabrikam.com'] }))
    await set(exchange, {
      EmailAddresses: {
        '@odata.type': '#Exchange.StringFieldDeltaUpdateData',
        'Remove@odata.type': '#Collection(String)',
        Remove: ['x500:/o=Old/cn=ada'],
      },
    })
    expect((await ada(exchange))['EmailAddresses']).toEqual([
      'SMTP:ada@fabrikam.com',
      'smtp:byron@fabrikam.com',
    ])
  })

  test('an object that is no delta is refused', async () => {
    for (const change of [{ add: ['smtp:x@y.com'] }, delta({ replace: ['x'] }).EmailAddresses])
      expect((await set(seeded(), { EmailAddresses: change })).error?.type).toMatch(/ParameterTransformation/)
  })

  test('one primary address must be left, and one only', async () => {
    expect((await set(seeded(), { EmailAddresses: ['smtp:ada@fabrikam.com'] })).status).toBe(400)
    expect((await set(seeded(), delta({ remove: ['SMTP:ada@fabrikam.com'] }))).status).toBe(400)
    expect((await set(seeded(), delta({ add: ['SMTP:two@fabrikam.com'] }))).error?.text).toMatch(
      /multiple primary/,
    )
  })

  test('what another holds is refused, and what is no address', async () => {
    expect((await set(seeded(), delta({ add: ['smtp:BOB@fabrikam.com'] }))).status).toBe(409)
    expect((await set(seeded(), delta({ add: ['smtp:no address'] }))).status).toBe(400)
  })

  test('two contacts swap their addresses by way of a release', async () => {
    const exchange = seeded()
    const bob = (parameters: object) => exchange.run('Set-MailContact', { Identity: 'bob', ...parameters })
    expect((await bob({ ExternalEmailAddress: 'parked@fabrikam.com' })).status).toBe(200)
    expect((await bob(delta({ remove: ['smtp:bob@fabrikam.com'] }))).status).toBe(200)
    expect((await set(exchange, { ExternalEmailAddress: 'bob@fabrikam.com' })).status).toBe(200)
    expect((await set(exchange, delta({ remove: ['smtp:ada@fabrikam.com'] }))).status).toBe(200)
    expect((await bob({ ExternalEmailAddress: 'ada@fabrikam.com' })).status).toBe(200)
  })
})

test('WindowsEmailAddress becomes the primary, and the external address stays', async () => {
  const exchange = seeded()
  await set(exchange, { WindowsEmailAddress: 'countess@fabrikam.com' })
  expect(await ada(exchange)).toMatchObject({
    PrimarySmtpAddress: 'countess@fabrikam.com',
    ExternalEmailAddress: 'SMTP:ada@fabrikam.com',
  })
})
