import type { Contact } from './contact.ts'
import { itemId } from './item-ids.ts'

/** A contact folder. The mailbox's own has no parent. */
export class Folder {
  readonly id: string
  readonly parent: Folder | undefined
  displayName: string
  /** Of the mailbox, at its last change. */
  version: number
  /** By number, in the order of their coming. */
  readonly contacts = new Map<number, Contact>()
  /** The mailbox's part of the ids. */
  readonly mailbox: string

  /** @param number in the mailbox, which makes its id */
  constructor(
    mailbox: string,
    number: number,
    named: { displayName: string; parent: Folder | undefined; version: number },
  ) {
    this.mailbox = mailbox
    this.id = itemId('folder', mailbox, number, 0)
    this.displayName = named.displayName
    this.parent = named.parent
    this.version = named.version
  }

  isNamed(name: string): boolean {
    return this.displayName.toLowerCase() === name.toLowerCase()
  }
}
