import { standingApproval } from '../../engine/approval.ts'
import { openNotice } from '../../engine/notice.ts'
import type { PlannedTask } from '../../engine/planning.ts'
import type { PlannedRun } from '../run.ts'
import { forEach, nobody, type Approvals } from './approvals.ts'
import type { Job } from './job.ts'
import { GitHubPast } from './past.ts'

/** By what a merged profile is applied without anybody's review of the day. */
const STANDING: ReadonlySet<string> = new Set(['schedule', 'workflow_dispatch'])

/** Only what is merged is applied, whatever branch a run is started on, and whatever started it. */
export async function standingApprovals(job: Job, planned: PlannedRun): Promise<Approvals> {
  const { event, ref, defaultBranch = ref, isDefaultBranch } = job.run
  if (!isDefaultBranch && defaultBranch !== ref) {
    const refused = openNotice(
      'not-merged',
      `Started on another branch than ${defaultBranch}: only what is merged there is applied.`,
    )
    return { of: () => ({ refused }), notes: [], told: nobody }
  }
  const past = new GitHubPast(job, planned, ref)
  if (!STANDING.has(event)) past.note(`Started by ${event}, no schedule: every deletion is held.`)
  const approve = async (one: PlannedTask) => {
    // Without a token limits decide alone: it is left out on purpose.
    const approval = past.reviews ? await standingApproval(one, past) : 'limits'
    return !STANDING.has(event) && approval === 'limits' ? 'nobody' : approval
  }
  const of = await forEach(planned.tasks, approve)
  // Nobody watches a schedule: what GitHub refuses fails it.
  return { of, notes: past.notes, told: () => (past.refusal ? Promise.reject(past.refusal) : nobody()) }
}
