/** Who approves each profile of a run. */
import type { Approval } from '../../engine/approval.ts'
import type { PlannedTask } from '../../engine/planning.ts'
import type { MergedPullRequest } from '../../github/merged.ts'

export interface Approvals {
  readonly of: (planned: PlannedTask) => Approval
  /** What the readers of the result have to know of them. */
  readonly notes: readonly string[]
  /** The pull requests whose readers are told the result. @throws GitHubError where GitHub does not tell which. */
  readonly told: () => Promise<readonly MergedPullRequest[]>
}

/** Nobody is told. */
export const nobody = () => Promise.resolve([])

export async function forEach(
  tasks: readonly PlannedTask[],
  approve: (planned: PlannedTask) => Promise<Approval>,
): Promise<Approvals['of']> {
  const approved = new Map(
    await Promise.all(tasks.map(async (planned) => [planned, await approve(planned)] as const)),
  )
  return (planned) => approved.get(planned)!
}
