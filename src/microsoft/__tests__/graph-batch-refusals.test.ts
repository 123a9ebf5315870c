/** What becomes of a request of a batch that is refused, or of which nobody knows whether it was done. */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import type { ServiceError } from '../errors.ts'
import { batchOf, Graph, many, request } from './batching-graph.ts'
import { refusal } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const AT_ONCE = { 'Retry-After': '0.01' }

describe('a request of a batch that is refused for the moment', () => {
  test.each([
    ['GET', 429],
    ['GET', 503],
    ['GET', 504],
    ['PATCH', 500],
    ['DELETE', 502],
    ['POST', 429],
  ] as const)('%s with %d is sent again, alone', async (method, status) => {
    const graph = new Graph()
    graph.step = ({ url }, seen) =>
      url.endsWith('/m3/contacts/0') && seen < 3 ? { status, headers: AT_ONCE } : { status: 200, body: url }
    const batch = batchOf()
    const replies = await Promise.all(many(20, 1, method).map((one) => batch.send(one)))
    expect(replies.map(({ attempt }) => attempt)).toEqual([
      1,
      1,
      1,
      3,
      ...Array.from({ length: 16 }, () => 1),
    ])
    expect(graph.batches.map(({ length }) => length)).toEqual([20, 1, 1])
  })

  test('waits as long as it is told, and its mailbox with it', async () => {
    const graph = new Graph()
    const times: number[] = []
    graph.step = ({ url }, seen) => {
      times.push(Date.now())
      return url.endsWith('/0') && seen === 1
        ? { status: 429, headers: { 'Retry-After': '0.249' } }
        : { status: 200 }
    }
    const batch = batchOf()
    await batch.send(request('m', 0)).then(() => batch.send(request('m', 1)))
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(240)
  })

  test('makes fewer batches at a time, for a while', async () => {
    const graph = new Graph()
    graph.step = (_, seen) =>
      graph.batches.length <= 4 && seen === 1 ? { status: 429, headers: AT_ONCE } : { status: 200 }
    const batch = batchOf(4)
    await Promise.all(many(20, 4).map((one) => batch.send(one)))
    graph.mostBatches = 0
    await Promise.all(many(20, 8).map((one) => batch.send(one)))
    expect(graph.mostBatches).toBe(1)
  })

  test('is given up when it never ends', async () => {
    const graph = new Graph()
    graph.step = () => ({
      status: 429,
      headers: { 'Retry-After': '0.001', 'request-id': 'r-1' },
      body: { error: { code: 'ApplicationThrottled', message: 'Application is over its limit.' } },
    })
    expect(await refusal(batchOf().send(request('m', 0)))).toMatchObject({
      status: 429,
      code: 'ApplicationThrottled',
      requestId: 'r-1',
      attempt: 20,
      ambiguous: false,
    })
  })
})

describe('a request that may have been carried out', () => {
  const made = (error: Error) => (error as ServiceError).ambiguous

  test.each([500, 502, 503, 504])('a create with %d is not sent again blindly', async (status) => {
    const graph = new Graph()
    graph.step = () => ({ status })
    expect(made(await refusal(batchOf().send(request('m', 0, 'POST'))))).toBe(true)
    expect(graph.batches).toHaveLength(1)
  })

  test('a create whose batch lost its answer is not sent again; what does no harm twice is', async () => {
    const graph = new Graph()
    graph.whole = (batch) => (batch === 1 ? 'lost' : undefined)
    const batch = batchOf()
    const [create, update] = await Promise.all([
      refusal(batch.send(request('m', 0, 'POST'))),
      batch.send(request('n', 0, 'PATCH')),
    ])
    expect(made(create)).toBe(true)
    expect(update).toMatchObject({ status: 200, attempt: 2 })
    expect(graph.batches.map((steps) => steps.map(({ method }) => method))).toEqual([
      ['POST', 'PATCH'],
      ['PATCH'],
    ])
  })

  test('so is one that is missing in the answer', async () => {
    const graph = new Graph()
    graph.step = ({ method }, seen) => (method === 'POST' || seen === 1 ? undefined : { status: 200 })
    const batch = batchOf()
    const [create, read] = await Promise.all([
      refusal(batch.send(request('m', 0, 'POST'))),
      batch.send(request('n', 0)),
    ])
    expect(made(create)).toBe(true)
    expect(read.attempt).toBe(2)
  })

  test('and one whose batch was answered by something between', async () => {
    const graph = new Graph()
    graph.whole = () => ({ status: 200, text: '<html>Our services are not available</html>' })
    expect(made(await refusal(batchOf().send(request('m', 0, 'POST'))))).toBe(true)
  })
})

describe('a refusal for good', () => {
  test('is of its own request alone, in the words of the service', async () => {
    const graph = new Graph()
    graph.step = ({ url }) =>
      url.endsWith('/m3/contacts/0')
        ? {
            status: 404,
            body: { error: { code: 'ErrorItemNotFound', message: 'The specified object was not found.' } },
          }
        : { status: 200 }
    const batch = batchOf()
    const ended = await Promise.allSettled(many(5, 1).map((one) => batch.send(one)))
    expect(ended.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect((ended[3] as PromiseRejectedResult).reason).toMatchObject({
      status: 404,
      code: 'ErrorItemNotFound',
    })
  })

  test('of a whole batch is of all its requests', async () => {
    const graph = new Graph()
    graph.whole = () => ({
      status: 403,
      text: JSON.stringify({ error: { code: 'Forbidden', message: 'No.' } }),
    })
    const batch = batchOf()
    const ended = await Promise.all(many(2, 1).map((one) => refusal(batch.send(one))))
    expect(ended).toMatchObject([{ status: 403, ambiguous: false }, { status: 403 }])
  })

  test('names the permission that lacks, and how to grant it', async () => {
    const graph = new Graph()
    graph.step = () => ({
      status: 403,
      body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } },
    })
    const error = await refusal(batchOf().send(request('m', 0, 'POST')))
    expect(error.message).toContain('Contacts.ReadWrite')
    expect(error.message).toContain('az ad app permission add')
  })
})
