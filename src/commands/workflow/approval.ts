/** Who approved what a run may write, as far as GitHub tells (DESIGN 5). */
import { approvalOfMerge, standingApproval, type Approval, type FoundReview } from '../../engine/approval.ts'
import { openNotice } from '../../engine/notice.ts'
import type { PlannedTask } from '../../engine/planning.ts'
import { GitHubError } from '../../github/errors.ts'
import type { MergedPullRequest } from '../../github/merged.ts'
import { reviewsIn, type Reviews } from '../../github/reviews.ts'
import type { PlannedRun } from '../run.ts'
import type { Job } from './job.ts'

export interface Approvals {
  readonly of: (planned: PlannedTask) => Approval
  /** What the readers of the result have to know of them. */
  readonly notes: readonly string[]
}

/**
 * @param merged the pull request that brought the commit, when a push started the run.
 * @throws nothing: what GitHub does not tell is approved by nobody.
 */
export async function approvalsFor(
  job: Job,
  { plan, tasks }: PlannedRun,
  merged: Promise<MergedPullRequest | undefined>,
): Promise<Approvals> {
  const { inputs, run } = job
  if (inputs.acceptDigest === plan.digest) return { of: () => 'seen', notes: [] }
  if (inputs.acceptDigest !== undefined && run.event === 'workflow_dispatch') {
    const refused = openNotice(
      'digest-differs',
      `accept-digest names another plan: the fresh one has ${plan.digest}.`,
    )
    return { of: () => ({ refused }), notes: [] }
  }
  return run.event === 'push' ? ofMerge(job, tasks, merged) : standing(job, tasks)
}

async function ofMerge(
  job: Job,
  tasks: readonly PlannedTask[],
  merged: Promise<MergedPullRequest | undefined>,
): Promise<Approvals> {
  const reviews = reviewsFor(job, job.run.ref)
  const notes: string[] = []
  const own = await found(reviews, merged).catch(noted(notes))
  if (typeof own === 'string') notes.push(own)
  const merge = {
    own: typeof own === 'object' ? own : undefined,
    newest: newestIn(reviews, notes),
    requirePlan: job.inputs.requirePlan,
  }
  return { of: await each(tasks, (task) => approvalOfMerge(task, merge)), notes }
}

/** Only what is merged is approved, whatever branch a run is started on. */
async function standing(job: Job, tasks: readonly PlannedTask[]): Promise<Approvals> {
  const { ref, defaultBranch } = job.run
  const branch = defaultBranch === undefined ? ref : `refs/heads/${defaultBranch}`
  const notes: string[] = []
  const newest = newestIn(reviewsFor(job, branch), notes)
  return { of: await each(tasks, (task) => standingApproval(task, newest)), notes }
}

function reviewsFor({ client, run, inputs }: Job, branch: string): Reviews | undefined {
  return client && reviewsIn(client, run.repository, branch, inputs.commentId)
}

async function found(
  reviews: Reviews | undefined,
  merged: Promise<MergedPullRequest | undefined>,
): Promise<FoundReview | string> {
  if (!reviews) return 'Without github-token no review can be read.'
  const pull = await merged
  return pull ? reviews.of(pull) : 'The commit came by no pull request that was merged.'
}

function newestIn(reviews: Reviews | undefined, notes: string[]) {
  return async (profile: Parameters<Reviews['newest']>[0]) =>
    (await reviews?.newest(profile).catch(noted(notes))) ?? []
}

/** Said once, however many profiles it is about. */
function noted(notes: string[]) {
  return (error: unknown): undefined => {
    if (!(error instanceof GitHubError)) throw error
    if (!notes.includes(error.message)) notes.push(error.message)
  }
}

async function each(
  tasks: readonly PlannedTask[],
  approve: (planned: PlannedTask) => Promise<Approval>,
): Promise<Approvals['of']> {
  const approved = new Map(
    await Promise.all(tasks.map(async (planned) => [planned, await approve(planned)] as const)),
  )
  return (planned) => approved.get(planned)!
}
