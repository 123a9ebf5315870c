/** Objects as GitHub's REST shows them: the properties that a workflow has a use for. */
import { fullName } from './state.ts'
import type { Comment, GitHubState, Issue, Repository, Review, User } from './state.ts'

/** Where pages for people are. The simulator has none: links lead to the public service, as on a runner. */
export const SERVER_URL = 'https://github.com'

export function repositoryView(repository: Repository): Record<string, unknown> {
  const { owner, ownerId, name, id, visibility, defaultBranch } = repository
  return {
    id,
    name,
    full_name: fullName(repository),
    owner: { ...userView({ login: owner, type: 'User' }), id: ownerId, type: 'Organization' },
    private: visibility !== 'public',
    visibility,
    fork: false,
    default_branch: defaultBranch,
    html_url: `${SERVER_URL}/${fullName(repository)}`,
  }
}

export function userView({ login, type }: User): Record<string, unknown> {
  return { login, id: idOf(login), type, site_admin: false, html_url: `${SERVER_URL}/${login}` }
}

export function issueView(issue: Issue, { repository }: GitHubState): Record<string, unknown> {
  const page = `${SERVER_URL}/${fullName(repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`
  return {
    id: 2_000_000 + issue.number,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    user: userView(issue.author),
    labels: [],
    locked: false,
    html_url: page,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: issue.closedAt && iso(issue.closedAt),
    ...(issue.pull && {
      pull_request: { html_url: page, merged_at: issue.pull.mergedAt && iso(issue.pull.mergedAt) },
    }),
  }
}

/** @param whole lists leave out what GitHub works out for a single one: `merged`, `merged_by` */
export function pullView(
  issue: Issue & Required<Pick<Issue, 'pull'>>,
  state: GitHubState,
  whole: boolean,
): Record<string, unknown> {
  const { head, base, files, mergedAt, mergedBy, mergeCommit } = issue.pull
  const own = repositoryView(state.repository)
  const { repository: from, ...headCommit } = head
  const { pull_request: _, state_reason: __, ...shared } = issueView(issue, state)
  return {
    ...shared,
    draft: false,
    merged_at: mergedAt && iso(mergedAt),
    merge_commit_sha: mergeCommit,
    head: {
      ...headCommit,
      label: `${from?.split('/')[0] ?? 'unknown'}:${head.ref}`,
      repo: from === fullName(state.repository) ? own : forkView(from),
    },
    base: { ...base, label: `${state.repository.owner}:${base.ref}`, repo: own },
    ...(whole && {
      changed_files: files.length,
      merged: mergedAt !== null,
      merged_by: mergedBy && userView(mergedBy),
    }),
  }
}

function forkView(name: string | null): Record<string, unknown> | null {
  return name === null ? null : { full_name: name, name: name.split('/')[1], fork: true, private: false }
}

export function commentView(comment: Comment, state: GitHubState): Record<string, unknown> {
  const on = state.issues.find(({ number }) => number === comment.on)
  const page = `${SERVER_URL}/${fullName(state.repository)}/${on?.pull ? 'pull' : 'issues'}/${comment.on}`
  return {
    id: comment.id,
    node_id: nodeIdOf(comment),
    body: comment.body,
    user: userView(comment.author),
    html_url: `${page}#issuecomment-${comment.id}`,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
  }
}

export function reviewView(
  review: Review,
  index: number,
  { number }: Pick<Issue, 'number'>,
  { repository }: GitHubState,
): Record<string, unknown> {
  const id = number * 10_000 + index
  return {
    id,
    user: userView(review.by),
    body: '',
    state: review.state,
    html_url: `${SERVER_URL}/${fullName(repository)}/pull/${number}#pullrequestreview-${id}`,
    commit_id: review.commit,
    ...(review.state !== 'PENDING' && { submitted_at: iso(review.submittedAt) }),
  }
}

/** The comment's id in GraphQL. */
export function nodeIdOf({ id }: Pick<Comment, 'id'>): string {
  return `IC_kw${Buffer.from(String(id)).toString('base64url')}`
}

/** GitHub's times have no fractions of a second. */
export function iso(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z')
}

function idOf(login: string): number {
  return Array.from(login).reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 90_000_000, 7)
}
