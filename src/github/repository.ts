import type { Client } from './client.ts'
import { GitHubError } from './errors.ts'
import type { Run, Visibility } from './run.ts'

/**
 * Asks GitHub for what the event did not say of the repository, and for what may have changed since: a run that is
 * repeated has the event of its first attempt. What GitHub will not say stays unknown, and counts as public;
 * nothing fails for it.
 */
export async function withRepository(client: Client, run: Run): Promise<Run> {
  if (run.visibility !== 'unknown' && run.defaultBranch !== undefined && run.attempt === 1) return run
  try {
    const { data } = await client.rest.repos.get(params(run.repository))
    const defaultBranch = run.defaultBranch ?? data.default_branch
    return {
      ...run,
      visibility: run.visibility === 'public' ? 'public' : visibilityOf(data),
      defaultBranch,
      isDefaultBranch: run.ref === `refs/heads/${defaultBranch}`,
    }
  } catch (error) {
    if (error instanceof GitHubError) return run
    throw error
  }
}

function visibilityOf({
  visibility,
  private: hidden,
}: {
  visibility?: string
  private: boolean
}): Visibility {
  if (visibility === 'private' || visibility === 'internal') return visibility
  return visibility === undefined && hidden ? 'private' : 'public'
}

/** As octokit's methods name it. */
export function params({ owner, name }: Run['repository']): { owner: string; repo: string } {
  return { owner, repo: name }
}
