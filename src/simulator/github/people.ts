/**
 * What people do in a repository beside the workflow: they push, review, merge and close, and they write,
 * edit and delete comments. Every act happens now, by the world's clock.
 */
import type { World } from '../world.ts'
import { shaOf } from './seed.ts'
import { findIssue, nextCommentId, userOf } from './state.ts'
import type { Comment, Issue, Review } from './state.ts'

type Place = Pick<World, 'github' | 'now'>

export interface Merge {
  /** Who pressed the button; a queue merges under a name of its own. */
  readonly by: string
  /**
   * - `merge`: a merge commit, behind the commits of the pull request;
   * - `squash`: one new commit;
   * - `rebase`: each of its commits made anew, the last of them is the merge's;
   * - `queue`: as `merge`; the queue pushes what it merged together at once.
   */
  readonly method?: 'merge' | 'squash' | 'rebase' | 'queue'
  /** How many commits the pull request has. Default 2. */
  readonly commits?: number
}

/**
 * Merges an open pull request into its base.
 * @returns the commit that the base stands at now: the push that starts a workflow is of it
 * @throws RangeError when there is no such pull request, or it is not open
 */
export function merge(place: Place, number: number, { by, method = 'merge', commits = 2 }: Merge): string {
  const { issue, pull } = openPull(place, number)
  const of = (nth: number) => shaOf(`${method} of ${number}, ${nth}`)
  if (method !== 'squash')
    for (let nth = 1; nth < commits; nth += 1) place.github.commits.set(of(nth), [number])
  const sha = of(commits)
  const joins = method === 'queue'
  closeIssue(issue, place.now())
  Object.assign(pull, { mergedAt: place.now(), mergedBy: userOf(by), mergeCommit: sha })
  return arrive(place, pull.base.ref, sha, { joins })
}

/**
 * Closes a pull request without merging it.
 * @throws RangeError when there is no such pull request, or it is not open
 */
export function close(place: Place, number: number): void {
  closeIssue(openPull(place, number).issue, place.now())
}

/**
 * Pushes to the branch of a pull request, or, past all pull requests, to the default branch.
 * @param what tells one push from another
 * @param files the paths that a push past all pull requests changes
 * @returns the commit
 * @throws RangeError when there is no such pull request, or it is not open
 */
export function push(place: Place, what: string, number?: number, files: readonly string[] = []): string {
  const sha = shaOf(`push of ${what}`)
  if (number === undefined) return arrive(place, place.github.repository.defaultBranch, sha, { files })
  const { issue, pull } = openPull(place, number)
  pull.head.sha = sha
  issue.updatedAt = place.now()
  return sha
}

/**
 * Submits a review of an open pull request.
 * @throws RangeError when there is no such pull request, or it is not open
 */
export function review(place: Place, number: number, by: string, state: Review['state']): Review {
  const { issue, pull } = openPull(place, number)
  const submitted = { by: userOf(by), state, commit: pull.head.sha, submittedAt: place.now() }
  pull.reviews.push(submitted)
  issue.updatedAt = place.now()
  return submitted
}

/** Writes a comment. */
export function comment({ github, now }: Place, on: number, by: string, body: string): Comment {
  const at = now()
  const made = {
    id: nextCommentId(github),
    on,
    author: userOf(by),
    body,
    createdAt: at,
    updatedAt: at,
  }
  github.comments.push(made)
  const issue = findIssue(github, on)
  if (issue) issue.updatedAt = at
  return made
}

/** Edits a comment, somebody else's too: whoever may write may do so. */
export function editComment({ now }: Place, edited: Comment, by: string, body: string): void {
  Object.assign(edited, { body, editor: userOf(by), updatedAt: now() })
}

export function deleteComment({ github }: Place, deleted: Comment): void {
  github.comments.splice(github.comments.indexOf(deleted), 1)
}

function openPull({ github }: Place, number: number) {
  const issue = findIssue(github, number)
  if (issue?.state !== 'open' || !issue.pull) throw new RangeError(`no open pull request ${number}`)
  return { issue, pull: issue.pull }
}

function closeIssue(issue: Issue, at: Date): void {
  Object.assign(issue, { state: 'closed', closedAt: at, updatedAt: at })
}

/** Later jobs that are about no pull request run at this commit, when it is the default branch's. */
function arrive(
  { github, now }: Place,
  branch: string,
  sha: string,
  { joins = false, files = [] }: { joins?: boolean; files?: readonly string[] },
): string {
  if (branch !== github.repository.defaultBranch) return sha
  const before = github.pushes.get(github.job.sha)
  const commits = [...(joins && before?.joins ? before.commits : []), sha]
  github.pushes.set(sha, { commits, joins, files, at: now() })
  github.job.sha = sha
  return sha
}
