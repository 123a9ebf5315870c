/** What the changes look like in the plan, and how each is written in its mailboxes. */
import type { Mailbox, Proposed } from '../../engine/kind.ts'
import type { Recorder } from '../../engine/journal.ts'
import type { FieldChange, Reason } from '../../engine/plan.ts'
import type { MailboxWriter } from '../../microsoft/mailboxes.ts'
import { formatMark } from '../../people/mark.ts'
import type { ContactChange } from './comparison.ts'
import { PHOTO } from './contact.ts'
import type { Folder } from './mailbox.ts'
import type { Target } from './mailboxes.ts'
import type { Photos } from './photos.ts'
import type { SharedChange, SharedChanges } from './shared-changes.ts'
import { createContact, createFolder, removeContact, updateContact, writePhoto, type Place } from './write.ts'

type ProposedContact = Proposed<MailboxWriter>

export interface Writing {
  readonly profile: string
  /** By the mailbox's id: where its contacts go. A folder that is made tells its id here. */
  readonly folders: Map<string, Folder>
  readonly photos: Photos | undefined
  /** Whether this run writes the mailbox, and not another shard. */
  readonly isOwnPart: (mailbox: Mailbox) => boolean
}

const CONTACT = 'contact'

/** @param needed the folder's creation where it is missing: contacts are made behind it. */
export function proposedContacts(
  changes: SharedChanges,
  writing: Writing,
  needed: ProposedContact | undefined,
): ProposedContact[] {
  return changes.all().map((shared) => {
    const { mailboxes, contactIds, change } = shared
    const only = contactIds.length === 1 ? contactIds[0] : undefined
    const { action, key, label } = change
    if (photoOf(change) !== undefined)
      writing.photos?.expect(key, mailboxes.filter((mailbox) => writing.isOwnPart(mailbox)).length)
    return {
      change: {
        action,
        object: CONTACT,
        key,
        label,
        ...(only !== undefined && { targetId: only }),
        reason: change.action === 'create' ? ('new-in-source' satisfies Reason) : change.reason,
        fields: change.action === 'delete' ? [] : change.fields,
      },
      countsAs: `${action}s` as const,
      ...(change.action === 'delete' && change.owner.by !== 'profile' && { unmarked: true }),
      ...(change.action === 'delete' && change.stays && { partial: true }),
      ...(change.action === 'create' && needed && { after: [needed] }),
      mailboxes,
      write: (writer, record, at) =>
        write(shared, { writer, record, mailbox: mailboxes[at]!.id }, at, writing),
    }
  })
}

async function write(shared: SharedChange, place: Place, at: number, writing: Writing): Promise<void> {
  const { change, contactIds } = shared
  if (change.action === 'delete') return removeContact(place, contactIds[at]!, change.owner)
  const photo = photoOf(change)
  try {
    const contactId =
      change.action === 'create'
        ? await create(change, place, writing)
        : await update(change, place, contactIds[at]!)
    const bytes = photo === undefined ? undefined : await writing.photos?.bytes(change.key)
    if (photo !== undefined && bytes !== undefined)
      await writePhoto(place, contactId, { bytes, etag: photo, named: named(change) })
  } finally {
    if (photo !== undefined) writing.photos?.done(change.key)
  }
}

/** The entity tag of the photo that goes with it. */
function photoOf(change: ContactChange): string | undefined {
  if (change.action === 'delete') return undefined
  const etag = change.fields.find(({ field }) => field === PHOTO)?.after
  return typeof etag === 'string' ? etag : undefined
}

function create(
  { key, fields }: Extract<ContactChange, { action: 'create' }>,
  place: Place,
  { profile, folders }: Writing,
): Promise<string> {
  const mark = formatMark({ profile, person: key })
  return createContact(place, folders.get(place.mailbox)!, mark, withoutPhoto(fields))
}

async function update(
  { fields, body }: Extract<ContactChange, { action: 'update' }>,
  place: Place,
  contactId: string,
): Promise<string> {
  const own = withoutPhoto(fields)
  if (own.length > 0) await updateContact(place, contactId, own, body)
  return contactId
}

function withoutPhoto(fields: readonly FieldChange[]): FieldChange[] {
  return fields.filter(({ field }) => field !== PHOTO)
}

/** Where the display name is not managed, Graph derives it as it did when the contact was made. */
function named(change: Extract<ContactChange, { action: 'create' | 'update' }>): object {
  if (change.action === 'update') return { displayName: change.body['displayName'] }
  const displayName = change.fields.find(({ field }) => field === 'displayName')?.after
  return displayName === undefined ? {} : { displayName }
}

/** @param mailboxes in which it is missing, in the order of their names. */
export function proposedFolder(
  name: string,
  mailboxes: readonly Target[],
  { folders }: Pick<Writing, 'folders'>,
): ProposedContact | undefined {
  if (mailboxes.length === 0) return undefined
  return {
    change: {
      action: 'create',
      object: 'contact-folder',
      key: name,
      label: name,
      reason: 'missing',
      fields: [{ field: 'displayName', before: null, after: name }],
    },
    mailboxes,
    async write(writer: MailboxWriter, record: Recorder, at: number) {
      const mailbox = mailboxes[at]!.id
      folders.set(mailbox, { id: await createFolder({ writer, record, mailbox }, name), missing: false })
    },
  }
}
