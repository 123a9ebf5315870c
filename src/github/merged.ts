import type { Client } from './client.ts'
import { params } from './comment.ts'
import type { Run } from './run.ts'

export interface MergedPullRequest {
  readonly number: number
  readonly headSha: string
  /** ISO 8601, UTC. */
  readonly mergedAt: string
}

/**
 * The pull request that brought this run's commit into its branch: the one whose merge made the commit,
 * else the one merged last of those that hold it. Others (open, closed, merged elsewhere) approve nothing.
 * @throws GitHubError
 */
export async function pullRequestOf(
  client: Client,
  { repository, sha, ref }: Pick<Run, 'repository' | 'sha' | 'ref'>,
): Promise<MergedPullRequest | undefined> {
  const all = await client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, {
    ...params(repository),
    commit_sha: sha,
    per_page: 100,
  })
  const merged = all
    .filter((pull) => pull.merged_at !== null && `refs/heads/${pull.base.ref}` === ref)
    .sort((a, b) => Date.parse(b.merged_at ?? '') - Date.parse(a.merged_at ?? ''))
  const pull = merged.find(({ merge_commit_sha }) => merge_commit_sha === sha) ?? merged[0]
  return pull && { number: pull.number, headSha: pull.head.sha, mergedAt: pull.merged_at ?? '' }
}
