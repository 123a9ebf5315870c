/** The reviews of a repository that a run may rest on. Each pull request is asked about once. */
import type { FoundReview, Newest } from '../engine/approval.ts'
import type { Task } from '../engine/planning.ts'
import type { Client } from './client.ts'
import { historyOf } from './history.ts'
import type { MergedPullRequest } from './merged.ts'
import { reviewOfPull, type NoReview } from './review.ts'
import type { Run } from './run.ts'

type Profile = Pick<Task, 'name' | 'formerly' | 'file' | 'files'>

export interface Reviews {
  /** @throws GitHubError */
  of(pull: MergedPullRequest): Promise<FoundReview | NoReview>
  /**
   * Those that saw a profile in the pull requests merged last that changed it, or the tenants. A profile is
   * known by its names, whatever file it stands in.
   * @returns why they are not known, as a sentence.
   * @throws GitHubError
   */
  newest(profile: Profile): Promise<Newest | string>
  /** Whether the profile's file, that of the tenants, or one that it is read with changed since this run's commit. @throws GitHubError */
  isOutdated(profile: Profile): Promise<boolean>
}

interface Found {
  readonly pull: MergedPullRequest
  readonly review: FoundReview
  /** Whether the profile was among those that it saw. */
  readonly saw: boolean
}

export interface Where extends Pick<Run, 'repository' | 'sha'> {
  /** Into which is merged. */
  readonly ref: string
  /** The input `comment-id`. */
  readonly id: string
  /** Where the tenants stand, relative to the repository. */
  readonly tenantsFile: string
}

export function reviewsIn(client: Client, { repository, sha, ref, id, tenantsFile }: Where): Reviews {
  const known = new Map<number, Promise<FoundReview | NoReview>>()
  const history = historyOf(client, { repository, ref })

  const of: Reviews['of'] = (pull) => {
    const review = known.get(pull.number) ?? reviewOfPull(client, repository, pull, id)
    known.set(pull.number, review)
    return review
  }

  /**
   * The first of them, newest first, that changed this: the file in which its review saw the profile, whatever
   * it is called now, or the file of a profile that it did not see. A plan in doubt ends the search.
   */
  async function firstReview(
    pulls: AsyncIterable<MergedPullRequest> | readonly MergedPullRequest[],
    { name, formerly, file }: Profile,
    changed: 'profile' | 'tenants',
    after: MergedPullRequest | undefined,
  ): Promise<Found | NoReview | undefined> {
    for await (const pull of pulls) {
      if (after && !isLater(pull, after)) return undefined
      const review = await of(pull)
      const files = () => history.filesOf(pull)
      const changes = changed === 'tenants' ? tenantsFile : file
      if ('why' in review) {
        if (review.inDoubt && (await files()).has(changes)) return review
        continue
      }
      const entry = review.profiles.find((one) => one.name === name || formerly.includes(one.name))
      const saw = entry !== undefined
      if (changed === 'tenants' && !saw) continue
      const stood = changed === 'profile' && entry ? entry.file : changes
      if ((await files()).has(stood)) return { pull, review, saw }
    }
    return undefined
  }

  async function newestOf(
    profile: Profile,
    changed: 'profile' | 'tenants',
    after?: MergedPullRequest,
  ): Promise<Found | NoReview | undefined> {
    const path = changed === 'profile' ? profile.file : tenantsFile
    const found = await firstReview(history.thatChanged(path), profile, changed, after)
    if (found && ('why' in found || found.saw)) return found
    // The tenants' file keeps its name.
    if (changed === 'tenants' && (await history.tells(path))) return found
    // Of a file that was renamed since, and where commits are not told, the last merges are looked through.
    const { pulls } = await history.last()
    return (await firstReview(pulls, profile, changed, found?.pull ?? after)) ?? found
  }

  /** Nothing was found; is that because nothing was reviewed? */
  async function isNeverReviewed({ file }: Profile): Promise<boolean> {
    return (await history.last()).complete || history.isMerged(file)
  }

  async function since(after: MergedPullRequest | undefined): Promise<readonly FoundReview[]> {
    const { pulls } = await history.last()
    const later = pulls.filter((pull) => !after || isLater(pull, after))
    const reviews = await Promise.all(later.map(of))
    return reviews.filter((review) => 'profiles' in review)
  }

  return {
    of,
    async isOutdated({ file, files }) {
      for (const path of [file, tenantsFile, ...files])
        if (await history.hasChangedSince(sha, path)) return true
      return false
    },
    async newest(profile) {
      const ofProfile = await newestOf(profile, 'profile')
      if (ofProfile && 'why' in ofProfile) return ofProfile.why
      if (!ofProfile && !(await isNeverReviewed(profile))) return `No review of ${profile.name} is found.`
      const ofTenants = await newestOf(profile, 'tenants', ofProfile?.pull)
      if (ofTenants && 'why' in ofTenants) return ofTenants.why
      return {
        ...(ofProfile && { ofProfile: ofProfile.review }),
        ...(ofTenants && { ofTenants: ofTenants.review }),
        since: () => since((ofTenants ?? ofProfile)?.pull),
      }
    },
  }
}

function isLater(pull: MergedPullRequest, than: MergedPullRequest): boolean {
  const apart = Date.parse(pull.mergedAt) - Date.parse(than.mergedAt)
  return apart > 0 || (apart === 0 && pull.number > than.number)
}
