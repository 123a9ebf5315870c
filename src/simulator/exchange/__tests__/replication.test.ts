import { describe, expect, test } from '@jest/globals'
import { exchangeOf, type Exchange, type Sending } from './service.ts'

const create = (exchange: Exchange, sending?: Sending) =>
  exchange.run('New-MailContact', { Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }, sending)
const set = async (exchange: Exchange, sending?: Sending) =>
  (await exchange.run('Set-Contact', { Identity: 'ada', Title: 'x' }, sending)).status

describe('a contact just made', () => {
  test('is known at once on the server that made it', async () => {
    const exchange = exchangeOf()
    await create(exchange)
    expect(await set(exchange)).toBe(200)
  })

  test('is not found by so many requests, when the seed says so', async () => {
    const exchange = exchangeOf({}, { replicationReads: 2 })
    await create(exchange)
    expect((await exchange.run('Get-MailContact')).rows).toEqual([])
    expect(await set(exchange)).toBe(404)
    expect(await set(exchange)).toBe(200)
    expect((await exchange.run('Get-MailContact')).rows).toHaveLength(1)
  })

  test('is known later to those who come by another anchor', async () => {
    const exchange = exchangeOf()
    await create(exchange)
    const headers = { 'x-anchormailbox': 'UPN:other@contoso.com' }
    expect(await set(exchange, { headers })).toBe(404)
    expect(await set(exchange)).toBe(200)
  })

  test('without anchor and cookie every request may meet a server that does not know it', async () => {
    const exchange = exchangeOf()
    const headers = { 'x-anchormailbox': undefined }
    const made = await create(exchange, { headers })
    expect(await set(exchange, { headers })).toBe(404)
    const cookie = made.headers['set-cookie']!.split(';')[0]!
    expect(await set(exchange, { headers: { ...headers, cookie } })).toBe(200)
  })

  test('its name and address are taken, known or not', async () => {
    const exchange = exchangeOf({}, { replicationReads: 9 })
    await create(exchange)
    expect((await create(exchange)).error?.type).toMatch(/ADObjectAlreadyExistsException$/)
    const other = { Name: 'other', ExternalEmailAddress: 'ada@fabrikam.com' }
    expect((await exchange.run('New-MailContact', other)).status).toBe(409)
  })
})
