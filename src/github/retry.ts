/** When a request to GitHub is sent again, and after how long (GitHub REST, best practices and rate limits). */

export interface Refusal {
  /** Absent when no answer came. */
  readonly status?: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly message: string
}

export const MOST_ATTEMPTS = 4
/** Longer than this is no wait but a failure: a job costs by the minute. */
const LONGEST_WAIT_MS = 120_000
/** Where a secondary limit names no time, GitHub asks for a minute. */
const SECONDARY_WAIT_MS = 60_000
const FIRST_BACKOFF_MS = 1_000

/**
 * How long to wait before the next attempt, in milliseconds; `undefined` when there is to be none.
 * A rate limit refuses before anything is done, so that a write may be sent again; after any other
 * failure only a read may, for a write whose answer is lost may have happened.
 * @param attempt the one that failed, from 1
 * @param random from 0 to 1
 */
export function waitBefore(
  refusal: Refusal,
  { reads, attempt, now, random }: { reads: boolean; attempt: number; now: Date; random: number },
): number | undefined {
  if (attempt >= MOST_ATTEMPTS) return undefined
  const limited = isRateLimit(refusal)
  if (!limited && !(reads && isPassing(refusal))) return undefined
  const backoff = FIRST_BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + random)
  const wait = namedWait(refusal.headers, now) ?? (limited ? SECONDARY_WAIT_MS : backoff)
  return wait <= LONGEST_WAIT_MS ? wait : undefined
}

export function isRateLimit({ status, headers, message }: Refusal): boolean {
  if (status === 429) return true
  if (status !== 403) return false
  const asked = headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0'
  return asked || /secondary rate limit|rate limit exceeded|abuse detection/i.test(message)
}

function isPassing({ status }: Refusal): boolean {
  return status === undefined || status >= 500
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), else the reset of an exhausted limit. */
function namedWait(headers: Refusal['headers'], now: Date): number | undefined {
  const after = headers['retry-after']
  if (after !== undefined) {
    const seconds = Number(after)
    const wait = Number.isFinite(seconds) ? seconds * 1000 : new Date(String(after)).getTime() - now.getTime()
    if (Number.isFinite(wait)) return Math.max(0, wait)
  }
  if (String(headers['x-ratelimit-remaining']) !== '0') return undefined
  const reset = Number(headers['x-ratelimit-reset']) * 1000 - now.getTime()
  return Number.isFinite(reset) ? Math.max(0, reset) : undefined
}
