/** A profile before and after a change, and reviews of it. */
import type { FoundReview, Newest, Past } from '../approval.ts'
import { planAll, type Task } from '../planning.ts'
import { reviewOf, type Reviewed } from '../review.ts'
import { proposed, task, type Script } from './memory.ts'
import { CONTEXT } from './run.ts'

export const OLD = { digest: 'sha256:old', settings: { from: [{ groups: ['Sales'] }] } }
export const NEW = { digest: 'sha256:new', settings: { from: [{ groups: ['All'] }] } }

export async function planned(
  as: Partial<Task> = NEW,
  script: Script = { proposed: [proposed('create', 'a')] },
) {
  return (await planAll([task(script, new Map(), as)], CONTEXT)).tasks[0]!
}

/** Planned at the minute of its number; merged three minutes later. */
export async function reviewed(
  where: string,
  as: Partial<Task> = NEW,
  script?: Script,
): Promise<FoundReview> {
  const at = (minute: number) => `2026-11-21T09:${String(minute).padStart(2, '0')}:00Z`
  const number = Number(where.slice(1))
  const review = reviewOf([await planned(as, script)], where)
  return { ...review, where, plannedAt: at(number), mergedAt: at(number + 3) }
}

/** Where nobody tells. */
export const UNTOLD: Past = {
  isOutdated: () => Promise.resolve(false),
  newest: () => Promise.resolve(undefined),
}
export const past = (newest: Newest = {}, outdated = false): Past => ({
  isOutdated: () => Promise.resolve(outdated),
  newest: () => Promise.resolve(newest),
})

export function withoutSettings({ name, file, digest, counts, removals }: Reviewed): Reviewed {
  return { name, file, digest, counts, removals }
}

export function merge(more: { own?: FoundReview; newest?: Newest; requirePlan?: boolean }) {
  const { own, newest = {}, requirePlan = false } = more
  return { ...past(newest), own: own ? [own] : [], requirePlan }
}
