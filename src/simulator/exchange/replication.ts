/** New objects take a while to be known: on the server that made them for some reads, elsewhere for longer. */
import type { Recipient } from './recipient.ts'

/** Requests that another server answers before it knows a new object. */
const REQUESTS_ELSEWHERE = 3

interface New {
  readonly home: string
  /** Requests still to be answered without it, by server. */
  readonly left: Map<string, number>
}

export class Replication {
  readonly #new = new Map<string, New>()

  /** @param reads requests that its own server answers before it knows the object. */
  created(recipient: Recipient, home: string, reads: number): void {
    this.#new.set(recipient.guid, { home, left: new Map([[home, reads]]) })
  }

  /**
   * What a server knows, for one request: asking it twice about one object costs one request.
   * @param home the server, by what leads a request to it.
   */
  seenFrom(home: string): (recipient: Recipient) => boolean {
    const told = new Map<string, boolean>()
    return ({ guid }) => {
      const entry = this.#new.get(guid)
      if (!entry) return true
      const known = told.get(guid)
      if (known !== undefined) return known
      const left = entry.left.get(home) ?? REQUESTS_ELSEWHERE
      if (left > 0) entry.left.set(home, left - 1)
      told.set(guid, left <= 0)
      return left <= 0
    }
  }
}
