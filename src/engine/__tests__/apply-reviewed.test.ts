/** What an apply writes of a profile that was reviewed, and of one that is refused. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import { approvalOfMerge } from '../approval.ts'
import type { Proposed } from '../kind.ts'
import type { PlannedTask, Task } from '../planning.ts'
import { mailboxes, proposed, shared, type Script, type Target } from './memory.ts'
import { NEW, planned, reviewed, merge } from './reviews.ts'
import { Run } from './run.ts'

describe('an apply within a review', () => {
  let run: Run
  beforeEach(() => {
    run = new Run()
  })
  const creates = (count: number) =>
    Array.from({ length: count }, (_, index) => proposed('create', `new ${index}`))
  const updates = (count: number) =>
    Array.from({ length: count }, (_, index) => proposed('update', `old ${index}`))
  const removal = (key: string, over: Partial<Proposed<Target>> = {}) => proposed('delete', key, over)

  async function apply(
    before: readonly Proposed<Target>[],
    now: readonly Proposed<Target>[],
    managed = 1000,
  ) {
    const own = await reviewed('#7', NEW, { proposed: before, managed })
    const approval = await approvalOfMerge(await planned(NEW, { proposed: now, managed }), merge({ own }))
    return run.apply({ proposed: now, managed }, { approvalOf: () => approval })
  }

  test('writes what was reviewed, and tells it', async () => {
    const all = [removal('a'), removal('b', { unmarked: true }), ...creates(2)]
    const { profile } = await apply(all, all)
    expect(profile).toMatchObject({
      outcome: 'applied',
      done: { create: 2, delete: 2 },
      reviewed: { where: '#7', counts: { create: 2, update: 0, delete: 2 } },
    })
  })

  test('holds a deletion that nobody saw, and does the rest', async () => {
    const { profile } = await apply(
      [removal('a')],
      [removal('a'), removal('b'), removal('c', { unmarked: true })],
    )
    expect(profile).toMatchObject({ outcome: 'held', done: { delete: 1 }, held: 2 })
    expect(profile.changes.map((one) => 'why' in one && one.why)).toEqual([false, 'unreviewed', 'unmarked'])
  })

  test('holds every deletion when there were too many to list', async () => {
    const before = Array.from({ length: 2001 }, (_, index) => removal(`leaver ${index}`))
    const { profile } = await apply(before, [removal('leaver 1'), ...creates(1)], 50_000)
    expect(profile).toMatchObject({ outcome: 'held', done: { create: 1, delete: 0 } })
    expect(profile.changes[1]).toEqual({ status: 'held', why: 'beyond-review' })
  })

  test.each<[string, Proposed<Target>[], Proposed<Target>[], string]>([
    ['5 more creates', creates(12), creates(17), 'applied'],
    ['6 more creates', creates(12), creates(18), 'stale'],
    ['10 % more creates', creates(100), creates(110), 'applied'],
    ['over 10 % more creates', creates(100), creates(111), 'stale'],
    ['6 more updates', updates(12), updates(18), 'stale'],
    ['fewer of anything', creates(12), creates(1), 'applied'],
    [
      'leavers whose hiding is held',
      updates(1),
      [...updates(1), ...Array.from('abcdefgh', (key) => proposed('update', key, { countsAs: 'deletes' }))],
      'held',
    ],
    ['6 more mailboxes', [], [shared('create', 'ada', mailboxes(...'abcdef'))], 'stale'],
  ])('%s than reviewed', async (_, before, now, outcome) => {
    const { profile } = await apply(before, now)
    expect(profile.outcome).toBe(outcome)
    expect(run.target.size).toBe(outcome === 'stale' ? 0 : now.length - profile.held)
  })

  test('tells the numbers of what is more', async () => {
    const { profile } = await apply([...creates(12), ...updates(3)], [...creates(41), ...updates(30)])
    expect(profile).toMatchObject({
      reviewed: { where: '#7' },
      errors: [{ message: 'More than was reviewed in #7: creates 12 -> 41, updates 3 -> 30.' }],
    })
  })

  test('is blocked by limits all the same', async () => {
    const all = Array.from('abcd', (key) => removal(key))
    expect((await apply(all, all, 10)).profile).toMatchObject({
      outcome: 'blocked',
      reviewed: { where: '#7' },
    })
  })
})

test.each<[string, Script, Partial<Task>, string]>([
  ['something to write', { proposed: [proposed('create', 'a')] }, {}, 'stale'],
  ['nothing to write', { proposed: [] }, {}, 'stale'],
  [
    'too much to write',
    { proposed: Array.from('abcd', (key) => proposed('delete', key)), managed: 10 },
    {},
    'stale',
  ],
  ['a plan that failed', { proposed: [], fails: new Error('no') }, {}, 'failed'],
  ['a pause', { proposed: [] }, { state: 'paused' }, 'no-changes'],
])('what is refused is written nothing of, with %s', async (_, script, as, outcome) => {
  const run = new Run()
  const refused = { code: 'not-as-reviewed', message: 'Changed.' }
  const { profile } = await run.apply(script, { approvalOf: () => ({ refused }) }, as)
  expect(profile.outcome).toBe(outcome)
  expect(run.target.size).toBe(0)
})

test('nothing is asked of a profile that is paused', async () => {
  const asked: PlannedTask[] = []
  const run = new Run()
  await run.apply({ proposed: [] }, { approvalOf: (one) => (asked.push(one), 'nobody') }, { state: 'paused' })
  expect(asked).toEqual([])
})
