import { TENANTS_FILE } from '../profiles/tenants.ts'
import type { Client } from './client.ts'
import { params } from './repository.ts'
import { GitHubError } from './errors.ts'
import type { Run } from './run.ts'

/**
 * Whether the pull request changes any of these files, or the tenants beside them. When GitHub does
 * not tell, it may: a comment too many is better than a review without one.
 */
export async function changesProfiles(
  client: Client,
  { repository, pullRequest }: Pick<Run, 'repository' | 'pullRequest'>,
  files: readonly string[],
): Promise<boolean> {
  if (!pullRequest) return false
  const named = new Set(files)
  try {
    const changed = await client.paginate(client.rest.pulls.listFiles, {
      ...params(repository),
      pull_number: pullRequest.number,
      per_page: 100,
    })
    return changed.some(({ filename }) => named.has(filename) || isTenantsFile(filename))
  } catch (error) {
    if (error instanceof GitHubError) return true
    throw error
  }
}

function isTenantsFile(path: string): boolean {
  return path === TENANTS_FILE || path.endsWith(`/${TENANTS_FILE}`)
}
