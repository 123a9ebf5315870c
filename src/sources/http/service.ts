/**
 * Asking a service for pages: a read may be repeated, so what passes is waited for. An answer counts when
 * all of it has arrived.
 * Sources: RFC 9110, 10.2.3 (Retry-After) and 15 (status codes); RFC 6750, 2.1 (bearer token).
 */
import ky, { HTTPError, TimeoutError, type Options } from 'ky'
import { SourceError } from '../source-error.ts'
import { follow } from './address.ts'
import type { Bounds } from './bounds.ts'
import { fault } from './fault.ts'
import { refused, unreachable, willNotPass } from './refusal.ts'

export interface Page {
  /** Where it was found in the end: what its links are relative to. */
  readonly url: URL
  readonly body: Uint8Array
}

export interface Token {
  /** The variable that holds it, for readers. */
  readonly name: string
  readonly value: string
}

interface Answer {
  readonly status: number
  readonly location: string | null
  readonly body: Uint8Array
}

/** Too many requests, or a fault of the moment. */
const PASSING = [408, 429, 500, 502, 503, 504]
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
/** Milliseconds; doubled with each attempt. */
const FIRST_WAIT = 500

/** One reading of a service; its bounds on all pages begin when it is made. */
export class Service {
  readonly #bounds: Bounds
  readonly #token: Token | undefined
  readonly #end: number
  #bytes = 0

  /** @throws SourceError when the token is none that a header can carry. */
  constructor(token: Token | undefined, bounds: Bounds) {
    if (token && !/^[\x21-\x7e]+$/.test(token.value))
      throw new SourceError(
        'http-token',
        `The environment variable ${token.name} holds a space, a line break or a letter outside ASCII: it must hold the token alone.`,
        { advice: `The environment variable ${token.name} must hold the token alone.` },
      )
    this.#token = token
    this.#bounds = bounds
    this.#end = Date.now() + bounds.wholeTime
  }

  /**
   * @param place of the page, for readers.
   * @throws SourceError when it cannot be read whole within the bounds, or stands at another origin.
   */
  async page(url: URL, place: string): Promise<Page> {
    let at = url
    for (let redirects = 0; ; redirects++) {
      const { status, location, body } = await this.#get(at, place)
      if (status === 200) {
        this.#bytes += body.length
        return { url: at, body }
      }
      if (!REDIRECTS.has(status) || location === null) throw refused(place, status, this.#token?.name)
      if (redirects === this.#bounds.redirects)
        throw fault('http-redirected', place, `it was redirected more than ${redirects} times`)
      at = redirected(location, at, place)
    }
  }

  async #get(url: URL, place: string): Promise<Answer> {
    const left = this.#end - Date.now()
    if (left <= 0) throw this.#late(place)
    let body: Uint8Array = new Uint8Array()
    try {
      const { status, headers } = await ky.get(url, {
        ...this.#patience(left),
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          'user-agent': 'tenant-sync',
          ...(this.#token && { authorization: `Bearer ${this.#token.value}` }),
        },
        // Refusals too are judged here, once they are not to be repeated.
        throwHttpErrors: (answered) => PASSING.includes(answered),
        // The body is read within an attempt: one that breaks off is a lost answer, and is asked for again.
        fetch: async (...request) => {
          const response = await fetch(...request)
          if (response.status === 200) body = await this.#whole(response, place)
          else await response.body?.cancel()
          return response
        },
      })
      return { status, location: headers.get('location'), body }
    } catch (error) {
      if (error instanceof SourceError) throw error
      if (Date.now() >= this.#end) throw this.#late(place)
      if (error instanceof HTTPError) throw refused(place, error.response.status, this.#token?.name)
      if (error instanceof TimeoutError)
        throw fault(
          'http-timeout',
          place,
          `there was no whole answer within ${seconds(this.#bounds.pageTime)}, ${this.#bounds.attempts} times`,
        )
      throw unreachable(place, url.hostname, error)
    }
  }

  #patience(left: number): Pick<Options, 'timeout' | 'retry'> {
    const { pageTime, attempts, longestWait } = this.#bounds
    return {
      timeout: Math.min(pageTime, left),
      retry: {
        limit: attempts - 1,
        statusCodes: PASSING,
        afterStatusCodes: PASSING,
        maxRetryAfter: Math.min(longestWait, left),
        delay: (attempt) => FIRST_WAIT * 2 ** (attempt - 1),
        // Many who were refused together do not come back together.
        jitter: (wait) => wait * (0.5 + Math.random() / 2),
        retryOnTimeout: true,
        shouldRetry: ({ error }) =>
          error instanceof SourceError || willNotPass(error) || Date.now() >= this.#end ? false : undefined,
      },
    }
  }

  /** Counted as it arrives: a length that is announced need not be true, and a packed answer is larger. */
  async #whole({ body }: Response, place: string): Promise<Uint8Array> {
    const { pageBytes, wholeBytes } = this.#bounds
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of body ?? []) {
      size += chunk.length
      if (size > pageBytes)
        throw fault(
          'http-too-large',
          place,
          `the answer is larger than ${mebibytes(pageBytes)}: let the service give it in pages, and name their link in \`next\``,
        )
      if (this.#bytes + size > wholeBytes)
        throw fault('http-too-large', place, `all pages together are larger than ${mebibytes(wholeBytes)}`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks, size)
  }

  #late(place: string): SourceError {
    return fault(
      'http-timeout',
      place,
      `the service was not read whole within ${seconds(this.#bounds.wholeTime)}`,
    )
  }
}

function redirected(location: string, from: URL, place: string): URL {
  const to = follow(location, from)
  if (to instanceof URL) return to
  throw fault(
    'http-redirected',
    place,
    to.fault === 'unreadable'
      ? 'it is redirected to what is no URL that can be followed'
      : `it is redirected to another origin, ${to.origin}, and people are read from ${from.origin} alone: if the service has moved, give its new address as \`url\`; if that is a place to sign in, it wants another token`,
  )
}

function mebibytes(bytes: number): string {
  return `${bytes / 1_048_576} MiB`
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} seconds`
}
