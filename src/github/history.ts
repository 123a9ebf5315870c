/** What was merged into a branch, newest first: everything of late, or what changed a file. */
import type { Client } from './client.ts'
import { params } from './repository.ts'
import { GitHubError } from './errors.ts'
import {
  asMerged,
  branchName,
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
  /** The pull requests merged last, and whether there were no others before. @throws GitHubError */
  last(): Promise<{ readonly pulls: readonly MergedPullRequest[]; readonly complete: boolean }>
  /** Those that brought the newest commits of a file. @throws GitHubError */
  thatChanged(path: string): AsyncIterable<MergedPullRequest>
  /** Whether the token may read commits. @throws GitHubError */
  tells(path: string): Promise<boolean>
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

  /** By commit or branch, which hold no space, and by path, which may; of everything where there is none. */
  const commits = once(async (from): Promise<readonly string[] | undefined> => {
    const [, sha = from, path] = /^(\S+) (.*)$/s.exec(from) ?? []
    const about = {
      ...params(repository),
      sha,
      ...(path ? { path, per_page: MOST_COMMITS } : { per_page: 1 }),
    }
    const asked = client.rest.repos.listCommits(about)
    // Not told to a token that may not read commits (`contents: read`).
    return asked
      .then(({ data }) => (Array.isArray(data) ? data.map((commit) => commit.sha) : undefined))
      .catch(instead(undefined, 403, 404))
  })
  const commitsOf = (path: string) => commits(`${branchName(ref)} ${path}`)

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
      return { pulls: mergedInto(ref, pulls).map(asMerged), complete: pulls.length < LAST_MERGED }
    },
    tells: async (path) => (await commitsOf(path)) !== undefined,
    async *thatChanged(path) {
      for (const sha of (await commitsOf(path)) ?? []) yield* await pullsOf(sha)
    },
    async isMerged(path) {
      const [newest] = (await commitsOf(path)) ?? []
      return newest !== undefined && (await pullsOf(newest)).length > 0
    },
    async hasChangedSince(commit, path) {
      // It nearly always is the newest, and then nothing has.
      if ((await commitsOf(''))?.[0] === commit) return false
      const [newest] = (await commitsOf(path)) ?? []
      return newest !== undefined && (await commits(`${commit} ${path}`))?.includes(newest) === false
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
