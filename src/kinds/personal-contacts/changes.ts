/** What the changes look like in the plan, and how each is written in its mailboxes. */
import type { Proposed } from '../../engine/kind.ts'
import type { Recorder } from '../../engine/journal.ts'
import type { Reason } from '../../engine/plan.ts'
import type { MailboxWriter } from '../../microsoft/mailboxes.ts'
import { formatMark } from '../mark.ts'
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
    const photo = 'fields' in change && change.fields.some(({ field }) => field === PHOTO)
    if (photo) writing.photos?.expect(key, mailboxes.length)
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
      ...(change.action === 'create' && needed && { after: [needed] }),
      mailboxes,
      write: (writer, record, at) =>
        write(shared, { writer, record, mailbox: mailboxes[at]!.id }, at, writing),
    }
  })
}

async function write(
  { change, contactIds }: SharedChange,
  place: Place,
  at: number,
  writing: Writing,
): Promise<void> {
  switch (change.action) {
    case 'create': {
      const { profile, folders } = writing
      const fields = change.fields.filter(({ field }) => field !== PHOTO)
      const mark = formatMark({ profile, person: change.key })
      const id = await createContact(place, folders.get(place.mailbox)!, mark, fields)
      await addPhoto(change, place, id, writing)
      break
    }
    case 'update': {
      const fields = change.fields.filter(({ field }) => field !== PHOTO)
      if (fields.length > 0) await updateContact(place, contactIds[at]!, fields, change.body)
      await addPhoto(change, place, contactIds[at]!, writing)
      break
    }
    case 'delete':
      await removeContact(place, contactIds[at]!, change.owner)
  }
}

async function addPhoto(
  change: Extract<ContactChange, { action: 'create' | 'update' }>,
  place: Place,
  contactId: string,
  { photos }: Writing,
): Promise<void> {
  const etag = change.fields.find(({ field }) => field === PHOTO)?.after
  const bytes = typeof etag === 'string' ? await photos?.take(change.key) : undefined
  if (bytes === undefined) return
  // Where it is not managed, Graph derives it as it did when the contact was made.
  const displayName =
    change.action === 'update'
      ? (change.body['displayName'] as string | null)
      : change.fields.find(({ field }) => field === 'displayName')?.after
  const named = displayName === undefined ? {} : { displayName }
  await writePhoto(place, contactId, { bytes, etag: etag as string, named })
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
