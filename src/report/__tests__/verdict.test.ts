import { describe, expect, test } from '@jest/globals'
import { planVerdict, resultVerdict } from '../verdict.ts'
import { APPLIED, BLOCKED, change, CHANGES, NOTHING, PARTIAL, PLAN, plan, profile, result } from './sample.ts'

describe('of a plan', () => {
  test.each([
    [NOTHING, 'calm', 'nothing to do'],
    [PLAN, 'care', '1 to create, 4 to update and 2 to delete'],
    [plan([profile({ changes: CHANGES.slice(0, 2) })]), 'change', '1 to create and 1 to update'],
    [
      BLOCKED,
      'alarm',
      '1 profile blocked by limits and 1 profile could not be planned; of the others, 1 to create and 1 to update',
    ],
    [
      plan([profile({ outcome: 'blocked' })]),
      'alarm',
      '1 profile blocked by limits; nothing would be written',
    ],
    [plan([profile({ outcome: 'validated' })]), 'calm', 'profiles checked; nothing was read or planned'],
    [plan([]), 'calm', 'nothing to do'],
    [plan([profile({ warnings: [{ code: 'w', message: '' }] })]), 'care', 'nothing to do'],
    [
      plan([profile({ health: [{ what: 'job', key: '', state: 'error', message: '' }] })]),
      'care',
      'nothing to do',
    ],
  ])('%#', (of, mood, sentence) => expect(planVerdict(of)).toEqual({ mood, sentence }))

  test('a leaver who is only hidden takes care, like a deletion', () => {
    const hides = change({ action: 'update', label: 'x', reason: 'left-scope' })
    const counted = { creates: 0, updates: 0, deletes: 1 }
    expect(planVerdict(plan([profile({ changes: [hides], counted })])).mood).toBe('care')
  })
})

describe('of a result', () => {
  test.each([
    [APPLIED, 'calm', '1 created, 4 updated and 2 deleted'],
    [
      PARTIAL,
      'alarm',
      '1 created, 2 updated and 1 deleted; 1 change failed; 1 change not attempted; 1 change held back',
    ],
    [result(NOTHING, [[]]), 'calm', 'nothing to do'],
    [
      result(BLOCKED, [[], [], []]),
      'alarm',
      'nothing written; 1 profile blocked by limits; 1 profile failed',
    ],
    [
      result(plan([profile({ outcome: 'stale' })]), [[]]),
      'alarm',
      'nothing written; 1 profile not as reviewed',
    ],
  ])('%#', (of, mood, sentence) => expect(resultVerdict(of)).toEqual({ mood, sentence }))
})
