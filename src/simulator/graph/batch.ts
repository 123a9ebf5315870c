import { jsonBody } from '../service.ts'
import type { Answer, Request } from '../service.ts'
import { GraphRefused, badRequest } from './errors.ts'

const MAX_STEPS = 20

interface Step {
  readonly id: string
  readonly request: Request
  readonly dependsOn: readonly string[]
}

/**
 * `POST /$batch`: every step is a request of its own, with its own record and faults (Microsoft Graph,
 * "Combine multiple HTTP requests using JSON batching").
 * @throws GraphRefused 400 when the batch as a whole is not valid
 * @throws ConnectionLost when a step's connection was to break: there is but one
 */
export async function answerBatch(
  outer: Request,
  perform: (request: Request) => Promise<Answer>,
): Promise<Answer> {
  const steps = stepsOf(outer)
  const answers = new Map<string, Promise<Answer>>()
  const sent = new Map<string, Request>()
  const run = async (step: Step): Promise<Answer> => {
    for (const parent of step.dependsOn) {
      const { status } = await begin(parent)
      if (status >= 400) return failedDependency()
    }
    const after = step.dependsOn.map((parent) => sent.get(parent)!)
    const request = { ...step.request, after }
    sent.set(step.id, request)
    return perform(request)
  }
  const begin = (id: string): Promise<Answer> => {
    const known = answers.get(id)
    if (known) return known
    const step = steps.find((each) => each.id === id)
    if (!step) throw badRequest(`Request step '${id}' does not exist.`)
    const begun = run(step)
    answers.set(id, begun)
    return begun
  }
  // Also when one loses the connection, the others act before the client knows.
  const ended = await Promise.allSettled(steps.map(({ id }) => begin(id)))
  const lost = ended.find((each) => each.status === 'rejected')
  if (lost) throw lost.reason
  const responses = await Promise.all(shuffled(steps).map(async ({ id }) => responseOf(id, await begin(id))))
  return { status: 200, headers: { 'content-type': 'application/json' }, body: { responses } }
}

/** Answers come in any order: here every second step first, the same in every run. */
function shuffled(steps: readonly Step[]): Step[] {
  const odd = (index: number) => index % 2 === 1
  return [...steps.filter((_, index) => odd(index)), ...steps.filter((_, index) => !odd(index))]
}

function responseOf(id: string, { status, headers = {}, body }: Answer): Record<string, unknown> {
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replace(/(^|-)[a-z]/g, (c) => c.toUpperCase()),
      value,
    ]),
  )
  return {
    id,
    status,
    headers: { 'Content-Type': 'application/json', ...named },
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? base64(body) : body }),
  }
}

/** Bytes have no other place in JSON (JSON batching, "Request format"). */
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function failedDependency(): Answer {
  return {
    status: 424,
    body: {
      error: { code: 'FailedDependency', message: 'Failed due to a failed dependency.' },
    },
  }
}

function stepsOf(outer: Request): Step[] {
  const body = jsonBody(outer)
  const requests = isRecord(body) ? body['requests'] : undefined
  if (!Array.isArray(requests)) throw badRequest('Invalid batch payload format.')
  if (requests.length > MAX_STEPS) {
    throw new GraphRefused(
      400,
      'MaximumValueExceeded',
      `Number of batch request steps exceeds the maximum value of ${MAX_STEPS}.`,
    )
  }
  const steps = requests.map((each: unknown) => stepOf(each, outer))
  const ids = new Set<string>()
  for (const { id } of steps) {
    // Compared without case (JSON batching, request format).
    if (ids.has(id.toLowerCase())) {
      throw badRequest(`Request Id ${id} is not unique: ids must be unique in a batch.`)
    }
    ids.add(id.toLowerCase())
  }
  for (const { id, dependsOn } of steps) {
    if (dependsOn.some((parent) => !steps.some((step) => step.id === parent)) || isCyclic(id, steps)) {
      throw badRequest(`Invalid dependsOn of the request step '${id}'.`)
    }
  }
  return steps
}

function stepOf(value: unknown, outer: Request): Step {
  const { id, method, url, headers, body, dependsOn } = isRecord(value) ? value : {}
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string' || url === '') {
    throw badRequest('Invalid batch payload format.')
  }
  if (/^https?:/i.test(url)) throw badRequest(`Invalid url of the request step '${id}': it must be relative.`)
  const own = lowerCased(headers)
  if (body !== undefined && own['content-type'] === undefined) {
    throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`)
  }
  const relative = new URL(url.startsWith('/') ? url : `/${url}`, 'http://batch')
  if (relative.pathname === '/$batch') throw badRequest('Nested batch requests are not supported.')
  return {
    id,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.filter((each) => typeof each === 'string') : [],
    request: {
      method: method.toUpperCase(),
      path: `/v1.0${relative.pathname}`,
      query: relative.searchParams,
      headers: { authorization: outer.headers['authorization'], ...own },
      ...(outer.call ? { call: outer.call } : {}),
      ...bodyOf(id, body, own['content-type'] ?? ''),
    },
  }
}

/** JSON as it is; anything else is text, or bytes in base64. */
function bodyOf(id: string, body: unknown, contentType: string): Pick<Request, 'text' | 'bytes' | 'json'> {
  if (body === undefined) return { text: '' }
  if (/\bjson\b/i.test(contentType)) return { text: JSON.stringify(body), json: body }
  if (typeof body !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) {
    throw badRequest(`Invalid body of the request step '${id}'.`)
  }
  return { text: body, bytes: Buffer.from(body, 'base64') }
}

function isCyclic(id: string, steps: readonly Step[], path: readonly string[] = []): boolean {
  if (path.includes(id)) return true
  const parents = steps.find((step) => step.id === id)?.dependsOn ?? []
  return parents.some((parent) => isCyclic(parent, steps, [...path, id]))
}

function lowerCased(headers: unknown): Record<string, string> {
  if (!isRecord(headers)) return {}
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
