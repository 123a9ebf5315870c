/** GitHub's refusals, in its own shapes and words. */
import type { Answer } from '../service.ts'

const DOCUMENTATION = 'https://docs.github.com/rest'

/** The usual shape: basic-error of GitHub's OpenAPI description. */
export function refused(status: number, message: string, more: object = {}): Answer {
  return { status, body: { message, ...more, documentation_url: DOCUMENTATION, status: String(status) } }
}

export const notFound = () => refused(404, 'Not Found')

/** A body that breaks a rule of the object itself. */
export function invalid(resource: 'Issue' | 'IssueComment', message: string): Answer {
  return refused(422, 'Validation Failed', {
    errors: [{ resource, code: 'unprocessable', field: 'data', message }],
  })
}

/** What a general failure says. Both kinds of 403 and 429 are rate limits here. */
export function failure(status: number): unknown {
  const message =
    status === 403 || status === 429
      ? 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.'
      : 'Server Error'
  return refused(status, message).body
}
