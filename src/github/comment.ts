/** Comments of pull requests: one that is kept up to date by every plan, and one for every result. */
import { markerPrefix } from '../report/markdown/marker.ts'
import type { Client } from './client.ts'
import { lastEdit } from './edit.ts'
import { GitHubError } from './errors.ts'
import type { Inputs } from './inputs.ts'
import { params } from './repository.ts'
import type { Run } from './run.ts'
import { viewerLogin } from './viewer.ts'

type Repository = Run['repository']

export interface Comment {
  readonly id: number
  readonly node_id: string
  readonly body?: string
  readonly html_url: string
  readonly user: { readonly login: string } | null
  /** ISO 8601, UTC, whole seconds. */
  readonly created_at: string
  readonly updated_at: string
}

export interface PlanComment {
  /** The input `comment-id`. */
  readonly id: string
  /** Begins with the marker of this id. */
  readonly body: string
  readonly when: Inputs['comment']
  /** Is there anything worth a comment: changes planned, or a profile changed? */
  readonly hasChanges: boolean
}

/**
 * Writes the plan comment of a pull request: the one of this id is edited in place, when its text is another
 * one; with `on-change`, none is made where there is nothing to say. One that somebody else edited, and be it
 * to the same text, is made anew: as it stands it would approve nothing. Comments of others are never touched,
 * and neither is any on a pull request that is closed: it is what was reviewed. Should two runs have
 * made two, the newest stays, and the older go.
 * @returns where the comment can be seen; nothing when there is none
 * @throws GitHubError
 */
export async function upsertComment(
  client: Client,
  { repository, pullRequest }: Pick<Run, 'repository' | 'pullRequest'>,
  { id, body, when, hasChanges }: PlanComment,
): Promise<string | undefined> {
  if (when === 'never' || !pullRequest) return undefined
  const { number } = pullRequest
  const [last, ...others] = await ownPlanComments(client, repository, number, id)
  const touched = last && isSameText(last.body, body) && (await isTouched(client, last))
  const [newest, older] = touched ? [undefined, [last, ...others]] : [last, others]
  const wanted = newest ? !isSameText(newest.body, body) : touched || when === 'always' || hasChanges
  if (!wanted && older.length === 0) return newest?.html_url
  // Read right before the write: it may have been merged since the run began.
  if (!(await isOpen(client, repository, number))) return last?.html_url
  const url = wanted ? await written(client, repository, number, newest, body) : newest?.html_url
  // The newer counts, so that one always stands.
  for (const duplicate of older) {
    await client.rest.issues.deleteComment({ ...params(repository), comment_id: duplicate.id })
  }
  return url
}

async function written(
  client: Client,
  repository: Repository,
  number: number,
  existing: Comment | undefined,
  body: string,
): Promise<string> {
  const { data } = existing
    ? await client.rest.issues.updateComment({ ...params(repository), comment_id: existing.id, body })
    : await client.rest.issues.createComment({ ...params(repository), issue_number: number, body })
  return data.html_url
}

/**
 * Adds a comment to a pull request: editing one tells nobody, adding one tells those who reviewed it.
 * @returns where it can be seen
 * @throws GitHubError
 */
export async function addComment(
  client: Client,
  repository: Repository,
  number: number,
  body: string,
): Promise<string> {
  const { data } = await client.rest.issues.createComment({
    ...params(repository),
    issue_number: number,
    body,
  })
  return data.html_url
}

/**
 * Ours are those that our own identity wrote and that begin with the marker; newest first, from all pages.
 * @throws GitHubError
 */
export async function ownPlanComments(
  client: Client,
  repository: Repository,
  number: number,
  id: string,
): Promise<Comment[]> {
  const prefix = markerPrefix('plan', id)
  const login = await viewerLogin(client)
  const all: Comment[] = await client.paginate(client.rest.issues.listComments, {
    ...params(repository),
    issue_number: number,
    per_page: 100,
  })
  return all
    .filter(({ user, body }) => user?.login === login && body?.startsWith(prefix) === true)
    .sort((a, b) => b.id - a.id)
}

/** Edited by somebody else; not known counts as not. */
async function isTouched(client: Client, comment: Comment): Promise<boolean> {
  try {
    const { by, at, byUntold } = await lastEdit(client, comment)
    return at !== undefined && !byUntold && by !== (await viewerLogin(client))
  } catch (error) {
    if (error instanceof GitHubError) return false
    throw error
  }
}

async function isOpen(client: Client, repository: Repository, number: number): Promise<boolean> {
  const { data } = await client.rest.pulls.get({ ...params(repository), pull_number: number })
  return data.state === 'open'
}

/** GitHub's pages send line breaks as CR LF; a comment that was saved there is no other text for it. */
export function isSameText(a: string | null | undefined, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trimEnd()
  return plain(a ?? '') === plain(b)
}
