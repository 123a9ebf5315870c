import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DEFAULT_LIMITS, highestAllowed, holdAgainstLimits, type Limits } from '../limits.ts'

const now = new Date('2026-11-21T09:00:00Z')
const none = { creates: 0, updates: 0, deletes: 0 }
const hold = (over: Partial<Parameters<typeof holdAgainstLimits>[0]>) =>
  holdAgainstLimits({
    limits: DEFAULT_LIMITS,
    counted: none,
    managed: 100,
    begun: (over.managed ?? 100) > 0,
    people: 100,
    now,
    ...over,
  })
const limits = (over: Partial<Limits>): Limits => ({ ...DEFAULT_LIMITS, ...over })

describe('how much a limit allows', () => {
  test('a number is taken as it is', () => expect(highestAllowed(0, 500)).toBe(0))
  test('a percentage is rounded up', () => expect(highestAllowed('10%', 101)).toBe(11))
  test('a percentage is never below 3', () => expect(highestAllowed('10%', 5)).toBe(3))
  test('a limit for one occasion is its max', () =>
    expect(highestAllowed({ max: 450, until: '2026-11-30' }, 5)).toBe(450))
})

describe('a plan held against its limits', () => {
  test('ten deletions of a hundred pass, eleven do not', () => {
    expect(hold({ counted: { ...none, deletes: 10 } }).exceeded).toEqual([])
    expect(hold({ counted: { ...none, deletes: 11 } }).exceeded).toMatchObject([
      { limit: 'deletes', count: 11, allowed: 10, managed: 100 },
    ])
  })

  test('the message says how the number came about', () => {
    const [exceeded] = hold({ counted: { ...none, deletes: 41 } }).exceeded
    expect(exceeded!.message).toBe(
      '41 deletions are planned, and limits.deletes allows 10 (10% of the 100 it manages, at least 3).',
    )
    const [fixed] = hold({ limits: limits({ updates: 2 }), counted: { ...none, updates: 3 } }).exceeded
    expect(fixed!.message).toBe('3 updates are planned, and limits.updates allows 2.')
  })

  test('creations are not bound while nothing is managed yet', () => {
    const first = hold({ managed: 0, counted: { ...none, creates: 5000 } })
    expect(first.exceeded).toEqual([])
    expect(first.allowed).toEqual({ creates: null, updates: 3, deletes: 3 })
  })

  test('nor while all that it manages is still to be taken over', () => {
    expect(hold({ begun: false, counted: { ...none, creates: 5000 } }).exceeded).toEqual([])
  })

  test('afterwards they are', () => {
    expect(hold({ counted: { ...none, creates: 51 } }).exceeded).toMatchObject([
      { limit: 'creates', allowed: 50 },
    ])
  })

  test('every limit that is exceeded is told', () => {
    const { exceeded } = hold({ people: 0, counted: { creates: 51, updates: 101, deletes: 11 } })
    expect(exceeded.map(({ limit }) => limit)).toEqual(['creates', 'updates', 'deletes', 'emptySource'])
  })
})

describe('a source without people', () => {
  test('is refused while something is managed', () => {
    expect(hold({ people: 0 }).exceeded).toMatchObject([
      { limit: 'emptySource', count: 0, allowed: 1, managed: 100 },
    ])
  })
  test('passes when nothing is managed', () => expect(hold({ people: 0, managed: 0 }).exceeded).toEqual([]))
  test('passes when it is allowed', () =>
    expect(hold({ people: 0, limits: limits({ emptySource: 'allow' }) }).exceeded).toEqual([]))
  test('is no matter where nobody is asked for', () =>
    expect(hold({ people: undefined }).exceeded).toEqual([]))
})

describe('a limit for one occasion', () => {
  const raised = (until: string) =>
    hold({ limits: limits({ deletes: { max: 90, until } }), counted: { ...none, deletes: 80 } })

  test('binds through its last day', () => {
    expect(raised('2026-11-21').exceeded).toEqual([])
    expect(raised('2026-11-21').warnings).toEqual([])
  })

  test('has lapsed the day after: the default binds, and the key is named', () => {
    expect(raised('2026-11-20').exceeded).toMatchObject([{ limit: 'deletes', allowed: 10 }])
    expect(raised('2026-11-20').warnings).toMatchObject([
      {
        code: 'limit-lapsed',
        message: expect.stringContaining('limits.deletes was raised until 2026-11-20'),
      },
    ])
  })
})

test('whatever is counted: what is not exceeded is within what is allowed', () => {
  const percent = fc.nat(100).map((part) => `${part}%`)
  const limit = fc.oneof(
    percent,
    fc.nat(1000),
    fc.record({ max: fc.nat(1000), until: fc.constantFrom('2026-01-01', '2027-01-01') }),
  )
  const count = fc.nat(2000)
  fc.assert(
    fc.property(
      fc.record({
        creates: limit,
        updates: limit,
        deletes: limit,
        emptySource: fc.constantFrom('refuse' as const, 'allow' as const),
      }),
      fc.record({ creates: count, updates: count, deletes: count }),
      fc.nat(2000),
      (bounds, counted, managed) => {
        const { allowed, exceeded } = hold({ limits: bounds, counted, managed })
        for (const name of ['creates', 'updates', 'deletes'] as const) {
          const over = exceeded.some((one) => one.limit === name)
          expect(over).toBe(allowed[name] !== null && counted[name] > allowed[name])
        }
      },
    ),
  )
})
