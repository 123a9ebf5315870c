/** How contacts and folders are written in one mailbox. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Recorder } from '../../engine/journal.ts'
import type { FieldChange } from '../../engine/plan.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import { isNotThere } from '../../microsoft/graph-transport.ts'
import type { MailboxWriter } from '../../microsoft/mailboxes.ts'
import { backoff } from '../../microsoft/throttling.ts'
import {
  bodyOf,
  expandOf,
  MARK,
  MARK_PROPERTY,
  markFilter,
  PHOTO,
  PHOTO_PROPERTY,
  propertyOf,
  type Contact,
} from './contact.ts'
import { contactsPath, findFolder, MailboxUnavailableError, type Folder } from './mailbox.ts'
import type { Owner } from './ownership.ts'

/** Where a write goes: a mailbox, and the journal. */
export interface Place {
  readonly writer: MailboxWriter
  readonly record: Recorder
  /** Its user's object id. */
  readonly mailbox: string
}

const MOST_CREATE_ATTEMPTS = 5
/** Seconds between further looks for what may have been made without an answer. */
const LATER_LOOKS = [1, 2]

/** @returns the contact's id: of one that an attempt without an answer had made all the same, too. */
export async function createContact(
  { writer, record, mailbox }: Place,
  folder: Folder,
  mark: string,
  fields: readonly FieldChange[],
): Promise<string> {
  const path = contactsPath(folder)
  const body = bodyOf([...fields, { field: MARK, before: null, after: mark }])
  const names = fields.map(({ field }) => field)
  return makeOnce(
    () => record.write({ action: 'create', fields: names }, () => writer.create(mailbox, path, body)),
    async () => {
      for await (const page of writer.pages<Contact>(mailbox, path, {
        select: ['id'],
        filter: markFilter(mark),
      }))
        if (page[0]) return page[0].id
      return undefined
    },
  )
}

/** @returns the folder's id. */
export async function createFolder({ writer, record, mailbox }: Place, name: string): Promise<string> {
  return makeOnce(
    async () => {
      try {
        return await record.write({ action: 'create', fields: ['displayName'] }, () =>
          writer.create(mailbox, '/contactFolders', { displayName: name }),
        )
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== 'ErrorFolderExists') throw error
        const { id } = await findFolder(writer, mailbox, name)
        if (id !== undefined) return { body: { id } }
        throw new MailboxUnavailableError(
          `A folder "${name}" stands there already, and is none at the top level that Graph lists: if it is the mailbox's own Contacts folder, leave folder out of the profile.`,
        )
      }
    },
    async () => (await findFolder(writer, mailbox, name)).id,
  )
}

/**
 * Made, or made already when the answer was lost: it is looked for before it is made again, more than
 * once, for the service may still be at it.
 */
async function makeOnce(
  make: () => Promise<{ readonly body: unknown }>,
  lookUp: () => Promise<string | undefined>,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    let lost: ServiceError | undefined
    try {
      const { id } = (await make()).body as { id?: string }
      if (id !== undefined) return id
    } catch (error) {
      if (!(error instanceof ServiceError) || !error.ambiguous) throw error
      lost = error
    }
    for (const seconds of lost ? [lost.retryAfter ?? backoff(attempt), ...LATER_LOOKS] : [0]) {
      await delay(seconds * 1000)
      const made = await lookUp()
      if (made !== undefined) return made
    }
    if (attempt >= MOST_CREATE_ATTEMPTS || !lost) throw lost ?? new NotFoundAgainError()
  }
}

class NotFoundAgainError extends Error {
  override readonly name = 'NotFoundAgainError'
  readonly code = 'not-found-again'
  constructor() {
    super('Graph said that it was made, gave no id, and it was not found.')
  }
}

export async function updateContact(
  { writer, record, mailbox }: Place,
  contactId: string,
  fields: readonly FieldChange[],
  body: object,
): Promise<void> {
  const names = fields.map(({ field }) => field)
  await record.write({ action: 'update', targetId: contactId, fields: names }, () =>
    writer.update(mailbox, contactPath(contactId), body),
  )
}

/**
 * The photo first, and then its entity tag: a run that is cut off between them writes it again.
 * @param named the display name, which Graph would else derive anew.
 */
export async function writePhoto(
  { writer, record, mailbox }: Place,
  contactId: string,
  { bytes, etag, named }: { bytes: string; etag: string; named: object },
): Promise<void> {
  const about = { action: 'update', targetId: contactId, fields: [PHOTO] } as const
  const path = contactPath(contactId)
  await record.write(about, () => writer.replace(mailbox, `${path}/photo/$value`, bytes, 'image/jpeg'))
  const body = { ...named, ...bodyOf([{ field: PHOTO, before: null, after: etag }]) }
  await record.write(about, () => writer.update(mailbox, path, body))
}

/**
 * Removes a contact after keeping all that is known of it.
 * @throws ChangedHandsError when it is no longer what was planned to go.
 */
export async function removeContact(
  { writer, record, mailbox }: Place,
  contactId: string,
  owner: Exclude<Owner, { by: 'another' }>,
): Promise<void> {
  const path = contactPath(contactId)
  const contact = await writer.find<Contact>(mailbox, path, {
    expand: expandOf([MARK_PROPERTY, PHOTO_PROPERTY]),
  })
  if (!contact) return
  const mark = propertyOf(contact, MARK_PROPERTY)
  const same = owner.by === 'profile' ? mark === owner.mark : mark === '' && contact.fileAs === owner.fileAs
  if (!same) throw new ChangedHandsError()
  record.removing(contact)
  try {
    await record.write({ action: 'delete', targetId: contactId, fields: [] }, () =>
      writer.remove(mailbox, path),
    )
  } catch (error) {
    if (!isNotThere(error)) throw error
  }
}

export class ChangedHandsError extends Error {
  override readonly name = 'ChangedHandsError'
  readonly code = 'changed-since-plan'
  constructor() {
    super('The contact no longer bears the mark it had when it was planned; it was left as it is.')
  }
}

function contactPath(id: string): string {
  return `/contacts/${encodeURIComponent(id)}`
}
