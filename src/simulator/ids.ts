import { createHash } from 'node:crypto'

import type { GroupSeed, MailContactSeed, MailUserSeed, UserSeed } from './seed.ts'

/** Makes the GUIDs of one tenant: the same kind and name give the same GUID in every run. */
export type Ids = (kind: string, name: string) => string

/** @param tenant the tenant's name: two tenants never share an id */
export function idsOf(tenant: string): Ids {
  return (kind, name) => guidOf(`${tenant}\n${kind}\n${name.toLowerCase()}`)
}

/** A GUID (version 5 in form) made from any text. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** The object id of a user, which Graph and Exchange (`ExternalDirectoryObjectId`) share. */
export function userId(user: Pick<UserSeed, 'id' | 'userPrincipalName'>, ids: Ids): string {
  return (user.id ?? ids('user', user.userPrincipalName)).toLowerCase()
}

/** The object id of a group, likewise. */
export function groupId(group: Pick<GroupSeed, 'id' | 'displayName'>, ids: Ids): string {
  return (group.id ?? ids('group', group.displayName)).toLowerCase()
}

/** The object id of a mail contact, likewise. */
export function contactId(contact: MailContactSeed, ids: Ids): string {
  const given = contact['ExternalDirectoryObjectId']
  return (typeof given === 'string' ? given : ids('mail-contact', contact.Name)).toLowerCase()
}

/** The object id of a mail user, likewise. */
export function mailUserId(
  { id, address }: { id?: MailUserSeed['id'] | undefined; address: string },
  ids: Ids,
): string {
  return (id ?? ids('MailUser', address)).toLowerCase()
}
