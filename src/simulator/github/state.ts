/** What GitHub knows: one repository, its issues and pull requests, and the job that runs in it. */
export { seedGitHub } from './seed.ts'

export interface GitHubState {
  readonly repository: Repository
  /** Pull requests are issues too, and share their numbers (GitHub REST, issues). */
  readonly issues: Issue[]
  readonly comments: Comment[]
  /** By commit: the numbers of the pull requests it belongs to, besides those whose head or merge commit it is. */
  readonly commits: Map<string, number[]>
  /** To the default branch, by the commit it was left at. */
  readonly pushes: Map<string, Push>
  token: Token
  /** Who asks for an ID token. */
  job: Job
}

export interface Push {
  /** What came with it. */
  readonly commits: readonly string[]
  /** A merge queue's, whose next merge joins it. */
  readonly joins: boolean
  /** The paths it changed past all pull requests. */
  readonly files: readonly string[]
  readonly at: Date
}

export interface Repository {
  readonly owner: string
  readonly name: string
  readonly id: number
  readonly ownerId: number
  visibility: 'public' | 'private' | 'internal'
  defaultBranch: string
  /** Repositories made after July 2026 have ids in the subject of their ID tokens. */
  immutableSubject: boolean
}

export interface User {
  readonly login: string
  readonly type: 'User' | 'Bot'
}

export interface Issue {
  readonly number: number
  title: string
  body: string | null
  state: 'open' | 'closed'
  stateReason: string | null
  readonly author: User
  readonly createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  /** Present on a pull request. */
  readonly pull?: Pull
}

export interface Pull {
  head: {
    ref: string
    sha: string
    /** `owner/name`; null when the fork is gone. */ repository: string | null
  }
  base: { ref: string; sha: string }
  /** The paths it changes. */
  files: string[]
  mergedAt: Date | null
  mergedBy: User | null
  mergeCommit: string | null
  /** In the order of their submission. */
  readonly reviews: Review[]
}

export interface Review {
  readonly by: User
  /** A dismissed one keeps its place: it is the same review, in another state. */
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  /** What its author had before them. */
  readonly commit: string
  readonly submittedAt: Date
}

export interface Comment {
  readonly id: number
  /** The number of the issue or pull request. */
  readonly on: number
  readonly author: User
  body: string
  readonly createdAt: Date
  updatedAt: Date
  /** Who edited it last, and then at `updatedAt`; absent when nobody did. */
  editor?: User
}

export type Permission = 'contents' | 'issues' | 'pull-requests'

/** The one token the service knows. */
export interface Token {
  readonly value: string
  /** `actions` is the `GITHUB_TOKEN` of a job, an installation's; `user` a person's own. */
  readonly kind: 'actions' | 'user'
  readonly login: string
  permissions: Partial<Record<Permission, 'read' | 'write'>>
}

export interface Job {
  event: string
  /** `refs/heads/main`, `refs/pull/7/merge`. */
  ref: string
  sha: string
  headRef: string
  baseRef: string
  /** The environment the job names. */
  environment: string | null
  actor: string
  runId: number
  attempt: number
  /** What the job shows to get an ID token; null where GitHub gives none (no `id-token: write`, forks, Dependabot). */
  requestToken: string | null
}

export function fullName({ owner, name }: Repository): string {
  return `${owner}/${name}`
}

export function findIssue(state: GitHubState, number: number): Issue | undefined {
  return state.issues.find((issue) => issue.number === number)
}

/** The next free number of an issue or a pull request. */
export function nextNumber({ issues }: GitHubState): number {
  return Math.max(0, ...issues.map(({ number }) => number)) + 1
}

export function nextCommentId({ comments }: GitHubState): number {
  return Math.max(1000, ...comments.map(({ id }) => id)) + 1
}

/** Who the token acts as. */
export function viewer({ token }: GitHubState): User {
  return userOf(token.login)
}

export function userOf(login: string): User {
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' }
}

/**
 * Where a program finds this GitHub. The rest of a job's environment is made by `runnerEnv`.
 * @param origin the simulator's, without a path
 */
export function githubEnv({ job }: GitHubState, origin: string): Record<string, string> {
  return {
    GITHUB_API_URL: `${origin}/github`,
    GITHUB_GRAPHQL_URL: `${origin}/github/graphql`,
    ...(job.requestToken !== null && {
      // A runner's URL has a query already; the audience is added with `&` (@actions/core, oidc-utils).
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/oidc/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: job.requestToken,
    }),
  }
}
