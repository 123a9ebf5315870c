import { describe, expect, test } from '@jest/globals'

import { waitBefore } from '../retry.ts'
import type { Refusal } from '../retry.ts'

const now = new Date('2026-11-20T21:00:00Z')
const wait = (refusal: Partial<Refusal>, asked: Partial<Parameters<typeof waitBefore>[1]> = {}) =>
  waitBefore(
    { headers: {}, message: '', ...refusal },
    { reads: true, attempt: 1, now, random: 0.5, ...asked },
  )

describe('how long to wait', () => {
  test('Retry-After may be a date', () =>
    expect(wait({ status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 21:00:09 GMT' } })).toBe(9000))

  test('a date that has passed is no wait', () =>
    expect(wait({ status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 20:00:00 GMT' } })).toBe(0))

  test('an exhausted limit is waited for until its reset', () => {
    const reset = String(now.getTime() / 1000 + 30)
    expect(wait({ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } })).toBe(
      30_000,
    )
  })

  test('a 503 that names a time is waited for as long', () =>
    expect(wait({ status: 503, headers: { 'retry-after': 3 } })).toBe(3000))

  test('without a time it grows from attempt to attempt', () => {
    expect([1, 2, 3, 4].map((attempt) => wait({ status: 500 }, { attempt }))).toEqual([
      1000,
      2000,
      4000,
      undefined,
    ])
  })
})

describe('no next attempt', () => {
  test.each([400, 401, 403, 404, 409, 422])('after %d', (status) => expect(wait({ status })).toBeUndefined())
  test('after a wait that is too long', () =>
    expect(wait({ status: 429, headers: { 'retry-after': '121' } })).toBeUndefined())
  test('of a write after a 500', () => expect(wait({ status: 500 }, { reads: false })).toBeUndefined())
})
