import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { untouched } from '../../engine/apply.ts'
import { Journal } from '../../engine/journal.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Notice, Outcome } from '../../engine/plan.ts'
import { joined, type Result } from '../../engine/result.ts'
import type { Approval } from '../../engine/review.ts'
import { addComment } from '../../github/comment.ts'
import { pullRequestOf } from '../../github/merged.ts'
import { setOutputs } from '../../github/outputs.ts'
import { sayRendered } from '../../github/log.ts'
import { writeSummary } from '../../github/summary.ts'
import { htmlReport } from '../../report/html/page.ts'
import { planJson } from '../../report/json.ts'
import { resultComment, resultSummary } from '../../report/markdown/result.ts'
import { terminalResult } from '../../report/terminal/result.ts'
import { applyRun, planRun, type PlannedRun } from '../run.ts'
import { keepAttention } from './attention.ts'
import { ending, planOutputs, tell, type Ending } from './ending.ts'
import type { Job } from './job.ts'
import { partJson, partsIn } from './parts.ts'

const LOG_WIDTH = 120

/** Plans afresh and writes what is approved. */
export async function apply(job: Job): Promise<Ending> {
  const { run, detail } = job
  const parts = partsIn(job)
  const planned = await planRun(job.options, 'apply')
  const paths = { journal: job.path('journal.ndjson'), removed: job.path('removed.ndjson') }
  const approval = approvalOf(job, planned.plan.digest)
  const own =
    typeof approval === 'object' ? stale(planned, approval) : await write(planned, approval, paths, job)
  const result = joined(own, parts)
  const { shard } = planned

  const shown = { detail, run: run.runUrl, ...journalDigest(paths.journal) }
  const summary = resultSummary(result, shown)
  await writeSummary(summary)
  sayRendered(terminalResult(result, { detail, color: true, width: LOG_WIDTH }))
  const outputs = {
    ...planOutputs(result.plan, shard?.of ?? 1),
    outcome: result.outcome,
    failed: result.profiles.reduce((sum, { failed, skipped }) => sum + failed + skipped, 0),
    'plan-path': job.file('plan.json', planJson(result.plan)),
    'summary-path': job.file('summary.md', summary),
    'report-path': job.file('report.html', htmlReport({ plan: result.plan, result, detail })),
    ...(shard && { 'part-path': job.file('part.json', partJson(own)) }),
  }
  // One result for all shards: the job that closes the run tells it.
  const told = shard ? {} : await tell(() => commentOnMerged(result, shown, job))
  const attention =
    run.event === 'schedule' && !shard ? await tell(() => keepAttention(job, result, result.outcome)) : {}
  return ending(outputs, failureOf(result), [told, attention])
}

/** @returns why nothing may be written, where that is so. */
function approvalOf({ inputs, run }: Job, digest: string): Approval | Notice {
  if (inputs.acceptDigest !== undefined)
    return inputs.acceptDigest === digest
      ? 'seen'
      : openNotice('digest-differs', `accept-digest names another plan: the fresh one has ${digest}.`)
  // What merging approves is not looked up yet: no deletion counts as reviewed.
  if (run.event !== 'push') return 'limits'
  return inputs.requirePlan
    ? openNotice('no-reviewed-plan', 'No reviewed plan was found, and require-plan is true.')
    : 'nobody'
}

function stale({ plan, tasks }: PlannedRun, why: Notice): Result {
  const outcomeOf = (outcome: Outcome) => (outcome === 'planned' ? 'stale' : outcome)
  const profiles = tasks.map(({ task, plan: { outcome, errors } }) =>
    untouched(task.name, outcomeOf(outcome), outcome === 'planned' ? [why] : errors),
  )
  return { outcome: 'stale', plan, profiles }
}

async function write(
  planned: PlannedRun,
  approval: Approval,
  paths: { journal: string; removed: string },
  { run }: Job,
): Promise<Result> {
  // Known to later steps even when the job is cancelled in the middle.
  setOutputs({ 'journal-path': paths.journal, 'removed-path': paths.removed })
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await applyRun(planned, {
      approval,
      journal: new Journal(paths),
      signal: stopping.signal,
      commit: run.sha,
      actor: run.actor,
      run: run.runUrl,
    })
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

/** Editing the plan comment would tell nobody, and change what was reviewed: a new one is added. */
async function commentOnMerged(
  result: Result,
  shown: Parameters<typeof resultSummary>[1],
  { client, run, inputs }: Job,
): Promise<string | undefined> {
  if (!client || run.event !== 'push' || result.outcome === 'no-changes' || inputs.comment === 'never')
    return undefined
  const merged = await pullRequestOf(client, run)
  return (
    merged &&
    addComment(
      client,
      run.repository,
      merged.number,
      resultComment(result, { ...shown, id: inputs.commentId }),
    )
  )
}

function journalDigest(path: string): { journalSha256?: string } {
  try {
    return { journalSha256: createHash('sha256').update(readFileSync(path)).digest('hex') }
  } catch {
    // Nothing was written, so there is none.
    return {}
  }
}

function failureOf({ profiles }: Result): string | undefined {
  const failed = profiles.filter(({ outcome }) => FAILING.has(outcome))
  if (failed.length === 0) return undefined
  return `Not everything was applied: ${failed.map(({ name, outcome }) => `${name} (${outcome})`).join(', ')}.`
}

const FAILING: ReadonlySet<Outcome> = new Set(['blocked', 'stale', 'partial', 'failed'])
