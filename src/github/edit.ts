/** Who edited a comment last: whoever may write in a repository may edit the comments of others. */
import type { Client } from './client.ts'
import { GitHubError } from './errors.ts'

export interface Edit {
  /** As REST writes it, `[bot]` and all; absent when nobody edited it, or when that account is gone. */
  readonly by?: string
  /** ISO 8601, UTC, whole seconds; absent when it was never edited. */
  readonly at?: string
  /** The server has no GraphQL, which alone tells by whom: GitHub itself always has. */
  readonly byUntold?: true
}

interface Edited {
  readonly editor: { readonly __typename: string; readonly login: string } | null
  readonly lastEditedAt: string | null
}

/** REST does not tell (GitHub GraphQL, `Comment.editor`). */
const LAST_EDIT =
  'query($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } lastEditedAt } } }'

/** @throws GitHubError */
export async function lastEdit(
  client: Client,
  comment: { readonly node_id: string; readonly created_at: string; readonly updated_at: string },
): Promise<Edit> {
  try {
    const { node } = await client.graphql<{ node: Edited | null }>(LAST_EDIT, { id: comment.node_id })
    if (node) return editOf(node)
    throw refused('GitHub knows no such comment')
  } catch (error) {
    // Where nobody tells who edits, an unchanged time tells that nobody did.
    if (comment.updated_at === comment.created_at) return {}
    if (error instanceof GitHubError && error.status === 404)
      return { at: comment.updated_at, byUntold: true }
    throw error instanceof GitHubError ? error : refused('GitHub refused the query', error)
  }
}

function refused(why: string, cause?: unknown): GitHubError {
  return new GitHubError(`Could not ask who edited a comment last: ${why}.`, { cause })
}

/** GraphQL names a bot without the `[bot]` that REST gives it. */
function editOf({ editor, lastEditedAt }: Edited): Edit {
  const by = editor?.__typename === 'Bot' ? `${editor.login.replace(/\[bot\]$/, '')}[bot]` : editor?.login
  return { ...(by !== undefined && { by }), ...(lastEditedAt !== null && { at: lastEditedAt }) }
}
