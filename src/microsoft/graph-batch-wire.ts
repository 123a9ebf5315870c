/**
 * A batch on the wire: its steps in one request, and their answers by their numbers.
 * Source: Microsoft Graph, "Combine multiple HTTP requests using JSON batching".
 */
import { IncompleteReadError } from './errors.ts'
import { parsed, refusalOf, type GraphTransport } from './graph-transport.ts'

/** One request of a batch. */
export interface BatchRequest {
  /** The mailbox it is about: its user's object id. Absent for the directory, which has other limits. */
  readonly mailbox?: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Relative to the version: `/users/…`. */
  readonly url: string
  /** For messages: method and path, with ids replaced. */
  readonly operation: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON; bytes in base64. Only bytes may be larger than a batch takes. */
  readonly body?: unknown
}

/** As the service gives it; nothing of it is certain. */
export interface StepResponse {
  readonly id?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>> | null
  readonly body?: unknown
}

/** By the request's place, from `0`. */
type Responses = ReadonlyMap<string, StepResponse>

/** @throws ServiceError for the batch as a whole, IncompleteReadError when the answer is none of a batch. */
export async function sendTogether(
  transport: GraphTransport,
  requests: readonly BatchRequest[],
): Promise<Responses> {
  const body = JSON.stringify({ requests: requests.map(stepOf) })
  const operation = 'POST /$batch'
  const repeatable = requests.every(isRepeatable)
  const answer = await transport.send(
    `${transport.base}/v1.0/$batch`,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body },
    { operation, repeatable },
  )
  const ambiguous = !repeatable && answer.status >= 500
  if (answer.status !== 200) throw transport.refusal({ ...refusalOf(answer), ambiguous }, operation)
  // A step may have no id of its own to ask the service about.
  const requestId = answer.headers.get('request-id') ?? ''
  try {
    const { responses } = JSON.parse(answer.body) as { responses: readonly StepResponse[] }
    return new Map(
      responses.map(({ headers, ...response }) => [
        String(response.id),
        { ...response, headers: { ...(requestId && { 'request-id': requestId }), ...headers } },
      ]),
    )
  } catch {
    // It says 200 and is no batch: something between answered, and nobody knows what was done.
    throw new IncompleteReadError('Microsoft Graph', transport.tenant, operation, 'an answer is no batch.')
  }
}

/** What no batch holds goes by itself: a large photo. @throws ServiceError when no answer came. */
export async function sendAlone(
  transport: GraphTransport,
  { method, url, operation, headers, body }: BatchRequest,
): Promise<Responses> {
  const answer = await transport.send(
    `${transport.base}/v1.0${url}`,
    { method, headers: { ...headers }, body: Buffer.from(body as string, 'base64') },
    { operation, repeatable: false },
  )
  const { status, headers: answered, body: text } = answer
  return new Map([['0', { status, headers: Object.fromEntries(answered), body: parsed(text) }]])
}

/** Setting what is already set, or removing what is gone, does no harm. */
export function isRepeatable({ method }: BatchRequest): boolean {
  return method !== 'POST'
}

function stepOf({ method, url, headers, body }: BatchRequest, index: number): object {
  return {
    id: String(index),
    method,
    url,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  }
}
