/** What the reviewers of a pull request saw: the record in its plan comment, if that can be trusted (DESIGN 5). */
import type { FoundReview } from '../engine/approval.ts'
import { reviewIn } from '../report/markdown/record.ts'
import type { Client } from './client.ts'
import { ownPlanComments, type Comment } from './comment.ts'
import { lastEdit } from './edit.ts'
import type { MergedPullRequest } from './merged.ts'
import type { Run } from './run.ts'
import { viewerLogin } from './viewer.ts'

/** A record that is copied to another pull request, or repository, fits nothing there. */
export function reviewSalt({ owner, name }: Run['repository'], pull: number): string {
  return `${owner}/${name}#${pull}`.toLowerCase()
}

/**
 * The review of a merged pull request. Its comment counts only as this identity left it before the merge.
 * @param id the input `comment-id`.
 * @returns why there is none, as a sentence.
 * @throws GitHubError
 */
export async function reviewOfPull(
  client: Client,
  repository: Run['repository'],
  { number, mergedAt }: MergedPullRequest,
  id: string,
): Promise<FoundReview | string> {
  const where = `#${number}`
  const login = await viewerLogin(client)
  const [comment] = await ownPlanComments(client, repository, number, id)
  if (!comment) return `No plan of ${login} stands in ${where}.`
  const doubt = await doubtAbout(client, comment, { login, mergedAt })
  if (doubt !== undefined) return `The plan in ${where} ${doubt}.`
  const review = reviewIn(comment.body ?? '', reviewSalt(repository, number))
  return typeof review === 'string' ? `The plan in ${where} ${review}.` : { ...review, where, mergedAt }
}

/** @returns why its text may not be what was reviewed, as the end of a sentence. */
async function doubtAbout(
  client: Client,
  comment: Comment,
  { login, mergedAt }: { login: string; mergedAt: string },
): Promise<string | undefined> {
  const isLate = (time: string) => Date.parse(time) > Date.parse(mergedAt)
  if (isLate(comment.created_at)) return 'was written after the merge'
  const { by, at } = await lastEdit(client, comment)
  if (at === undefined) return undefined
  if (by !== login) return 'was last edited by somebody else'
  return isLate(at) ? 'was edited after the merge' : undefined
}
