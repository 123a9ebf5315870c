/** What the reviewers of a pull request saw: the record in its plan comment, if that can be trusted (DESIGN 5). */
import type { FoundReview } from '../engine/approval.ts'
import { reviewIn } from '../report/markdown/record.ts'
import type { Client } from './client.ts'
import { ownPlanComments, type Comment } from './comment.ts'
import { GitHubError } from './errors.ts'
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
  return typeof review === 'string' ? `The plan in ${where} ${review}.` : { ...review, where }
}

/** @returns why its text may not be what was reviewed, as the end of a sentence. */
async function doubtAbout(
  client: Client,
  { node_id, created_at, updated_at }: Comment,
  { login, mergedAt }: { login: string; mergedAt: string },
): Promise<string | undefined> {
  const isLate = (time: string) => Date.parse(time) > Date.parse(mergedAt)
  if (isLate(created_at)) return 'was written after the merge'
  const { editor, lastEditedAt } = await lastEdit(client, node_id).catch((error: unknown) => {
    // Where nobody tells who edits, an unchanged time tells that nobody did.
    if (error instanceof GitHubError && updated_at === created_at) return NEVER_EDITED
    throw error
  })
  if (lastEditedAt === null) return undefined
  if (loginOf(editor) !== login) return 'was last edited by somebody else'
  return isLate(lastEditedAt) ? 'was edited after the merge' : undefined
}

interface Edit {
  /** `null` when that account is gone. */
  readonly editor: { readonly __typename: string; readonly login: string } | null
  /** `null` when it was never edited. */
  readonly lastEditedAt: string | null
}

const NEVER_EDITED: Edit = { editor: null, lastEditedAt: null }

/** REST does not tell who edited a comment (GitHub GraphQL, `Comment.editor`). */
const LAST_EDIT =
  'query($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } lastEditedAt } } }'

async function lastEdit(client: Client, id: string): Promise<Edit> {
  const { node } = await client.graphql<{ node: Edit | null }>(LAST_EDIT, { id }).catch((error: unknown) => {
    if (error instanceof GitHubError) throw error
    throw new GitHubError('Could not ask who edited a comment last: GitHub refused the query.', {
      cause: error,
    })
  })
  if (!node)
    throw new GitHubError('Could not ask who edited a comment last: GitHub knows no such comment.', {})
  return node
}

/** GraphQL names a bot without the `[bot]` that REST gives it. */
function loginOf(editor: Edit['editor']): string | undefined {
  return editor?.__typename === 'Bot' ? `${editor.login.replace(/\[bot\]$/, '')}[bot]` : editor?.login
}
