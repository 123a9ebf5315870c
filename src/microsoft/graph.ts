/**
 * Reading Microsoft Graph (v1.0): whole collections, page by page, through Microsoft's own client.
 * Source: Microsoft Graph, "Paging", "Advanced query capabilities on directory objects".
 */
import {
  Client,
  GraphClientError,
  ResponseType,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client'
import { IncompleteReadError, ServiceError } from './errors.ts'
import { graphCure } from './permissions.ts'
import type { Identity, SignIn } from './sign-in.ts'
import { LostAnswerError, retryAfter, roundTrip, Throttle, type Answer } from './throttling.ts'

export interface Query {
  readonly select: readonly string[]
  readonly filter?: string
  readonly expand?: string
  /** The largest page the collection gives. */
  readonly top?: number
}

/** Everything planning may ask of Graph: nothing here writes. */
export interface GraphReader {
  readonly tenant: string
  /**
   * Every page of a collection, to its end.
   * @throws ServiceError when Graph refuses, IncompleteReadError when an answer is not a page.
   */
  pages<Item>(path: string, query: Query): AsyncIterable<readonly Item[]>
  /** @returns `undefined` when there is no such object (404). */
  find<Item>(path: string, query: Query): Promise<Item | undefined>
  /** The token in use, to read what it says of its holder. */
  token(): Promise<string>
}

/** No answer of Graph's: a 404 of this kind says nothing about the object. */
const NOT_JSON = 'not-json'

interface Page<Item> {
  readonly value?: readonly Item[]
  readonly '@odata.nextLink'?: string
}

export function graphReader(
  identity: Identity,
  base: string,
  signIn: SignIn,
  concurrency: number,
): GraphReader {
  const client = Client.initWithMiddleware({
    middleware: new Sender(identity, base, signIn, concurrency),
    baseUrl: `${base}/`,
    defaultVersion: 'v1.0',
  })
  const { tenant } = identity

  async function get(path: string, query: Query | undefined, advanced: boolean): Promise<unknown> {
    const request = client.api(path)
    if (query) {
      request.select([...query.select])
      // The client puts it into the URL as it is: `R&D` would end there.
      if (query.filter) request.filter(encodeURIComponent(query.filter))
      if (query.expand) request.expand(query.expand)
      if (query.top) request.top(query.top)
      if (advanced) request.count(true)
    }
    // A next link does not carry the header: each page asks for it anew.
    if (advanced) request.header('ConsistencyLevel', 'eventual')
    const response = await unwrapped(request.responseType(ResponseType.RAW).get())
    try {
      return JSON.parse((response as WholeResponse).whole)
    } catch {
      // A page that says 200 and is no JSON comes from a proxy, not from Graph.
      throw new IncompleteReadError('Microsoft Graph', tenant, `GET ${path}`, 'an answer is not JSON.')
    }
  }

  async function first(path: string, query: Query): Promise<{ page: unknown; advanced: boolean }> {
    const advanced = query.filter !== undefined && needsAdvancedQuery(query.filter)
    try {
      return { page: await get(path, query, advanced), advanced }
    } catch (error) {
      const unsupported = error instanceof ServiceError && error.code === 'Request_UnsupportedQuery'
      if (!unsupported || advanced || query.filter === undefined) throw error
      return { page: await get(path, query, true), advanced: true }
    }
  }

  return {
    tenant,
    async *pages<Item>(path: string, query: Query) {
      const begun = await first(path, query)
      const seen = new Set<string>()
      for (let page = begun.page as Page<Item>; ;) {
        if (!Array.isArray(page?.value))
          throw new IncompleteReadError('Microsoft Graph', tenant, `GET ${path}`, 'an answer was not a page.')
        yield page.value
        const next = page['@odata.nextLink']
        if (next === undefined) return
        if (seen.has(next) || !next.startsWith(`${base}/`))
          throw new IncompleteReadError(
            'Microsoft Graph',
            tenant,
            `GET ${path}`,
            'a next link leads back, or elsewhere.',
          )
        seen.add(next)
        page = (await get(next, undefined, begun.advanced)) as Page<Item>
      }
    },
    async find<Item>(path: string, query: Query) {
      try {
        return (await get(path, query, false)) as Item
      } catch (error) {
        if (error instanceof ServiceError && error.status === 404 && error.code !== NOT_JSON) return undefined
        throw error
      }
    },
    token: () => signIn.token('graph'),
  }
}

/** The client would wrap what its middleware throws in an error of its own, and lose the fields; only this class passes. */
async function unwrapped(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    throw error instanceof GraphClientError && error.customError ? error.customError : error
  }
}

