import { describe, expect, test } from '@jest/globals'

import { practice } from '../graph/__tests__/practice.ts'
import { Faults } from '../faults.ts'
import { ConnectionLost } from '../service.ts'
import type { Match } from '../faults.ts'
import type { RequestRecord } from '../records.ts'

function record(change: Partial<RequestRecord> = {}): RequestRecord {
  return {
    seq: 1,
    service: 'graph',
    tenant: 'fabrikam',
    method: 'GET',
    path: '/v1.0/users?%24top=5',
    operation: '/users',
    write: false,
    body: '',
    status: 0,
    ...change,
  }
}

function struck(on: Match, records: RequestRecord[]): boolean[] {
  const faults = new Faults()
  faults.add({ on, do: { delayMs: 0 } })
  return records.map((each) => faults.strike(each).length > 0)
}

describe('a fault strikes', () => {
  test.each<[string, Match, Partial<RequestRecord>]>([
    ['a service', { service: 'graph' }, { service: 'exchange' }],
    ['an operation, without case', { operation: '/USERS' }, { operation: '/groups' }],
    ['a method', { method: 'get' }, { method: 'POST' }],
    ['a tenant', { tenant: 'fabrikam' }, { tenant: 'contoso' }],
    ['a text in the path', { path: 'top' }, { path: '/v1.0/users' }],
    ['a pattern of the path', { path: /users\?/ }, { path: '/v1.0/users' }],
    ['reads', { write: false }, { write: true }],
  ])('%s', (_, on, other) => {
    expect(struck(on, [record(), record(other)])).toEqual([true, false])
  })

  const five = Array.from({ length: 5 }, () => record())
  test.each<[string, Match, boolean[]]>([
    ['every request', {}, [true, true, true, true, true]],
    ['the third alone', { nth: 3 }, [false, false, true, false, false]],
    ['the first two', { times: 2 }, [true, true, false, false, false]],
    ['two from the second on', { nth: 2, times: 2 }, [false, true, true, false, false]],
  ])('%s', (_, on, expected) => {
    expect(struck(on, five)).toEqual(expected)
  })

  test('counting only what matches, until it is cleared', () => {
    const faults = new Faults()
    faults.add({ on: { service: 'exchange', nth: 2 }, do: { delayMs: 1 } })
    expect(faults.strike(record({ service: 'exchange' }))).toEqual([])
    expect(faults.strike(record())).toEqual([])
    expect(faults.strike(record({ service: 'exchange' }))).toEqual([{ delayMs: 1 }])
    faults.add({ on: {}, do: { delayMs: 2 } })
    faults.clear()
    expect(faults.strike(record())).toEqual([])
  })
})

describe('a request that is struck', () => {
  test('is refused before the service acts, in its own words', async () => {
    const { ask, faults } = practice()
    faults.add({ on: { times: 1 }, do: { status: 503, retryAfter: 7 } })
    const { status, headers, body } = await ask('/v1.0/users')
    expect([status, headers['retry-after'], body.error.code]).toEqual([503, '7', 'ServiceUnavailable'])
    expect((await ask('/v1.0/users')).status).toBe(200)
  })

  test('is refused in words of the test', async () => {
    const { ask, faults } = practice()
    faults.add({ on: {}, do: { status: 400, body: { odd: true }, headers: { 'x-odd': 'yes' } } })
    expect(await ask('/v1.0/users')).toEqual({
      status: 400,
      body: { odd: true },
      headers: { 'x-odd': 'yes' },
    })
  })

  test.each(['before', 'after'] as const)('loses its connection %s the service acts', async (lost) => {
    const { ask, faults, desk, tenant } = practice()
    let acted = false
    const users = tenant.directory.users.bind(tenant.directory)
    tenant.directory.users = () => {
      acted = true
      return users()
    }
    faults.add({ on: {}, do: { lost } })
    await expect(ask('/v1.0/users')).rejects.toThrow(ConnectionLost)
    expect(acted).toBe(lost === 'after')
    expect(desk.requests[0]?.status).toBe(0)
  })

  test('loses the whole batch it is a step of', async () => {
    const { ask, faults } = practice()
    faults.add({ on: { operation: '/users' }, do: { lost: 'after' } })
    const body = { requests: [{ id: '1', method: 'GET', url: '/users' }] }
    await expect(ask('/v1.0/$batch', { method: 'POST', body })).rejects.toThrow(ConnectionLost)
  })

  test('gets a short page, that looks like the last or not', async () => {
    const { ask, faults } = practice()
    faults.add({ on: { nth: 1 }, do: { truncated: { rows: 2 } } })
    faults.add({ on: { nth: 2 }, do: { truncated: { rows: 1, nextLink: true } } })
    const first = await ask('/v1.0/users')
    expect([first.body.value.length, first.body['@odata.nextLink']]).toEqual([2, undefined])
    const second = await ask('/v1.0/users')
    expect(second.body.value).toHaveLength(1)
    expect((await ask(second.body['@odata.nextLink'])).body.value).toHaveLength(3)
  })

  test('gets a page of HTML', async () => {
    const { ask, faults } = practice()
    faults.add({ on: {}, do: { html: true } })
    const { status, headers, body } = await ask('/v1.0/users')
    expect([status, headers['content-type']]).toEqual([502, 'text/html; charset=utf-8'])
    expect(body).toMatch(/^<!DOCTYPE html>/)
  })

  test('finds its token expired; a new one is good', async () => {
    const { ask, faults, token } = practice()
    faults.add({ on: { times: 1 }, do: { expireTokens: true } })
    const old = { as: null, headers: { authorization: `Bearer ${token('basic-only')}` } }
    expect((await ask('/v1.0/users', old)).body.error.code).toBe('InvalidAuthenticationToken')
    expect((await ask('/v1.0/users', old)).status).toBe(401)
    expect((await ask('/v1.0/users')).status).toBe(200)
  })

  test("runs the test's own code around it", async () => {
    const { ask, faults, tenant } = practice()
    faults.add({
      on: {},
      do: { when: 'before', call: () => tenant.directory.removeUser('robot@fabrikam.com') },
    })
    faults.add({
      on: {},
      do: { when: 'after', call: ({ seq }) => tenant.directory.setManager(String(seq), undefined) },
    })
    expect((await ask('/v1.0/users')).body.value).toHaveLength(3)
  })
})
