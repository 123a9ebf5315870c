import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Lanes } from '../lanes.ts'
import type { Step } from '../steps.ts'
import { mailboxes, proposed, shared } from './memory.ts'

const NAMES = ['a', 'b', 'c', 'd']
const BOXES = mailboxes(...NAMES)

/** Every change in every mailbox, in the order of the changes. */
function* steps(changes: number): Generator<Step> {
  for (let index = 0; index < changes; index++) {
    const one = shared('create', `person ${index}`, BOXES)
    for (const at of BOXES.keys()) yield { one, at }
  }
}

const boxOf = ({ one, at }: Step) => one.mailboxes?.[at]?.name ?? ''

describe('steps in mailboxes', () => {
  test('are each given once, in their order within a mailbox, and never more than so many at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 60 }),
        async (changes, most, picks) => {
          const lanes = new Lanes(steps(changes), most)
          const iterator = lanes[Symbol.asyncIterator]()
          const underWay: Step[] = []
          const given: string[] = []
          const endOne = (pick: number) => lanes.end(underWay.splice(pick % underWay.length, 1)[0]!)
          for (let turn = 0; ; turn++) {
            const next = iterator.next()
            // Where nothing is to be had, something must end first.
            let found = await Promise.race([
              next,
              new Promise<'none'>((resolve) => setImmediate(resolve, 'none')),
            ])
            while (found === 'none') {
              endOne(picks[turn % Math.max(1, picks.length)] ?? 0)
              found = await Promise.race([
                next,
                new Promise<'none'>((resolve) => setImmediate(resolve, 'none')),
              ])
            }
            if (found.done) break
            underWay.push(found.value)
            given.push(`${boxOf(found.value)} ${found.value.one.change.key}`)
            for (const name of NAMES)
              expect(underWay.filter((one) => boxOf(one) === name).length).toBeLessThanOrEqual(most)
          }
          for (const [index, name] of NAMES.entries())
            expect(given.filter((one) => one.startsWith(`${name} `))).toEqual(
              Array.from({ length: changes }, (_, person) => `${NAMES[index]!} person ${person}`),
            )
        },
      ),
      { numRuns: 40 },
    )
  })

  test('of one that is slow hold up no other', async () => {
    const lanes = new Lanes(steps(30), 2)
    const given: Step[] = []
    for await (const step of lanes) {
      given.push(step)
      if (boxOf(step) !== 'a') lanes.end(step)
      if (given.length === 92) break
    }
    expect(given.filter((step) => boxOf(step) === 'a')).toHaveLength(2)
  })

  test('that end together make room for as many', async () => {
    const one = shared('create', 'person', BOXES)
    const step = { one, at: 0 }
    const iterator = new Lanes([step, step, step, step, step].values(), 2)
    const given = iterator[Symbol.asyncIterator]()
    const [first, second] = [await given.next(), await given.next()]
    // Whoever asks now waits, while the others are put aside.
    const third = given.next()
    iterator.end(first.value as Step)
    iterator.end(second.value as Step)
    expect([(await third).done, (await given.next()).done]).toEqual([false, false])
  })

  test('do not fill the memory while many wait', async () => {
    let taken = 0
    function* endless(): Generator<Step> {
      const one = shared('create', 'person', BOXES)
      for (;;) {
        taken++
        yield { one, at: 0 }
      }
    }
    const iterator = new Lanes(endless(), 1)[Symbol.asyncIterator]()
    await iterator.next()
    void iterator.next()
    await new Promise((resolve) => setImmediate(resolve))
    expect(taken).toBeLessThan(20_000)
  })

  test('and those in none are not held back', async () => {
    const step = { one: proposed('create', 'alan'), at: 0 }
    const lanes = new Lanes([step, step, step].values(), 1)
    const given = []
    for await (const each of lanes) given.push(each)
    for (const each of given) lanes.end(each)
    expect(given).toHaveLength(3)
  })
})
