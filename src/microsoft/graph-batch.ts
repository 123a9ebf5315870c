/**
 * Requests to mailboxes, twenty to a `$batch`, spread so that no mailbox has more than four under way.
 * What is refused for the moment is sent again, alone; what may have been carried out is never sent
 * blindly again.
 * Source: Microsoft Graph, "Combine multiple HTTP requests using JSON batching", "Throttling limits"
 * (Outlook service limits).
 */
import { setImmediate as nextTurn } from 'node:timers'
import { IncompleteReadError, ServiceError } from './errors.ts'
import {
  isRepeatable,
  sendAlone,
  sendTogether,
  type BatchRequest,
  type StepResponse,
} from './graph-batch-wire.ts'
import { odataError, type GraphTransport } from './graph-transport.ts'
import { MailboxLimits } from './mailbox-limits.ts'
import { Pace } from './pace.ts'
import {
  backoff,
  LONGEST_WAIT_SECONDS,
  MOST_ATTEMPTS,
  MOST_THROTTLED_ATTEMPTS,
  PASSING,
  retryAfter,
} from './throttling.ts'

export interface BatchReply {
  /** The HTTP status (RFC 9110), below 400. */
  readonly status: number
  readonly body: unknown
  readonly requestId?: string
  /** How often it was sent, from 1. */
  readonly attempt: number
}

const MOST_REQUESTS = 20
/** Graph takes 4 MB in a request; what one holds beside the bodies stays well below the rest. */
const MOST_BYTES = 3_500_000
/** Milliseconds that a batch waits to be filled while others are under way. */
const LINGER = 1000

/** Whether it was carried out, nobody knows. */
const NO_ANSWER = { code: 'no-answer', message: 'It was not answered.', ambiguous: true }

interface Waiting {
  readonly request: BatchRequest
  readonly bytes: number
  readonly since: number
  attempt: number
  readonly resolve: (reply: BatchReply) => void
  readonly reject: (error: unknown) => void
}

export class GraphBatch {
  readonly #transport: GraphTransport
  readonly #mailboxes = new MailboxLimits()
  /** Of batches under way. */
  readonly #pace: Pace
  #underWay = 0
  #waiting: Waiting[] = []
  #pumping = false
  #timer: NodeJS.Timeout | undefined

  /** @param concurrency batches under way at a time, at most. */
  constructor(transport: GraphTransport, concurrency: number) {
    this.#transport = transport
    this.#pace = new Pace(concurrency)
  }

  /** @throws ServiceError; `ambiguous` when a request that must not be repeated may have been carried out. */
  send(request: BatchRequest): Promise<BatchReply> {
    return new Promise((resolve, reject) => {
      const bytes = request.body === undefined ? 0 : JSON.stringify(request.body).length
      this.#add({ request, bytes, since: Date.now(), attempt: 0, resolve, reject })
    })
  }

