/** What was merged and pushed. */
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

function commitsOf(branch: string, { issues, commits, pushes, repository }: GitHubState): Commit[] {
  const merged = issues.flatMap(({ number, pull }): Commit[] => {
    if (!pull?.mergedAt || pull.mergeCommit === null || pull.base.ref !== branch) return []
    const brought = Array.from(commits).filter(([, pulls]) => pulls.includes(number))
    // A merge that changes nothing its parents did not is left out of a file's history (git log, history simplification).
    const files = brought.length > 0 ? [] : pull.files
    const at = pull.mergedAt
    return [{ sha: pull.mergeCommit, at, files }, ...brought.map(([sha]) => ({ sha, at, files: pull.files }))]
  })
  const pushed = Array.from(pushes, ([sha, { at, files }]) => ({ sha, at, files }))
  const made = new Set(merged.map(({ sha }) => sha))
  return branch === repository.defaultBranch
    ? [...merged, ...pushed.filter(({ sha }) => !made.has(sha))]
    : merged
}
