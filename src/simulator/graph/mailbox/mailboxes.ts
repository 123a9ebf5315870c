import type { Directory } from '../directory.ts'
import { Mailbox } from './mailbox.ts'
import { photoOf } from './photo.ts'
import type { Photo } from './photo.ts'

/** The mailboxes of a tenant's users, and the users' photos. Users are named by object id or UPN. */
export class Mailboxes {
  /** Delta tokens of an older generation have expired: raise it to expire them all. */
  deltaGeneration = 0
  readonly #directory: Directory
  readonly #now: () => Date
  readonly #mailboxes = new Map<string, Mailbox>()
  readonly #photos = new Map<string, Photo>()

  constructor(directory: Directory, now: () => Date) {
    this.#directory = directory
    this.#now = now
  }

  /** `undefined` for users whose mailbox Graph does not reach, and for those who have none. */
  of(user: string): Mailbox | undefined {
    return this.#mailboxes.get(this.#directory.user(user)?.id ?? '')
  }

  /**
   * Gives a user an empty mailbox.
   * @throws RangeError when there is no such user
   */
  add(user: string): Mailbox {
    const mailbox = new Mailbox(this.#id(user), this.#now)
    this.#mailboxes.set(mailbox.userId, mailbox)
    return mailbox
  }

  /** Takes the mailbox away: Graph reaches it no more. */
  remove(user: string): void {
    this.#mailboxes.delete(this.#id(user))
  }

  photo(user: string): Photo | undefined {
    return this.#photos.get(this.#directory.user(user)?.id ?? '')
  }

  /**
   * @param picture bytes, or text that stands for them; `undefined` takes the photo away
   * @throws RangeError when there is no such user
   */
  setPhoto(user: string, picture: Uint8Array | string | undefined): void {
    if (picture === undefined) this.#photos.delete(this.#id(user))
    else this.#photos.set(this.#id(user), photoOf(picture))
  }

  [Symbol.iterator](): IterableIterator<Mailbox> {
    return this.#mailboxes.values()
  }

  #id(user: string): string {
    const found = this.#directory.user(user)
    if (!found) throw new RangeError(`no user ${user}`)
    return found.id
  }
}
