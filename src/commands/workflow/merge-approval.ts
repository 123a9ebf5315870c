import { approvalOfMerge, type FoundReview } from '../../engine/approval.ts'
import { pullRequestsOf } from '../../github/pushed.ts'
import type { PlannedRun } from '../run.ts'
import { forEach, type Approvals } from './approvals.ts'
import type { Job } from './job.ts'
import { GitHubPast } from './past.ts'

/** What reviewers approved of the pull requests that a push brought (docs/security.md). */
export async function mergeApprovals(job: Job, planned: PlannedRun): Promise<Approvals> {
  const { client, run, inputs } = job
  const past = new GitHubPast(job, planned, run.ref)
  const brought = client && pullRequestsOf(client, run)
  const pulls = (await past.ask(brought)) ?? []
  const found = await Promise.all(
    pulls.map(async (pull) => ({ pull, review: await past.ask(past.reviews?.of(pull)) })),
  )
  const reviewed = found.flatMap(({ pull, review }) =>
    review && 'profiles' in review ? [{ pull, review }] : [],
  )
  if (reviewed.length === 0 && past.notes.length === 0)
    for (const why of whyNone(found.map(({ review }) => review))) past.note(why)

  const own = reviewed.map(({ review }) => review)
  const merge = {
    own,
    requirePlan: inputs.requirePlan,
    isOutdated: past.isOutdated.bind(past),
    newest: past.newest.bind(past),
  }
  const of = await forEach(planned.tasks, (task) => approvalOfMerge(task, merge))
  return {
    of,
    notes: past.notes,
    // Asked again, GitHub's refusal is told where the result would be.
    told: async () =>
      reviewed.length > 0 ? reviewed.map(({ pull }) => pull) : ((await brought) ?? []).slice(0, 1),
  }
}

function whyNone(
  reviews: readonly (FoundReview | { readonly why: string } | undefined)[],
): readonly string[] {
  if (reviews.length === 0) return ['The commit came by no pull request that was merged.']
  return reviews.flatMap((review) => (review && 'why' in review ? [review.why] : []))
}