/** Quoted text aside: `ne`, `not`, `endsWith` and `$count` are answered by the eventually consistent index alone. */
function needsAdvancedQuery(filter: string): boolean {
  return /\b(ne|not|endswith)\b|\$count/i.test(filter.replace(/'(?:[^']|'')*'/g, "''"))
}

/** A response that was read already: its text need not be packed up and read once more. */
class WholeResponse extends Response {
  readonly whole: string

  constructor({ status, body }: Answer) {
    super(null, { status })
    this.whole = body
  }
}

/** Signs each request, waits as the service asks, and turns refusals into errors of ours. */
class Sender implements Middleware {
  readonly #identity: Identity
  readonly #base: string
  readonly #signIn: SignIn
  readonly #throttle: Throttle

  constructor(identity: Identity, base: string, signIn: SignIn, concurrency: number) {
    this.#throttle = new Throttle(concurrency)
    this.#identity = identity
    this.#base = base
    this.#signIn = signIn
  }

  async execute(context: Context): Promise<void> {
    try {
      context.response = await this.#answer(context)
    } catch (error) {
      throw Object.assign(new GraphClientError('refused'), { customError: error })
    }
  }

  async #answer(context: Context): Promise<Response> {
    const url = typeof context.request === 'string' ? context.request : context.request.url
    if (!url.startsWith(`${this.#base}/`)) throw new TypeError('a token is sent to Microsoft Graph alone')
    const operation = `${context.options?.method ?? 'GET'} ${new URL(url).pathname.slice(new URL(this.#base).pathname.length).replace(/^\/*v1\.0/, '')}`
    let answer = await this.#send(url, context.options ?? {}, operation)
    if (answer.status === 401) answer = await this.#send(url, context.options ?? {}, operation)
    if (answer.status >= 400) throw this.#refusal(answer, operation)
    return new WholeResponse(answer)
  }

  async #send(url: string, options: RequestInit, operation: string): Promise<Answer> {
    let token = ''
    try {
      const answer = await this.#throttle.send(
        async () => {
          token = await this.#signIn.token('graph')
          const headers = new Headers(options.headers)
          headers.set('authorization', `Bearer ${token}`)
          return roundTrip(url, { ...options, headers })
        },
        { repeatable: true },
      )
      // Revoked or run out on the way: the next token is a new one.
      if (answer.status === 401) this.#signIn.forget('graph', token)
      return answer
    } catch (error) {
      if (!(error instanceof LostAnswerError)) throw error
      const fields = { service: 'Microsoft Graph', tenant: this.#identity.tenant, operation } as const
      throw new ServiceError(
        { ...fields, code: 'no-answer', detail: error.message, attempt: error.attempt },
        error,
      )
    }
  }

  #refusal(answer: Answer, operation: string): ServiceError {
    const { code, message } = odataError(answer.body)
    const wait = retryAfter(answer.headers)
    const requestId = answer.headers.get('request-id')
    const cure =
      answer.status === 403 ? graphCure(operation.replace(/^\S+ /, ''), this.#identity.clientId) : undefined
    return new ServiceError({
      service: 'Microsoft Graph',
      tenant: this.#identity.tenant,
      operation,
      status: answer.status,
      code: code ?? NOT_JSON,
      detail: message ?? 'The answer is no error of Microsoft Graph; something between may have answered.',
      attempt: answer.attempt,
      ...(cure !== undefined && { cure }),
      ...(requestId !== null && { requestId }),
      ...(wait !== undefined && { retryAfter: wait }),
    })
  }
}

function odataError(body: string): { code?: string; message?: string } {
  try {
    return (JSON.parse(body) as { error?: { code?: string; message?: string } }).error ?? {}
  } catch {
    return {}
  }
}
