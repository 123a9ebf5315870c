import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Allowance } from '../allowance.ts'

const MINUTES_10 = 600_000

describe('an allowance', () => {
  test('waits for nobody until it is used up', () => {
    const allowance = new Allowance(10_000, MINUTES_10)
    for (let used = 0; used < 10_000; used++) {
      expect(allowance.wait(1, used)).toBe(0)
      allowance.use(1, used)
    }
    expect(allowance.wait(1, 10_000)).toBeGreaterThan(0)
  })

  test('is full again when its time is over', () => {
    const allowance = new Allowance(10, 1000)
    allowance.use(10, 0)
    const wait = allowance.wait(1, 500)
    expect(wait).toBeGreaterThanOrEqual(500)
    expect(allowance.wait(10, 500 + wait)).toBe(0)
  })

  test('lets pass what is more than all there is: the service decides', () => {
    expect(new Allowance(10, 1000).wait(11, 0)).toBe(0)
  })

  test('is never exceeded in any stretch of its time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 300 })), {
          maxLength: 200,
        }),
        (uses) => {
          const allowance = new Allowance(100, 1000)
          const used: { at: number; amount: number }[] = []
          let now = 0
          for (const [amount, later] of uses) {
            now += later
            now += allowance.wait(amount, now)
            allowance.use(amount, now)
            used.push({ at: now, amount })
          }
          for (const { at } of used) {
            const within = used.filter((one) => one.at >= at && one.at < at + 1000)
            expect(within.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(100)
          }
        },
      ),
    )
  })
})
