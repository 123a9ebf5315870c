/** Who approved what a run may write, as far as GitHub tells (DESIGN 5). */
import { approvalOfMerge, standingApproval, type Approval, type FoundReview } from '../../engine/approval.ts'
import { openNotice } from '../../engine/notice.ts'
import type { PlannedTask } from '../../engine/planning.ts'
import { GitHubError } from '../../github/errors.ts'
import { pullRequestsOf, type MergedPullRequest } from '../../github/merged.ts'
import { reviewsIn, type Reviews } from '../../github/reviews.ts'
import type { PlannedRun } from '../run.ts'
import type { Job } from './job.ts'

export interface Approvals {
  readonly of: (planned: PlannedTask) => Approval
  /** What the readers of the result have to know of them. */
  readonly notes: readonly string[]
  /** The pull requests whose readers are told the result. @throws GitHubError where GitHub does not tell which. */
  readonly told: () => Promise<readonly MergedPullRequest[]>
}

/** @throws nothing: what GitHub does not tell is approved by nobody. */
export async function approvalsFor(job: Job, { plan, tasks }: PlannedRun): Promise<Approvals> {
  const { inputs, run } = job
  const merged = run.event === 'push' ? await mergedBy(job) : undefined
  const told = merged?.told ?? nobody
  if (inputs.acceptDigest === plan.digest) return { of: () => 'seen', notes: [], told }
  if (inputs.acceptDigest !== undefined && run.event === 'workflow_dispatch') {
    const refused = openNotice(
      'digest-differs',
      `accept-digest names another plan: the fresh one has ${plan.digest}.`,
    )
    return { of: () => ({ refused }), notes: [], told }
  }
  return merged ? afterMerge(job, tasks, merged) : standing(job, tasks)
}

const nobody = () => Promise.resolve([])

interface Merged extends Pick<Approvals, 'notes' | 'told'> {
  readonly reviews?: Reviews
  readonly own: readonly FoundReview[]
}

/** What a push brought, and the reviews of it. */
async function mergedBy({ client, run, inputs }: Job): Promise<Merged> {
  if (!client) return { own: [], told: nobody, notes: ['Without github-token no review can be read.'] }
  const reviews = reviewsIn(client, run.repository, run.ref, inputs.commentId)
  const notes: string[] = []
  const asked = pullRequestsOf(client, run)
  const pulls = (await asked.catch(noted(notes))) ?? []
  const found = await Promise.all(
    pulls.map(async (pull) => ({ pull, review: await reviews.of(pull).catch(noted(notes)) })),
  )
  const own = found.flatMap(({ review }) => (typeof review === 'object' ? [review] : []))
  if (own.length === 0 && notes.length === 0)
    notes.push(...found.flatMap(({ review }) => (typeof review === 'string' ? [review] : [])))
  if (pulls.length === 0 && notes.length === 0)
    notes.push('The commit came by no pull request that was merged.')
  const reviewed = found.filter(({ review }) => typeof review === 'object').map(({ pull }) => pull)
  const told = async () => (reviewed.length > 0 ? reviewed : (await asked).slice(0, 1))
  return { reviews, own, notes, told }
}

async function afterMerge(
  { inputs }: Job,
  tasks: readonly PlannedTask[],
  { reviews, own, notes, told }: Merged,
): Promise<Approvals> {
  const all = [...notes]
  const merge = { own, newest: newestIn(reviews, all), requirePlan: inputs.requirePlan }
  return { of: await each(tasks, (task) => approvalOfMerge(task, merge)), notes: all, told }
}

/** Only what is merged is approved, whatever branch a run is started on. */
async function standing(job: Job, tasks: readonly PlannedTask[]): Promise<Approvals> {
  const { client, inputs, run } = job
  const { repository, ref, defaultBranch } = run
  const branch = defaultBranch === undefined ? ref : `refs/heads/${defaultBranch}`
  const notes: string[] = []
  const newest = newestIn(client && reviewsIn(client, repository, branch, inputs.commentId), notes)
  return { of: await each(tasks, (task) => standingApproval(task, newest)), notes, told: nobody }
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
