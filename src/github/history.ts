/** What was merged into a branch, newest first: everything of late, or what changed a file. */
import type { Client } from './client.ts'
import { params } from './comment.ts'
import { GitHubError } from './errors.ts'
import { asMerged, lastMerged, pullsOfCommit, type Branch, type MergedPullRequest } from './merged.ts'

/** Further back than so many commits of a file, nobody looks. */
const MOST_COMMITS = 30

export interface History {
  /** Of the last hundred. @throws GitHubError */
  last(): AsyncIterable<MergedPullRequest>
  /** Nothing for a token that may not read commits (`contents: read`). @throws GitHubError */
  thatChanged(path: string): AsyncIterable<MergedPullRequest>
  /** The paths that a pull request changed. @throws GitHubError */
  filesOf(pull: MergedPullRequest): Promise<ReadonlySet<string>>
}

/** Each is asked about once, however many profiles ask. */
export function historyOf(client: Client, branch: Branch): History {
  const { repository, ref } = branch
  const once = <T>(ask: (key: string) => Promise<T>) => {
    const known = new Map<string, Promise<T>>()
    return (key: string): Promise<T> => {
      const asked = known.get(key) ?? ask(key)
      known.set(key, asked)
      return asked
    }
  }

  const noneFor =
    (...statuses: number[]) =>
    (error: unknown): [] => {
      if (error instanceof GitHubError && statuses.includes(error.status ?? 0)) return []
      throw error
    }

  const last = once(async () => (await lastMerged(client, branch).catch(noneFor(404))).map(asMerged))

  const commits = once(async (path) => {
    const about = { ...params(repository), sha: ref.replace(/^refs\/heads\//, ''), path }
    const asked = client.rest.repos.listCommits({ ...about, per_page: MOST_COMMITS })
    return asked.then(({ data }) => data.map(({ sha }) => sha)).catch(noneFor(403, 404))
  })

  const pullsOf = once(async (sha) => (await pullsOfCommit(client, branch, sha)).map(asMerged))

  const files = once(async (number) => {
    const changed = await client.paginate(client.rest.pulls.listFiles, {
      ...params(repository),
      pull_number: Number(number),
      per_page: 100,
    })
    return new Set(changed.map(({ filename }) => filename))
  })

  return {
    async *last() {
      yield* await last('')
    },
    async *thatChanged(path) {
      for (const sha of await commits(path)) yield* await pullsOf(sha)
    },
    filesOf: ({ number }) => files(String(number)),
  }
}
