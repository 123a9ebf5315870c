import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Mailbox } from '../kind.ts'
import { isOf, shardOf } from '../shard.ts'

const ids = fc.uniqueArray(fc.uuid(), { maxLength: 50 })
const of = fc.integer({ min: 1, max: 20 })
const mailbox = (id: string, name = id): Mailbox => ({ id, name })
const partHolding = (one: Mailbox, count: number) =>
  Array.from({ length: count }, (_, at) => at + 1).filter((index) => isOf({ index, of: count }, one))

describe('a mailbox', () => {
  test('is of one shard, and of one alone', () => {
    fc.assert(
      fc.property(ids, of, (all, count) => {
        for (const id of all) expect(partHolding(mailbox(id), count)).toHaveLength(1)
      }),
    )
  })

  test('stays in its shard when it is renamed, and however its id is written', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), of, (id, name, count) => {
        expect(partHolding(mailbox(id.toUpperCase(), name), count)).toEqual(partHolding(mailbox(id), count))
      }),
    )
  })

  test('of many, each shard has about its share', () => {
    const sizes = [0, 0, 0, 0]
    for (let index = 0; index < 4_000; index++) sizes[partHolding(mailbox(`mailbox ${index}`), 4)[0]! - 1]!++
    for (const size of sizes) expect(Math.abs(size - 1_000)).toBeLessThan(150)
  })
})

test('a mailbox is of the same shard on every machine, and in every version', () => {
  const names = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay']
  expect(names.map((name) => partHolding(mailbox(name), 3)[0])).toEqual([2, 1, 2, 2, 2, 3])
})

test.each<[string, unknown]>([
  ['2/8', { index: 2, of: 8 }],
  ['1 / 1', { index: 1, of: 1 }],
  ['9/8', undefined],
  ['0/8', undefined],
  ['2', undefined],
  ['2/8/3', undefined],
  ['-1/8', undefined],
])('%s is read as a part of a whole: %j', (text, shard) => expect(shardOf(text)).toEqual(shard))
