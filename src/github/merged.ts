/** Pull requests that were merged: what reviewers saw stands there, and only there. */
import type { Client } from './client.ts'
import { params } from './repository.ts'
import type { Run } from './run.ts'

export interface MergedPullRequest {
  readonly number: number
  /** ISO 8601, UTC, whole seconds. */
  readonly mergedAt: string
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

/** As GitHub's lists are asked for it. */
export function branchName(ref: string): string {
  return ref.replace(/^refs\/heads\//, '')
}

export const LAST_MERGED = 100

/** Those into the branch that were closed, and changed last. @throws GitHubError */
export async function lastClosed(client: Client, { repository, ref }: Branch) {
  const { data } = await client.rest.pulls.list({
    ...params(repository),
    base: branchName(ref),
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
