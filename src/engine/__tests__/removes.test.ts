/** A change that takes other objects away with it: a mail user for which a mail contact gives way. */
import { describe, expect, test } from '@jest/globals'
import { heldBecause, type Approved } from '../approval.ts'
import type { Proposed } from '../kind.ts'
import type { Change } from '../plan.ts'
import { planAll } from '../planning.ts'
import { isSeen, reviewOf } from '../review.ts'
import { change, proposed, task, type Target } from './memory.ts'
import { CONTEXT, Run } from './run.ts'

const SALT = 'contoso/people#7'

/** The contacts of these ids go with it, through the journal. */
function taking(
  contacts: readonly string[],
  action: Change['action'] = 'create',
  over: Partial<Change> = {},
): Proposed<Target> {
  const removes = contacts.map((targetId) => ({
    object: 'mail-contact',
    targetId,
    label: `Contact ${targetId}`,
  }))
  return proposed(action, 'ada', {
    change: change(action, 'ada', { object: 'mail-user', removes, ...over }),
    async write(_target, record) {
      await record.write({ action, fields: ['name'] }, () =>
        Promise.resolve({ status: 201, attempt: 1, targetId: 'user' }),
      )
      for (const targetId of contacts) {
        record.removing({ targetId }, 'mail-contact')
        const about = { action: 'delete', object: 'mail-contact', targetId, fields: [] } as const
        await record.write(about, () => Promise.resolve({ status: 200, attempt: 1 }))
      }
    },
  })
}

const planOf = async (...all: Proposed<Target>[]) => planAll([task({ proposed: all })], CONTEXT)

describe('what a change takes away with it', () => {
  test('counts as deletes beside the change', async () => {
    const { plan } = await planOf(taking(['a', 'b']), proposed('create', 'bob'), proposed('delete', 'cyd'))
    expect(plan.profiles[0]!.counts).toMatchObject({ create: 2, update: 0, delete: 3 })
    expect(plan.profiles[0]!.counted).toEqual({ creates: 2, updates: 0, deletes: 1 })
  })

  test('is content: another plan goes by another digest', async () => {
    const digest = async (...contacts: string[]) => (await planOf(taking(contacts))).plan.digest
    expect(await digest('a')).toBe(await digest('a'))
    expect(new Set([await digest('a'), await digest('b'), await digest('a', 'b')]).size).toBe(3)
  })

  test('is done with it, and told in both journals by its own name', async () => {
    const run = new Run()
    const { profile } = await run.apply([taking(['a', 'b'])])
    expect(profile).toMatchObject({ outcome: 'applied', done: { create: 1, update: 0, delete: 2 } })
    const written = run.journalled().filter(({ phase }) => phase === 'after')
    expect(written.map(({ action, object, targetId }) => [action, object, targetId])).toEqual([
      ['create', 'mail-user', 'user'],
      ['delete', 'mail-contact', 'a'],
      ['delete', 'mail-contact', 'b'],
    ])
    expect(run.removed()).toMatchObject([
      { object: 'mail-contact', key: 'ada', removed: { targetId: 'a' } },
      { object: 'mail-contact', key: 'ada', removed: { targetId: 'b' } },
    ])
  })

  test('is not done where the change is not: held and failed are counts of changes', async () => {
    const held = await new Run().apply([taking(['a', 'b'])], { approvalOf: () => 'nobody' })
    expect(held.profile).toMatchObject({ outcome: 'held', done: { create: 0, delete: 0 }, held: 1 })
    const failing = { ...taking(['a', 'b']), write: () => Promise.reject(new Error('no')) }
    const failed = await new Run().apply([failing])
    expect(failed.profile).toMatchObject({ outcome: 'failed', done: { create: 0, delete: 0 }, failed: 1 })
  })
})

describe('a review of what goes with a change', () => {
  async function approved(...before: Proposed<Target>[]): Promise<Approved> {
    const reviewed = reviewOf((await planOf(...before)).tasks, SALT).profiles[0]!
    return { reviewed, removals: new Set(reviewed.removals), salt: SALT, where: '#7', mergedAt: '' }
  }
  const seen = async (before: Proposed<Target>, now: Proposed<Target>) =>
    isSeen(now, (await approved(before)).removals, SALT)
  const deletion = (targetId: string) =>
    proposed('delete', 'ada', { change: change('delete', 'ada', { targetId }) })

  test('lists each of them, and not the change itself', async () => {
    const { reviewed } = await approved(taking(['a', 'b']), proposed('create', 'bob'))
    expect(reviewed.removals).toHaveLength(2)
    expect(reviewed.counts).toEqual({ create: 2, update: 0, delete: 2 })
  })

  test.each<[string, Proposed<Target>, Proposed<Target>, boolean]>([
    ['the same change', taking(['a']), taking(['a']), true],
    [
      'an update of what the first apply made',
      taking(['a']),
      taking(['a'], 'update', { targetId: 'user' }),
      true,
    ],
    ['one of two that is left', taking(['a', 'b']), taking(['b']), true],
    ['one more than was seen', taking(['a']), taking(['a', 'b']), false],
    ['another object', taking(['a']), taking(['b']), false],
    ['a deletion of it by itself', taking(['a']), deletion('a'), true],
    ['of what was to go by itself', deletion('a'), taking(['a']), true],
    ['a deletion that takes another along', deletion('a'), taking(['b'], 'delete', { targetId: 'a' }), false],
    ['the other without its deletion', taking(['b']), taking(['b'], 'delete', { targetId: 'a' }), false],
    ['both', taking(['b'], 'delete', { targetId: 'a' }), taking(['b'], 'delete', { targetId: 'a' }), true],
  ])('covers it: %s', async (_, before, now, expected) => expect(await seen(before, now)).toBe(expected))

  test('holds a change that takes away what nobody saw, and no other', async () => {
    const approval = await approved(taking(['a']))
    expect(heldBecause(taking(['a'], 'update'), approval)).toBeUndefined()
    expect(heldBecause(taking(['a', 'b']), approval)).toBe('unreviewed')
    expect(heldBecause(proposed('create', 'ada'), approval)).toBeUndefined()
    expect(heldBecause(taking(['a']), 'nobody')).toBe('unreviewed')
    expect(heldBecause(taking(['a']), 'limits')).toBeUndefined()
  })
})
