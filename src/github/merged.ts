/** Pull requests that were merged: what reviewers saw stands there, and only there. */
import type { Client } from './client.ts'
import { params } from './repository.ts'
import type { Run } from './run.ts'

export interface MergedPullRequest {
  readonly number: number
  /** ISO 8601, UTC, whole seconds. */
  readonly mergedAt: string
}

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

/** A branch into which is merged. */
export type Branch = Pick<Run, 'repository' | 'ref'>

/** Those of a commit that were merged into the branch, newest first. @throws GitHubError */
export async function pullsOfCommit(client: Client, { repository, ref }: Branch, sha: string) {
  const all = await client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, {
    ...params(repository),
    commit_sha: sha,
    per_page: 100,
  })
  return mergedInto(ref, all)
}

export const LAST_MERGED = 100

/** Those into the branch that were closed, and changed last. @throws GitHubError */
export async function lastClosed(client: Client, { repository, ref }: Branch) {
  const { data } = await client.rest.pulls.list({
    ...params(repository),
    base: ref.replace(/^refs\/heads\//, ''),
    state: 'closed',
    sort: 'updated',
    direction: 'desc',
    per_page: LAST_MERGED,
  })
  return data
}

interface Pull {
  readonly number: number
  readonly merged_at: string | null
  readonly base: { readonly ref: string }
}

type Merged<P extends Pull = Pull> = P & { readonly merged_at: string }

/** Newest first; of one second, the one opened later. */
export function mergedInto<P extends Pull>(ref: string, pulls: readonly P[]): Merged<P>[] {
  return pulls
    .filter((pull): pull is Merged<P> => pull.merged_at !== null)
    .filter(({ base }) => `refs/heads/${base.ref}` === ref)
    .sort((a, b) => Date.parse(b.merged_at) - Date.parse(a.merged_at) || b.number - a.number)
}

export function asMerged({ number, merged_at }: Merged): MergedPullRequest {
  return { number, mergedAt: merged_at }
}
