/**
 * People's photos: the entity tag says whether one changed; the photo itself is read only when it is
 * written somewhere, once for all mailboxes.
 * Source: Microsoft Graph, "Get profilePhoto".
 */
import pMap from 'p-map'
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import type { MailboxReader } from '../../microsoft/mailboxes.ts'

/** The mailboxes of a tenant: that is where photos are kept. */
export type PhotoSource = MailboxReader

interface Metadata {
  readonly id?: string
  readonly '@odata.mediaEtag'?: string
}

/** Two batches: while one is answered, the next is gathered. */
const AT_A_TIME = 40

/** Graph gives this placeholder for a user without a photo, where it does not say 404. */
const PLACEHOLDER = '1x1'

export class Photos {
  /** By person: the entity tag, and where the photo is. */
  readonly #known = new Map<string, { readonly etag: string; readonly from: PhotoSource }>()
  readonly #kept = new Map<string, Promise<string | undefined>>()
  /** By the service's code: how many people's photos could not be asked for. */
  readonly #unknown = new Map<string, number>()
  readonly #wanted = new Map<string, number>()

  /** @param sources the tenants of the people, each asked for those whom no earlier one has. */
  static async of(people: readonly string[], sources: readonly PhotoSource[]): Promise<Photos> {
    const photos = new Photos()
    for (const from of sources) {
      const ids = people.filter((id) => !photos.#known.has(id))
      await pMap(ids, (id) => photos.#look(id, from), { concurrency: AT_A_TIME })
    }
    return photos
  }

  async #look(person: string, from: PhotoSource): Promise<void> {
    try {
      const found = await from.find<Metadata>(person, '/photo', { select: ['id', 'height', 'width'] })
      const { id: size, '@odata.mediaEtag': etag } = found ?? {}
      if (etag !== undefined && size !== PLACEHOLDER) this.#known.set(person, { etag, from })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      // A photo is no reason to leave everybody's contacts as they are.
      this.#unknown.set(error.code, (this.#unknown.get(error.code) ?? 0) + 1)
    }
  }

  get warnings(): Notice[] {
    return [...this.#unknown].map(([code, count]) =>
      openNotice(
        'photo-unknown',
        `The photos of ${count} people could not be asked for (${code}): those that stand in mailboxes stay as they are.`,
      ),
    )
  }

  get etags(): ReadonlyMap<string, string> {
    return new Map([...this.#known].map(([person, { etag }]) => [person, etag]))
  }

  /** So many writes of this person's photo are planned: it is let go of after the last. */
  expect(person: string, writes: number): void {
    this.#wanted.set(person, (this.#wanted.get(person) ?? 0) + writes)
  }

  /** In base64; `undefined` when it was removed since. @throws ServiceError */
  bytes(person: string): Promise<string | undefined> {
    let kept = this.#kept.get(person)
    if (!kept) {
      kept = this.#known.get(person)!.from.bytes(person, '/photo/$value')
      this.#kept.set(person, kept)
    }
    return kept
  }

  /** One of the writes that were expected is over, whatever became of it. */
  done(person: string): void {
    const left = (this.#wanted.get(person) ?? 1) - 1
    this.#wanted.set(person, left)
    if (left <= 0) this.#kept.delete(person)
  }
}
