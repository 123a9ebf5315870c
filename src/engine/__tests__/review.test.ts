import { describe, expect, test } from '@jest/globals'
import type { Proposed } from '../kind.ts'
import { planAll } from '../planning.ts'
import type { Task } from '../planning.ts'
import { changedSettings, isReviewed, isSeen, MOST_REMOVALS, reviewOf, type Review } from '../review.ts'
import { change, mailboxes, proposed, shared, task, type Script, type Target } from './memory.ts'
import { CONTEXT } from './run.ts'

const SALT = 'contoso/people#7'

async function review(...scripts: readonly (Script & { readonly as?: Partial<Task> })[]): Promise<Review> {
  const tasks = scripts.map(({ as, ...script }) => task(script, new Map(), as))
  return reviewOf((await planAll(tasks, CONTEXT)).tasks, SALT)
}

/** The object of this id goes. */
const removal = (targetId: string, over: Partial<Proposed<Target>> = {}) =>
  proposed('delete', 'somebody', { change: change('delete', 'somebody', { targetId }), ...over })
const many = (count: number) => Array.from({ length: count }, (_, index) => removal(`object ${index}`))
const hiding = (targetId: string) =>
  removal(targetId, { change: change('update', 'x', { targetId }), countsAs: 'deletes' })

describe('a review', () => {
  test('holds numbers, and hashes that name nobody', async () => {
    const { profiles } = await review({ proposed: [removal('object'), proposed('create', 'Ada')] })
    expect(profiles).toEqual([
      {
        name: 'people',
        file: 'sync-profiles/people.yaml',
        digest: expect.stringMatching(/^[\w-]{22}$/),
        counts: { create: 1, update: 0, delete: 1 },
        settings: { kind: expect.stringMatching(/^[\w-]{4}$/) },
        removals: [expect.stringMatching(/^[\w-]{8}$/)],
      },
    ])
  })

  test('is the same whatever the order, and another one elsewhere', async () => {
    const one = await review({ proposed: [removal('a'), removal('b')] })
    expect(await review({ proposed: [removal('b'), removal('a')] })).toEqual(one)
    const planned = await planAll([task({ proposed: [removal('a'), removal('b')] })], CONTEXT)
    const [elsewhere] = reviewOf(planned.tasks, 'contoso/people#8').profiles
    expect(elsewhere!.digest).not.toBe(one.profiles[0]!.digest)
    expect(elsewhere!.removals).not.toEqual(one.profiles[0]!.removals)
  })

  test('holds nothing of a profile that could not be planned', async () => {
    expect((await review({ proposed: [], fails: new Error('no') })).profiles).toEqual([])
  })

  test('lists so many removals and no more: with one more in all of the plan, none', async () => {
    const full = await review({ proposed: many(MOST_REMOVALS) })
    expect(full.profiles[0]!.removals).toHaveLength(MOST_REMOVALS)
    const over = await review(
      { proposed: many(MOST_REMOVALS) },
      { proposed: [removal('one more')], as: { name: 'others' } },
      { proposed: [], as: { name: 'none' } },
    )
    expect(over.profiles.map(({ removals }) => removals)).toEqual([null, null, []])
  })

  test('lists a person once, in however many mailboxes', async () => {
    const { profiles } = await review({
      proposed: [
        shared('delete', 'ada', mailboxes('one', 'two')),
        shared('delete', 'ada', mailboxes('three')),
      ],
    })
    expect(profiles[0]!.removals).toHaveLength(1)
  })
})

test('a profile is the one that was reviewed when its digest is', async () => {
  const { profiles } = await review({ proposed: [] })
  expect(isReviewed(task({ proposed: [] }), profiles[0]!, SALT)).toBe(true)
  expect(isReviewed(task({ proposed: [] }, new Map(), { digest: 'sha256:1' }), profiles[0]!, SALT)).toBe(
    false,
  )
  expect(isReviewed(task({ proposed: [] }), profiles[0]!, 'elsewhere')).toBe(false)
})

describe('settings that changed since', () => {
  const with_ = (settings: Task['settings']) => ({ settings })
  const before = with_({ from: [{ entra: 'a', groups: ['x'] }], limits: { deletes: 3 } })

  test('are named: changed, new and gone', async () => {
    const { profiles } = await review({ proposed: [], as: before })
    const now = task(
      { proposed: [] },
      new Map(),
      with_({ from: [{ entra: 'a', groups: ['y'] }], grace: '3d' }),
    )
    expect(changedSettings(now, profiles[0]!, SALT)).toEqual(['from.groups', 'grace', 'limits.deletes'])
    expect(changedSettings(task({ proposed: [] }, new Map(), before), profiles[0]!, SALT)).toEqual([])
  })

  test('are not known where the record had no room for them', async () => {
    const { name, file, digest, counts, removals } = (await review({ proposed: [], as: before })).profiles[0]!
    const reviewed = { name, file, digest, counts, removals }
    expect(changedSettings(task({ proposed: [] }), reviewed, SALT)).toBeUndefined()
  })
})

describe('a removal was seen', () => {
  const seen = async (reviewed: Proposed<Target>, now: Proposed<Target>, salt = SALT) => {
    const { profiles } = await review({ proposed: [reviewed] })
    return isSeen(now, new Set(profiles[0]!.removals), salt)
  }
  const in_ = (...names: string[]) => mailboxes(...names)
  const double = (key: string) => shared('delete', key, in_('one'), { partial: true })

  test.each<[string, Proposed<Target>, Proposed<Target>, boolean]>([
    ['of the same object', removal('a'), removal('a'), true],
    ['not of another object of the same person', removal('a'), removal('b'), false],
    [
      'of a person in another mailbox',
      shared('delete', 'ada', in_('one')),
      shared('delete', 'ada', in_('two')),
      true,
    ],
    [
      'not of another person',
      shared('delete', 'ada', in_('one')),
      shared('delete', 'bob', in_('one')),
      false,
    ],
    ['when it is hidden now, and was to be deleted', removal('a'), hiding('a'), true],
    ['not when it was only to be hidden', hiding('a'), removal('a'), false],
    ['when a leaver’s double goes', shared('delete', 'ada', in_('one')), double('ada'), true],
    [
      'not when only a double of the person was to go',
      double('ada'),
      shared('delete', 'ada', in_('one')),
      false,
    ],
    ['of an object without an id, by its name', proposed('delete', 'job'), proposed('delete', 'job'), true],
  ])('%s', async (_, reviewed, now, expected) => expect(await seen(reviewed, now)).toBe(expected))

  test('nowhere else', async () =>
    expect(await seen(removal('a'), removal('a'), 'contoso/people#8')).toBe(false))
})
