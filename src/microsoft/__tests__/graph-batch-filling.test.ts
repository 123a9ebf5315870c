/** How batches are filled: how many requests, of how many mailboxes, and how many at a time. */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { batchOf, Graph, many, request } from './batching-graph.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

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