  #add(waiting: Waiting): void {
    this.#waiting.push(waiting)
    this.#pumpSoon()
  }

  /** Behind everything that is asked for in the same turn: together it fills a batch. */
  #pumpSoon(): void {
    if (this.#pumping) return
    this.#pumping = true
    nextTurn(() => {
      this.#pumping = false
      this.#pump()
    })
  }

  #pump(): void {
    clearTimeout(this.#timer)
    while (this.#underWay < this.#pace.allowed) {
      const now = Date.now()
      const { chosen, full } = this.#choose(now)
      if (chosen.length === 0) break
      const lingers = !full && this.#underWay > 0 && now - chosen[0]!.since < LINGER
      if (lingers) break
      for (const { request, bytes } of chosen) this.#mailboxes.begin(request.mailbox, bytes, now)
      const gone = new Set(chosen)
      this.#waiting = this.#waiting.filter((one) => !gone.has(one))
      this.#underWay++
      void this.#carryOut(chosen).finally(() => {
        this.#underWay--
        this.#pumpSoon()
      })
    }
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#pump(), this.#nextLook())
  }

  /** Those whose mailbox may be asked now, the longest waiting first. */
  #choose(now: number): { chosen: Waiting[]; full: boolean } {
    const chosen: Waiting[] = []
    const beside = new Map<string, number>()
    let bytes = 0
    for (const one of this.#waiting) {
      if (chosen.length === MOST_REQUESTS) return { chosen, full: true }
      const { mailbox } = one.request
      const taken = beside.get(mailbox ?? '') ?? 0
      if (this.#mailboxes.wait(mailbox, taken, one.bytes, now) > 0) continue
      if (bytes + one.bytes > MOST_BYTES && chosen.length > 0) return { chosen, full: true }
      chosen.push(one)
      beside.set(mailbox ?? '', taken + 1)
      bytes += one.bytes
    }
    return { chosen, full: chosen.length === MOST_REQUESTS }
  }

  /** Milliseconds until a mailbox that asked to wait may be asked again, or a batch has lingered enough. */
  #nextLook(): number {
    const now = Date.now()
    let soonest = LINGER
    for (const { request, bytes } of this.#waiting) {
      const wait = this.#mailboxes.wait(request.mailbox, 0, bytes, now)
      if (wait > 0) soonest = Math.min(soonest, wait)
    }
    return Math.max(1, soonest)
  }

  async #carryOut(chosen: readonly Waiting[]): Promise<void> {
    let ended = false
    try {
      for (const one of chosen) one.attempt++
      const [first] = chosen
      const responses =
        chosen.length === 1 && first!.bytes > MOST_BYTES
          ? await sendAlone(this.#transport, first!.request)
          : await sendTogether(
              this.#transport,
              chosen.map(({ request }) => request),
            )
      let refused = false
      for (const { request } of chosen) this.#mailboxes.end(request.mailbox)
      ended = true
      for (const [index, one] of chosen.entries()) {
        refused = this.#settle(one, responses.get(String(index))) || refused
      }
      this.#pace.tell(refused)
    } catch (error) {
      if (!ended) for (const { request } of chosen) this.#mailboxes.end(request.mailbox)
      for (const one of chosen) this.#fail(one, error)
    }
  }

  /** @returns whether Graph refused it as too much. */
  #settle(one: Waiting, response: StepResponse | undefined): boolean {
    const { request, attempt } = one
    if (response?.status === undefined) {
      this.#fail(one, this.#transport.refusal({ ...NO_ANSWER, attempt }, request.operation))
      return false
    }
    const { status, body } = response
    const headers = new Headers(response.headers ?? {})
    const requestId = headers.get('request-id') ?? undefined
    if (status < 400) {
      one.resolve({ status, body, attempt, ...(requestId !== undefined && { requestId }) })
      return false
    }
    const seconds = retryAfter(headers)
    const wait = seconds ?? backoff(attempt)
    // Neither was carried out: too many requests, and a token that ran out on the way.
    const untried = status === 429 || (status === 401 && attempt === 1)
    const again = untried || (isRepeatable(request) && PASSING.has(status))
    const patience = status === 429 ? MOST_THROTTLED_ATTEMPTS : MOST_ATTEMPTS
    if (again && attempt < patience && wait <= LONGEST_WAIT_SECONDS) {
      this.#mailboxes.close(request.mailbox, wait, Date.now())
      this.#add(one)
    } else {
      const ambiguous = !isRepeatable(request) && status >= 500
      one.reject(
        this.#transport.refusal(
          { status, ...odataError(body), requestId, retryAfter: seconds, attempt, ambiguous },
          request.operation,
        ),
      )
    }
    return status === 429
  }

  /** The batch as a whole failed: what does no harm twice is sent again. */
  #fail(one: Waiting, error: unknown): void {
    const { request, attempt } = one
    const lost = error instanceof IncompleteReadError || (error instanceof ServiceError && error.ambiguous)
    if (lost && isRepeatable(request) && attempt < MOST_ATTEMPTS) {
      this.#mailboxes.close(request.mailbox, backoff(attempt), Date.now())
      this.#add(one)
    } else one.reject(lost ? this.#lost(one, error) : error)
  }

  #lost({ request, attempt }: Waiting, error: ServiceError | IncompleteReadError): ServiceError {
    return this.#transport.refusal(
      {
        ...NO_ANSWER,
        ...(error instanceof ServiceError && { status: error.status }),
        message: error.message,
        attempt,
      },
      request.operation,
    )
  }
}
