import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ApplyOptions } from '../apply.ts'
import type { Proposed } from '../kind.ts'
import type { ChangeResult } from '../result.ts'
import { failingIn, mailboxes, proposed, shared, type Script, type Target } from './memory.ts'
import { Run } from './run.ts'

const FOUR = mailboxes('ada@x', 'bob@x', 'cleo@x', 'dan@x')
const [ADA] = FOUR
const full = Object.assign(new Error('the mailbox is full'), { code: 'ErrorQuotaExceeded' })
const unreached = { code: 'mailbox-unavailable', message: '1 mailbox could not be reached' }

let run: Run
beforeEach(() => {
  run = new Run()
})

describe('how many writes are under way at a time', () => {
  /** @returns the most of `count` mailboxes that were written at the same time. */
  async function mostAtATime(count: number, script: Partial<Script>, concurrency: number): Promise<number> {
    const names = Array.from({ length: count }, (_, index) => `${index}@x`)
    let now = 0
    let most = 0
    const one: Proposed<Target> = {
      ...shared('create', 'grace', mailboxes(...names)),
      write: async () => {
        most = Math.max(most, ++now)
        await setImmediate()
        now--
      },
    }
    const { profile } = await run.apply({ proposed: [one], managed: 0, ...script }, { concurrency })
    expect(profile.done.create).toBe(count)
    return most
  }

  test('no more than requests, however many mailboxes there are', async () => {
    expect(await mostAtATime(3_000, {}, 4)).toBe(4)
  })

  test('more, where a connection gathers them into requests', async () => {
    expect(
      await mostAtATime(100, { writesAtATime: (requests) => ({ inAll: requests * 20, inOneMailbox: 4 }) }, 2),
    ).toBe(40)
  })
})

describe('a shard', () => {
  const statuses = (changes: readonly ChangeResult[]) => changes.map(({ status }) => status)

  test('writes its mailboxes, and all shards together write everything once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        async (names, of) => {
          run.target = new Map()
          const all = mailboxes(...names)
          const folder = shared('create', 'Folder', all)
          const changes = [folder, shared('create', 'grace', all, { after: [folder] })]
          const written: string[] = []
          for (let index = 1; index <= of; index++) {
            const { profile } = await run.apply({ proposed: changes, managed: 0 }, { shard: { index, of } })
            expect(profile.done.create).toBe(run.target.size)
            written.push(...run.target.keys())
            run.target = new Map()
          }
          expect(written.sort()).toEqual(names.flatMap((name) => [`${name} Folder`, `${name} grace`]).sort())
        },
      ),
      { numRuns: 30 },
    )
  })

  test('that has nothing of its own does nothing, and signs in nowhere', async () => {
    const results = await Promise.all(
      [1, 2].map((index) =>
        run.apply(
          { proposed: [shared('create', 'grace', [ADA!])], connectFails: new Error('asked to connect') },
          { shard: { index, of: 2 } },
        ),
      ),
    )
    const outcomes = results.map(({ profile }) => [profile.outcome, ...statuses(profile.changes)])
    expect(outcomes.sort()).toEqual([
      ['failed', 'divided'],
      ['no-changes', 'elsewhere'],
    ])
  })

  test('counts the progress of its own part', async () => {
    const seen: number[] = []
    for (const index of [1, 2])
      await run.apply([shared('create', 'grace', FOUR)], {
        shard: { index, of: 2 },
        onProgress: (_, through, of) => through === of && seen.push(of),
      })
    expect(seen.reduce((sum, one) => sum + one, 0)).toBe(4)
  })
})

describe('what could not be reached leaves an apply `partial`', () => {
  test.each<[string, readonly Proposed<Target>[], Partial<ApplyOptions>, string]>([
    ['with nothing to do', [], {}, 'partial'],
    ['with everything else written', [proposed('create', 'a')], {}, 'partial'],
    ['with deletions held', [proposed('delete', 'a')], { approvalOf: () => 'nobody' }, 'partial'],
    ['but `failed` when nothing else succeeded', [shared('create', 'a', [ADA!])], {}, 'failed'],
  ])('%s', async (_, changes, options, outcome) => {
    const failing = changes.map((one) => (one.mailboxes ? failingIn(['ada@x'], full, one) : one))
    const { result, profile } = await run.apply({ proposed: failing, incomplete: unreached }, options)
    expect([result.outcome, profile.outcome]).toEqual([outcome, outcome])
    // What failed has its own words.
    expect(profile.errors).toEqual(profile.failed + profile.skipped > 0 ? [] : [unreached])
  })

  test('but `blocked` when a limit forbids it all', async () => {
    const { profile } = await run.apply({ proposed: [], people: 0, incomplete: unreached })
    expect(profile).toMatchObject({ outcome: 'blocked', errors: [] })
  })
})
