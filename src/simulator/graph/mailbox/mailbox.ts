import type { Properties } from '../directory.ts'
import { Contact, timeText } from './contact.ts'
import { Folder } from './folder.ts'
import { itemNumber, mailboxPart } from './item-ids.ts'
import { photoOf } from './photo.ts'

/** What is no more where it was: deltas tell of it. */
export interface Removal {
  readonly version: number
  /** Where the contact was; absent when it is a folder that was removed. */
  readonly folder?: Folder
  readonly ids: { readonly default: string; readonly immutable: string }
}

/**
 * One user's contacts and their folders. Tests may change all of it by hand: nothing here refuses or derives
 * anything, that is the service's part.
 */
export class Mailbox {
  /** The user's object id. */
  readonly userId: string
  /** The mailbox's own Contacts folder, which Graph does not list. */
  readonly contactsFolder: Folder
  readonly removals: Removal[] = []
  readonly #folders: Folder[] = []
  readonly #part: string
  readonly #now: () => Date
  #numbers = 0
  #version = 0

  constructor(userId: string, now: () => Date) {
    this.userId = userId
    this.#part = mailboxPart(userId)
    this.#now = now
    this.contactsFolder = this.#newFolder('Contacts', undefined)
  }

  /** Counts every change. */
  get version(): number {
    return this.#version
  }

  /** All folders but the mailbox's own, in the order of their making. */
  get folders(): readonly Folder[] {
    return this.#folders
  }

  /** By id, or by the well-known name `contacts`. */
  folder(id: string): Folder | undefined {
    if (id.toLowerCase() === 'contacts') return this.contactsFolder
    return [this.contactsFolder, ...this.#folders].find((folder) => folder.id === id)
  }

  /** The first folder of this name, without case; not the mailbox's own. */
  folderNamed(name: string): Folder | undefined {
    return this.#folders.find((folder) => folder.isNamed(name))
  }

  /** Two of one name may be made. */
  addFolder(displayName: string, parent: Folder = this.contactsFolder): Folder {
    const folder = this.#newFolder(displayName, parent)
    this.#folders.push(folder)
    return folder
  }

  renameFolder(folder: Folder, displayName: string): void {
    folder.displayName = displayName
    folder.version = this.#changed()
  }

  /** With all that is in it. */
  removeFolder(folder: Folder): void {
    for (const child of this.#folders.filter(({ parent }) => parent === folder)) this.removeFolder(child)
    const at = this.#folders.indexOf(folder)
    if (at < 0) return
    this.#folders.splice(at, 1)
    folder.contacts.clear()
    this.removals.push({ version: this.#changed(), ids: { default: folder.id, immutable: folder.id } })
  }

  /** Of a folder, or of all of them. */
  *contacts(folder?: Folder): Generator<Contact> {
    if (folder) return yield* folder.contacts.values()
    for (const each of [this.contactsFolder, ...this.#folders]) yield* each.contacts.values()
  }

  /** By either id, in whatever folder; an id that a move has made stale leads nowhere. */
  contact(id: string): Contact | undefined {
    const number = itemNumber(id)
    if (number === undefined) return undefined
    for (const folder of [this.contactsFolder, ...this.#folders]) {
      const contact = folder.contacts.get(number)
      if (contact)
        return contact.idOf('immutable') === id || contact.idOf('default') === id ? contact : undefined
    }
    return undefined
  }

  /** The first contact of this display name, to the letter. */
  contactNamed(displayName: string): Contact | undefined {
    for (const contact of this.contacts())
      if (contact.properties['displayName'] === displayName) return contact
    return undefined
  }

  /** @param properties by Graph's names; kept as it is, and may be shared: it must not be changed afterwards */
  addContact(properties: Properties, folder: Folder = this.contactsFolder): Contact {
    const contact = new Contact(++this.#numbers, folder, properties, {
      seconds: this.#seconds(),
      version: this.#changed(),
    })
    folder.contacts.set(contact.number, contact)
    return contact
  }

  /** An edit by hand: what is named is replaced. */
  updateContact(contact: Contact, change: Properties): void {
    this.replaceContact(contact, { ...contact.properties, ...change })
  }

  /** @param properties all that it holds from now on, shared as with `addContact` */
  replaceContact(contact: Contact, properties: Properties): void {
    contact.properties = properties
    this.#touch(contact)
  }

  removeContact(contact: Contact): void {
    contact.folder.contacts.delete(contact.number)
    this.#left(contact)
  }

  /** As a person does in Outlook: its default id changes, the immutable one stays. */
  moveContact(contact: Contact, folder: Folder): void {
    contact.folder.contacts.delete(contact.number)
    this.#left(contact)
    contact.place += 1
    contact.folder = folder
    folder.contacts.set(contact.number, contact)
    this.#touch(contact)
  }

  /** @param picture bytes, or text that stands for them; `undefined` takes the photo away */
  setContactPhoto(contact: Contact, picture: Uint8Array | string | undefined): void {
    contact.photo = picture === undefined ? undefined : photoOf(picture)
    this.#touch(contact)
  }

  /** All contacts as plain data, to compare byte for byte what stood before and what stands after. */
  snapshot(folder?: Folder): Record<string, unknown>[] {
    return [...this.contacts(folder)].map((contact) => ({
      id: contact.id,
      folder: contact.folder.displayName,
      createdDateTime: timeText(contact.created),
      lastModifiedDateTime: timeText(contact.modified),
      changeKey: contact.changeKey,
      photo: contact.photo?.etag,
      ...contact.properties,
    }))
  }

  #newFolder(displayName: string, parent: Folder | undefined): Folder {
    return new Folder(this.#part, ++this.#numbers, { displayName, parent, version: this.#changed() })
  }

  #left(contact: Contact): void {
    const ids = { default: contact.idOf('default'), immutable: contact.id }
    this.removals.push({ version: this.#changed(), folder: contact.folder, ids })
  }

  #touch(contact: Contact): void {
    contact.modified = this.#seconds()
    contact.version = this.#changed()
  }

  #changed(): number {
    this.#version += 1
    return this.#version
  }

  #seconds(): number {
    return Math.floor(this.#now().getTime() / 1000)
  }
}
