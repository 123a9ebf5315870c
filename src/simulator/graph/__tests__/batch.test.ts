import { describe, expect, test } from '@jest/globals'

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

describe('a batch', () => {
  test('answers 200, and each step for itself', async () => {
    const { batch, desk } = batching()
    const { status, body } = await batch([
      get('a', ADA),
      get('b', '/users/nobody'),
      get('c', '/users?$top=1000'),
    ])
    expect(status).toBe(200)
    expect(body.responses.map(({ id, status: own }: any) => [id, own])).toEqual([
      ['a', 200],
      ['b', 404],
      ['c', 400],
    ])
    expect(body.responses[0].body.displayName).toBe('Ada Lovelace')
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
    const { body } = await batch([get('a', ADA), get('b', '/users')])
    expect(body.responses[0]).toMatchObject({ status: 429, headers: { 'Retry-After': '2.128' } })
    expect(body.responses[0].body.error.code).toBe('TooManyRequests')
    expect(body.responses[1].status).toBe(200)
  })

  test('does a step after those it depends on, and not when they failed', async () => {
    const { batch, desk } = batching()
    const { body } = await batch([
      get('2', ADA, { dependsOn: ['1'] }),
      get('1', '/groups'),
      get('4', ADA, { dependsOn: ['3'] }),
      get('3', '/users/nobody'),
    ])
    expect(body.responses.map(({ id, status }: any) => [id, status])).toEqual([
      ['2', 200],
      ['1', 200],
      ['4', 424],
      ['3', 404],
    ])
    expect(desk.requests).toHaveLength(4)
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
