/** The reviews of a repository that a run may rest on. Each pull request is asked about once. */
import type { FoundReview, Newest } from '../engine/approval.ts'
import type { Task } from '../engine/planning.ts'
import type { Client } from './client.ts'
import { historyOf } from './history.ts'
import type { MergedPullRequest } from './merged.ts'
import { reviewOfPull } from './review.ts'
import type { Run } from './run.ts'

type Profile = Pick<Task, 'name' | 'formerly' | 'file'>

export interface Reviews {
  /** @returns why there is none, as a sentence. @throws GitHubError */
  of(pull: MergedPullRequest): Promise<FoundReview | string>
  /**
   * Those that saw a profile in the pull requests merged last that changed it, or the tenants. A profile is
   * known by its names, whatever file it stands in.
   * @throws GitHubError
   */
  newest(profile: Profile): Promise<Newest>
}

interface Found {
  readonly pull: MergedPullRequest
  readonly review: FoundReview
  /** Whether the profile was among those that it saw. */
  readonly saw: boolean
}

export interface Where {
  readonly repository: Run['repository']
  /** Into which is merged, as a ref. */
  readonly ref: string
  /** The input `comment-id`. */
  readonly id: string
  /** Where the tenants stand, relative to the repository. */
  readonly tenantsFile: string
}

export function reviewsIn(client: Client, { repository, ref, id, tenantsFile }: Where): Reviews {
  const known = new Map<number, Promise<FoundReview | string>>()
  const history = historyOf(client, { repository, ref })

  const of: Reviews['of'] = (pull) => {
    const review = known.get(pull.number) ?? reviewOfPull(client, repository, pull, id)
    known.set(pull.number, review)
    return review
  }

  /**
   * The first of them, newest first, that changed this: the file in which its review saw the profile, whatever
   * it is called now, or the file of a profile that it did not see.
   */
  async function firstReview(
    pulls: AsyncIterable<MergedPullRequest>,
    { name, formerly, file }: Profile,
    changed: 'profile' | 'tenants',
    after: number,
  ): Promise<Found | undefined> {
    for await (const pull of pulls) {
      if (timeOf(pull) <= after) return undefined
      const review = await of(pull)
      if (typeof review === 'string') continue
      const entry = review.profiles.find((one) => one.name === name || formerly.includes(one.name))
      const wanted = changed === 'tenants' ? entry && tenantsFile : (entry?.file ?? file)
      if (wanted !== undefined && (await history.filesOf(pull)).has(wanted))
        return { pull, review, saw: !!entry }
    }
    return undefined
  }

  async function newestOf(file: string, profile: Profile, changed: 'profile' | 'tenants', after: number) {
    const found = await firstReview(history.thatChanged(file), profile, changed, after)
    if (found?.saw) return found
    // Of a file that was renamed since, and where commits are not told, the last merges are looked through.
    const since = found ? timeOf(found.pull) : after
    return (await firstReview(history.last(), profile, changed, since)) ?? found
  }

  async function since(after: number): Promise<readonly FoundReview[]> {
    const found: FoundReview[] = []
    for await (const pull of history.last()) {
      const review = timeOf(pull) > after && (await of(pull))
      if (typeof review === 'object') found.push(review)
    }
    return found
  }

  return {
    of,
    async newest(profile) {
      const ofProfile = await newestOf(profile.file, profile, 'profile', 0)
      const after = ofProfile ? timeOf(ofProfile.pull) : 0
      const ofTenants = await newestOf(tenantsFile, profile, 'tenants', after)
      return {
        ...(ofProfile && { ofProfile: ofProfile.review }),
        ...(ofTenants && { ofTenants: ofTenants.review }),
        since: () => since(ofTenants ? timeOf(ofTenants.pull) : after),
      }
    },
  }
}

function timeOf({ mergedAt }: MergedPullRequest): number {
  return Date.parse(mergedAt)
}
