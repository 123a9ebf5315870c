/** What the reviewers of a pull request saw: the record in its plan comment, if that can be trusted (DESIGN 5). */
import type { FoundReview } from '../engine/approval.ts'
import { reviewIn } from '../report/markdown/record.ts'
import type { Client } from './client.ts'
import { ownPlanComments, type Comment } from './comment.ts'
import { lastEdit, type Edit } from './edit.ts'
import type { MergedPullRequest } from './merged.ts'
import type { Run } from './run.ts'
import { viewerLogin } from './viewer.ts'

/**
 * A record that is copied to another pull request, or repository, fits nothing there. By its id a repository is
 * known whatever it is called later.
 */
export function reviewSalt(
  { owner, name, id = `${owner}/${name}` }: Run['repository'],
  pull: number,
): string {
  return `${id}#${pull}`.toLowerCase()
}

/** Why there is no review, as a sentence. */
export interface NoReview {
  readonly why: string
  /** There is a plan, and somebody else may have changed it, or it is not of before the merge. */
  readonly inDoubt: boolean
}

/**
 * The review of a merged pull request. Its comment counts only as this identity left it before the merge.
 * @param id the input `comment-id`.
 * @throws GitHubError
 */
export async function reviewOfPull(
  client: Client,
  repository: Run['repository'],
  { number, mergedAt }: MergedPullRequest,
  id: string,
): Promise<FoundReview | NoReview> {
  const where = `#${number}`
  const login = await viewerLogin(client)
  const [comment] = await ownPlanComments(client, repository, number, id)
  if (!comment) return { why: `No plan of ${login} stands in ${where}.`, inDoubt: false }
  const edit = await lastEdit(client, comment)
  const doubt = doubtAbout(comment, edit, { login, mergedAt })
  if (doubt !== undefined) return { why: `The plan in ${where} ${doubt}.`, inDoubt: true }
  const review = reviewIn(comment.body ?? '', reviewSalt(repository, number))
  return typeof review === 'string'
    ? { why: `The plan in ${where} ${review}.`, inDoubt: false }
    : { ...review, where, mergedAt, plannedAt: edit.at ?? comment.created_at }
}

/** @returns why its text may not be what was reviewed, as the end of a sentence. */
function doubtAbout(
  { created_at }: Comment,
  { by, at, byUntold }: Edit,
  { login, mergedAt }: { login: string; mergedAt: string },
): string | undefined {
  const isLate = (time: string) => Date.parse(time) > Date.parse(mergedAt)
  if (isLate(created_at)) return 'was written after the merge'
  if (at === undefined) return undefined
  if (by !== login && !byUntold) return 'was last edited by somebody else'
  return isLate(at) ? 'was edited after the merge' : undefined
}
