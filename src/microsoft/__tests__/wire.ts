/** The network as a test answers it: what was sent where, and what comes back. */
import { jest } from '@jest/globals'
import type { Identity, Resource, SignIn } from '../sign-in.ts'

export interface Sent {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  /** Parsed when it is JSON. */
  readonly body: unknown
}

export interface Given {
  readonly status?: number
  /** Several `set-cookie` are several entries. */
  readonly headers?: readonly (readonly [string, string])[]
  /** A text is sent as it is, everything else as JSON. */
  readonly body?: unknown
}

/** An answer, or `'lost'`: the connection broke. */
export type Reply = Given | 'lost'

export interface Wire {
  readonly sent: readonly Sent[]
}

/** @param reply what is answered to the nth request, from 0; of a list the last one for ever. */
export function wire(reply: readonly Reply[] | ((sent: Sent, index: number) => Reply)): Wire {
  const sent: Sent[] = []
  jest.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const request = {
      url: new URL(String(input as string)),
      method: init?.method ?? 'GET',
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    }
    sent.push(request)
    const index = sent.length - 1
    const answer =
      typeof reply === 'function' ? reply(request, index) : reply[Math.min(index, reply.length - 1)]!
    if (answer === 'lost')
      return Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }))
    const { status = 200, headers = [], body = '' } = answer
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return Promise.resolve(
      new Response(status === 204 ? null : text, { status, headers: [...headers] as [string, string][] }),
    )
  })
  return { sent }
}

export const IDENTITY: Identity = {
  tenant: 'fabrikam',
  tenantId: '6b0f8c1e-0000-4000-8000-00000000000a',
  clientId: '1d2e3f40-0000-4000-8000-00000000000a',
  credential: 'client-secret',
}

/** Tokens are `graph-1`, `graph-2` and so on: a new one after each that was forgotten. */
export function tokens(): SignIn {
  const numbers = { graph: 1, exchange: 1 }
  const current = (resource: Resource) => `${resource}-${numbers[resource]}`
  return {
    token: (resource) => Promise.resolve(current(resource)),
    forget(resource, token) {
      if (token === current(resource)) numbers[resource]++
    },
    tokens: () => [],
  }
}

/** Everything of an async listing. */
export async function all<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of pages) items.push(...page)
  return items
}

/** What a promise is refused with. */
export async function refusal(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('it was not refused')
}

/** How a wait is asked for that costs a test no time. */
export const AT_ONCE = ['retry-after', '0.01'] as const
