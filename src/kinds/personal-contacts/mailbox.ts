/** What stands in one mailbox: its folder, and the contacts in it, read whole. */
import { literal } from '../../microsoft/odata.ts'
import { IncompleteReadError, ServiceError } from '../../microsoft/errors.ts'
import type { MailboxReader } from '../../microsoft/mailboxes.ts'
import { expandOf, type Contact } from './contact.ts'

/** A folder that is not there yet has no id; the mailbox's own has none either, and needs none. */
export interface Folder {
  readonly id?: string
  readonly missing: boolean
}

/** Outlook takes up to 1,000, the directory up to 999. */
const LARGEST_PAGE = 999

/** Why a mailbox cannot be read or written, for its admin to mend. */
export class MailboxUnavailableError extends Error {
  override readonly name = 'MailboxUnavailableError'
  readonly code = 'mailbox-unavailable'
}

/** @throws MailboxUnavailableError when two folders go by the name. */
export async function findFolder(
  reader: MailboxReader,
  mailbox: string,
  name: string | undefined,
): Promise<Folder> {
  if (name === undefined) return { missing: false }
  const filter = `displayName eq ${literal(name)}`
  const found: string[] = []
  for await (const page of reader.pages<{ id: string; displayName: string }>(mailbox, '/contactFolders', {
    select: ['id', 'displayName'],
    filter,
    top: 100,
  }))
    for (const { id, displayName } of page)
      if (displayName.toLowerCase() === name.toLowerCase()) found.push(id)
  if (found.length > 1)
    throw new MailboxUnavailableError(
      `The mailbox has ${found.length} contact folders called "${name}": rename or remove the one that is not meant.`,
    )
  return found[0] === undefined ? { missing: true } : { id: found[0], missing: false }
}

export function contactsPath({ id }: Folder): string {
  return id === undefined ? '/contacts' : `/contactFolders/${encodeURIComponent(id)}/contacts`
}

export interface ContactQuery {
  readonly select: readonly string[]
  readonly properties: readonly string[]
  /** Others are let go of page by page: people keep thousands of their own. */
  readonly keep: (contact: Contact) => boolean
}

export async function readContacts(
  reader: MailboxReader,
  mailbox: string,
  folder: Folder,
  { select, properties, keep }: ContactQuery,
): Promise<Contact[]> {
  if (folder.missing) return []
  const contacts: Contact[] = []
  const query = { select, expand: expandOf(properties), top: LARGEST_PAGE }
  for await (const page of reader.pages<Contact>(mailbox, contactsPath(folder), query))
    contacts.push(...page.filter(keep))
  return contacts
}

/** Codes with which Graph says that a user has no mailbox that it could reach. */
const NO_MAILBOX = new Set([
  'MailboxNotEnabledForRESTAPI',
  'MailboxNotSupportedForRESTAPI',
  'ErrorInvalidUser',
])

export function hasNoMailbox(error: unknown): boolean {
  return (
    error instanceof ServiceError &&
    error.status === 404 &&
    (NO_MAILBOX.has(error.code) || /ResourceNotFound/.test(error.code))
  )
}

/** Why the mailbox is left out, for anybody to read; `undefined` for what is not about this mailbox alone. */
export function unavailableBecause(error: unknown): string | undefined {
  if (error instanceof MailboxUnavailableError || error instanceof IncompleteReadError) return error.message
  if (!(error instanceof ServiceError)) return undefined
  const { status, code } = error
  if (hasNoMailbox(error))
    return `Graph reaches no mailbox there (${code}): without a licence for Exchange Online, on-premises, or deleted. License it, or take it out of the profile.`
  if (status === 403)
    return `The app is kept out of it (${code}): let it in by the application access policy or the Exchange role scope that keeps it out, or take the mailbox out of the profile.`
  return `Graph did not let it be read (${[status, code].filter(Boolean).join(' ')}). The next run tries again.`
}
