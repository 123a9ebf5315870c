/**
 * Writes what a plan proposes. A failed change never stops its neighbours, only those that wait for
 * it; what was done is told even when the rest failed.
 */
import pMap, { pMapSkip } from 'p-map'
import { heldBecause, isApproved, tooManyMore, type Approval } from './approval.ts'
import { Endings, placeOf, type StepEnding } from './endings.ts'
import type { Journal } from './journal.ts'
import { noticeOf, openNotice } from './notice.ts'
import { worstOutcome, type Health, type Notice, type Outcome } from './plan.ts'
import type { Proposed } from './kind.ts'
import type { Planned, PlannedTask, Task } from './planning.ts'
import type { ProfileResult, Result } from './result.ts'
import { Lanes } from './lanes.ts'
import { partOf, type Shard } from './shard.ts'
import { stepsOf, type Step } from './steps.ts'

export interface ApplyOptions {
  readonly approvalOf: (planned: PlannedTask) => Approval
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
  const ended = await Promise.all(tasks.map((task) => applyOne(task, options)))
  const profiles = ended.map(({ result }) => result)
  return {
    outcome: worstOutcome(profiles.map(({ outcome }) => outcome)),
    plan: {
      ...plan,
      profiles: plan.profiles.map((profile, index) => ({
        ...profile,
        counts: { ...profile.counts, held: profiles[index]!.held },
        health: [...profile.health, ...ended[index]!.found],
      })),
    },
    profiles,
  }
}

interface Ended {
  readonly result: ProfileResult
  /** What trying it found. */
  readonly found: readonly Health[]
}

function untried(result: ProfileResult): Ended {
  return { result, found: [] }
}

async function applyOne(planned: PlannedTask, options: ApplyOptions): Promise<Ended> {
  const { task, plan, incomplete } = planned
  // Of a profile that is paused or failed there is nothing to approve.
  if (plan.outcome === 'failed' || task.state === 'paused')
    return untried(untouched(task.name, plan.outcome, plan.errors))
  const approval = options.approvalOf(planned)
  const reviewed = reviewedIn(approval)
  if (typeof approval === 'object' && 'refused' in approval)
    return untried({ ...untouched(task.name, 'stale', [approval.refused]), ...reviewed })
  if (plan.outcome === 'planned') {
    const { result, found } = await writeApproved(planned, approval, options)
    return { result: { ...result, ...reviewed }, found }
  }
  return untried({
    ...(plan.outcome === 'no-changes' && incomplete
      ? untouched(task.name, 'partial', [incomplete])
      : untouched(task.name, plan.outcome, plan.errors)),
    ...reviewed,
  })
}

function reviewedIn(approval: Approval): Pick<ProfileResult, 'reviewed'> {
  if (typeof approval !== 'object') return {}
  const review = isApproved(approval) ? approval : approval.against
  return review ? { reviewed: { where: review.where, counts: review.reviewed.counts } } : {}
}

type Granted = Exclude<Approval, { refused: Notice }>

/** Writes all but what is held; nothing, when that is far more than was reviewed. */
async function writeApproved(planned: PlannedTask, approval: Granted, options: ApplyOptions): Promise<Ended> {
  const { task, proposed } = planned
  const endings = new Endings(proposed, partOf(options.shard))
  const writing = { create: 0, update: 0, delete: 0 }
  const approved = proposed.filter((one) => {
    const why = heldBecause(one, approval)
    if (why) endings.hold(one, why)
    else writing[one.change.action] += one.mailboxes?.length ?? 1
    return !why
  })
  const refused = isApproved(approval) ? tooManyMore(writing, approval) : undefined
  if (refused) return untried(untouched(task.name, 'stale', [refused]))
  // Signs in for writing only when there is something to write.
  let connecting: Promise<unknown> | undefined
  const connection = () => (connecting ??= task.kind.connect(task.profile))
  await writeAll(task, approved, endings, connection, options)
  const result = summed(planned, endings)
  const isWhole = sumDone(result) > 0 && result.failed + result.skipped === 0
  return isWhole && task.kind.verify ? verified(task, result, connection, options) : untried(result)
}

function sumDone({ done }: ProfileResult): number {
  return done.create + done.update + done.delete
}

/** What was written stands; what trying it showed is told beside it. */
async function verified(
  { name, profile, kind }: Task,
  result: ProfileResult,
  connection: () => Promise<unknown>,
  { journal }: ApplyOptions,
): Promise<Ended> {
  try {
    const found = await kind.verify!(profile, await connection(), (about) => journal.recorder(name, about))
    const failed = found.filter(({ state }) => state === 'error').length
    if (failed === 0) return { result, found }
    const error = openNotice('verification-failed', `Of ${found.length} verified, ${failed} failed.`)
    return { result: partial(result, error), found }
  } catch (error) {
    return untried(partial(result, noticeOf(error)))
  }
}

function partial(result: ProfileResult, error: Notice): ProfileResult {
  return { ...result, outcome: 'partial', errors: [...result.errors, error] }
}

async function writeAll(
  task: Task,
  approved: readonly Proposed<unknown>[],
  endings: Endings,
  connection: () => Promise<unknown>,
  { journal, concurrency, shard, onProgress, signal }: ApplyOptions,
): Promise<void> {
  // By mailbox: how many changes in a row were refused.
  const refused = new Map<string, number>()

  async function write({ one, at }: Step): Promise<StepEnding> {
    const mailbox = one.mailboxes?.[at]
    for (const earlier of one.behind ?? []) await endings.of(earlier, mailbox)
    for (const earlier of one.after ?? []) {
      const ending = await endings.of(earlier, mailbox)
      if (ending.status === 'held') return ending
      if (ending.status !== 'done') return { status: 'skipped', why: `waits for ${earlier.change.key}` }
    }
    if (signal?.aborted) return { status: 'skipped', why: 'the run was stopped' }
    if (isByHand(one)) return { status: 'skipped', why: 'to be done by hand: the plan has the script' }
    const refusals = refused.get(placeOf(mailbox)) ?? 0
    if (mailbox && refusals >= MOST_REFUSALS)
      return { status: 'skipped', why: `the mailbox refused ${MOST_REFUSALS} changes in a row` }
    const recorder = journal.recorder(task.name, one.change, mailbox?.id)
    try {
      const not = await one.write(await connection(), recorder, at)
      refused.delete(placeOf(mailbox))
      return not ? { status: 'skipped', why: not.why } : { status: 'done' }
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
}

function summed({ task, proposed, incomplete }: PlannedTask, endings: Endings): ProfileResult {
  const done = { create: 0, update: 0, delete: 0 }
  const counts = { held: 0, failed: 0, skipped: 0 }
  for (const one of proposed) {
    const sums = endings.sums(one)
    done[one.change.action] += sums.done
    done.delete += sums.done * (one.change.removes?.length ?? 0)
    counts.held += sums.held
    counts.failed += sums.failed
    counts.skipped += sums.skipped
  }
  // What is left for somebody's hand is no failure of the rest.
  const isBegun = proposed.some((one) => isByHand(one) || endings.isWritten(one))
  const outcome = outcomeOf(isBegun, counts)
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

function isByHand({ change }: Proposed<unknown>): boolean {
  return change.manual !== undefined
}

function outcomeOf(
  isBegun: boolean,
  { held, failed, skipped }: { held: number; failed: number; skipped: number },
): Outcome {
  if (failed + skipped > 0) return isBegun ? 'partial' : 'failed'
  if (held > 0) return 'held'
  return isBegun ? 'applied' : 'no-changes'
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
