/** Applies that are disturbed; and that each comes to the end of an undisturbed one. */
import { expect } from '@jest/globals'
import pMap from 'p-map'
import type { Change, ProfilePlan } from '../../src/engine/plan.ts'
import type { ProfileResult, Result } from '../../src/engine/result.ts'
import type { RequestRecord } from '../../src/simulator/records.ts'
import type { Beginning } from './beginnings.ts'
import type { Migrating } from './migrating.ts'
import { expectNoDouble, expectUntouched, standing, type Standing } from './standing.ts'

/** What an apply that nothing disturbs sends, and to what end. */
export interface Undisturbed {
  /** In the order of arrival, sign-ins aside; steps of Graph's batches stand behind their batch. */
  readonly requests: readonly RequestRecord[]
  readonly end: Standing
}

export async function undisturbed({ begin }: Beginning): Promise<Undisturbed> {
  const migrating = await begin()
  try {
    const { requests } = migrating.tenants.simulator
    const before = requests.length
    expect((await migrating.apply()).outcome).toBe('applied')
    const sent = requests.slice(before).filter(({ service }) => service !== 'entra')
    expectNoDouble(migrating)
    return { requests: sent, end: standing(migrating) }
  } finally {
    await migrating.stop()
  }
}

/** The profile that moves mailboxes, among all that a run planned. */
export function planned({ plan }: Pick<Result, 'plan'>): ProfilePlan {
  return plan.profiles.find(({ name }) => name === 'people')!
}

export function ended({ profiles }: Result): ProfileResult {
  return profiles.find(({ name }) => name === 'people')!
}

/** An apply of which anything may come but a second one of what there is one of. */
export async function applyDisturbed(migrating: Migrating): Promise<Result> {
  const before = standing(migrating)
  const result = await migrating.apply()
  await migrating.tenants.idle()
  expectNoDouble(migrating)
  expectUntouched(migrating, before)
  return result
}

function failuresIn(result: Result) {
  return ended(result).changes.flatMap((change) => (change.status === 'failed' ? [change.error] : []))
}

/** Undisturbed from here on: one apply comes to the end, and leaves nothing to do. */
export async function expectConverges(migrating: Migrating, end: Standing): Promise<Result> {
  migrating.tenants.simulator.faults.clear()
  await migrating.tenants.idle()
  const result = await migrating.apply()
  expect([result.outcome, ...ended(result).errors, ...failuresIn(result)]).toEqual([
    expect.stringMatching(/^(applied|no-changes)$/),
  ])
  expect((await migrating.plan()).changes).toEqual([])
  expect(standing(migrating)).toEqual(end)
  return result
}

/** What a disturbed apply left is mended by the next one; where its plan failed, it left all as it was. */
export async function expectMended(
  migrating: Migrating,
  result: Result,
  { before, end }: { before: Standing; end: Standing },
): Promise<void> {
  if (planned(result).outcome === 'failed') {
    expect(ended(result).changes).toEqual([])
    // And from there an undisturbed one comes to the end.
    expect(standing(migrating)).toEqual(before)
  } else expectTold(result, planned(await expectConverges(migrating, end)).changes)
}

/** Of these nobody knows whether it was done. */
const NO_ANSWER = /^(no-answer|HttpRequestException)$/

/** What a result calls done is done: not planned again. What it does not is, unless some of it may be done. */
function expectTold(result: Result, again: readonly Change[]): void {
  const name = ({ object, label, action, fields }: Change) =>
    [action, object, label, ...fields.map(({ field }) => field)].join(' ')
  const left = new Set(again.map(name))
  const changes = ended(result).changes
  for (const [at, change] of planned(result).changes.entries()) {
    const told = changes[at]!
    const isOpen = told.status === 'failed' && (told.begun === true || NO_ANSWER.test(told.error.code))
    if (!isOpen)
      expect([name(change), left.has(name(change))]).toEqual([name(change), told.status !== 'done'])
  }
}

/**
 * Runs cases side by side, for much of their time they wait.
 * @returns those that failed, by name, with what they met: nothing when all is well.
 */
export async function failing<Case>(
  cases: readonly Case[],
  nameOf: (one: Case) => string,
  run: (one: Case) => Promise<void>,
): Promise<string[]> {
  expect(cases).not.toHaveLength(0)
  const failed: string[] = []
  await pMap(
    cases,
    async (one) => {
      try {
        await run(one)
      } catch (error) {
        failed.push(`${nameOf(one)}: ${(error as Error).message}`)
      }
    },
    { concurrency: 6 },
  )
  return failed
}
