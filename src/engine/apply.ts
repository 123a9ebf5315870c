/**
 * Writes what a plan proposes. A failed change never stops its neighbours, only those that wait for
 * it; what was done is told even when the rest failed.
 */
import pLimit from 'p-limit'
import type { Proposed } from './kind.ts'
import type { Journal } from './journal.ts'
import { noticeOf } from './notice.ts'
import { worstOutcome, type Notice, type Outcome } from './plan.ts'
import type { Planned, PlannedTask } from './planning.ts'
import type { ChangeResult, ProfileResult, Result } from './result.ts'
import { heldBecause, type Approval } from './review.ts'

export interface ApplyOptions {
  readonly approval: Approval
  readonly journal: Journal
  /** Changes written at a time, per profile. */
  readonly concurrency: number
  /** After each change: how many of how many are through. */
  readonly onProgress?: (profile: string, through: number, of: number) => void
  /** Once aborted, nothing more is begun; what is under way is finished. */
  readonly signal?: AbortSignal
}

/** @throws nothing: whatever fails stands in the result. */
export async function applyAll({ plan, tasks }: Planned, options: ApplyOptions): Promise<Result> {
  const profiles = await Promise.all(tasks.map((task) => applyOne(task, options)))
  return {
    outcome: worstOutcome(profiles.map(({ outcome }) => outcome)),
    plan: {
      ...plan,
      profiles: plan.profiles.map((profile, index) => ({
        ...profile,
        counts: { ...profile.counts, held: profiles[index]!.held },
      })),
    },
    profiles,
  }
}

async function applyOne(planned: PlannedTask, options: ApplyOptions): Promise<ProfileResult> {
  const { task, plan, proposed } = planned
  if (plan.outcome !== 'planned') return untouched(task.name, plan.outcome, plan.errors)
  return summed(task.name, proposed, await writeAll(planned, options))
}

async function writeAll({ task, proposed }: PlannedTask, options: ApplyOptions): Promise<ChangeResult[]> {
  const { approval, journal, concurrency, onProgress, signal } = options
  // Signs in for writing only when there is something to write.
  let connecting: Promise<unknown> | undefined
  const connection = () => (connecting ??= task.kind.connect(task.profile))
  const limit = pLimit(concurrency)
  const results = new Map<Proposed<unknown>, Promise<ChangeResult>>()
  let through = 0

  const resultOf = (one: Proposed<unknown>): Promise<ChangeResult> => {
    let result = results.get(one)
    if (!result)
      results.set(
        one,
        (result = settle(one).finally(() => onProgress?.(task.name, ++through, proposed.length))),
      )
    return result
  }

  async function settle(one: Proposed<unknown>): Promise<ChangeResult> {
    const why = heldBecause(one, approval)
    if (why) return { status: 'held', why }
    for (const earlier of one.after ?? []) {
      const result = await resultOf(earlier)
      if (result.status === 'held') return result
      if (result.status !== 'done') return { status: 'skipped', why: `waits for ${earlier.change.key}` }
    }
    return limit(async (): Promise<ChangeResult> => {
      if (signal?.aborted) return { status: 'skipped', why: 'the run was stopped' }
      const recorder = journal.recorder(task.name, one.change)
      try {
        await one.write(await connection(), recorder)
        return { status: 'done' }
      } catch (error) {
        return { status: 'failed', error: noticeOf(error), ...(recorder.written() && { begun: true }) }
      }
    })
  }

  return Promise.all(proposed.map(resultOf))
}

function summed(
  name: string,
  proposed: readonly Proposed<unknown>[],
  changes: readonly ChangeResult[],
): ProfileResult {
  const done = { create: 0, update: 0, delete: 0 }
  for (const [index, { status }] of changes.entries())
    if (status === 'done') done[proposed[index]!.change.action]++
  const of = (status: ChangeResult['status']) => changes.filter((change) => change.status === status).length
  const counts = { held: of('held'), failed: of('failed'), skipped: of('skipped') }
  const written = changes.some((change) => change.status === 'done' || 'begun' in change)
  return { name, outcome: outcomeOf(written, counts), done, ...counts, changes, errors: [] }
}

function outcomeOf(
  written: boolean,
  { held, failed, skipped }: { held: number; failed: number; skipped: number },
): Outcome {
  if (failed + skipped > 0) return written ? 'partial' : 'failed'
  return held > 0 ? 'held' : 'applied'
}

/** A profile of which nothing was written: nothing to do, blocked, stale, failed. */
export function untouched(name: string, outcome: Outcome, errors: readonly Notice[]): ProfileResult {
  return {
    name,
    outcome,
    done: { create: 0, update: 0, delete: 0 },
    held: 0,
    failed: 0,
    skipped: 0,
    changes: [],
    errors,
  }
}
