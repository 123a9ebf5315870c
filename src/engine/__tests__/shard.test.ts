import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Mailbox } from '../kind.ts'
import { isOf } from '../shard.ts'

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
