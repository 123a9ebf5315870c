/** How the changes of an apply ended, each beside the change and the profile it belongs to. */
import type { Change, ProfilePlan } from '../engine/plan.ts'
import type { ChangeResult, Result } from '../engine/result.ts'

export interface Ending<Status extends ChangeResult['status'] = ChangeResult['status']> {
  readonly profile: ProfilePlan
  readonly change: Change
  readonly result: Extract<ChangeResult, { status: Status }>
}

/** Those that ended so, in the plan's order. */
export function endings<Status extends ChangeResult['status']>(
  { plan, profiles }: Result,
  status: Status,
): Ending<Status>[] {
  return profiles.flatMap(({ changes }, at) => {
    const profile = plan.profiles[at]!
    return changes.flatMap((result, index) =>
      result.status === status
        ? [{ profile, change: profile.changes[index]!, result } as Ending<Status>]
        : [],
    )
  })
}
