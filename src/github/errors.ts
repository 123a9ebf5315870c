/** What can go wrong in talking to GitHub. */

/** A request that GitHub refused or that did not reach it. Holds no token. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError'
  /** The HTTP status; absent when there was no answer. */
  readonly status?: number
  /** The permissions of which the job's token needs one, e.g. `pull-requests: write`; empty when that is not the matter. */
  readonly permissions: readonly string[]

  constructor(message: string, about: { status?: number; permissions?: readonly string[]; cause?: unknown }) {
    super(message, { cause: about.cause })
    if (about.status !== undefined) this.status = about.status
    this.permissions = about.permissions ?? []
  }
}

/** GitHub gives this job no ID token. */
export class IdTokenError extends Error {
  override readonly name = 'IdTokenError'
  readonly code: 'no-permission' | 'refused'

  constructor(code: IdTokenError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** To paste into a job; on one line, for it stands in messages that are. */
export function permissionsYaml(permissions: readonly string[]): string {
  return `permissions: { ${permissions.join(', ')} }`
}
