import type { Answer } from '../../service.ts'
import type { Properties } from '../directory.ts'
import { GraphRefused } from '../errors.ts'
import { mailboxAsked } from './asked.ts'
import type { Asked } from './asked.ts'
import { applied, viewOf } from './contacts.ts'
import type { Where } from './contacts.ts'
import { selectionOf } from './folders.ts'
import { link } from './listing.ts'
import type { Mailbox, Removal } from './mailbox.ts'
import { mailboxOptions, preferences } from './options.ts'
import type { MailboxOptions } from './options.ts'
import { showContact, showFolder } from './view.ts'

const DEFAULT_PAGE = 10
/** Whatever a client prefers, a page holds no more (Microsoft Q&A, 2052165). */
const LARGEST_PAGE = 200

/** Where a round of changes stands: in the token, for clients opaque. */
interface State {
  readonly generation: number
  /** What is followed: a folder's id, or `folders`. */
  readonly of: string
  /** All changes up to this version of the mailbox were given. */
  readonly seen: number
  /** Removals up to this one are of before the first round, and none of the client's business. */
  readonly begun: number
  readonly select: string | undefined
}

/** Something that was made, changed or removed. */
interface Change {
  readonly version: number
  readonly show: () => Properties
}

/** `GET .../contacts/delta` (Microsoft Graph, "contact: delta"). */
export function contactsDelta(asked: Asked, where: Where): Answer {
  const mailbox = mailboxAsked(asked)
  const folder = where(mailbox, asked)
  const { state, isNew } = stateAsked(asked, mailbox, folder.id)
  const view = viewOf(asked, state.select === undefined ? {} : { select: state.select })
  const changes = [
    ...[...folder.contacts.values()].map((contact) => ({
      version: contact.version,
      show: () => showContact(contact, view),
    })),
    ...removed(mailbox, state, view.ids, (removal) => removal.folder === folder),
  ]
  return applied(view, 200, round(asked, mailbox, { state, isNew, changes, context: 'contacts' }))
}

/** `GET .../contactFolders/delta` ("contactFolder: delta"). */
export function foldersDelta(asked: Asked): Answer {
  const mailbox = mailboxAsked(asked)
  const { state, isNew } = stateAsked(asked, mailbox, 'folders')
  const selection = selectionOf(state.select === undefined ? {} : { select: state.select })
  const changes = [
    ...mailbox.folders.map((folder) => ({
      version: folder.version,
      show: () => showFolder(folder, selection),
    })),
    ...removed(mailbox, state, 'default', (removal) => removal.folder === undefined),
  ]
  return {
    status: 200,
    body: round(asked, mailbox, { state, isNew, changes, context: 'contactFolders' }),
  }
}

function removed(
  mailbox: Mailbox,
  { begun }: State,
  ids: 'default' | 'immutable',
  isMeant: (removal: Removal) => boolean,
): Change[] {
  return mailbox.removals
    .filter((removal) => removal.version > begun && isMeant(removal))
    .map((removal) => ({
      version: removal.version,
      show: () => ({ id: removal.ids[ids], '@removed': { reason: 'deleted' } }),
    }))
}

/** One page of a round, the oldest change first. */
function round(
  asked: Asked,
  mailbox: Mailbox,
  given: { state: State; isNew: boolean; changes: readonly Change[]; context: string },
): Properties {
  const { state, isNew, context } = given
  const { deltaEmptyPages, deltaReplays } = asked.world.behaviour
  const order = given.changes.toSorted((a, b) => a.version - b.version)
  // The newest of what a round before gave.
  const last = isNew && deltaReplays ? order.findLast(({ version }) => version <= state.seen) : undefined
  const seen = last ? last.version - 1 : state.seen
  const open = order.filter(({ version }) => version > seen)
  const size = Math.min(preferences(asked.request).pageSize ?? DEFAULT_PAGE, LARGEST_PAGE)
  const page = isNew && deltaEmptyPages ? [] : open.slice(0, size)
  const more = page.length < open.length || (isNew && deltaEmptyPages)
  const next: State = { ...state, seen: more ? (page.at(-1)?.version ?? seen) : mailbox.version }
  const token = Buffer.from(JSON.stringify(next)).toString('base64url')
  return {
    '@odata.context': `${asked.world.origin}/v1.0/$metadata#Collection(${context})`,
    ...(more
      ? { '@odata.nextLink': link(asked, { skiptoken: token }) }
      : { '@odata.deltaLink': link(asked, { deltatoken: token }) }),
    value: page.map(({ show }) => show()),
  }
}

/**
 * @returns where the client is, and whether a round begins with this page
 * @throws GraphRefused 400, or 410 with the place to begin anew
 */
function stateAsked(asked: Asked, mailbox: Mailbox, of: string): { state: State; isNew: boolean } {
  const generation = asked.bearer.tenant.mailboxes.deltaGeneration
  const options: MailboxOptions = mailboxOptions(asked.request, ['select', 'skiptoken', 'deltatoken'])
  const token = options.skiptoken ?? options.deltatoken
  if (token === undefined) {
    const { version } = mailbox
    return { state: { generation, of, seen: 0, begun: version, select: options.select }, isNew: true }
  }
  const state = readToken(token)
  if (state?.of !== of)
    throw new GraphRefused(400, 'ErrorInvalidSyncStateData', 'The sync state is not valid.')
  if (state.generation !== generation) {
    throw new GraphRefused(410, 'SyncStateNotFound', 'The sync state generation is not found.', {
      location: `${asked.world.origin}${asked.request.path}`,
    })
  }
  return { state, isNew: options.deltatoken !== undefined }
}

function readToken(token: string): State | undefined {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as State
  } catch {
    return undefined
  }
}
