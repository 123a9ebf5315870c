/** One request to Microsoft Graph: signed, held back as the service asks, its refusal told with a cure. */
import { ServiceError } from './errors.ts'
import { graphCure } from './permissions.ts'
import type { Identity, SignIn } from './sign-in.ts'
import { LostAnswerError, retryAfter, roundTrip, Throttle, type Answer, type Reply } from './throttling.ts'

/** No answer of Graph's: a 404 of this kind says nothing about the object. */
const NOT_JSON = 'not-json'

/** Graph says that there is no such object. A 404 in somebody else's words does not. */
export function isNotThere(error: unknown): boolean {
  return error instanceof ServiceError && error.status === 404 && error.code !== NOT_JSON
}

/** What Graph says when it refuses, in an answer or in a step of a batch. */
export interface Refusal {
  /** Absent when a request of a batch got no answer. */
  readonly status?: number | undefined
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly requestId?: string | undefined
  /** Seconds. */
  readonly retryAfter?: number | undefined
  readonly attempt: number
  /** Whether it may have been carried out all the same. */
  readonly ambiguous?: boolean | undefined
}

export interface Sending {
  /** For messages: the method and the path, without values of people. */
  readonly operation: string
  /** Whether carrying it out twice does no harm. */
  readonly repeatable: boolean
}

/** One for each tenant: whoever talks to Graph there shares its sign-in, and waits when it asks to. */
export class GraphTransport {
  readonly tenant: string
  readonly base: string
  readonly #identity: Identity
  readonly #signIn: SignIn
  readonly #throttle: Throttle

  /** @param concurrency requests under way at a time. */
  constructor(identity: Identity, base: string, signIn: SignIn, concurrency: number) {
    this.tenant = identity.tenant
    this.base = base
    this.#identity = identity
    this.#signIn = signIn
    this.#throttle = new Throttle(concurrency)
  }

  token(): Promise<string> {
    return this.#signIn.token('graph')
  }

  /** Without the base and the version. */
  pathOf(url: string): string {
    return new URL(url).pathname.slice(new URL(this.base).pathname.length).replace(/^\/*v1\.0/, '')
  }

  /**
   * @returns the answer, whatever its status.
   * @throws ServiceError when no answer came; `ambiguous` when the request may have been carried out.
   */
  async send(url: string, init: RequestInit, sending: Sending): Promise<Answer> {
    if (!url.startsWith(`${this.base}/`)) throw new TypeError('a token is sent to Microsoft Graph alone')
    const answer = await this.#once(url, init, sending)
    return answer.status === 401 ? this.#once(url, init, sending) : answer
  }

  async #once(url: string, init: RequestInit, { operation, repeatable }: Sending): Promise<Answer> {
    let token = ''
    try {
      const answer = await this.#throttle.send(
        async () => {
          token = await this.token()
          const headers = new Headers(init.headers)
          headers.set('authorization', `Bearer ${token}`)
          return roundTrip(url, { ...init, headers })
        },
        { repeatable },
      )
      // Revoked or run out on the way: the next token is a new one.
      if (answer.status === 401) this.#signIn.forget('graph', token)
      return answer
    } catch (error) {
      if (!(error instanceof LostAnswerError)) throw error
      throw new ServiceError(
        {
          service: 'Microsoft Graph',
          tenant: this.tenant,
          operation,
          code: 'no-answer',
          detail: error.message,
          attempt: error.attempt,
          ambiguous: !repeatable,
        },
        error,
      )
    }
  }

  refusal({ status, code, message, requestId, ...rest }: Refusal, operation: string): ServiceError {
    const cure = status === 403 ? graphCure(operation, this.#identity.clientId) : undefined
    return new ServiceError({
      service: 'Microsoft Graph',
      tenant: this.tenant,
      operation,
      ...(status !== undefined && { status }),
      code: code ?? NOT_JSON,
      detail: message ?? 'The answer is no error of Microsoft Graph; something between may have answered.',
      attempt: rest.attempt,
      ...(cure !== undefined && { cure }),
      ...(requestId !== undefined && { requestId }),
      ...(rest.retryAfter !== undefined && { retryAfter: rest.retryAfter }),
      ...(rest.ambiguous && { ambiguous: true }),
    })
  }
}

export function refusalOf({ status, headers, body, attempt }: Answer): Refusal {
  return {
    status,
    ...odataError(parsed(body)),
    requestId: headers.get('request-id') ?? undefined,
    retryAfter: retryAfter(headers),
    attempt,
  }
}

/** `{ error: { code, message } }`, if it is one (OData JSON format, 21.1). */
export function odataError(body: unknown): { code?: string; message?: string } {
  return (body as { error?: { code?: string; message?: string } } | null | undefined)?.error ?? {}
}

/** `undefined` for what is no JSON. */
export function parsed(body: Reply['body']): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
