import { describe, expect, test } from '@jest/globals'
import type { Proposed } from '../../../engine/kind.ts'
import { planAll } from '../../../engine/planning.ts'
import { mailboxes, proposed, shared, task, type Target } from '../../../engine/__tests__/memory.ts'
import { shardsFor } from '../shards.ts'

describe('how many shards a plan is worth', () => {
  async function worth(changes: readonly Proposed<Target>[], count?: number): Promise<number> {
    const context = { now: new Date('2026-11-21T09:00:00Z'), profileNames: new Set<string>() }
    const script = { proposed: changes, ...(count !== undefined && { mailboxes: count }) }
    return shardsFor((await planAll([task(script)], context)).plan)
  }
  const thousand = mailboxes(...Array.from({ length: 1_000 }, (_, index) => `${index}@x`))
  const creates = (count: number) =>
    Array.from({ length: count }, (_, index) => shared('create', `person ${index}`, thousand))

  test.each([
    [0, 1],
    [1, 1],
    [20, 1],
    [21, 2],
    [41, 3],
    [1_000, 20],
  ])('%i changes in a thousand mailboxes: %i', async (count, shards) => {
    expect(await worth(creates(count), 1_000)).toBe(shards)
  })

  test('no more than there are mailboxes', async () => {
    expect(await worth(creates(1_000), 7)).toBe(7)
  })

  test('one where no mailboxes share them', async () => {
    expect(await worth([proposed('create', 'a')])).toBe(1)
    expect(await worth(creates(21))).toBe(1)
  })
})
