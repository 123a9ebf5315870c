/** The reviews of a repository that a run may rest on. Each pull request is asked about once. */
import type { FoundReview } from '../engine/approval.ts'
import { isTenantsFile } from './changed-files.ts'
import type { Client } from './client.ts'
import { lastMerged, type MergedPullRequest, type Touching } from './merged.ts'
import { reviewOfPull } from './review.ts'
import type { Run } from './run.ts'

export interface Reviews {
  /** @returns why there is none, as a sentence. @throws GitHubError */
  of(pull: MergedPullRequest): Promise<FoundReview | string>
  /**
   * Those that saw a profile in the pull requests merged last that changed its file, or the tenants.
   * @throws GitHubError
   */
  newest(profile: { readonly name: string; readonly file: string }): Promise<readonly FoundReview[]>
}

/** @param branch into which is merged, as a ref. @param id the input `comment-id`. */
export function reviewsIn(
  client: Client,
  repository: Run['repository'],
  branch: string,
  id: string,
): Reviews {
  const known = new Map<number, Promise<FoundReview | string>>()
  let merged: Promise<readonly Touching[]> | undefined

  const of: Reviews['of'] = (pull) => {
    const review = known.get(pull.number) ?? reviewOfPull(client, repository, pull, id)
    known.set(pull.number, review)
    return review
  }

  async function newestThatSaw(
    name: string,
    touched: (path: string) => boolean,
  ): Promise<readonly FoundReview[]> {
    merged ??= lastMerged(client, { repository, ref: branch })
    for (const pull of await merged) {
      if (![...(await pull.files())].some(touched)) continue
      const review = await of(pull)
      if (typeof review !== 'string' && review.profiles.some((one) => one.name === name)) return [review]
    }
    return []
  }

  return {
    of,
    newest: async ({ name, file }) => [
      ...(await newestThatSaw(name, (path) => path === file)),
      ...(await newestThatSaw(name, isTenantsFile)),
    ],
  }
}
