/** Who approved what a run may write, as far as GitHub tells (DESIGN 5). */
import {
  approvalOfMerge,
  standingApproval,
  type Approval,
  type FoundReview,
  type Newest,
} from '../../engine/approval.ts'
import { openNotice } from '../../engine/notice.ts'
import type { PlannedTask, Task } from '../../engine/planning.ts'
import type { Client } from '../../github/client.ts'
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
export async function approvalsFor(job: Job, planned: PlannedRun): Promise<Approvals> {
  const { inputs, run } = job
  const { plan, tasks } = planned
  const merged = run.event === 'push' ? await mergedBy(job, planned) : undefined
  const told = merged?.told ?? nobody
  if (inputs.acceptDigest === plan.digest) return { of: () => 'seen', notes: [], told }
  if (inputs.acceptDigest !== undefined && run.event === 'workflow_dispatch') {
    const refused = openNotice(
      'digest-differs',
      `accept-digest names another plan: the fresh one has ${plan.digest}.`,
    )
    return { of: () => ({ refused }), notes: [], told }
  }
  return merged ? afterMerge(job, tasks, merged) : standing(job, planned)
}

const UNREAD = 'Without github-token no review can be read.'
const nobody = () => Promise.resolve([])

interface Merged extends Pick<Approvals, 'notes' | 'told'> {
  readonly reviews?: Reviews
  readonly own: readonly FoundReview[]
}

/** What a push brought, and the reviews of it. */
async function mergedBy(job: Job, planned: PlannedRun): Promise<Merged> {
  const { client, run } = job
  if (!client) return { own: [], told: nobody, notes: [UNREAD] }
  const reviews = reviewsInto(run.ref, client, job, planned)
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
  const newest = reviews ? newestIn(reviews, all) : () => Promise.resolve(undefined)
  const merge = { own, newest, requirePlan: inputs.requirePlan }
  return { of: await each(tasks, (task) => approvalOfMerge(task, merge)), notes: all, told }
}

/** Only what is merged is approved, whatever branch a run is started on. */
async function standing(job: Job, planned: PlannedRun): Promise<Approvals> {
  const { client } = job
  const { ref, defaultBranch = ref, isDefaultBranch } = job.run
  const elsewhere = !isDefaultBranch && defaultBranch !== ref
  const notes = elsewhere
    ? [`Not started on ${defaultBranch}: what was never reviewed there deletes nobody.`]
    : []
  const branch = elsewhere ? `refs/heads/${defaultBranch}` : ref
  const reviews = client && reviewsInto(branch, client, job, planned)
  if (!reviews) notes.push(`${UNREAD} Limits alone decide.`)
  const newest = async (task: Task): Promise<Newest | undefined> => {
    if (!reviews) return elsewhere ? undefined : {}
    const found = await newestIn(reviews, notes)(task)
    return elsewhere && found && !found.ofProfile && !found.ofTenants ? undefined : found
  }
  return { of: await each(planned.tasks, (one) => standingApproval(one, newest)), notes, told: nobody }
}

function reviewsInto(
  ref: string,
  client: Client,
  { run: { repository }, inputs: { commentId: id } }: Job,
  { tenantsFile }: PlannedRun,
): Reviews {
  return reviewsIn(client, { repository, ref, id, tenantsFile })
}

function newestIn(reviews: Reviews, notes: string[]) {
  return (task: Task): Promise<Newest | undefined> => reviews.newest(task).catch(noted(notes))
}

/** Said once, however many profiles it is about. */
function noted(notes: string[]) {
  return (error: unknown): undefined => {
    if (!(error instanceof GitHubError)) throw error
    const note = `${error.message} What was reviewed is not known: every deletion is held.`
    if (!notes.includes(note)) notes.push(note)
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
