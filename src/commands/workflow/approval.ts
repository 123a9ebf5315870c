/** Who approved what a run may write, as far as GitHub tells (DESIGN 5). */
import {
  approvalOfMerge,
  standingApproval,
  type Approval,
  type FoundReview,
  type Past,
} from '../../engine/approval.ts'
import { openNotice } from '../../engine/notice.ts'
import type { PlannedTask } from '../../engine/planning.ts'
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
  const own = found.flatMap(({ review }) => (review && 'profiles' in review ? [review] : []))
  if (own.length === 0 && notes.length === 0)
    notes.push(...found.flatMap(({ review }) => (review && 'why' in review ? [review.why] : [])))
  if (pulls.length === 0 && notes.length === 0)
    notes.push('The commit came by no pull request that was merged.')
  const reviewed = found.filter(({ review }) => review && 'profiles' in review).map(({ pull }) => pull)
  const told = async () => (reviewed.length > 0 ? reviewed : (await asked).slice(0, 1))
  return { reviews, own, notes, told }
}

async function afterMerge(
  { inputs }: Job,
  tasks: readonly PlannedTask[],
  { reviews, own, notes, told }: Merged,
): Promise<Approvals> {
  const all = [...notes]
  const merge = { ...pastIn(reviews, all), own, requirePlan: inputs.requirePlan }
  return { of: await each(tasks, (task) => approvalOfMerge(task, merge)), notes: all, told }
}

/** Only what is merged is applied, whatever branch a run is started on, and whatever started it. */
async function standing(job: Job, planned: PlannedRun): Promise<Approvals> {
  const { client } = job
  const { event, ref, defaultBranch = ref, isDefaultBranch } = job.run
  if (!isDefaultBranch && defaultBranch !== ref) {
    const refused = openNotice(
      'not-merged',
      `Started on another branch than ${defaultBranch}: only what is merged there is applied.`,
    )
    return { of: () => ({ refused }), notes: [], told: nobody }
  }
  const reviews = client && reviewsInto(ref, client, job, planned)
  const notes = [
    ...(STANDING.has(event) ? [] : [`Started by ${event}, no schedule: every deletion is held.`]),
    ...(reviews ? [] : [`${UNREAD} Limits alone decide.`]),
  ]
  const refusals: GitHubError[] = []
  const past = reviews ? pastIn(reviews, notes, refusals) : NO_PAST
  const approve = async (one: PlannedTask) => {
    const approval = await standingApproval(one, past)
    return !STANDING.has(event) && approval === 'limits' ? 'nobody' : approval
  }
  const of = await each(planned.tasks, approve)
  // Nobody watches a schedule: what GitHub refuses fails it.
  return { of, notes, told: () => (refusals[0] ? Promise.reject(refusals[0]) : nobody()) }
}

/** By what a merged profile is applied without anybody's review of the day. */
const STANDING: ReadonlySet<string> = new Set(['schedule', 'workflow_dispatch'])

function reviewsInto(
  ref: string,
  client: Client,
  { run: { repository, sha }, inputs: { commentId: id } }: Job,
  { tenantsFile }: PlannedRun,
): Reviews {
  return reviewsIn(client, { repository, sha, ref, id, tenantsFile })
}

const NO_PAST: Past = { isOutdated: () => Promise.resolve(false), newest: () => Promise.resolve({}) }

/** What GitHub tells of the past; what it does not tell is noted, and not known. */
function pastIn(reviews: Reviews | undefined, notes: string[], refusals: GitHubError[] = []): Past {
  if (!reviews) return { ...NO_PAST, newest: () => Promise.resolve(undefined) }
  return {
    isOutdated: (task) => reviews.isOutdated(task).catch(noted(notes, refusals)),
    async newest(task) {
      const found = await reviews.newest(task).catch(noted(notes, refusals))
      if (typeof found !== 'string') return found
      note(notes, found)
      return undefined
    },
  }
}

function noted(notes: string[], refusals: GitHubError[] = []) {
  return (error: unknown): undefined => {
    if (!(error instanceof GitHubError)) throw error
    refusals.push(error)
    note(notes, error.message)
  }
}

/** Said once, however many profiles it is about. */
function note(notes: string[], why: string): void {
  const said = `${why} What was reviewed is not known: every deletion is held.`
  if (!notes.includes(said)) notes.push(said)
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
