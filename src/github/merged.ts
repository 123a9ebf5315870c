/** Pull requests that were merged: what reviewers saw stands there, and only there. */
import type { Client } from './client.ts'
import { params } from './comment.ts'
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
  const { repository, sha, commits, ref } = run
  const held = await pullHolding(client, run)
  // Right after a merge GitHub may not yet know which pull requests hold its commit.
  if (held && commits.every((commit) => commit === sha)) return [asMerged(held)]
  const made = (await closedLast(client, repository, ref)).filter(
    ({ merge_commit_sha: by }) => by !== null && (by === sha || commits.includes(by)),
  )
  return [...(held ? [held] : []), ...made.filter(({ number }) => number !== held?.number)].map(asMerged)
}

async function pullHolding(
  client: Client,
  { repository, sha, ref }: Pick<Run, 'repository' | 'sha' | 'ref'>,
) {
  const all = await client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, {
    ...params(repository),
    commit_sha: sha,
    per_page: 100,
  })
  const holding = mergedInto(ref, all)
  return holding.find(({ merge_commit_sha }) => merge_commit_sha === sha) ?? holding[0]
}

/** Further back than this, nobody looks for a review. */
const MOST_PULLS = 100

export interface Touching extends MergedPullRequest {
  /** The paths it changed. */
  files(): Promise<ReadonlySet<string>>
}

/**
 * The pull requests merged last into a branch, newest first. What each changed is read when asked for.
 * @throws GitHubError
 */
export async function lastMerged(
  client: Client,
  { repository, ref }: Pick<Run, 'repository' | 'ref'>,
): Promise<readonly Touching[]> {
  return (await closedLast(client, repository, ref)).map((pull) => {
    let files: Promise<ReadonlySet<string>> | undefined
    return { ...asMerged(pull), files: () => (files ??= filesOf(client, repository, pull.number)) }
  })
}

async function closedLast(client: Client, repository: Run['repository'], ref: string) {
  const { data } = await client.rest.pulls.list({
    ...params(repository),
    base: ref.replace(/^refs\/heads\//, ''),
    state: 'closed',
    sort: 'updated',
    direction: 'desc',
    per_page: MOST_PULLS,
  })
  return mergedInto(ref, data)
}

async function filesOf(
  client: Client,
  repository: Run['repository'],
  number: number,
): Promise<ReadonlySet<string>> {
  const files = await client.paginate(client.rest.pulls.listFiles, {
    ...params(repository),
    pull_number: number,
    per_page: 100,
  })
  return new Set(files.map(({ filename }) => filename))
}

interface Pull {
  readonly number: number
  readonly merged_at: string | null
  readonly base: { readonly ref: string }
}

type Merged<P extends Pull = Pull> = P & { readonly merged_at: string }

/** Newest first. */
function mergedInto<P extends Pull>(ref: string, pulls: readonly P[]): Merged<P>[] {
  return pulls
    .filter((pull): pull is Merged<P> => pull.merged_at !== null)
    .filter(({ base }) => `refs/heads/${base.ref}` === ref)
    .sort((a, b) => Date.parse(b.merged_at) - Date.parse(a.merged_at))
}

function asMerged({ number, merged_at }: Merged): MergedPullRequest {
  return { number, mergedAt: merged_at }
}
