import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Journal } from '../../engine/journal.ts'
import { isTrouble } from '../../engine/plan.ts'
import { joined, type Result } from '../../engine/result.ts'
import { approversOf } from '../../github/approvers.ts'
import { addComment } from '../../github/comment.ts'
import { setOutputs } from '../../github/outputs.ts'
import { LOG_WIDTH, sayRendered, warn } from '../../github/log.ts'
import { writeSummary } from '../../github/summary.ts'
import { htmlReport } from '../../report/html/page.ts'
import { planJson } from '../../report/json.ts'
import { resultComment, resultSummary } from '../../report/markdown/result.ts'
import { terminalResult } from '../../report/terminal/result.ts'
import { applyRun, planRun, type PlannedRun } from '../run.ts'
import { approvalsFor } from './approval.ts'
import type { Approvals } from './approvals.ts'
import { keepAttention } from './attention.ts'
import { ending, planOutputs, tell, type Ending } from './ending.ts'
import type { Job } from './job.ts'
import { partJson, partsIn } from './parts.ts'

/** Plans afresh and writes what is approved. */
export async function apply(job: Job): Promise<Ending> {
  const { run, detail } = job
  const parts = partsIn(job)
  const planned = await planRun(job.options, 'apply')
  const paths = { journal: job.path('journal.ndjson'), removed: job.path('removed.ndjson') }
  const approvals = await approvalsFor(job, planned)
  for (const note of approvals.notes) warn(note)
  const own = await write(planned, approvals, paths, job)
  const result = joined(own, parts)
  const { shard } = planned

  const shown = {
    detail,
    run: run.runUrl,
    ...(result.outcome !== 'no-changes' && { notes: approvals.notes }),
    journalSha256: createHash('sha256').update(readFileSync(paths.journal)).digest('hex'),
  }
  const outputs: Ending['outputs'] = {
    ...planOutputs(result.plan, shard?.of ?? 1),
    outcome: result.outcome,
    failed: result.profiles.reduce((sum, { failed, skipped }) => sum + failed + skipped, 0),
  }
  const files: Record<string, string> = {}
  const told = [
    // One result for all shards: the job that closes the run tells it.
    shard ? {} : await tell(() => commentOnMerged(result, shown, job, approvals)),
    run.event === 'schedule' && !shard ? await tell(() => keepAttention(job, result, result.outcome)) : {},
    await tell(async () => {
      const summary = resultSummary(result, shown)
      files['summary-path'] = job.file('summary.md', summary)
      return writeSummary(summary)
    }),
    await tell(() => sayRendered(terminalResult(result, { detail, color: true, width: LOG_WIDTH }))),
    await tell(() => void (files['plan-path'] = job.file('plan.json', planJson(result.plan)))),
    await tell(
      () =>
        void (files['report-path'] = job.file(
          'report.html',
          htmlReport({ plan: result.plan, result, detail }),
        )),
    ),
    await tell(() => void (shard && (files['part-path'] = job.file('part.json', partJson(own))))),
  ]
  return ending({ ...outputs, ...files }, failureOf(result), told)
}

async function write(
  planned: PlannedRun,
  approvals: Approvals,
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
      approvalOf: approvals.of,
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
  { client, run: { repository }, inputs }: Job,
  { told }: Approvals,
): Promise<string | undefined> {
  if (!client || result.outcome === 'no-changes' || inputs.comment === 'never') return undefined
  const urls: string[] = []
  for (const { number } of await told()) {
    const approvers = await approversOf(client, repository, number)
    const about = { ...shown, id: inputs.commentId, ...(approvers && { merged: approvers }) }
    urls.push(await addComment(client, repository, number, resultComment(result, about)))
  }
  return urls[0]
}

function failureOf({ profiles }: Result): string | undefined {
  const failed = profiles.filter(({ outcome }) => isTrouble(outcome))
  if (failed.length === 0) return undefined
  return `Not everything was applied: ${failed.map(({ name, outcome }) => `${name} (${outcome})`).join(', ')}.`
}
