import { beforeEach, describe, expect, test } from '@jest/globals'
import { Journal } from '../journal.ts'
import type { Proposed } from '../kind.ts'
import { failing, proposed, type Target } from './memory.ts'
import { Run } from './run.ts'

let run: Run
beforeEach(() => {
  run = new Run()
})

describe('an apply', () => {
  test('writes what is planned and says so', async () => {
    const { result, profile } = await run.apply([proposed('create', 'ada'), proposed('update', 'bob')])
    expect([...run.target.keys()].sort()).toEqual(['ada', 'bob'])
    expect(result.outcome).toBe('applied')
    expect(profile).toMatchObject({
      done: { create: 1, update: 1, delete: 0 },
      failed: 0,
      held: 0,
      skipped: 0,
    })
  })

  test('journals every write before and after, with names of fields and no values', async () => {
    await run.apply([proposed('create', 'ada')])
    expect(run.journalled()).toEqual([
      expect.objectContaining({ formatVersion: 1, digest: 'sha256:0', commit: 'abc', actor: 'ada' }),
      expect.objectContaining({
        seq: 1,
        phase: 'before',
        profile: 'people',
        action: 'create',
        key: 'ada',
        fields: ['name'],
      }),
      expect.objectContaining({ seq: 1, phase: 'after', status: 200, requestId: 'request-ada', attempt: 1 }),
    ])
  })

  test('keeps the whole object before it is deleted', async () => {
    await run.apply([proposed('delete', 'bob')])
    expect(run.removed()).toEqual([
      expect.objectContaining({ profile: 'people', key: 'bob', removed: { key: 'bob' } }),
    ])
  })

  test('tells how far it is', async () => {
    const seen: number[] = []
    await run.apply([proposed('create', 'a'), proposed('create', 'b')], {
      onProgress: (_, through, of) => seen.push(through / of),
    })
    expect(seen).toEqual([0.5, 1])
  })

  test('writes nothing of a profile that is over a limit, and says why', async () => {
    const { result, profile } = await run.apply({
      proposed: [proposed('delete', 'a'), proposed('create', 'b')],
      people: 0,
    })
    expect(result.outcome).toBe('blocked')
    expect(profile.changes).toEqual([])
    expect(run.target.size).toBe(0)
    expect(run.journalled()).toHaveLength(1)
  })

  test('tells that there was nothing to do', async () => {
    expect((await run.apply([])).result.outcome).toBe('no-changes')
  })
})

describe('a change that fails', () => {
  const refused = Object.assign(new Error('the address is taken'), {
    code: 'ProxyAddressExistsException',
    status: 409,
    requestId: 'r',
  })

  test('does not stop its neighbours', async () => {
    const { result, profile } = await run.apply([failing('poison', refused), proposed('create', 'ada')])
    expect(run.target.has('ada')).toBe(true)
    expect(result.outcome).toBe('partial')
    expect(profile.changes).toEqual([
      { status: 'done' },
      { status: 'failed', error: { code: 'ProxyAddressExistsException', message: 'the address is taken' } },
    ])
  })

  test('is journalled with what the service said', async () => {
    await run.apply([failing('poison', refused)])
    expect(run.journalled().at(-1)).toMatchObject({ phase: 'after', status: 409, requestId: 'r' })
  })

  test('without an answer is journalled without a status', async () => {
    await run.apply([failing('poison', new Error('connection reset'))])
    expect(run.journalled().at(-1)).toMatchObject({
      phase: 'after',
      status: null,
      requestId: null,
      attempt: 1,
    })
  })

  test('after some of it was written is partial, and says so', async () => {
    const half: Proposed<Target> = {
      ...proposed('create', 'half'),
      write: async (to, record) => {
        await proposed('create', 'half').write(to, record, 0)
        throw refused
      },
    }
    const { profile } = await run.apply([half])
    expect(profile.outcome).toBe('partial')
    expect(profile.changes).toMatchObject([{ status: 'failed', begun: true }])
  })

  test('stops those that wait for it', async () => {
    const poison = failing('poison', refused)
    const { profile } = await run.apply([poison, proposed('create', 'waits', { after: [poison] })])
    expect(run.target.has('waits')).toBe(false)
    expect(profile).toMatchObject({ outcome: 'failed', failed: 1, skipped: 1 })
    expect(profile.changes[1]).toEqual({ status: 'skipped', why: 'waits for poison' })
  })

  test('is `failed` when nothing was done, `partial` when something was', async () => {
    expect((await run.apply([failing('poison', refused)])).result.outcome).toBe('failed')
    expect((await run.apply([failing('poison', refused), proposed('create', 'ada')])).result.outcome).toBe(
      'partial',
    )
  })
})

