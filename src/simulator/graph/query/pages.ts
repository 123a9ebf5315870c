import { randomUUID } from 'node:crypto'

import { GraphRefused } from '../errors.ts'
import type { Row } from '../rows.ts'

/** A listing that was begun: its rows as they were found then. */
export interface Listing {
  readonly rows: readonly Row[]
  /** Begun with `ConsistencyLevel: eventual`, which each further page must send again. */
  readonly eventual: boolean
}

const KEPT = 500

/** The listings that `$skiptoken`s lead back to. Tokens are opaque, and the oldest expire. */
export class Listings {
  readonly #begun = new Map<string, Listing>()

  begin(listing: Listing): string {
    const id = randomUUID()
    this.#begun.set(id, listing)
    for (const oldest of this.#begun.keys()) {
      if (this.#begun.size <= KEPT) break
      this.#begun.delete(oldest)
    }
    return id
  }

  token(id: string, offset: number): string {
    return Buffer.from(`${id} ${offset}`).toString('base64url')
  }

  /**
   * @param eventual was the header sent with this page?
   * @throws GraphRefused 400: the token leads nowhere, or not without the header (Microsoft Graph, "Paging":
   * a next link does not carry the headers of the first request)
   */
  at(token: string, eventual: boolean): Listing & { id: string; offset: number } {
    const [id = '', offset = ''] = Buffer.from(token, 'base64url').toString().split(' ')
    const listing = this.#begun.get(id)
    if (!listing || !/^\d+$/.test(offset) || (listing.eventual && !eventual)) {
      throw new GraphRefused(
        400,
        'Directory_ExpiredPageToken',
        'The specified page token value has expired and can no longer be included in your request.',
      )
    }
    return { ...listing, id, offset: Number(offset) }
  }
}
