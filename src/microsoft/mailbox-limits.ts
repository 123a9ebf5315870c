/**
 * What Outlook allows an app in one mailbox: four requests under way, 10,000 in ten minutes, 150 MB
 * uploaded in five; and waiting when it says so.
 * Source: Microsoft Graph, "Throttling limits", Outlook service limits.
 */
import { Allowance } from './allowance.ts'

const MOST_UNDER_WAY = 4
const REQUESTS = { most: 10_000, milliseconds: 600_000 }
const UPLOAD = { most: 150_000_000, milliseconds: 300_000 }

/** Where requests to no mailbox are kept: they wait too, and are not counted. */
const DIRECTORY = ''

interface Usage {
  underWay: number
  /** Milliseconds since the epoch. */
  closedUntil: number
  readonly requests: Allowance
  readonly upload: Allowance
}

export class MailboxLimits {
  readonly #used = new Map<string, Usage>()

  /**
   * Milliseconds until a request may be sent: 0 now, infinity while others are under way.
   * @param mailbox absent for requests to the directory, which may be as many as they like.
   * @param beside requests that are about to be sent together with it.
   */
  wait(mailbox: string | undefined, beside: number, bytes: number, now: number): number {
    const usage = this.#used.get(mailbox ?? DIRECTORY)
    const closed = Math.max(0, (usage?.closedUntil ?? 0) - now)
    if (mailbox === undefined) return closed
    if ((usage?.underWay ?? 0) + beside >= MOST_UNDER_WAY) return Number.POSITIVE_INFINITY
    if (!usage) return 0
    return Math.max(closed, usage.requests.wait(beside + 1, now), usage.upload.wait(bytes, now))
  }

  begin(mailbox: string | undefined, bytes: number, now: number): void {
    const usage = this.#usage(mailbox)
    usage.underWay++
    usage.requests.use(1, now)
    usage.upload.use(bytes, now)
  }

  end(mailbox: string | undefined): void {
    this.#usage(mailbox).underWay--
  }

  /** The mailbox asked to wait. */
  close(mailbox: string | undefined, seconds: number, now: number): void {
    const usage = this.#usage(mailbox)
    usage.closedUntil = Math.max(usage.closedUntil, now + seconds * 1000)
  }

  #usage(mailbox = DIRECTORY): Usage {
    let usage = this.#used.get(mailbox)
    if (!usage)
      this.#used.set(
        mailbox,
        (usage = {
          underWay: 0,
          closedUntil: 0,
          requests: new Allowance(REQUESTS.most, REQUESTS.milliseconds),
          upload: new Allowance(UPLOAD.most, UPLOAD.milliseconds),
        }),
      )
    return usage
  }
}
