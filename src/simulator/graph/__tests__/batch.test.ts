import { describe, expect, test } from '@jest/globals'

import { ConnectionLost } from '../../service.ts'
import { practice } from './practice.ts'

const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more })
const ADA = '/users/ada@fabrikam.com'

function batching() {
  const { ask, ...rest } = practice()
  return {
    ...rest,
    batch: (requests: unknown) => ask('/v1.0/$batch', { method: 'POST', body: { requests } }),
  }
}

/** Answers come in any order. */
function byId({ body }: { body: any }): any[] {
  return body.responses.toSorted((a: any, b: any) => (a.id < b.id ? -1 : 1))
}

describe('a batch', () => {
  test('answers 200, and each step for itself', async () => {
    const { batch, desk } = batching()
    const reply = await batch([get('a', ADA), get('b', '/users/nobody'), get('c', '/users?$top=1000')])
    expect(reply.status).toBe(200)
    expect(byId(reply).map(({ id, status }) => [id, status])).toEqual([
      ['a', 200],
      ['b', 404],
      ['c', 400],
    ])
    expect(byId(reply)[0].body.displayName).toBe('Ada Lovelace')
    expect(desk.requests.map(({ operation }) => operation)).toEqual([
      '/$batch',
      '/users/{id}',
      '/users/{id}',
      '/users',
    ])
  })

  test('lets a fault strike one step alone, with its Retry-After', async () => {
    const { batch, faults } = batching()
    faults.add({ on: { path: 'ada' }, do: { status: 429, retryAfter: 2.128 } })
    const [ada, users] = byId(await batch([get('a', ADA), get('b', '/users')]))
    expect(ada).toMatchObject({ status: 429, headers: { 'Retry-After': '2.128' } })
    expect(ada.body.error.code).toBe('TooManyRequests')
    expect(users.status).toBe(200)
  })

  test('does a step after those it depends on, and not when they failed', async () => {
    const { batch, desk } = batching()
    const reply = await batch([
      get('2', ADA, { dependsOn: ['1'] }),
      get('1', '/groups'),
      get('4', ADA, { dependsOn: ['3'] }),
      get('3', '/users/nobody'),
    ])
    expect(byId(reply).map(({ id, status }) => [id, status])).toEqual([
      ['1', 200],
      ['2', 200],
      ['3', 404],
      ['4', 424],
    ])
    expect(desk.requests).toHaveLength(4)
  })

  test('answers in an order of its own', async () => {
    const { batch } = batching()
    const { body } = await batch(['a', 'b', 'c', 'd'].map((id) => get(id, ADA)))
    expect(body.responses.map(({ id }: any) => id)).toEqual(['b', 'd', 'a', 'c'])
  })

  test('loses an answer when all its steps are done', async () => {
    const { batch, faults, desk } = batching()
    faults.add({ on: { operation: '/$batch' }, do: { lost: 'after' } })
    await expect(batch([get('a', ADA), get('b', '/users')])).rejects.toThrow(ConnectionLost)
    expect(desk.requests.map(({ status }) => status)).toEqual([0, 200, 200])
  })

  test.each([
    [
      'twenty-one steps',
      Array.from({ length: 21 }, (_, index) => get(String(index), ADA)),
      'MaximumValueExceeded',
    ],
    ['an id twice, whatever its case', [get('a', ADA), get('A', ADA)], 'BadRequest'],
    ['an absolute url', [get('a', `https://graph.microsoft.com/v1.0${ADA}`)], 'BadRequest'],
    ['a batch within', [{ id: 'a', method: 'POST', url: '/$batch' }], 'BadRequest'],
    ['a body without a content type', [{ id: 'a', method: 'POST', url: '/users', body: {} }], 'BadRequest'],
    ['a step that waits for itself', [get('a', ADA, { dependsOn: ['a'] })], 'BadRequest'],
    ['a step that waits for nobody', [get('a', ADA, { dependsOn: ['b'] })], 'BadRequest'],
    ['no list', 'nonsense', 'BadRequest'],
  ])('with %s is refused as a whole', async (_, requests, code) => {
    const { batch, desk } = batching()
    const { status, body } = await batch(requests)
    expect([status, body.error.code]).toEqual([400, code])
    expect(desk.requests).toHaveLength(1)
  })
})
