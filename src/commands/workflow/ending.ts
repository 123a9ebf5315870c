/** How a command in a workflow ends: with an outcome for later steps, and for the job. */
import { noticeOf } from '../../engine/notice.ts'
import type { Outcome, Plan } from '../../engine/plan.ts'
import type { Outputs } from '../../github/outputs.ts'

export interface Ending {
  readonly outputs: Partial<Outputs> & { readonly outcome: Outcome }
  /** Why the job fails; absent when it passes. */
  readonly failure?: string
}

/** What a command tells GitHub besides its outputs: a comment, an issue. */
export interface Told {
  readonly url?: string
  readonly failure?: string
}

/**
 * What cannot be told fails the job, and takes nothing with it: what was done stays told everywhere else.
 * GitHub's refusal says which permission is missing.
 * @param tells gives where it can be seen, if anywhere.
 */
export async function tell(tells: () => unknown): Promise<Told> {
  try {
    const url = await tells()
    return typeof url === 'string' ? { url } : {}
  } catch (error) {
    return { failure: noticeOf(error).message }
  }
}

/** An outcome with what was told of it: the outcome's own failure comes first. */
export function ending(
  outputs: Ending['outputs'],
  failure: string | undefined,
  told: readonly Told[],
): Ending {
  const url = told.find((one) => one.url !== undefined)?.url
  const failures = [failure, ...told.map((one) => one.failure)].filter((one) => one !== undefined)
  return {
    outputs: { ...outputs, ...(url !== undefined && { 'comment-url': url }) },
    ...(failures.length > 0 && { failure: failures.join('\n') }),
  }
}

/** The outputs of a run without a plan: later steps read them all the same. */
export const NOTHING_PLANNED = {
  changes: false,
  'to-create': 0,
  'to-update': 0,
  'to-delete': 0,
  held: 0,
  skipped: 0,
  failed: 0,
  'blocked-by': [],
  matrix: { shard: ['1/1'] },
} as const satisfies Partial<Outputs>

/** What the outputs say of a plan, before and after it is applied. @param shards how many it is to be written by. */
export function planOutputs({ createdAt, digest, profiles }: Plan, shards: number): Partial<Outputs> {
  const sum = (of: (profile: Plan['profiles'][number]) => number) =>
    profiles.reduce((total, profile) => total + of(profile), 0)
  return {
    ...NOTHING_PLANNED,
    changes: profiles.some(({ changes }) => changes.length > 0),
    'to-create': sum(({ counts }) => counts.create),
    'to-update': sum(({ counts }) => counts.update),
    'to-delete': sum(({ counts }) => counts.delete),
    held: sum(({ counts }) => counts.held),
    skipped: sum(({ counts }) => counts.skipped),
    'blocked-by': profiles.flatMap(({ name, limits }) =>
      limits.map(({ limit, count, allowed }) => ({ profile: name, limit, count, allowed })),
    ),
    'plan-digest': digest,
    'planned-at': createdAt,
    matrix: { shard: Array.from({ length: shards }, (_, index) => `${index + 1}/${shards}`) },
  }
}
