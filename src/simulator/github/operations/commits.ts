/** What was merged and pushed, without the commits that a merge brought along. */
import { paged } from '../pages.ts'
import { notFound } from '../refusals.ts'
import type { GitHubState } from '../state.ts'
import type { Operation } from './operation.ts'

interface Commit {
  readonly sha: string
  readonly at: Date
  readonly files: readonly string[]
}

/** Newest first, from a branch or a commit; with `path`, those that changed this file or this folder. */
export const listCommits: Operation = ({ state, request, address }) => {
  const from = request.query.get('sha') ?? state.repository.defaultBranch
  const path = request.query.get('path')
  const found = commitsFrom(from, state)
  if (!found) return notFound()
  return paged(
    found
      .filter(
        ({ files }) => path === null || files.some((file) => file === path || file.startsWith(`${path}/`)),
      )
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .map(({ sha, at }) => ({ sha, commit: { committer: { date: at.toISOString() } } })),
    request,
    address,
  )
}

function commitsFrom(from: string, state: GitHubState): Commit[] | undefined {
  const { defaultBranch } = state.repository
  const onBranch = commitsOf(from, state)
  if (onBranch.length > 0 || from === defaultBranch) return onBranch
  const all = commitsOf(defaultBranch, state)
  const end = all.find(({ sha }) => sha === from)
  return end && all.filter(({ at }) => at <= end.at)
}

function commitsOf(branch: string, { issues, pushes, repository }: GitHubState): Commit[] {
  const merged = issues.flatMap(({ pull }) =>
    pull?.mergedAt && pull.mergeCommit !== null && pull.base.ref === branch
      ? [{ sha: pull.mergeCommit, at: pull.mergedAt, files: pull.files }]
      : [],
  )
  const pushed = Array.from(pushes, ([sha, { at, files }]) => ({ sha, at, files }))
  return branch === repository.defaultBranch ? [...merged, ...pushed] : merged
}
