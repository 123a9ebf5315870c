import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cmdletFacts } from '../../../simulator/exchange/contract.ts'
import { DIRECTORY_MAXIMA } from '../../../simulator/exchange/lengths.ts'
import { cut } from '../../cut.ts'
import { EXCHANGE_ATTRIBUTES } from '../exchange-attributes.ts'

describe('a text that is too long', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab🙂', 3, 'ab'],
    ['ab🙂', 4, 'ab🙂'],
    ['🙂🙂', 3, '🙂'],
    ['', 3, ''],
  ])('(%s) is cut to %i: %s', (text, length, expected) => {
    expect(cut(text, length)).toBe(expected)
  })

  test('is never cut where there is no limit', () => {
    expect(cut('x'.repeat(10_000), undefined)).toHaveLength(10_000)
  })

  test('is a beginning of itself, whole characters long, and no shorter than need be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const short = cut(text, length)
        expect(text.startsWith(short)).toBe(true)
        expect(short).not.toMatch(/\p{Surrogate}/u)
        expect(short.length).toBeGreaterThanOrEqual(Math.min(text.length, length - 1))
        expect(short.length).toBeLessThanOrEqual(length)
      }),
    )
  })
})

test.each(Object.entries(EXCHANGE_ATTRIBUTES).filter(([, { length }]) => length !== undefined))(
  '%s is cut where Exchange would refuse it',
  (_, { name, setBy, length }) => {
    const told = cmdletFacts(setBy)!.parameters.get(name.toLowerCase())!.max
    expect(length).toBe(told ?? DIRECTORY_MAXIMA[name])
  },
)
