import { mailboxKind } from '../../mailbox-kind.ts'
import type { MailboxKind } from '../../mailbox-kind.ts'
import { SeedError } from '../../seed.ts'
import type { TenantSeed, UserSeed } from '../../seed.ts'
import { propertiesOf } from '../contract.ts'
import type { Directory } from '../directory.ts'
import type { Mailbox } from './mailbox.ts'
import { Mailboxes } from './mailboxes.ts'

/** The kinds that Graph does not reach. */
const OUT_OF_REACH: ReadonlySet<MailboxKind> = new Set(['none', 'inactive', 'on-premises'])

/** Properties the service gives, and no seed. */
const GIVEN = new Set(['id', 'changeKey', 'createdDateTime', 'lastModifiedDateTime', 'parentFolderId'])

/**
 * The mailboxes of a seeded tenant, with what stands in them.
 * @throws SeedError when a contact names a property or folder that there is not, or one out of reach has contents
 */
export function seedMailboxes(seed: TenantSeed, directory: Directory, now: () => Date): Mailboxes {
  const mailboxes = new Mailboxes(directory, now)
  for (const user of seed.users ?? []) {
    const { userPrincipalName: name } = user
    if (user.photo !== undefined) mailboxes.setPhoto(name, user.photo)
    if (!OUT_OF_REACH.has(mailboxKind(user))) fill(mailboxes.add(name), user)
    else if (user.contacts ?? user.contactFolders)
      throw new SeedError([`user ${name}: no mailbox for contacts`])
  }
  return mailboxes
}

function fill(mailbox: Mailbox, { userPrincipalName, contacts = [], contactFolders = [] }: UserSeed): void {
  for (const name of contactFolders) mailbox.addFolder(name)
  for (const contact of contacts) {
    const { folder: name, ...properties } = contact
    const unknown = Object.keys(properties).find((key) => !isSettable(key))
    const folder = name === undefined ? mailbox.contactsFolder : mailbox.folderNamed(name)
    if (unknown !== undefined)
      throw new SeedError([`user ${userPrincipalName}: contact has no property ${unknown}`])
    if (!folder) throw new SeedError([`user ${userPrincipalName}: no contact folder ${name}`])
    mailbox.addContact(properties, folder)
  }
}

function isSettable(name: string): boolean {
  if (name === 'singleValueExtendedProperties') return true
  return propertiesOf('contact').has(name) && !GIVEN.has(name)
}
