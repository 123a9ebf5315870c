/** Graph as batches reach it, and requests to put into them. */
import { jest } from '@jest/globals'
import type { BatchRequest } from '../graph-batch-wire.ts'
import { GraphBatch } from '../graph-batch.ts'
import { GraphTransport } from '../graph-transport.ts'
import { IDENTITY, tokens } from './wire.ts'

const BASE = 'https://graph.microsoft.com'

interface Step {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: unknown
}
type Answer = { status: number; headers?: Record<string, string>; body?: unknown } | undefined
type Whole = { status: number; headers?: Record<string, string>; text: string } | 'lost' | undefined

/** Graph as far as batches go: what was under way in each mailbox at a time, and how full batches were. */
export class Graph {
  readonly batches: Step[][] = []
  mostOfMailbox = 0
  mostBatches = 0
  #batches = 0
  readonly #underWay = new Map<string, number>()
  step: (step: Step, seen: number) => Answer = () => ({ status: 200, body: {} })
  whole: (batch: number) => Whole = () => undefined
  readonly #seen = new Map<string, number>()

  constructor() {
    jest.spyOn(globalThis, 'fetch').mockImplementation((_url, init) => this.#answer(init!.body as string))
  }

  async #answer(body: string): Promise<Response> {
    const { requests } = JSON.parse(body) as { requests: Step[] }
    this.batches.push(requests)
    const batch = this.batches.length
    this.mostBatches = Math.max(this.mostBatches, ++this.#batches)
    for (const { url } of requests) this.#count(mailboxOf(url), 1)
    await new Promise((resolve) => setTimeout(resolve, 3))
    for (const { url } of requests) this.#count(mailboxOf(url), -1)
    this.#batches--
    const whole = this.whole(batch)
    if (whole === 'lost') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
    if (whole) return new Response(whole.text, whole)
    const responses = requests.flatMap((step) => {
      const key = `${step.method} ${step.url}`
      this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1)
      const answer = this.step(step, this.#seen.get(key)!)
      return answer ? [{ id: step.id, ...answer }] : []
    })
    return new Response(JSON.stringify({ responses: responses.toReversed() }), { status: 200 })
  }

  #count(mailbox: string, by: number): void {
    const now = (this.#underWay.get(mailbox) ?? 0) + by
    this.#underWay.set(mailbox, now)
    this.mostOfMailbox = Math.max(this.mostOfMailbox, now)
  }
}

const mailboxOf = (url: string) => url.split('/')[2]!

export const batchOf = (concurrency = 4) =>
  new GraphBatch(new GraphTransport(IDENTITY, BASE, tokens(), concurrency), concurrency)

export const request = (mailbox: string, item: number | string, method: BatchRequest['method'] = 'GET') => ({
  mailbox,
  method,
  url: `/users/${mailbox}/contacts/${item}`,
  operation: `${method} /users/{id}/contacts/{id}`,
  ...(method !== 'GET' && method !== 'DELETE' && { body: { displayName: 'Ada' } }),
})

/** So many requests to each of so many mailboxes, one to each in turn. */
export const many = (mailboxes: number, each: number, method?: BatchRequest['method']) =>
  Array.from({ length: each }, (_, item) =>
    Array.from({ length: mailboxes }, (_, mailbox) => request(`m${mailbox}`, item, method)),
  ).flat()
