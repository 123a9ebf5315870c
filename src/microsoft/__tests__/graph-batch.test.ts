import { afterEach, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import type { ServiceError } from '../errors.ts'
import type { BatchRequest } from '../graph-batch-wire.ts'
import { GraphBatch } from '../graph-batch.ts'
import { GraphTransport } from '../graph-transport.ts'
import { IDENTITY, refusal, tokens } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const BASE = 'https://graph.microsoft.com'
const AT_ONCE = { 'Retry-After': '0.01' }

interface Step {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: unknown
}
type Answer = { status: number; headers?: Record<string, string>; body?: unknown } | undefined
type Whole = { status: number; headers?: Record<string, string>; text: string } | 'lost' | undefined

/** Graph as far as batches go: what was under way in each mailbox at a time, and how full batches were. */
class Graph {
  readonly batches: Step[][] = []
  mostOfMailbox = 0
  mostBatches = 0
  #batches = 0
  readonly #underWay = new Map<string, number>()
  step: (step: Step, seen: number) => Answer = () => ({ status: 200, body: {} })
  whole: (batch: number) => Whole = () => undefined
  readonly #seen = new Map<string, number>()

  constructor() {
    jest.spyOn(globalThis, 'fetch').mockImplementation((_url, init) => this.#answer(init!.body as string))
  }

  async #answer(body: string): Promise<Response> {
    const { requests } = JSON.parse(body) as { requests: Step[] }
    this.batches.push(requests)
    const batch = this.batches.length
    this.mostBatches = Math.max(this.mostBatches, ++this.#batches)
    for (const { url } of requests) this.#count(mailboxOf(url), 1)
    await new Promise((resolve) => setTimeout(resolve, 3))
    for (const { url } of requests) this.#count(mailboxOf(url), -1)
    this.#batches--
    const whole = this.whole(batch)
    if (whole === 'lost') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
    if (whole) return new Response(whole.text, whole)
    const responses = requests.flatMap((step) => {
      const key = `${step.method} ${step.url}`
      this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1)
      const answer = this.step(step, this.#seen.get(key)!)
      return answer ? [{ id: step.id, ...answer }] : []
    })
    return new Response(JSON.stringify({ responses: responses.toReversed() }), { status: 200 })
  }

  #count(mailbox: string, by: number): void {
    const now = (this.#underWay.get(mailbox) ?? 0) + by
    this.#underWay.set(mailbox, now)
    this.mostOfMailbox = Math.max(this.mostOfMailbox, now)
  }
}

const mailboxOf = (url: string) => url.split('/')[2]!

const batchOf = (concurrency = 4) =>
  new GraphBatch(new GraphTransport(IDENTITY, BASE, tokens(), concurrency), concurrency)

const request = (mailbox: string, item: number | string, method: BatchRequest['method'] = 'GET') => ({
  mailbox,
  method,
  url: `/users/${mailbox}/contacts/${item}`,
  operation: `${method} /users/{id}/contacts/{id}`,
  ...(method !== 'GET' && method !== 'DELETE' && { body: { displayName: 'Ada' } }),
})

const many = (mailboxes: number, each: number, method?: BatchRequest['method']) =>
  Array.from({ length: each }, (_, item) =>
    Array.from({ length: mailboxes }, (_, mailbox) => request(`m${mailbox}`, item, method)),
  ).flat()

describe('requests to mailboxes', () => {
  test('go twenty to a batch, with their bodies and headers', async () => {
    const graph = new Graph()
    const batch = batchOf()
    await Promise.all(many(20, 4, 'POST').map((one) => batch.send(one)))
    expect(graph.batches.map(({ length }) => length)).toEqual([20, 20, 20, 20])
    expect(graph.batches[0]![0]).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: { displayName: 'Ada' },
    })
    expect(new Set(graph.batches[0]!.map(({ id }) => id)).size).toBe(20)
  })

  test('are never more than four at a time in one mailbox, whatever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 1, max: 6 }),
        async (mailboxes, concurrency) => {
          const graph = new Graph()
          const batch = batchOf(concurrency)
          const replies = await Promise.all(
            mailboxes.map((mailbox, item) => batch.send(request(`m${mailbox}`, item))),
          )
          expect(replies).toHaveLength(mailboxes.length)
          expect(graph.mostOfMailbox).toBeLessThanOrEqual(4)
          expect(graph.mostBatches).toBeLessThanOrEqual(concurrency)
          expect(Math.max(...graph.batches.map(({ length }) => length))).toBeLessThanOrEqual(20)
          jest.restoreAllMocks()
        },
      ),
      { numRuns: 30 },
    )
  })

  test('fill batches while others are under way', async () => {
    const graph = new Graph()
    const batch = batchOf()
    await Promise.all(many(20, 30).map((one) => batch.send(one)))
    expect(graph.batches).toHaveLength(30)
  })

  test('of one mailbox alone are not held up by a batch that is not full', async () => {
    const graph = new Graph()
    const batch = batchOf()
    await Promise.all(many(1, 12).map((one) => batch.send(one)))
    expect(graph.batches.map(({ length }) => length)).toEqual([4, 4, 4])
  })

  test('with large bodies make smaller batches', async () => {
    const graph = new Graph()
    const batch = batchOf()
    const photo = 'A'.repeat(1_000_000)
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((mailbox) => batch.send({ ...request(mailbox, 1, 'PUT'), body: photo })),
    )
    expect(graph.batches.map(({ length }) => length)).toEqual([3, 1])
  })

  test('to the directory are not counted by mailbox', async () => {
    const graph = new Graph()
    const batch = batchOf()
    const users = Array.from({ length: 20 }, (_, index) => ({
      method: 'GET' as const,
      url: `/users/${index}`,
      operation: 'GET /users/{id}',
    }))
    await Promise.all(users.map((one) => batch.send(one)))
    expect(graph.batches).toHaveLength(1)
  })
})

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
