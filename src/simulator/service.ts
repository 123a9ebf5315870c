import type { Exception, Truncation } from './faults.ts'
import type { World } from './world.ts'

/** One HTTP request, as long as its client waits for the answer: a batch and all its steps are one. */
export class HttpCall {
  readonly #ended: (() => void)[] = []

  /** @param ended is called when the answer leaves, or the connection breaks */
  whenEnded(ended: () => void): void {
    this.#ended.push(ended)
  }

  end(): void {
    for (const ended of this.#ended.splice(0)) ended()
  }
}

export type ServiceName = 'entra' | 'graph' | 'exchange' | 'github' | 'oidc'

/** A request as a service sees it: read whole, its path without the query. */
export interface Request {
  /** In capitals. */
  readonly method: string
  /** Percent-decoding is left to the service: a segment may hold an encoded `/`. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The body as text; `''` when there is none. */
  readonly text: string
  /** The body as it came, where it need not be text. */
  readonly bytes?: Uint8Array
  /** The body where it was parsed already: a step's. */
  readonly json?: unknown
  /** The HTTP request that this is, or is a step of. */
  readonly call?: HttpCall
  /** A step of a batch that waited for others: it comes after them, not beside them. */
  readonly after?: readonly Request[]
  /** A listing is to be cut short by this fault; only services that list look at it. */
  readonly truncation?: Truncation
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON (unless `content-type` is given and it is text), bytes and text as they are. */
  readonly body?: unknown
}

/** Instead of an answer: the connection is broken, and the client never knows what was done. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** What a request is about, known before it is acted upon: faults are matched and records kept by it. */
interface Description {
  readonly service: ServiceName
  /** The tenant's name in the seed; absent when the path and token name none. */
  readonly tenant?: string
  /** The cmdlet, or the path with its ids replaced: `/users/{id}/manager`. */
  readonly operation: string
  /** Would it change anything, if it is not refused? */
  readonly write: boolean
}

/** One of the services on the simulator's port, chosen by path. */
export interface Service {
  handles(path: string): boolean
  /** Says what a request is about. It must not act, and must not throw. */
  describe(request: Request, world: World): Description
  /**
   * Acts, or refuses as the service does: a refusal is an answer, a throw is a fault of the simulator.
   * @throws ConnectionLost when a request within this one lost its connection
   */
  handle(request: Request, world: World): Answer | Promise<Answer>
  /** The body of a general failure (429, 503, ...) in this service's own words, for injected faults. */
  refusal?(status: number, request: Request, world: World): unknown
  /** The body of a failure with this exception, for injected faults; of services that show exceptions. */
  thrown?(status: number, exception: Exception): unknown
}

/** The body as JSON, or `undefined` when it is none (also when it is empty). */
export function jsonBody({ json, text }: Request): unknown {
  if (json !== undefined) return json
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
