import { describe, expect, test } from '@jest/globals'
import { graceDays, isOver } from '../grace.ts'

test.each([
  [undefined, undefined],
  ['1d', 1],
  ['30d', 30],
  ['9999d', 9999],
])('grace: %s is %s days', (grace, days) => {
  expect(graceDays(grace)).toBe(days)
})

describe('the time of grace', () => {
  test.each([
    ['2026-11-21', 30, '2026-12-20T23:59:59.999Z', false],
    ['2026-11-21', 30, '2026-12-21T00:00:00Z', true],
    ['2026-02-28', 1, '2026-02-28T23:59:59Z', false],
    ['2026-02-28', 1, '2026-03-01T00:00:00Z', true],
    ['2028-02-28', 1, '2028-02-29T00:00:00Z', true],
    ['2026-12-31', 1, '2026-12-31T12:00:00Z', false],
    ['2026-11-21', 30, '2026-11-01T00:00:00Z', false],
  ])('since %s of %i days is over at %s: %s', (since, days, now, expected) => {
    expect(isOver(since, days, new Date(now))).toBe(expected)
  })

  test('since no day at all never ends: nobody is deleted for a mark that cannot be read', () => {
    expect(isOver('2026-99-99', 1, new Date('2099-01-01'))).toBe(false)
  })
})
