import { describe, expect, test } from '@jest/globals'
import { planVerdict, resultVerdict } from '../verdict.ts'
import { FLEET, FLEET_RESULT } from './fleet.ts'
import { MIGRATION, MIGRATION_RESULT, REPLACING } from './migration.ts'
import { UNHEALTHY, UNHEALTHY_RESULT } from './provisioning.ts'
import { APPLIED, BLOCKED, change, CHANGES, NOTHING, PARTIAL, PLAN, plan, profile, result } from './sample.ts'

const BY_HAND = change({ action: 'create', label: 'x', manual: 'New-MailUser' })

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
    [FLEET, 'care', '1,243 to create, 1,241 to update and 1,240 to delete'],
    [plan([profile({ warnings: [{ code: 'w', message: '' }] })]), 'care', 'nothing to do'],
    [
      plan([profile({ health: [{ what: 'job', key: '', state: 'error', message: '' }] })]),
      'alarm',
      'nothing to do; 1 profile unhealthy',
    ],
    [
      plan([profile({ health: [{ what: 'job', key: '', state: 'warning', message: '' }] })]),
      'care',
      'nothing to do',
    ],
    [
      plan([profile({ health: [{ what: 'job', key: '', state: 'ok', message: '' }] })]),
      'calm',
      'nothing to do',
    ],
    [
      plan([...BLOCKED.profiles, ...UNHEALTHY.profiles]),
      'alarm',
      '1 profile blocked by limits and 1 profile could not be planned; of the others, 1 to create and 1 to update; 1 profile unhealthy',
    ],
    [MIGRATION, 'alarm', '4 to create and 1 to delete; 2 of them by hand; 1 profile unhealthy'],
    [plan([profile({ changes: [REPLACING] })]), 'care', '1 to create and 1 to delete'],
    [
      plan([...BLOCKED.profiles, ...MIGRATION.profiles]),
      'alarm',
      '1 profile blocked by limits and 1 profile could not be planned; of the others, 5 to create, 1 to update and 1 to delete; 2 of them by hand; 1 profile unhealthy',
    ],
    [plan([profile({ changes: [BY_HAND] })]), 'care', '1 to create; 1 of them by hand'],
    [
      plan([profile({ changes: [BY_HAND], outcome: 'blocked' })]),
      'alarm',
      '1 profile blocked by limits; nothing would be written',
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
      FLEET_RESULT,
      'alarm',
      '1,240 created and 1,237 updated; 5 changes failed; 2 changes not attempted; 1,240 changes held back; 2 mailboxes not reached',
    ],
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
    [
      MIGRATION_RESULT,
      'alarm',
      'nothing written; 2 changes have to be made by hand; 1 change not attempted; 1 change held back; 1 profile unhealthy',
    ],
    [
      result(plan([profile({ changes: [BY_HAND, CHANGES[0]!] })]), [
        [{ status: 'skipped', why: '' }, { status: 'done' }],
      ]),
      'alarm',
      '1 created; 1 change has to be made by hand',
    ],
    [
      result(plan([profile({ changes: [BY_HAND] })]), [[{ status: 'held', why: 'unreviewed' }]]),
      'care',
      'nothing written; 1 change held back',
    ],
    [
      result(plan([profile({ changes: [REPLACING] })]), [[{ status: 'done' }]]),
      'calm',
      '1 created and 1 deleted',
    ],
    [UNHEALTHY_RESULT, 'alarm', 'nothing to do; 1 profile unhealthy'],
    [
      result(plan([profile({ health: UNHEALTHY.profiles[0]!.health.slice(0, 2) })]), [[]]),
      'care',
      'nothing to do',
    ],
  ])('%#', (of, mood, sentence) => expect(resultVerdict(of)).toEqual({ mood, sentence }))

  test('what failed half-way is not nothing, in one mailbox as in another', () => {
    const error = { code: 'E', message: '' }
    const failures = ['a', 'b', 'c'].map((mailbox, at) => ({
      mailbox,
      error,
      ...(at > 0 && { begun: true as const }),
    }))
    const ends = [{ status: 'divided', done: 0, failures, skipped: [] }] as const
    const update = change({ action: 'update', label: 'x' })
    expect(resultVerdict(result(plan([profile({ changes: [update] })]), [ends])).sentence).toMatch(
      /^2 changes written in part/,
    )
  })
})
