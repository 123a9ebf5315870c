import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Proposed } from '../kind.ts'
import { failing, mailboxes, proposed, shared, type Target } from './memory.ts'
import { Run } from './run.ts'

let run: Run
let order: string[]
beforeEach(() => {
  run = new Run()
  order = []
})

/** Says when it is through, a moment after it began. */
function slow(one: Proposed<Target>): Proposed<Target> {
  return {
    ...one,
    write: async (...args) => {
      await new Promise((resolve) => setImmediate(resolve))
      await one.write(...args).finally(() => order.push(one.change.key))
    },
  }
}

describe('a change behind another', () => {
  const prompt = (key: string, behind: readonly Proposed<Target>[]) =>
    proposed('create', key, {
      behind,
      write: () => {
        order.push(key)
        return Promise.resolve()
      },
    })

  test('is written when that one has ended, wherever it stands in the plan', async () => {
    const first = slow(proposed('create', 'first'))
    await run.apply([prompt('last', [first]), first])
    expect(order).toEqual(['first', 'last'])
  })

  test('is written though that one failed', async () => {
    const poison = slow(failing('poison', new Error('refused')))
    const { profile } = await run.apply([prompt('last', [poison]), poison])
    expect(order).toEqual(['poison', 'last'])
    expect(profile.changes).toMatchObject([{ status: 'done' }, { status: 'failed' }])
  })

  test('is written though that one is held', async () => {
    const held = proposed('delete', 'held')
    const { profile } = await run.apply([prompt('last', [held]), held], { approvalOf: () => 'nobody' })
    expect(profile.changes).toMatchObject([{ status: 'done' }, { status: 'held' }])
  })

  test('is written though that one is not of the plan', async () => {
    const { profile } = await run.apply([prompt('last', [proposed('create', 'other')])])
    expect(profile.changes).toEqual([{ status: 'done' }])
  })

  test('waits for all of them', async () => {
    const all = ['a', 'b', 'c'].map((key) => slow(proposed('create', key)))
    await run.apply([prompt('last', all), ...all])
    expect(order).toEqual(['a', 'b', 'c', 'last'])
  })

  test('still needs those that must be done', async () => {
    const [fails, ends] = [failing('poison', new Error('refused')), slow(proposed('create', 'ends'))]
    const last = proposed('create', 'last', { after: [fails], behind: [ends] })
    const { profile } = await run.apply([last, fails, ends])
    expect(order).toEqual(['ends'])
    expect(profile.changes).toMatchObject([
      { status: 'done' },
      { status: 'skipped', why: 'waits for poison' },
      { status: 'failed' },
    ])
  })
})

test('a change that finds nothing to be done any more says why, and is not done', async () => {
  const why = 'nobody of it was prepared'
  const idle = proposed('create', 'migration-batch', { write: () => Promise.resolve({ why }) })
  const { profile } = await run.apply([
    idle,
    proposed('create', 'zoe', { after: [idle] }),
    proposed('create', 'ada'),
  ])
  expect(profile.changes).toEqual([
    { status: 'done' },
    { status: 'skipped', why },
    { status: 'skipped', why: 'waits for migration-batch' },
  ])
  expect(profile).toMatchObject({ outcome: 'partial', done: { create: 1 }, skipped: 2 })
})

describe('a change that this machine cannot write', () => {
  const SCRIPT = "New-MigrationEndpoint -Name 'fabrikam-to-contoso'"
  const BY_HAND = { status: 'skipped', why: 'to be done by hand: the plan has the script' }
  const byHand = (one: Proposed<Target>): Proposed<Target> => ({
    ...one,
    change: { ...one.change, manual: SCRIPT },
  })
  const endpoint = () => byHand(proposed('create', 'endpoint'))

  test('is left for somebody’s hand, all else is written, and the apply ends in part', async () => {
    const { result, profile } = await run.apply([endpoint(), proposed('create', 'zoe')])
    expect([...run.target.keys()]).toEqual(['zoe'])
    expect(profile.changes).toEqual([BY_HAND, { status: 'done' }])
    expect(profile).toMatchObject({ failed: 0, skipped: 1, done: { create: 1 } })
    expect(result.outcome).toBe('partial')
  })

  test('is no failure, were it the only one', async () => {
    const { result } = await run.apply([endpoint()])
    expect(result.outcome).toBe('partial')
    expect(run.journalled()).toHaveLength(1)
  })

  test('keeps nothing from failing', async () => {
    const { profile } = await run.apply([endpoint(), failing('poison', new Error('refused'))])
    expect(profile).toMatchObject({ outcome: 'partial', failed: 1, skipped: 1 })
  })

  test('holds up those that wait for it, and not those that are behind it', async () => {
    const first = endpoint()
    const { profile } = await run.apply([
      first,
      proposed('create', 'migration-batch', { after: [first] }),
      proposed('create', 'zoe', { behind: [first] }),
    ])
    expect(profile.changes).toEqual([
      BY_HAND,
      { status: 'skipped', why: 'waits for endpoint' },
      { status: 'done' },
    ])
  })

  test('is held like any other when nobody reviewed it', async () => {
    const { profile } = await run.apply([byHand(proposed('delete', 'zoe'))], { approvalOf: () => 'nobody' })
    expect(profile).toMatchObject({ outcome: 'held', held: 1, skipped: 0 })
  })

  test('is left in each of the mailboxes that share it', async () => {
    const { profile } = await run.apply([byHand(shared('create', 'zoe', mailboxes('m1', 'm2')))])
    expect(profile).toMatchObject({ outcome: 'partial', skipped: 2 })
    expect(profile.changes).toMatchObject([{ status: 'divided', done: 0, failures: [] }])
  })
})
