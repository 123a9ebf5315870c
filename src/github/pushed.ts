import type { Client } from './client.ts'
import { asMerged, lastClosed, mergedInto, pullsOfCommit, type MergedPullRequest } from './merged.ts'
import type { Run } from './run.ts'

/**
 * The pull requests that a push brought into its branch, the one of its last commit first: the one whose merge
 * made that commit, else the one merged last of those that hold it; then those whose merges made other
 * commits of the push. Others (open, closed, merged elsewhere) approve nothing.
 * @throws GitHubError
 */
export async function pullRequestsOf(
  client: Client,
  run: Pick<Run, 'repository' | 'sha' | 'commits' | 'ref'>,
): Promise<readonly MergedPullRequest[]> {
  const { sha, commits } = run
  const held = await pullHolding(client, run)
  // Right after a merge GitHub may not yet know which pull requests hold its commit.
  if (held && commits.every((commit) => commit === sha)) return [asMerged(held)]
  const made = mergedInto(run.ref, await lastClosed(client, run)).filter(
    ({ merge_commit_sha: by }) => by !== null && (by === sha || commits.includes(by)),
  )
  return [...(held ? [held] : []), ...made.filter(({ number }) => number !== held?.number)].map(asMerged)
}

async function pullHolding(
  client: Client,
  { repository, sha, ref }: Pick<Run, 'repository' | 'sha' | 'ref'>,
) {
  const holding = await pullsOfCommit(client, { repository, ref }, sha)
  return holding.find(({ merge_commit_sha }) => merge_commit_sha === sha) ?? holding[0]
}
