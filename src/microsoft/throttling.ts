/**
 * Waiting and asking again, as the services want it.
 * Source: Microsoft Graph, "Throttling guidance" (wait Retry-After, else exponential back-off).
 */
import { setTimeout as delay } from 'node:timers/promises'
import pLimit from 'p-limit'
import { Pace } from './pace.ts'

/** Too many requests, or the service is busy: it asks to come back. */
const BUSY = new Set([429, 503, 504])
/** Faults of the moment; a read is simply repeated. */
export const PASSING = new Set([...BUSY, 408, 500, 502])

export const MOST_ATTEMPTS = 8
/** Of what was refused as too much: it was not carried out, and will be. */
export const MOST_THROTTLED_ATTEMPTS = 20
const FIRST_WAIT_SECONDS = 0.5
const LONGEST_BACKOFF_SECONDS = 30
/** A service that asks for more than this is given up for this run. */
export const LONGEST_WAIT_SECONDS = 600
/** Milliseconds after which a request without an answer counts as lost. */
const TIMEOUT = 100_000

/** An answer, read to its end: a connection that breaks while it is read is a lost answer too. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

export interface Answer extends Reply {
  /** How often it was sent, from 1. */
  readonly attempt: number
}

/** The request went out and no answer came: whether it was carried out is not known. */
export class LostAnswerError extends Error {
  override readonly name = 'LostAnswerError'
  readonly attempt: number
  constructor(attempt: number, cause: unknown) {
    super(`no answer: ${reasonOf(cause)}`, { cause })
    this.attempt = attempt
  }
}

export interface Repeating {
  /** Whether carrying it out twice does no harm (reads, and writes that set what is already set). */
  readonly repeatable: boolean
  /** Says of an answer that the service is busy, where the status alone does not. */
  readonly isBusy?: (reply: Reply) => boolean
}

/** @throws what `fetch` throws when the connection fails or the time is over. */
export async function roundTrip(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT) })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

/**
 * One of these stands before each service of each tenant: when the service asks to wait, everybody
 * who shares it waits.
 */
export class Throttle {
  #closedUntil = 0
  readonly #pace: Pace
  readonly #slots: ReturnType<typeof pLimit>

  /** @param concurrency requests under way at a time, at most: fewer once the service says that they are too many. */
  constructor(concurrency: number) {
    this.#pace = new Pace(concurrency)
    this.#slots = pLimit(concurrency)
  }

  /**
   * @returns the first answer that is not passing, or the last one when patience ends.
   * @throws LostAnswerError when no answer came and it may not be repeated, or never came.
   */
  async send(once: () => Promise<Reply>, { repeatable, isBusy }: Repeating): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      let reply: Reply
      let seconds = 0
      try {
        reply = await this.#slots(async () => {
          await this.#open()
          const answered = await once()
          seconds = retryAfter(answered.headers) ?? backoff(attempt)
          // While the slot is held, and also when this request is not repeated: whoever is next is to wait.
          if (BUSY.has(answered.status)) this.#closeFor(seconds)
          this.#pace.tell(answered.status === 429)
          this.#slots.concurrency = this.#pace.allowed
          return answered
        })
      } catch (error) {
        if (!isTransport(error)) throw error
        if (!repeatable || attempt >= MOST_ATTEMPTS) throw new LostAnswerError(attempt, error)
        await delay(backoff(attempt) * 1000)
        continue
      }
      const passing = repeatable ? PASSING.has(reply.status) || isBusy?.(reply) : reply.status === 429
      const patience = reply.status === 429 ? MOST_THROTTLED_ATTEMPTS : MOST_ATTEMPTS
      if (!passing || attempt >= patience || seconds > LONGEST_WAIT_SECONDS) return { ...reply, attempt }
      if (!BUSY.has(reply.status)) await delay(seconds * 1000)
    }
  }

  #closeFor(seconds: number): void {
    if (seconds > LONGEST_WAIT_SECONDS) return
    this.#closedUntil = Math.max(this.#closedUntil, Date.now() + seconds * 1000)
  }

  async #open(): Promise<void> {
    for (let wait; (wait = this.#closedUntil - Date.now()) > 0;) await delay(wait)
  }
}

/** Seconds; may be a fraction ("2.128"), or a date (RFC 9110, 10.2.3). */
export function retryAfter(headers: Headers): number | undefined {
  const header = headers.get('retry-after')
  if (header === null) return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000)
}

/** Seconds: exponential, with jitter, so that many who were refused together do not come back together. */
export function backoff(attempt: number): number {
  const most = Math.min(LONGEST_BACKOFF_SECONDS, FIRST_WAIT_SECONDS * 2 ** (attempt - 1))
  return most * (0.5 + Math.random() / 2)
}

/** What fetch throws when the connection fails or the time is over, rather than a mistake of ours. */
function isTransport(error: unknown): boolean {
  const { name, message } = error as Error
  return name === 'TimeoutError' || (name === 'TypeError' && /fetch failed|terminated|network/i.test(message))
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message: string }
  return cause?.code ?? (cause?.message || message)
}
