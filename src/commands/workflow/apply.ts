import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { untouched } from '../../engine/apply.ts'
import { Journal } from '../../engine/journal.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Notice, Outcome } from '../../engine/plan.ts'
import type { Result } from '../../engine/result.ts'
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
import { planOutputs, type Ending } from './ending.ts'
import type { Job } from './job.ts'

const LOG_WIDTH = 120

/** Plans afresh and writes what is approved. */
export async function apply(job: Job): Promise<Ending> {
  const { run, detail } = job
  const planned = await planRun(job.options, 'apply')
  const paths = { journal: job.path('journal.ndjson'), removed: job.path('removed.ndjson') }
  // Known to later steps even when the job is cancelled in the middle.
  setOutputs({ 'journal-path': paths.journal, 'removed-path': paths.removed })

  const approval = approvalOf(job, planned.plan.digest)
  const result =
    typeof approval === 'object' ? stale(planned, approval) : await write(planned, approval, paths, job)

  const shown = { detail, run: run.runUrl, ...journalDigest(paths.journal) }
  const summary = resultSummary(result, shown)
  await writeSummary(summary)
  sayRendered(terminalResult(result, { detail, color: true, width: LOG_WIDTH }))
  const outputs = {
    ...planOutputs(result.plan),
    outcome: result.outcome,
    failed: result.profiles.reduce((sum, { failed, skipped }) => sum + failed + skipped, 0),
    'plan-path': job.file('plan.json', planJson(result.plan)),
    'summary-path': job.file('summary.md', summary),
    'report-path': job.file('report.html', htmlReport({ plan: result.plan, result, detail })),
  }
  const url = await commentOnMerged(result, shown, job)
  if (run.event === 'schedule') await keepAttention(job, result, result.outcome)
  return { outputs: { ...outputs, ...(url !== undefined && { 'comment-url': url }) }, ...failureOf(result) }
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

function failureOf({ outcome, profiles }: Result): Pick<Ending, 'failure'> {
  if (!['blocked', 'stale', 'partial', 'failed'].includes(outcome)) return {}
  const names = profiles
    .filter((profile) => ['blocked', 'stale', 'partial', 'failed'].includes(profile.outcome))
    .map(({ name, outcome: one }) => `${name} (${one})`)
  return { failure: `Not everything was applied: ${names.join(', ')}.` }
}
