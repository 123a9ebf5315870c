/** Applies that are disturbed, from several beginnings; and that each comes to the end of an undisturbed one. */
import { expect } from '@jest/globals'
import pMap from 'p-map'
import type { Change } from '../../src/engine/plan.ts'
import type { Result } from '../../src/engine/result.ts'
import type { RequestRecord } from '../../src/simulator/records.ts'
import { drift } from './drifted.ts'
import { FULL, LIMITLESS, Synchronized, type Starting } from './synchronized.ts'

export type End = ReturnType<Synchronized['standing']>

export interface Beginning {
  readonly name: string
  /** Two tenants in which an apply has much to do. */
  begin(more?: Starting): Promise<Synchronized>
}

/** Everything is still to be made. */
const NOTHING: Beginning = {
  name: 'from nothing',
  begin: (more) => Synchronized.start({ profile: FULL, ...more }),
}

/** Everything stands, and all that can differ from the profile does: everyone had access, and no longer shall. */
const DRIFTED: Beginning = {
  name: 'from what drifted',
  async begin(more) {
    const between = await Synchronized.start({ profile: `scope: { everyone: true }\n${LIMITLESS}`, ...more })
    await between.tenants.apply()
    between.profile(FULL)
    drift(between)
    return between
  },
}

/** Everything stands, and is to go. */
const ESTABLISHED: Beginning = {
  name: 'taking down',
  async begin(more) {
    const between = await Synchronized.start({ profile: FULL, ...more })
    await between.tenants.apply()
    between.profile(`${FULL}\nstate: absent`)
    return between
  },
}

export const BEGINNINGS = [NOTHING, DRIFTED, ESTABLISHED]

/** What an apply that nothing disturbs sends, and to what end. */
export interface Undisturbed {
  /** To Graph, in the order of arrival; steps of batches stand behind their batch. */
  readonly requests: readonly RequestRecord[]
  readonly end: End
}

export async function undisturbed({ begin }: Beginning): Promise<Undisturbed> {
  const between = await begin()
  try {
    const before = between.tenants.simulator.requests.length
    expect((await between.tenants.apply()).outcome).toBe('applied')
    const requests = between.tenants.simulator.requests.slice(before)
    return { requests: requests.filter(({ service }) => service === 'graph'), end: between.standing() }
  } finally {
    await between.stop()
  }
}

/** Undisturbed from here on: one apply comes to the end, and leaves nothing to do. */
export async function expectConverges(between: Synchronized, end: End): Promise<Result> {
  between.tenants.simulator.faults.clear()
  await between.tenants.idle()
  const result = await between.tenants.apply()
  expect(result.outcome).toMatch(/^(applied|no-changes)$/)
  expect((await between.tenants.plan()).changes).toEqual([])
  expect(between.standing()).toEqual(end)
  return result
}

/** What a result calls done is done: not planned again. What it does not is, unless some of it was written. */
export function expectTold({ plan, profiles }: Result, again: readonly Change[]): void {
  const name = ({ object, label }: Change) => `${object} ${label}`
  const left = new Set(again.map(name))
  for (const [at, change] of plan.profiles[0]!.changes.entries()) {
    const told = profiles[0]!.changes[at]
    const isBegun = told?.status === 'failed' && told.begun === true
    if (!isBegun)
      expect([name(change), left.has(name(change))]).toEqual([name(change), told?.status !== 'done'])
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
