import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { applyAll } from '../apply.ts'
import type { Proposed } from '../kind.ts'
import { planAll } from '../planning.ts'
import { failingIn, mailboxes, proposed, shared, task, type Target } from './memory.ts'
import { CONTEXT, Run } from './run.ts'

const FOUR = mailboxes('ada@x', 'bob@x', 'cleo@x', 'dan@x')
const [ADA, BOB, CLEO] = mailboxes('ada@x', 'bob@x', 'cleo@x')
const full = Object.assign(new Error('the mailbox is full'), { code: 'ErrorQuotaExceeded' })
const FULL = { code: 'ErrorQuotaExceeded', message: 'the mailbox is full' }

let run: Run
beforeEach(() => {
  run = new Run()
})

describe('a change that mailboxes share', () => {
  test('writes a change in each of its mailboxes, once', async () => {
    const { result, profile } = await run.apply([
      shared('create', 'grace', FOUR),
      shared('create', 'alan', FOUR),
    ])
    expect([...run.target.keys()].sort()).toEqual(
      FOUR.flatMap(({ name }) => [`${name} alan`, `${name} grace`]).sort(),
    )
    expect(run.journalled().filter(({ phase }) => phase === 'before')).toHaveLength(8)
    expect(result.outcome).toBe('applied')
    expect(profile).toMatchObject({ done: { create: 8, update: 0, delete: 0 }, failed: 0, skipped: 0 })
    expect(profile.changes).toEqual([{ status: 'done' }, { status: 'done' }])
  })

  test('tells how far it is, mailbox by mailbox', async () => {
    const seen: string[] = []
    await run.apply([shared('create', 'grace', FOUR), proposed('create', 'alan')], {
      onProgress: (profile, through, of) => seen.push(`${profile} ${through}/${of}`),
    })
    expect(seen).toEqual([1, 2, 3, 4, 5].map((through) => `people ${through}/5`))
  })

  test('names the mailbox by its id in the journal and in what it keeps of the removed', async () => {
    await run.apply([shared('delete', 'leaver', mailboxes('ada@x', 'bob@x'))], { concurrency: 1 })
    expect(run.journalled().map(({ phase, mailbox }) => [phase, mailbox])).toEqual([
      [undefined, undefined],
      ['before', 'id of ada@x'],
      ['after', 'id of ada@x'],
      ['before', 'id of bob@x'],
      ['after', 'id of bob@x'],
    ])
    expect(run.removed()).toEqual(
      ['ada@x', 'bob@x'].map((mailbox) =>
        expect.objectContaining({
          key: 'leaver',
          mailbox: `id of ${mailbox}`,
          removed: { key: `${mailbox} leaver` },
        }),
      ),
    )
  })

  test('one mailbox that fails stops no other, and is named', async () => {
    const { profile } = await run.apply([failingIn(['bob@x'], full, shared('create', 'grace', FOUR))])
    expect([...run.target.keys()]).toEqual(['ada@x grace', 'cleo@x grace', 'dan@x grace'])
    expect(profile).toMatchObject({
      outcome: 'partial',
      done: { create: 3, update: 0, delete: 0 },
      failed: 1,
      changes: [{ status: 'divided', done: 3, failures: [{ mailbox: 'bob@x', error: FULL }], skipped: [] }],
    })
  })

  test('that fails in every mailbox has done nothing', async () => {
    const names = FOUR.map(({ name }) => name)
    const { profile } = await run.apply([failingIn(names, full, shared('create', 'grace', FOUR))])
    expect(profile).toMatchObject({
      outcome: 'failed',
      failed: 4,
      changes: [{ status: 'divided', done: 0 }],
    })
  })

  test('that fails half-way in a mailbox says so', async () => {
    const one = shared('create', 'grace', [ADA!])
    const half: Proposed<Target> = {
      ...one,
      write: async (...args) => {
        await one.write(...args)
        throw full
      },
    }
    const { profile } = await run.apply([half])
    expect(profile.outcome).toBe('partial')
    expect(profile.changes).toMatchObject([{ failures: [{ mailbox: 'ada@x', begun: true }] }])
  })

  test('is held as a whole, and counted in each mailbox', async () => {
    const { result, profile } = await run.apply(
      [shared('delete', 'leaver', FOUR), proposed('delete', 'other')],
      {
        approvalOf: () => 'nobody',
      },
    )
    expect(profile).toMatchObject({ outcome: 'held', held: 5, done: { delete: 0 } })
    expect(profile.changes[0]).toEqual({ status: 'held', why: 'unreviewed' })
    expect(result.plan.profiles[0]!.counts.held).toBe(5)
  })

  test('that is stopped begins nothing in any further mailbox', async () => {
    const stop = new AbortController()
    const { profile } = await run.apply([shared('create', 'grace', FOUR)], {
      concurrency: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    const why = 'the run was stopped'
    expect(profile).toMatchObject({ outcome: 'partial', done: { create: 1 }, skipped: 3 })
    expect(profile.changes).toEqual([
      {
        status: 'divided',
        done: 1,
        failures: [],
        skipped: ['bob@x', 'cleo@x', 'dan@x'].map((mailbox) => ({ mailbox, why })),
      },
    ])
  })
})

describe('a change that waits for another', () => {
  test('waits for it in its own mailbox alone', async () => {
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    const folder = shared('create', 'Folder', [ADA!, BOB!])
    const slow: Proposed<Target> = {
      ...folder,
      write: async (to, record, at) => {
        if (at === 0) await gate
        await folder.write(to, record, at)
      },
    }
    const contact = shared('create', 'grace', [ADA!, BOB!, CLEO!], { after: [slow] })
    const applying = run.apply([contact, slow])
    while (run.target.size < 3) await setImmediate()
    expect([...run.target.keys()].sort()).toEqual(['bob@x Folder', 'bob@x grace', 'cleo@x grace'])
    open()
    expect((await applying).profile.outcome).toBe('applied')
    expect([...run.target.keys()].slice(3)).toEqual(['ada@x Folder', 'ada@x grace'])
  })

  test('is not attempted where the other failed, and there alone', async () => {
    const folder = failingIn(['bob@x'], full, shared('create', 'Folder', [ADA!, BOB!]))
    const contact = shared('create', 'grace', [ADA!, BOB!, CLEO!], { after: [folder] })
    const { profile } = await run.apply([contact, folder])
    expect([...run.target.keys()].sort()).toEqual(['ada@x Folder', 'ada@x grace', 'cleo@x grace'])
    expect(profile).toMatchObject({ outcome: 'partial', done: { create: 3 }, failed: 1, skipped: 1 })
    expect(profile.changes[1]).toEqual({
      status: 'divided',
      done: 2,
      failures: [],
      skipped: [{ mailbox: 'bob@x', why: 'waits for Folder' }],
    })
  })

  test('waits in every mailbox for one that is made once', async () => {
    const policy = proposed('create', 'policy')
    const contact = shared('create', 'grace', [ADA!, BOB!], { after: [policy] })
    expect((await run.apply([contact, policy])).profile.outcome).toBe('applied')
    expect([...run.target.keys()]).toEqual(['policy', 'ada@x grace', 'bob@x grace'])
  })

  test('is held as a whole when the other is', async () => {
    const held = shared('delete', 'old', [ADA!])
    const contact = shared('create', 'new', [ADA!, BOB!], { after: [held] })
    const { profile } = await run.apply([held, contact], { approvalOf: () => 'nobody' })
    expect(profile).toMatchObject({ outcome: 'held', held: 3 })
    expect(profile.changes).toEqual([
      { status: 'held', why: 'unreviewed' },
      { status: 'held', why: 'unreviewed' },
    ])
    expect(run.target.size).toBe(0)
  })

  test('is not attempted when another profile has the other', async () => {
    const [first, second] = ['first', 'second'].map((name) => {
      const taken = proposed('create', 'address', { exclusive: 'address' })
      return task(
        { proposed: [taken, proposed('create', `${name} waits`, { after: [taken] })] },
        run.target,
        {
          name,
        },
      )
    })
    const plan = await planAll([first!, second!], CONTEXT)
    const { profiles } = await applyAll(plan, {
      approvalOf: () => 'seen',
      journal: run.journal,
      concurrency: 4,
    })
    expect(profiles.map(({ outcome }) => outcome)).toEqual(['applied', 'failed'])
    expect(profiles[1]!.changes).toEqual([{ status: 'skipped', why: 'waits for address' }])
  })
})

describe('a mailbox that refuses', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => `p${String(index).padStart(2, '0')}`)

  test('twenty changes in a row is left alone, and the others go on', async () => {
    const many = people(24).map((key) => failingIn(['bob@x'], full, shared('create', key, [ADA!, BOB!])))
    const { profile } = await run.apply(many, { concurrency: 1 })
    expect(profile).toMatchObject({ done: { create: 24 }, failed: 20, skipped: 4 })
    expect(profile.changes.at(-1)).toMatchObject({
      skipped: [{ mailbox: 'bob@x', why: 'the mailbox refused 20 changes in a row' }],
    })
  })

  test('now and then is tried on', async () => {
    const many = people(45).map((key, index) => {
      const one = shared('create', key, [BOB!])
      return index % 15 === 14 ? one : failingIn(['bob@x'], full, one)
    })
    const { profile } = await run.apply(many, { concurrency: 1 })
    expect(profile).toMatchObject({ done: { create: 3 }, failed: 42, skipped: 0 })
  })
})
