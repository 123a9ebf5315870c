/**
 * Writes what a plan proposes. A failed change never stops its neighbours, only those that wait for
 * it; what was done is told even when the rest failed.
 */
import pMap, { pMapSkip } from 'p-map'
import { Endings, placeOf, type StepEnding } from './endings.ts'
import type { Journal } from './journal.ts'
import { noticeOf } from './notice.ts'
import { worstOutcome, type Notice, type Outcome } from './plan.ts'
import type { Planned, PlannedTask } from './planning.ts'
import type { ProfileResult, Result } from './result.ts'
import { heldBecause, type Approval } from './review.ts'
import { Lanes } from './lanes.ts'
import { partOf, type Shard } from './shard.ts'
import { stepsOf, type Step } from './steps.ts'

export interface ApplyOptions {
  readonly approval: Approval
  readonly journal: Journal
  /** Requests under way at a time, per profile. */
  readonly concurrency: number
  /** The part of the mailboxes to write; all of them when absent. */
  readonly shard?: Shard
  /** After each write: how many of how many are through. */
  readonly onProgress?: (profile: string, through: number, of: number) => void
  /** Once aborted, nothing more is begun; what is under way is finished. */
  readonly signal?: AbortSignal
}

/** A mailbox that refuses so many changes in a row is left alone for this run: it would refuse thousands. */
const MOST_REFUSALS = 20

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
  const { task, plan, incomplete } = planned
  if (plan.outcome === 'planned') return summed(planned, await writeAll(planned, options))
  return plan.outcome === 'no-changes' && incomplete
    ? untouched(task.name, 'partial', [incomplete])
    : untouched(task.name, plan.outcome, plan.errors)
}

async function writeAll({ task, proposed }: PlannedTask, options: ApplyOptions): Promise<Endings> {
  const { approval, journal, concurrency, shard, onProgress, signal } = options
  // Signs in for writing only when there is something to write.
  let connecting: Promise<unknown> | undefined
  const connection = () => (connecting ??= task.kind.connect(task.profile))
  const endings = new Endings(proposed, partOf(shard))
  // By mailbox: how many changes in a row were refused.
  const refused = new Map<string, number>()
  const approved = proposed.filter((one) => {
    const why = heldBecause(one, approval)
    if (why) endings.hold(one, why)
    return !why
  })

  async function write({ one, at }: Step): Promise<StepEnding> {
    const mailbox = one.mailboxes?.[at]
    for (const earlier of one.after ?? []) {
      const ending = await endings.of(earlier, mailbox)
      if (ending.status === 'held') return ending
      if (ending.status !== 'done') return { status: 'skipped', why: `waits for ${earlier.change.key}` }
    }
    if (signal?.aborted) return { status: 'skipped', why: 'the run was stopped' }
    const refusals = refused.get(placeOf(mailbox)) ?? 0
    if (mailbox && refusals >= MOST_REFUSALS)
      return { status: 'skipped', why: `the mailbox refused ${MOST_REFUSALS} changes in a row` }
    const recorder = journal.recorder(task.name, one.change, mailbox?.id)
    try {
      await one.write(await connection(), recorder, at)
      refused.delete(placeOf(mailbox))
      return { status: 'done' }
    } catch (error) {
      refused.set(placeOf(mailbox), refusals + 1)
      return { status: 'failed', error: noticeOf(error), ...(recorder.written() && { begun: true }) }
    }
  }

  function* begun(): Generator<Step> {
    for (const step of stepsOf(approved, shard)) {
      endings.begin(step.one, step.one.mailboxes?.[step.at])
      yield step
    }
  }

  let of = 0
  for (const _ of stepsOf(approved, shard)) of++
  let through = 0
  const atATime = task.kind.writesAtATime?.(concurrency) ?? { inAll: concurrency, inOneMailbox: concurrency }
  const lanes = new Lanes(begun(), atATime.inOneMailbox)
  await pMap(
    lanes,
    async (step) => {
      endings.end(step.one, step.one.mailboxes?.[step.at], await write(step))
      lanes.end(step)
      onProgress?.(task.name, ++through, of)
      return pMapSkip
    },
    { concurrency: atATime.inAll },
  )
  return endings
}

function summed({ task, proposed, incomplete }: PlannedTask, endings: Endings): ProfileResult {
  const done = { create: 0, update: 0, delete: 0 }
  const counts = { held: 0, failed: 0, skipped: 0 }
  for (const one of proposed) {
    const sums = endings.sums(one)
    done[one.change.action] += sums.done
    counts.held += sums.held
    counts.failed += sums.failed
    counts.skipped += sums.skipped
  }
  const written = proposed.some((one) => endings.isWritten(one))
  const outcome = outcomeOf(written, counts)
  return {
    name: task.name,
    outcome: incomplete ? worstOutcome([outcome, 'partial']) : outcome,
    done,
    ...counts,
    changes: proposed.map((one) => endings.resultOf(one)),
    // What failed has its own words; what was not reached needs these.
    errors: incomplete && counts.failed + counts.skipped === 0 ? [incomplete] : [],
  }
}

function outcomeOf(
  written: boolean,
  { held, failed, skipped }: { held: number; failed: number; skipped: number },
): Outcome {
  if (failed + skipped > 0) return written ? 'partial' : 'failed'
  if (held > 0) return 'held'
  return written ? 'applied' : 'no-changes'
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
