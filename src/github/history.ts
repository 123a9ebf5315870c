/** What was merged into a branch, newest first: everything of late, or what changed a file. */
import type { Client } from './client.ts'
import { params } from './comment.ts'
import { GitHubError } from './errors.ts'
import {
  asMerged,
  LAST_MERGED,
  lastClosed,
  mergedInto,
  pullsOfCommit,
  type Branch,
  type MergedPullRequest,
} from './merged.ts'

/** Further back than so many commits of a file, nobody looks. */
const MOST_COMMITS = 30

export interface History {
  /** The pull requests merged last, and whether these are all there ever were. @throws GitHubError */
  last(): Promise<{ readonly pulls: readonly MergedPullRequest[]; readonly all: boolean }>
  /** Those that brought the newest commits of a file. @throws GitHubError */
  thatChanged(path: string): AsyncIterable<MergedPullRequest>
  /** Whether the newest commit of a file came by a pull request. @throws GitHubError */
  isMerged(path: string): Promise<boolean>
  /** Whether the file has changed on the branch since a commit. @throws GitHubError */
  hasChangedSince(commit: string, path: string): Promise<boolean>
  /** The paths that a pull request changed. @throws GitHubError */
  filesOf(pull: MergedPullRequest): Promise<ReadonlySet<string>>
}

/** Each is asked about once, however many profiles ask. */
export function historyOf(client: Client, branch: Branch): History {
  const { repository, ref } = branch
  const once = <T>(ask: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
    const known = new Map<string, Promise<T>>()
    return (key) => {
      const asked = known.get(key) ?? ask(key)
      known.set(key, asked)
      return asked
    }
  }

  const closed = once(() => lastClosed(client, branch).catch(instead([], 404)))

  const commitsFrom = (sha: string) =>
    once(async (path): Promise<readonly string[] | undefined> => {
      const about = { ...params(repository), sha, path, per_page: MOST_COMMITS }
      const asked = client.rest.repos.listCommits(about)
      // Not told to a token that may not read commits (`contents: read`).
      return asked.then(({ data }) => data.map((commit) => commit.sha)).catch(instead(undefined, 403, 404))
    })
  const commits = commitsFrom(ref.replace(/^refs\/heads\//, ''))
  const commitsAt = once((sha) => Promise.resolve(commitsFrom(sha)))

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
    async last() {
      const pulls = await closed('')
      return { pulls: mergedInto(ref, pulls).map(asMerged), all: pulls.length < LAST_MERGED }
    },
    async *thatChanged(path) {
      for (const sha of (await commits(path)) ?? []) yield* await pullsOf(sha)
    },
    async isMerged(path) {
      const [newest] = (await commits(path)) ?? []
      return newest !== undefined && (await pullsOf(newest)).length > 0
    },
    async hasChangedSince(commit, path) {
      const [newest] = (await commits(path)) ?? []
      const before = await (await commitsAt(commit))(path)
      return newest !== undefined && before?.includes(newest) === false
    },
    filesOf: ({ number }) => files(String(number)),
  }
}

function instead<T>(value: T, ...statuses: number[]) {
  return (error: unknown): T => {
    if (error instanceof GitHubError && statuses.includes(error.status ?? 0)) return value
    throw error
  }
}
