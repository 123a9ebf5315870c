import type { Answer } from '../../service.ts'
import { objectBody } from '../body.ts'
import type { Properties } from '../directory.ts'
import { defaultSelection, parseSelect } from '../query/select.ts'
import { folderAt, mailboxAsked } from './asked.ts'
import type { Asked } from './asked.ts'
import { folderExists, noProperty, ownFolder, wrongType } from './errors.ts'
import { compileFilter } from './filter.ts'
import type { Folder } from './folder.ts'
import { LISTED, page } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import { mailboxOptions } from './options.ts'
import type { MailboxOptions } from './options.ts'
import { ordered } from './order.ts'
import { showFolder } from './view.ts'

/** The folder a path names. */
export const folderAsked = (mailbox: Mailbox, { ids: [, id = ''] }: Asked): Folder => folderAt(mailbox, id)

/** The mailbox's own. */
export const ownContacts = (mailbox: Mailbox): Folder => mailbox.contactsFolder

/** `GET .../contactFolders` and `.../childFolders`: those within a folder, which is not among them. */
export function listFolders(asked: Asked, parent: typeof folderAsked): Answer {
  const mailbox = mailboxAsked(asked)
  const within = parent(mailbox, asked)
  const options = mailboxOptions(
    asked.request,
    LISTED.filter((name) => name !== 'expand'),
  )
  const selection = selectionOf(options)
  let found = mailbox.folders.filter((folder) => folder.parent === within)
  if (options.filter !== undefined) found = found.filter(compileFilter(options.filter, { text: nameOf }))
  if (options.orderby !== undefined) found = ordered(found, options.orderby, nameOf)
  const context = `users('${asked.ids[0]}')/contactFolders`
  return {
    status: 200,
    body: page(found, { asked, options, context }, (folder) => showFolder(folder, selection)),
  }
}

/** `POST .../contactFolders` and `.../childFolders`. */
export function createFolder(asked: Asked, parent: typeof folderAsked): Answer {
  const mailbox = mailboxAsked(asked)
  const within = parent(mailbox, asked)
  mailboxOptions(asked.request, [])
  const displayName = nameSent(asked)
  checkFree(mailbox, displayName, within)
  return one(asked, 201, mailbox.addFolder(displayName, within), {})
}

/** `GET .../contactFolders/{id}`. */
export function getFolder(asked: Asked): Answer {
  const folder = folderAsked(mailboxAsked(asked), asked)
  return one(asked, 200, folder, mailboxOptions(asked.request, ['select']))
}

/** `PATCH .../contactFolders/{id}`: its name. */
export function updateFolder(asked: Asked): Answer {
  const mailbox = mailboxAsked(asked)
  const folder = folderAsked(mailbox, asked)
  mailboxOptions(asked.request, [])
  if (!folder.parent) throw ownFolder()
  const displayName = nameSent(asked)
  if (!folder.isNamed(displayName)) checkFree(mailbox, displayName, folder.parent)
  mailbox.renameFolder(folder, displayName)
  return one(asked, 200, folder, {})
}

/** `DELETE .../contactFolders/{id}`: with all that is in it. */
export function deleteFolder(asked: Asked): Answer {
  const mailbox = mailboxAsked(asked)
  const folder = folderAsked(mailbox, asked)
  mailboxOptions(asked.request, [])
  if (!folder.parent) throw ownFolder()
  mailbox.removeFolder(folder)
  return { status: 204 }
}

export function selectionOf({ select }: MailboxOptions): readonly string[] {
  return select === undefined
    ? defaultSelection('contactFolder')
    : parseSelect(select, 'contactFolder', false)
}

function one(asked: Asked, status: number, folder: Folder, options: MailboxOptions): Answer {
  const context = `${asked.world.origin}/v1.0/$metadata#users('${asked.ids[0]}')/contactFolders/$entity`
  const shown: Properties = showFolder(folder, selectionOf(options))
  return { status, body: { '@odata.context': context, ...shown } }
}

function nameSent({ request }: Asked): string {
  const { displayName, ...more } = objectBody(request, wrongType)
  const unknown = Object.keys(more).find((name) => !name.includes('@'))
  if (unknown !== undefined) throw noProperty(unknown, 'contactFolder')
  if (typeof displayName !== 'string' || displayName.trim() === '') throw wrongType()
  return displayName
}

/** The mailbox's own folder stands at the top level too, though it is not listed there. */
function checkFree(mailbox: Mailbox, name: string, parent: Folder): void {
  const own = mailbox.contactsFolder
  const beside = mailbox.folders.filter((folder) => folder.parent === parent)
  if ([...beside, ...(parent === own ? [own] : [])].some((folder) => folder.isNamed(name)))
    throw folderExists()
}

function nameOf(property: string): ((folder: Folder) => string) | undefined {
  return property === 'displayName' ? ({ displayName }) => displayName : undefined
}
