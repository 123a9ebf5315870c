import { describe, expect, test } from '@jest/globals'
import type { Outcome } from '../plan.ts'
import { joined, type Part, type ProfileResult, type Result } from '../result.ts'

const NOTHING = { create: 0, update: 0, delete: 0 }

const profile = (outcome: Outcome, over: Partial<ProfileResult> = {}): ProfileResult => ({
  name: 'phones',
  outcome,
  done: NOTHING,
  held: 0,
  failed: 0,
  skipped: 0,
  changes: [],
  errors: [],
  ...over,
})
const result = (...profiles: readonly ProfileResult[]): Result => ({
  outcome: profiles[0]!.outcome,
  plan: { formatVersion: 1, createdAt: '', digest: '', profiles: [] },
  profiles,
})
const part = (done: Partial<ProfileResult['done']>, name = 'phones'): Part => ({
  formatVersion: 1,
  profiles: [{ name, done: { ...NOTHING, ...done } }],
})

describe('the result of all shards', () => {
  test('is what each of them wrote, and what was left for the last', () => {
    const last = profile('applied', { done: { create: 1, update: 2, delete: 3 } })
    const { outcome, profiles } = joined(result(last), [
      part({ create: 10, delete: 5 }),
      part({ create: 100, update: 7 }),
    ])
    expect(outcome).toBe('applied')
    expect(profiles).toEqual([{ ...last, done: { create: 111, update: 9, delete: 8 } }])
  })

  test.each<[Outcome, Outcome]>([
    ['no-changes', 'applied'],
    ['failed', 'partial'],
    ['partial', 'partial'],
    ['held', 'held'],
    ['blocked', 'blocked'],
  ])('of which the last ended %s, and others wrote, is %s', (last, outcome) => {
    const all = joined(result(profile(last)), [part({ update: 1 })])
    expect([all.outcome, all.profiles[0]!.outcome]).toEqual([outcome, outcome])
  })

  test.each<Outcome>(['no-changes', 'failed', 'held'])('of which nobody wrote is %s, as the last', (last) => {
    expect(joined(result(profile(last)), [part({})]).outcome).toBe(last)
  })

  test('keeps profiles apart', () => {
    const mail = profile('no-changes', { name: 'mail' })
    const { outcome, profiles } = joined(result(profile('failed'), mail), [part({ create: 1 }, 'mail')])
    expect(profiles.map((one) => [one.name, one.outcome, one.done.create])).toEqual([
      ['phones', 'failed', 0],
      ['mail', 'applied', 1],
    ])
    expect(outcome).toBe('failed')
  })

  test('is that of the one where there are no shards', () => {
    const only = result(profile('applied'))
    expect(joined(only, [])).toBe(only)
  })
})
