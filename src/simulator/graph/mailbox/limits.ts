import type { HttpCall, Request } from '../../service.ts'
import type { Behaviour } from '../../seed.ts'
import { overLimit } from './errors.ts'

const REQUEST_WINDOW = 600_000
const UPLOAD_WINDOW = 300_000
const UPLOADS = new Set(['PATCH', 'POST', 'PUT'])

/** Seconds to wait, one after the other: decimals happen. */
const RETRY_AFTER = ['0.249', '1'] as const

/** What one HTTP request holds of one lane, until its answer has left. */
interface Hold {
  slots: number
  /** Whoever acts in a slot; a step that waits for another goes on in that one's. */
  readonly holders: Set<Request>
}

interface Spent {
  requests: number
  requestsSince: number
  bytes: number
  bytesSince: number
}

/**
 * What Outlook lets one app do to one mailbox (Microsoft Graph, "throttling limits", Outlook service limits).
 * It knows the real time only: who waits, waits for real.
 */
export class MailboxLimits {
  /** By app and mailbox, or by app alone: requests under way. */
  readonly #underWay = new Map<string, number>()
  readonly #held = new WeakMap<HttpCall, Map<string, Hold>>()
  readonly #spent = new Map<string, Spent>()
  #refusals = 0

  /**
   * Lets a request in. Its slot is free again when the answer of the HTTP request has left that it is, or is
   * a step of.
   * @param app and its tenant
   * @throws GraphRefused 429
   */
  enter(request: Request, app: string, mailbox: string, behaviour: Behaviour): void {
    const key = `${app} ${mailbox}`
    this.#spend(request, key, behaviour)
    const { call } = request
    if (!call) return
    const scope = behaviour.mailboxConcurrencyScope
    const lane = scope === 'app' ? app : key
    const hold = this.#holdOf(call, lane)
    if (this.#takesOver(request, hold)) return
    const underWay = this.#underWay.get(lane) ?? 0
    if (underWay >= behaviour.mailboxConcurrency) {
      // A batch runs its own steps four at a time; only what comes beside it is refused.
      if (scope === 'app' && hold.slots > 0) return
      throw overLimit('MailboxConcurrency', this.#retryAfter())
    }
    this.#underWay.set(lane, underWay + 1)
    hold.slots += 1
    hold.holders.add(request)
  }

  #holdOf(call: HttpCall, lane: string): Hold {
    const lanes = this.#held.get(call) ?? new Map<string, Hold>()
    this.#held.set(call, lanes)
    const known = lanes.get(lane)
    if (known) return known
    const hold: Hold = { slots: 0, holders: new Set() }
    lanes.set(lane, hold)
    call.whenEnded(() => {
      const left = (this.#underWay.get(lane) ?? 0) - hold.slots
      if (left > 0) this.#underWay.set(lane, left)
      else this.#underWay.delete(lane)
    })
    return hold
  }

  /** The slot of a step that this one waited for, directly or not. */
  #takesOver(request: Request, { holders }: Hold): boolean {
    const before = [...(request.after ?? [])]
    for (let parent = before.pop(); parent; parent = before.pop()) {
      if (holders.delete(parent)) {
        holders.add(request)
        return true
      }
      before.push(...(parent.after ?? []))
    }
    return false
  }

  /** Refused requests count too ("Microsoft Graph throttling guidance"). */
  #spend({ method, text, bytes }: Request, key: string, behaviour: Behaviour): void {
    const now = Date.now()
    const spent = this.#spent.get(key) ?? { requests: 0, requestsSince: now, bytes: 0, bytesSince: now }
    this.#spent.set(key, spent)
    if (now - spent.requestsSince >= REQUEST_WINDOW) Object.assign(spent, { requests: 0, requestsSince: now })
    if (now - spent.bytesSince >= UPLOAD_WINDOW) Object.assign(spent, { bytes: 0, bytesSince: now })
    spent.requests += 1
    if (spent.requests > behaviour.mailboxRequests)
      throw overLimit('Request', waitOf(spent.requestsSince + REQUEST_WINDOW - now))
    if (!UPLOADS.has(method)) return
    spent.bytes += bytes?.length ?? Buffer.byteLength(text)
    if (spent.bytes > behaviour.mailboxUploadBytes)
      throw overLimit('Upload', waitOf(spent.bytesSince + UPLOAD_WINDOW - now))
  }

  #retryAfter(): string {
    this.#refusals += 1
    return RETRY_AFTER[this.#refusals % RETRY_AFTER.length] ?? '1'
  }
}

function waitOf(milliseconds: number): string {
  return String(Math.ceil(milliseconds / 1000))
}
