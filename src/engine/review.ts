/** Who approved a plan, and which of its changes that approval does not cover (DESIGN 3.3 and 5). */
import type { Proposed } from './kind.ts'
import type { HeldBecause } from './result.ts'

/**
 * - `limits`: a schedule: the merged profile and its limits are the approval.
 * - `seen`: somebody saw just this plan: at a terminal, or by its digest.
 * - `nobody`: a merge for which no reviewed plan is found: nobody is deleted.
 */
export type Approval = 'limits' | 'seen' | 'nobody'

export function heldBecause(proposed: Proposed<never>, approval: Approval): HeldBecause | undefined {
  const deletes = proposed.change.action === 'delete' || proposed.countsAs === 'deletes'
  if (!deletes || approval === 'seen') return undefined
  if (proposed.unmarked) return 'unmarked'
  return approval === 'nobody' ? 'unreviewed' : undefined
}
