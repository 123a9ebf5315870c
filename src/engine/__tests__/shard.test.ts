import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Mailbox, Proposed } from '../kind.ts'
import { planAll } from '../planning.ts'
import { isOf, shardsFor } from '../shard.ts'
import { mailboxes, proposed, shared, task, type Target } from './memory.ts'

const ids = fc.uniqueArray(fc.uuid(), { maxLength: 50 })
const of = fc.integer({ min: 1, max: 20 })
const mailbox = (id: string, name = id): Mailbox => ({ id, name })
const shardOf = (one: Mailbox, count: number) =>
  Array.from({ length: count }, (_, at) => at + 1).filter((index) => isOf({ index, of: count }, one))

describe('a mailbox', () => {
  test('is of one shard, and of one alone', () => {
    fc.assert(
      fc.property(ids, of, (all, count) => {
        for (const id of all) expect(shardOf(mailbox(id), count)).toHaveLength(1)
      }),
    )
  })

  test('stays in its shard when it is renamed, and however its id is written', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), of, (id, name, count) => {
        expect(shardOf(mailbox(id.toUpperCase(), name), count)).toEqual(shardOf(mailbox(id), count))
      }),
    )
  })

  test('of many, each shard has about its share', () => {
    const sizes = [0, 0, 0, 0]
    for (let index = 0; index < 4_000; index++) sizes[shardOf(mailbox(`mailbox ${index}`), 4)[0]! - 1]!++
    for (const size of sizes) expect(Math.abs(size - 1_000)).toBeLessThan(150)
  })
})

test('a mailbox is of the same shard on every machine, and in every version', () => {
  const names = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay']
  expect(names.map((name) => shardOf(mailbox(name), 3)[0])).toEqual([2, 1, 2, 2, 2, 3])
})

describe('how many shards a plan is worth', () => {
  async function worth(changes: readonly Proposed<Target>[], count?: number): Promise<number> {
    const context = { now: new Date('2026-11-21T09:00:00Z'), profileNames: new Set<string>() }
    const script = { proposed: changes, ...(count !== undefined && { mailboxes: count }) }
    return shardsFor((await planAll([task(script)], context)).plan)
  }
  const thousand = mailboxes(...Array.from({ length: 1_000 }, (_, index) => `${index}@x`))
  const creates = (count: number) =>
    Array.from({ length: count }, (_, index) => shared('create', `person ${index}`, thousand))

  test.each([
    [0, 1],
    [1, 1],
    [20, 1],
    [21, 2],
    [41, 3],
    [1_000, 20],
  ])('%i changes in a thousand mailboxes: %i', async (count, shards) => {
    expect(await worth(creates(count), 1_000)).toBe(shards)
  })

  test('no more than there are mailboxes', async () => {
    expect(await worth(creates(1_000), 7)).toBe(7)
  })

  test('one where no mailboxes share them', async () => {
    expect(await worth([proposed('create', 'a')])).toBe(1)
    expect(await worth(creates(21))).toBe(1)
  })
})
