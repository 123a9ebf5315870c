import type { Asked } from '../asked.ts'
import type { DirectoryObject } from '../directory.ts'
import { notFound } from '../errors.ts'
import type { Contact } from './contact.ts'
import { idMalformed, invalidUser, itemNotFound, mailboxOutOfReach, outOfPolicy } from './errors.ts'
import type { Folder } from './folder.ts'
import { itemNumber } from './item-ids.ts'
import type { Mailbox } from './mailbox.ts'

export type { Asked } from '../asked.ts'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** @throws GraphRefused 404 when there is no such user */
export function userAsked({ bearer, ids: [name = ''] }: Asked): DirectoryObject {
  const user = bearer.tenant.directory.user(name)
  if (!user) throw GUID.test(name) ? notFound(name) : invalidUser(name)
  return user
}

/**
 * The mailbox that was asked for, and may be: an application access policy can keep an app to some mailboxes
 * (Exchange, "Limiting application permissions to specific mailboxes").
 * @throws GraphRefused 404, 403
 */
export function mailboxAsked(asked: Asked): Mailbox {
  const {
    bearer,
    ids: [name = ''],
  } = asked
  const { directory, mailboxes, apps } = bearer.tenant
  const user = userAsked(asked)
  const policy = apps.find(({ clientId }) => clientId === bearer.clientId)?.mailboxes
  if (policy && !policy.some((each) => directory.user(each)?.id === user.id)) throw outOfPolicy()
  const mailbox = mailboxes.of(user.id)
  if (mailbox) return mailbox
  throw user.properties['userType'] === 'Guest' ? invalidUser(name) : mailboxOutOfReach()
}

/** @throws GraphRefused 400, 404 */
export function folderAt(mailbox: Mailbox, id: string): Folder {
  const folder = mailbox.folder(id)
  if (folder) return folder
  throw itemNumber(id) === undefined ? idMalformed() : itemNotFound()
}

/**
 * @param folder when given, the contact must be in it
 * @throws GraphRefused 400, 404
 */
export function contactAt(mailbox: Mailbox, id: string, folder?: Folder): Contact {
  if (itemNumber(id) === undefined) throw idMalformed()
  const contact = mailbox.contact(id)
  if (!contact || (folder && contact.folder !== folder)) throw itemNotFound()
  return contact
}
