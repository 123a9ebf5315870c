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
import type { GraphBatch } from './graph-batch.ts'
import { isNotThere, refusalOf, type GraphTransport } from './graph-transport.ts'
import type { Answer } from './throttling.ts'

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
  pages<Item>(path: string, query: Partial<Query>): AsyncIterable<readonly Item[]>
  /** @returns `undefined` when there is no such object (404). */
  find<Item>(path: string, query: Partial<Query>): Promise<Item | undefined>
  /**
   * Many objects of one kind, in batches; `undefined` for each that is not there (404).
   * @param path with `{id}` where the ids go.
   */
  findEach<Item>(path: string, ids: readonly string[], query: Query): Promise<(Item | undefined)[]>
  /** How many objects a collection has. */
  count(path: string): Promise<number>
  /** The token in use, to read what it says of its holder. */
  token(): Promise<string>
}

interface Page<Item> {
  readonly value?: readonly Item[]
  readonly '@odata.nextLink'?: string
}

export function graphReader(transport: GraphTransport, batch: GraphBatch): GraphReader {
  const { tenant, base } = transport
  const client = Client.initWithMiddleware({
    middleware: new Sender(transport),
    baseUrl: `${base}/`,
    defaultVersion: 'v1.0',
  })

  async function get(path: string, query: Partial<Query> | undefined, advanced: boolean): Promise<unknown> {
    const request = client.api(path)
    if (query) {
      if (query.select) request.select([...query.select])
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

  async function first(path: string, query: Partial<Query>): Promise<{ page: unknown; advanced: boolean }> {
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
    async *pages<Item>(path: string, query: Partial<Query>) {
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
    async find<Item>(path: string, query: Partial<Query>) {
      try {
        return (await get(path, query, false)) as Item
      } catch (error) {
        if (isNotThere(error)) return undefined
        throw error
      }
    },
    async findEach<Item>(path: string, ids: readonly string[], { select }: Query) {
      const one = async (id: string): Promise<Item | undefined> => {
        const url = `${path.replace('{id}', encodeURIComponent(id))}?$select=${select.join(',')}`
        try {
          const { body } = await batch.send({ method: 'GET', url, operation: `GET ${path}` })
          // Text that says 200 comes from a proxy, not from Graph.
          if (typeof body === 'object' && body !== null) return body as Item
          throw new IncompleteReadError('Microsoft Graph', tenant, `GET ${path}`, 'an answer is no object.')
        } catch (error) {
          if (isNotThere(error)) return undefined
          throw error
        }
      }
      return Promise.all(ids.map(one))
    },
    count: async (path) => (await get(`${path}/$count`, undefined, true)) as number,
    token: () => transport.token(),
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

/** Where Microsoft's client hands its requests over to ours. */
class Sender implements Middleware {
  readonly #transport: GraphTransport

  constructor(transport: GraphTransport) {
    this.#transport = transport
  }

  async execute(context: Context): Promise<void> {
    try {
      context.response = await this.#answer(context)
    } catch (error) {
      throw Object.assign(new GraphClientError('refused'), { customError: error })
    }
  }

  async #answer({ request, options = {} }: Context): Promise<Response> {
    const url = typeof request === 'string' ? request : request.url
    const operation = `${options.method ?? 'GET'} ${this.#transport.pathOf(url)}`
    const answer = await this.#transport.send(url, options, { operation, repeatable: true })
    if (answer.status >= 400) throw this.#transport.refusal(refusalOf(answer), operation)
    return new WholeResponse(answer)
  }
}
