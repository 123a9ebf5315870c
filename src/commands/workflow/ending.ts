/** How a command in a workflow ends: with an outcome for later steps, and for the job. */
import type { Outcome, Plan } from '../../engine/plan.ts'
import type { Outputs } from '../../github/outputs.ts'

export interface Ending {
  readonly outputs: Partial<Outputs> & { readonly outcome: Outcome }
  /** Why the job fails; absent when it passes. */
  readonly failure?: string
}

/** What the outputs say of a plan, before and after it is applied. */
export function planOutputs({ digest, profiles }: Plan): Partial<Outputs> {
  const sum = (of: (profile: Plan['profiles'][number]) => number) =>
    profiles.reduce((total, profile) => total + of(profile), 0)
  return {
    changes: profiles.some(({ changes }) => changes.length > 0),
    'to-create': sum(({ counts }) => counts.create),
    'to-update': sum(({ counts }) => counts.update),
    'to-delete': sum(({ counts }) => counts.delete),
    held: sum(({ counts }) => counts.held),
    skipped: sum(({ counts }) => counts.skipped),
    failed: 0,
    'blocked-by': profiles.flatMap(({ name, limits }) =>
      limits.map(({ limit, count, allowed }) => ({ profile: name, limit, count, allowed })),
    ),
    'plan-digest': digest,
    matrix: { shard: ['1/1'] },
  }
}
