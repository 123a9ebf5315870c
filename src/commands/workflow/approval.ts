/** Who approved what a run may write: a digest, the reviewers of a merge, or the merged profile itself. */
import { openNotice } from '../../engine/notice.ts'
import type { PlannedRun } from '../run.ts'
import { nobody, type Approvals } from './approvals.ts'
import type { Job } from './job.ts'
import { mergeApprovals } from './merge-approval.ts'
import { standingApprovals } from './standing-approval.ts'

/** What GitHub does not tell approves no deletion, and is noted. */
export async function approvalsFor(job: Job, planned: PlannedRun): Promise<Approvals> {
  const { acceptDigest } = job.inputs
  const { event } = job.run
  const found = event === 'push' ? await mergeApprovals(job, planned) : undefined
  const { digest } = planned.plan
  if (acceptDigest === digest) return { of: () => 'seen', notes: [], told: found?.told ?? nobody }
  if (acceptDigest !== undefined && event === 'workflow_dispatch') {
    const refused = openNotice(
      'digest-differs',
      `accept-digest names another plan: the fresh one has ${digest}.`,
    )
    return { of: () => ({ refused }), notes: [], told: nobody }
  }
  return found ?? standingApprovals(job, planned)
}
