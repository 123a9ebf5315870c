import type { Properties } from '../directory.ts'
import type { Folder } from './folder.ts'
import { itemId } from './item-ids.ts'
import type { IdKind } from './item-ids.ts'
import type { Photo } from './photo.ts'

/** A contact as a mailbox keeps it: few fields of its own, since a bench holds millions. */
export class Contact {
  /** In its mailbox, never given again: both ids are made of it. */
  readonly number: number
  folder: Folder
  /** How often it was moved. */
  place = 0
  /**
   * What it holds, by Graph's names, `singleValueExtendedProperties` too; what is not there is not set. Shared
   * with other contacts maybe: replaced whole, never changed in place.
   */
  properties: Properties
  photo: Photo | undefined = undefined
  /** Seconds since 1970, as are all times here: Outlook gives no finer ones. */
  readonly created: number
  modified: number
  /** Of the mailbox, at the contact's last change. */
  version: number

  constructor(
    number: number,
    folder: Folder,
    properties: Properties,
    at: { seconds: number; version: number },
  ) {
    this.number = number
    this.folder = folder
    this.properties = properties
    this.created = at.seconds
    this.modified = at.seconds
    this.version = at.version
  }

  /** The immutable one. */
  get id(): string {
    return this.idOf('immutable')
  }

  idOf(kind: IdKind): string {
    return itemId(kind, this.folder.mailbox, this.number, kind === 'immutable' ? 0 : this.place)
  }

  /** Another after each change. */
  get changeKey(): string {
    return Buffer.from(`EQAAABYA${String(this.number)}.${String(this.version)}`).toString('base64')
  }
}

/** As Graph writes times: `2026-11-20T21:00:00Z`. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
