import { describe, expect, test } from '@jest/globals'
import { planAll } from '../planning.ts'
import { mailboxes, proposed, shared, task, type Script } from './memory.ts'
import { CONTEXT } from './run.ts'

const FOUR = mailboxes('ada@x', 'bob@x', 'cleo@x', 'dan@x')
const unreached = { code: 'mailbox-unavailable', message: '1 mailbox could not be reached' }

describe('a plan for many mailboxes', () => {
  const planOf = async (script: Script) => (await planAll([task(script)], CONTEXT)).plan.profiles[0]!

  test('a change stands once, with the set of its mailboxes', async () => {
    const { changes, mailboxSets } = await planOf({ proposed: [shared('create', 'grace', FOUR)] })
    expect(changes).toEqual([expect.objectContaining({ key: 'grace', mailboxSet: 'm1' })])
    expect(mailboxSets).toEqual([{ id: 'm1', mailboxes: ['ada@x', 'bob@x', 'cleo@x', 'dan@x'] }])
  })

  test('sets are named in the order of the changes, and two of the same mailboxes are one', async () => {
    const { changes, mailboxSets } = await planOf({
      proposed: [
        shared('update', 'c', mailboxes('ada@x', 'bob@x')),
        shared('update', 'b', mailboxes('ada@x')),
        shared('create', 'z', mailboxes('ada@x', 'bob@x')),
        shared('update', 'a', mailboxes('ada@x')),
      ],
    })
    expect(changes.map(({ key, mailboxSet }) => `${key} ${mailboxSet}`)).toEqual([
      'z m1',
      'a m2',
      'b m2',
      'c m1',
    ])
    expect(mailboxSets).toEqual([
      { id: 'm1', mailboxes: ['ada@x', 'bob@x'] },
      { id: 'm2', mailboxes: ['ada@x'] },
    ])
  })

  test('where nothing is shared, there are no sets', async () => {
    const profile = await planOf({ proposed: [proposed('create', 'a')] })
    expect(profile).not.toHaveProperty('mailboxSets')
    expect(profile.changes[0]).not.toHaveProperty('mailboxSet')
  })

  test('counts count every mailbox', async () => {
    const { counts, counted } = await planOf({
      proposed: [
        shared('create', 'a', FOUR),
        shared('update', 'b', mailboxes('ada@x', 'bob@x')),
        shared('delete', 'c', mailboxes('ada@x')),
        proposed('delete', 'd'),
      ],
    })
    expect(counts).toMatchObject({ create: 4, update: 2, delete: 2 })
    expect(counted).toEqual({ creates: 4, updates: 2, deletes: 2 })
  })

  test('limits hold every mailbox', async () => {
    const eleven = mailboxes(...'abcdefghijk')
    expect(await planOf({ proposed: [shared('delete', 'leaver', eleven)] })).toMatchObject({
      outcome: 'blocked',
      limits: [{ limit: 'deletes', count: 11, allowed: 10 }],
    })
  })

  test('what is nobody’s is configuration, and no limit counts it', async () => {
    const { countsAs: _, ...folder } = shared('create', 'Colleagues', FOUR)
    const { changes, counts, counted } = await planOf({ proposed: [folder, shared('create', 'z', FOUR)] })
    expect(changes.map(({ configuration }) => configuration)).toEqual([true, undefined])
    expect([counts.create, counted.creates]).toEqual([8, 4])
  })

  test('says how many mailboxes are in scope', async () => {
    expect((await planOf({ proposed: [], mailboxes: 1240 })).mailboxes).toBe(1240)
    expect(await planOf({ proposed: [] })).not.toHaveProperty('mailboxes')
  })

  test('what could not be reached is a warning, whether anything changes or not', async () => {
    expect(await planOf({ proposed: [], incomplete: unreached })).toMatchObject({
      outcome: 'no-changes',
      warnings: [unreached],
    })
    expect(await planOf({ proposed: [proposed('create', 'a')], incomplete: unreached })).toMatchObject({
      outcome: 'planned',
      warnings: [unreached],
    })
  })

  test('the digest is another when the mailboxes are', async () => {
    const digest = async (...names: string[]) =>
      (await planAll([task({ proposed: [shared('create', 'grace', mailboxes(...names))] })], CONTEXT)).plan
        .digest
    expect(await digest('ada@x', 'bob@x')).toBe(await digest('ada@x', 'bob@x'))
    expect(await digest('ada@x', 'bob@x')).not.toBe(await digest('ada@x'))
    expect(await digest('ada@x')).not.toBe(await digest('bob@x'))
  })
})
