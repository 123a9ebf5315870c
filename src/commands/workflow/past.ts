import type { Newest, Past } from '../../engine/approval.ts'
import type { Task } from '../../engine/planning.ts'
import { GitHubError } from '../../github/errors.ts'
import { reviewsIn, type Reviews } from '../../github/reviews.ts'
import type { PlannedRun } from '../run.ts'
import type { Job } from './job.ts'

/** What GitHub tells of past reviews. What it does not tell is noted, and approves no deletion. */
export class GitHubPast implements Past {
  /** Absent without a token. */
  readonly reviews: Reviews | undefined
  /** What GitHub refused first. */
  refusal: GitHubError | undefined
  readonly #notes = new Set<string>()

  /** @param ref the branch into which is merged. */
  constructor({ client, run, inputs }: Job, { tenantsFile }: PlannedRun, ref: string) {
    const { repository, sha } = run
    this.reviews = client && reviewsIn(client, { repository, sha, ref, id: inputs.commentId, tenantsFile })
    if (!client) this.note('Without github-token no review can be read.')
  }

  /** What the readers of the result have to know, each said once. */
  get notes(): readonly string[] {
    return [...this.#notes]
  }

  note(text: string): void {
    this.#notes.add(text)
  }

  /** @returns `undefined` where GitHub refuses. */
  async ask<T>(question: Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await question
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      this.refusal ??= error
      this.#unknown(error.message)
      return undefined
    }
  }

  async isOutdated(task: Task): Promise<boolean | undefined> {
    return this.reviews ? this.ask(this.reviews.isOutdated(task)) : false
  }

  async newest(task: Task): Promise<Newest | undefined> {
    const found = await this.ask(this.reviews?.newest(task))
    if (typeof found !== 'string') return found
    this.#unknown(found)
    return undefined
  }

  #unknown(why: string): void {
    this.note(`${why} What was reviewed is not known: every deletion is held.`)
  }
}
