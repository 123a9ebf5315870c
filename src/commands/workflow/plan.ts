import { worstOutcome, type Outcome, type Plan } from '../../engine/plan.ts'
import { reviewOf } from '../../engine/review.ts'
import { annotate } from '../../github/annotations.ts'
import { changesProfiles } from '../../github/changed-files.ts'
import { upsertComment } from '../../github/comment.ts'
import { reviewSalt } from '../../github/review.ts'
import { LOG_WIDTH, sayRendered } from '../../github/log.ts'
import { writeSummary } from '../../github/summary.ts'
import { htmlReport } from '../../report/html/page.ts'
import { planJson } from '../../report/json.ts'
import { planComment, planSummary } from '../../report/markdown/plan.ts'
import { reviewRecord, type ReviewRecord } from '../../report/markdown/record.ts'
import { terminalPlan } from '../../report/terminal/plan.ts'
import { planRun, type PlannedRun } from '../run.ts'
import { keepAttention } from './attention.ts'
import { ending, planOutputs, tell, type Ending } from './ending.ts'
import type { Job } from './job.ts'
import { shardsFor } from './shards.ts'

/** Plans, and shows the plan: as a comment of the pull request, in the summary, in files. */
export async function plan(job: Job): Promise<Ending> {
  const { detail, inputs, run } = job
  const planned = await planRun(job.options, 'plan')
  annotate(await planned.fileFaults())
  const outcome = worstOutcome(planned.plan.profiles.map((profile) => profile.outcome))
  const review = reviewFor(planned, job)
  const shown = {
    detail,
    notes: notesOn(planned.writable, job),
    ...(review && { review }),
    failOnBlocked: inputs.failOn !== 'never',
  }

  const summary = planSummary(planned.plan, shown)
  await writeSummary(summary)
  sayRendered(terminalPlan(planned.plan, { detail, color: true, width: LOG_WIDTH }))
  const outputs = {
    ...planOutputs(planned.plan, planned.shard?.of ?? shardsFor(planned.plan)),
    outcome,
    'plan-path': job.file('plan.json', planJson(planned.plan)),
    'summary-path': job.file('summary.md', summary),
    'report-path': job.file('report.html', htmlReport({ plan: planned.plan, detail })),
  }
  // Every shard plans the whole: the first one speaks for all.
  const speaks = !planned.shard || planned.shard.index === 1
  const told = speaks ? await tell(() => comment(planned.plan, shown, job)) : {}
  const attention =
    run.event === 'schedule' && speaks ? await tell(() => keepAttention(job, planned.plan, outcome)) : {}
  return ending(outputs, failureOf(outcome, planned.plan, inputs.failOn), [told, attention])
}

async function comment(
  data: Plan,
  shown: Parameters<typeof planSummary>[1],
  { client, run, inputs }: Job,
): Promise<string | undefined> {
  const { pullRequest } = run
  if (!client || !pullRequest?.open || inputs.comment === 'never') return undefined
  const touched = data.profiles.some(
    ({ changes, outcome }) => changes.length > 0 || outcome === 'failed' || outcome === 'blocked',
  )
  const hasChanges =
    touched ||
    (await changesProfiles(
      client,
      run,
      data.profiles.map(({ file }) => file),
    ))
  return upsertComment(client, run, {
    id: inputs.commentId,
    body: planComment(data, { ...shown, id: inputs.commentId }),
    when: inputs.comment,
    hasChanges,
  })
}

/** What the reviewers of the pull request see, for the run that applies it. */
function reviewFor(
  { tasks }: PlannedRun,
  { run: { repository, pullRequest } }: Job,
): ReviewRecord | undefined {
  return pullRequest && reviewRecord(reviewOf(tasks, reviewSalt(repository, pullRequest.number)))
}

/** Whoever can push a branch can change the workflow that plans, and use its token. */
function notesOn(writable: readonly string[], { run }: Job): string[] {
  if (!run.pullRequest || writable.length === 0) return []
  return [
    `The token of this plan could write to ${writable.join(', ')}: whoever can push a branch here could use it. Give clientId in tenants.yaml an app of its own for plan, which may only read.`,
  ]
}

function failureOf(
  outcome: Outcome,
  { profiles }: Plan,
  failOn: Job['inputs']['failOn'],
): string | undefined {
  const of = (wanted: Outcome) =>
    profiles
      .filter((profile) => profile.outcome === wanted)
      .map(({ name }) => name)
      .join(', ')
  if (outcome === 'failed') return `Planning failed: ${of('failed')}.`
  if (outcome === 'blocked' && failOn !== 'never') return `Blocked by limits: ${of('blocked')}.`
  const changes = profiles.some((profile) => profile.changes.length > 0)
  return failOn === 'changes' && changes ? 'There are changes, and fail-on is changes.' : undefined
}
