/** Long results, a page at a time. The rest waits on the server that began it, and not for ever. */
import { expiredPage } from './errors.ts'
import type { Output } from './cmdlets/cmdlet.ts'

const LIFE_MS = 30 * 60 * 1000

/** A result with pages still to come, and what the request for them must repeat. */
export interface Pending {
  readonly output: Output
  readonly columns: readonly string[] | undefined
  readonly size: number
  readonly home: string
  readonly cmdletInput: string
}

export class Pages {
  readonly #pending = new Map<string, Pending & { readonly until: number }>()
  #serial = 0

  /** @returns what stands in the link to the page that begins at this row. */
  keep(pending: Pending, now: Date): string {
    for (const [token, { until }] of this.#pending) if (until <= now.getTime()) this.#pending.delete(token)
    this.#serial += 1
    const id = String(this.#serial)
    this.#pending.set(id, { ...pending, until: now.getTime() + LIFE_MS })
    return id
  }

  /**
   * @param token as made by `tokenOf`.
   * @throws ExchangeRefusal when it is none, has expired, or comes to another server or with another body.
   */
  find(
    token: string,
    home: string,
    cmdletInput: string | undefined,
    now: Date,
  ): { id: string; from: number; pending: Pending } {
    const [id, from] = Buffer.from(token, 'base64url').toString().split('.')
    const pending = this.#pending.get(id ?? '')
    const row = Number(from)
    if (!pending || pending.until <= now.getTime() || pending.home !== home || !Number.isInteger(row))
      throw expiredPage()
    if (cmdletInput !== undefined && cmdletInput !== pending.cmdletInput) throw expiredPage()
    return { id: id!, from: row, pending }
  }
}

export function tokenOf(id: string, from: number): string {
  return Buffer.from(`${id}.${from}`).toString('base64url')
}