test('a change waits for the one before it', async () => {
  const first = proposed('delete', 'old')
  const order: string[] = []
  const told = (name: string, one: Proposed<Target>): Proposed<Target> => ({
    ...one,
    write: async (...args) => {
      await one.write(...args)
      order.push(name)
    },
  })
  const early = told('delete old', first)
  await run.apply([told('create new', proposed('create', 'new', { after: [early] })), early])
  expect(order).toEqual(['delete old', 'create new'])
})

describe('deletions', () => {
  const ours = () => proposed('delete', 'ours')
  const unmarked = () => proposed('delete', 'unmarked', { unmarked: true })
  const hide = () => proposed('update', 'leaver', { countsAs: 'deletes' })

  test('nobody reviewed are held, and the rest is written', async () => {
    const { result, profile } = await run.apply([ours(), hide(), proposed('create', 'ada')], {
      approvalOf: () => 'nobody',
    })
    expect(result.outcome).toBe('held')
    expect([...run.target.keys()]).toEqual(['ada'])
    expect(profile).toMatchObject({ held: 2, done: { create: 1, update: 0, delete: 0 } })
    expect(result.plan.profiles[0]!.counts.held).toBe(2)
  })

  test('of objects without our mark are held on a schedule, ours are not', async () => {
    const { profile } = await run.apply([ours(), unmarked()], { approvalOf: () => 'limits' })
    expect(profile.changes).toEqual([{ status: 'done' }, { status: 'held', why: 'unmarked' }])
  })

  test('that somebody saw are written', async () => {
    expect((await run.apply([ours(), unmarked(), hide()], { approvalOf: () => 'seen' })).result.outcome).toBe(
      'applied',
    )
  })

  test('that are held hold those that wait for them', async () => {
    const held = unmarked()
    const { profile } = await run.apply([held, proposed('create', 'ada', { after: [held] })], {
      approvalOf: () => 'limits',
    })
    expect(profile).toMatchObject({ held: 2, outcome: 'held' })
  })
})

test('a journal keeps the time by itself', async () => {
  const own = new Journal(run.paths)
  own.begin({ digest: 'sha256:0', commit: null, actor: null, run: null, limits: {} })
  expect(Date.parse(String(run.journalled().at(-1)!['time']))).toBeGreaterThan(Date.parse('2026-01-01'))
})

test('what an earlier run wrote into the journal stays', async () => {
  await run.apply([proposed('create', 'ada')])
  run.journal.begin({ digest: 'sha256:1', commit: null, actor: null, run: null, limits: {} })
  expect(run.journalled()).toHaveLength(4)
})

test('a run that is stopped begins nothing more', async () => {
  const { profile } = await run.apply([proposed('create', 'ada')], { signal: AbortSignal.abort() })
  expect(profile.changes).toEqual([{ status: 'skipped', why: 'the run was stopped' }])
  expect(run.target.size).toBe(0)
})

test('a target that cannot be written to fails every change, and throws nothing', async () => {
  const { profile } = await run.apply({
    proposed: [proposed('create', 'a'), proposed('create', 'b')],
    connectFails: new Error('no sign-in'),
  })
  expect(profile).toMatchObject({ outcome: 'failed', failed: 2 })
})

test('signs in for writing only when something is to be written', async () => {
  const { result } = await run.apply(
    { proposed: [proposed('delete', 'a')], connectFails: new Error('asked to connect') },
    { approvalOf: () => 'nobody' },
  )
  expect(result.outcome).toBe('held')
})
