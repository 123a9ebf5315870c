/** The run of a workflow: which event started it, for which repository, and what it may do. */

export interface Run {
  /** GitHub's name of the event, e.g. `push`. */
  readonly event: string
  readonly repository: {
    readonly owner: string
    readonly name: string
    /** Stays when the repository is renamed; absent where the runner does not tell. */
    readonly id?: string
  }
  /** `unknown` must count as public (DESIGN 7, `detail`). */
  readonly visibility: Visibility
  /** Of an event that is about one; its fields are GitHub's, not the pull request's author's. */
  readonly pullRequest?: PullRequest
  /** `refs/heads/main`, `refs/pull/7/merge`, ... */
  readonly ref: string
  /** Absent when the event does not say. */
  readonly defaultBranch?: string
  /** False also when the default branch is not known. */
  readonly isDefaultBranch: boolean
  readonly sha: string
  /** Of a push: the commits that came with it, as far as the event tells them. A merge queue pushes several merges at once. */
  readonly commits: readonly string[]
  /** Whose rights the run has; not always who started it again. */
  readonly actor: string
  readonly runId: string
  readonly runUrl: string
  /** From 1. */
  readonly attempt: number
  /** github.com itself, not a GitHub Enterprise server. */
  readonly publicServer: boolean
}

export type Visibility = 'public' | 'private' | 'internal' | 'unknown'

export interface PullRequest {
  readonly number: number
  readonly headSha: string
  readonly baseRef: string
  /** Its commits come from another repository, or from one that is gone. */
  readonly fork: boolean
  /** Made, or last started, by Dependabot. */
  readonly dependabot: boolean
  readonly open: boolean
  readonly merged: boolean
}

/** A run of the action that is refused, whatever its inputs: `code` says why. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused'
  readonly code: 'pull-request-target' | 'apply-before-merge' | 'no-workflow'

  constructor(code: RunRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Is it about commits that are not merged yet? */
export function isBeforeMerge({ event }: Pick<Run, 'event'>): boolean {
  return event.startsWith('pull_request') || event === 'merge_group'
}
