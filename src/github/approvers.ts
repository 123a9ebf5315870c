import type { Client } from './client.ts'
import { params } from './repository.ts'
import { GitHubError } from './errors.ts'
import type { Run } from './run.ts'

/** GitHub logins. */
export interface Approvers {
  readonly by: string
  readonly approvedBy: readonly string[]
}

/**
 * Who merged a pull request, and whose newest review approves it: a dismissed approval is none, and a comment
 * changes nothing. @returns nothing where GitHub does not tell: the result is told all the same.
 */
export async function approversOf(
  client: Client,
  repository: Run['repository'],
  number: number,
): Promise<Approvers | undefined> {
  const pull = { ...params(repository), pull_number: number }
  try {
    const { data } = await client.rest.pulls.get(pull)
    // Oldest first (REST, "List reviews for a pull request").
    const reviews = await client.paginate(client.rest.pulls.listReviews, { ...pull, per_page: 100 })
    const states = new Map<string, string>()
    for (const { user, state } of reviews) if (user && STANDING.has(state)) states.set(user.login, state)
    const approvedBy = [...states].filter(([, state]) => state === 'APPROVED').map(([login]) => login)
    return data.merged_by ? { by: data.merged_by.login, approvedBy: approvedBy.sort() } : undefined
  } catch (error) {
    if (error instanceof GitHubError) return undefined
    throw error
  }
}

const STANDING: ReadonlySet<string> = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'])
