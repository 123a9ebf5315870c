/**
 * People's photos: the entity tag says whether one changed; the photo itself is read only when it is
 * written somewhere, once for all mailboxes.
 * Source: Microsoft Graph, "Get profilePhoto".
 */
import type { GraphReader } from '../../microsoft/graph.ts'
import type { MailboxReader } from '../../microsoft/mailboxes.ts'

export interface PhotoSource {
  readonly graph: GraphReader
  readonly mailboxes: MailboxReader
}

interface Metadata {
  readonly id?: string
  readonly '@odata.mediaEtag'?: string
}

/** Graph gives this placeholder for a user without a photo, where it does not say 404. */
const PLACEHOLDER = '1x1'

export class Photos {
  /** By person: the entity tag, and where the photo is. */
  readonly #known = new Map<string, { readonly etag: string; readonly from: PhotoSource }>()
  readonly #kept = new Map<string, Promise<string | undefined>>()
  readonly #wanted = new Map<string, number>()

  /** @param sources the tenants of the people, each asked for those whom no earlier one has. */
  static async of(people: readonly string[], sources: readonly PhotoSource[]): Promise<Photos> {
    const photos = new Photos()
    for (const from of sources) {
      const ids = people.filter((id) => !photos.#known.has(id))
      const found = await from.graph.findEach<Metadata>('/users/{id}/photo', ids, {
        select: ['id', 'height', 'width'],
      })
      for (const [index, id] of ids.entries()) {
        const { id: size, '@odata.mediaEtag': etag } = found[index] ?? {}
        if (etag !== undefined && size !== PLACEHOLDER) photos.#known.set(id, { etag, from })
      }
    }
    return photos
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
      kept = this.#known.get(person)!.from.mailboxes.bytes(person, '/photo/$value')
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
