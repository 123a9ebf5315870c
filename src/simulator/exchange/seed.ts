/** From a tenant's seed to its recipients. */
import { contactId, groupId, mailUserId, userId, type Ids } from '../ids.ts'
import { isGuest, mailboxKind } from '../mailbox-kind.ts'
import {
  SeedError,
  type GroupSeed,
  type MailContactSeed,
  type MailUserSeed,
  type TenantSeed,
  type UserSeed,
} from '../seed.ts'
import { CONTACT_ATTRIBUTES, CUSTOM_ATTRIBUTES, USER_ATTRIBUTES } from './attributes.ts'
import type { ExchangeAttributesSeed } from './migration/seed-schema.ts'
import { addressKey, withoutPrefix, type NewRecipient, type RecipientType, type Value } from './recipient.ts'
import { Recipients } from './recipients.ts'

/**
 * The recipients of a seeded tenant: users, groups, contacts, in the order of the seed.
 * @throws SeedError when a mail contact names an attribute that Exchange does not have, or two recipients
 * share a GUID, an address or (contacts) a name.
 */
export function seedRecipients(seed: TenantSeed, ids: Ids, now: () => Date): Recipients {
  const recipients = new Recipients()
  const created = now()
  for (const recipient of seededRecipients(seed, ids)) {
    const taken = clash(recipients, recipient)
    if (taken !== undefined)
      throw new SeedError([`${String(recipient.values['Name'])}: another recipient has ${taken} already`])
    recipients.add(recipient, created)
  }
  return recipients
}

function clash(recipients: Recipients, { guid, type, values }: NewRecipient): string | undefined {
  const address = listed(values['EmailAddresses']).find((one) => recipients.holders(one).length > 0)
  if (address !== undefined) return `the address ${address}`
  const name = String(values['Name'])
  const twice = type === 'MailContact' && recipients.named(name).some((other) => other.type === type)
  if (twice) return `the name ${name}`
  return recipients.get(guid) ? `the GUID ${guid}` : undefined
}

function listed(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : []
}

function seededRecipients(seed: TenantSeed, ids: Ids): NewRecipient[] {
  const names = new Map((seed.users ?? []).map((user) => [user.userPrincipalName, nameOf(user)]))
  const users = (seed.users ?? []).map((user) => userRecipient(user, ids, names.get(user.manager ?? '')))
  const contacts = (seed.mailContacts ?? []).map((contact) => contactRecipient(contact, ids))
  const others = [
    ...(seed.distributionGroups ?? []).map(({ kind = 'static', ...other }) => ({
      ...other,
      type: GROUP_TYPES[kind],
    })),
    ...(seed.softDeleted ?? []).map((other) => ({
      ...other,
      type: 'UserMailbox' as const,
      softDeleted: true,
    })),
  ].map((other) => otherRecipient(other, ids))
  const mailUsers = (seed.mailUsers ?? []).map((mailUser) => mailUserRecipient(mailUser, ids))
  const members = memberIds([...users, ...contacts, ...others, ...mailUsers], seed, ids)
  const groups = (seed.groups ?? []).filter(isMailEnabled).map((group) => groupRecipient(group, ids, members))
  return [...users, ...groups, ...contacts, ...others, ...mailUsers]
}

const MAILBOX_TYPES = {
  user: 'UserMailbox',
  shared: 'SharedMailbox',
  room: 'RoomMailbox',
  equipment: 'EquipmentMailbox',
  inactive: 'UserMailbox',
  'on-premises': 'MailUser',
} as const

/**
 * What Exchange has of a user: a mailbox, a guest's address, or a name alone.
 * @param manager Exchange's `Name` of the manager.
 */
export function userRecipient(user: UserSeed, ids: Ids, manager?: string): NewRecipient {
  const type = userType(user)
  const values: Record<string, Value> = {
    Name: nameOf(user),
    DisplayName: user.displayName,
    ...(manager !== undefined && { Manager: manager }),
    Alias:
      typeof user['mailNickname'] === 'string' ? user['mailNickname'] : localPart(user.userPrincipalName),
    EmailAddresses: userAddresses(user),
    HiddenFromAddressListsEnabled: user.hiddenInExchange === true,
  }
  for (const [property, attribute] of Object.entries(USER_ATTRIBUTES)) {
    const value = user[property]
    if (typeof value === 'string' || typeof value === 'boolean') values[attribute] = value
  }
  const phones = user['businessPhones']
  if (Array.isArray(phones) && typeof phones[0] === 'string') values['Phone'] = phones[0]
  const extensions = (user['onPremisesExtensionAttributes'] ?? {}) as Record<string, unknown>
  CUSTOM_ATTRIBUTES.forEach((attribute, index) => {
    const value = extensions[`extensionAttribute${index + 1}`]
    if (typeof value === 'string') values[attribute] = value
  })
  if (type === 'MailUser' || type === 'GuestMailUser') values['ExternalEmailAddress'] = user.mail!
  Object.assign(values, exchangeAttributes(user.exchange))
  return {
    guid: ids('user-guid', user.userPrincipalName),
    objectId: userId(user, ids),
    type,
    values,
  }
}

/** As they are kept: GUIDs in lower case, the external address without its prefix. */
function exchangeAttributes(seed: ExchangeAttributesSeed = {}): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(seed as Record<string, Value>).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value]
      if (name.endsWith('Guid')) return [name, value.toLowerCase()]
      return [name, name === 'ExternalEmailAddress' ? withoutPrefix(value) : value]
    }),
  )
}

function nameOf({ nameInExchange, displayName }: UserSeed): string {
  return nameInExchange ?? displayName
}

/** A guest with a mail address is a recipient of its own type, and holds that address. */
function userType(user: UserSeed): RecipientType {
  const kind = mailboxKind(user)
  if (kind !== 'none') return MAILBOX_TYPES[kind]
  return isGuest(user) && user.mail ? 'GuestMailUser' : 'User'
}

function userAddresses(user: UserSeed): string[] {
  const proxies = user['proxyAddresses']
  const listed = Array.isArray(proxies) ? proxies.map(String) : []
  if (!user.mail || listed.some((address) => addressKey(address) === addressKey(user.mail!))) return listed
  return [`SMTP:${user.mail}`, ...listed.map((address) => address.replace(/^SMTP:/, 'smtp:'))]
}

/** Attributes beside those that the cmdlets set. */
const OWN_KEYS = new Set([
  'Guid',
  'ExternalDirectoryObjectId',
  'IsDirSynced',
  'WhenCreated',
  'ExternalEmailAddress',
  'LegacyExchangeDN',
])

function contactRecipient(contact: MailContactSeed, ids: Ids): NewRecipient {
  const { Guid, ExternalDirectoryObjectId: _, WhenCreated, ...attributes } = contact
  const unknown = Object.keys(contact).find((name) => !OWN_KEYS.has(name) && !CONTACT_ATTRIBUTES.has(name))
  if (unknown !== undefined)
    throw new SeedError([
      `mailContacts, ${contact.Name}: Exchange has no attribute "${unknown}" on a mail contact`,
    ])
  const external = withoutPrefix(contact.ExternalEmailAddress)
  const given = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined)
  return {
    guid: typeof Guid === 'string' ? Guid : ids('contact-guid', contact.Name),
    objectId: contactId(contact, ids),
    type: 'MailContact',
    ...(typeof WhenCreated === 'string' && { created: new Date(WhenCreated) }),
    values: {
      DisplayName: contact.Name,
      Alias: contact.Name.replaceAll(/[^A-Za-z0-9._-]/g, ''),
      EmailAddresses: [`SMTP:${external}`],
      ...(Object.fromEntries(given) as Record<string, Value>),
      ExternalEmailAddress: external,
    },
  }
}

const GROUP_TYPES = {
  static: 'MailUniversalDistributionGroup',
  dynamic: 'DynamicDistributionGroup',
  'room-list': 'RoomList',
} as const

interface Other {
  readonly displayName?: string
  readonly address: string
  readonly id?: string
  readonly type: RecipientType
  readonly softDeleted?: boolean
}

function otherRecipient(other: Other, ids: Ids): NewRecipient {
  const name = other.displayName ?? other.address
  return {
    guid: ids(`${other.type}-guid`, other.address),
    // Dynamic distribution groups are Exchange's alone: Entra does not know of them.
    objectId: other.type === 'DynamicDistributionGroup' ? '' : (other.id ?? ids(other.type, other.address)),
    type: other.type,
    softDeleted: other.softDeleted ?? false,
    values: {
      Name: name,
      DisplayName: name,
      Alias: localPart(other.address),
      EmailAddresses: [`SMTP:${other.address}`],
    },
  }
}

function mailUserRecipient(mailUser: MailUserSeed, ids: Ids): NewRecipient {
  const { displayName, address, primary = address, userPrincipalName, exchange } = mailUser
  return {
    guid: ids('MailUser-guid', address),
    objectId: mailUserId(mailUser, ids),
    type: 'MailUser',
    values: {
      Name: displayName,
      DisplayName: displayName,
      Alias: localPart(primary),
      EmailAddresses: [`SMTP:${primary}`],
      ExternalEmailAddress: address,
      ...(userPrincipalName !== undefined && { UserPrincipalName: userPrincipalName }),
      ...exchangeAttributes(exchange),
    },
  }
}

function isMailEnabled(group: GroupSeed): boolean {
  return group.mail !== undefined && group.mailEnabled !== false
}

function groupRecipient(
  group: GroupSeed,
  ids: Ids,
  members: (name: string) => string | undefined,
): NewRecipient {
  const types = Array.isArray(group['groupTypes']) ? group['groupTypes'] : []
  const security = group['securityEnabled'] === true
  return {
    guid: ids('group-guid', group.displayName),
    objectId: groupId(group, ids),
    type: types.includes('Unified')
      ? 'GroupMailbox'
      : security
        ? 'MailUniversalSecurityGroup'
        : 'MailUniversalDistributionGroup',
    members: (group.members ?? []).map(members).filter((id) => id !== undefined),
    values: {
      Name: group.displayName,
      DisplayName: group.displayName,
      Alias: localPart(group.mail!),
      EmailAddresses: [`SMTP:${group.mail}`],
      HiddenFromAddressListsEnabled: group.hiddenInExchange === true,
    },
  }
}

/** A member is named by UPN, by address, or as a group. */
function memberIds(
  recipients: readonly NewRecipient[],
  seed: TenantSeed,
  ids: Ids,
): (name: string) => string | undefined {
  const known = new Map<string, string>()
  for (const { objectId, values } of recipients) {
    for (const address of listed(values['EmailAddresses']))
      known.set(withoutPrefix(address).toLowerCase(), objectId)
    if (typeof values['UserPrincipalName'] === 'string')
      known.set(values['UserPrincipalName'].toLowerCase(), objectId)
  }
  for (const group of seed.groups ?? []) known.set(group.displayName.toLowerCase(), groupId(group, ids))
  return (name) => known.get(name.toLowerCase())
}

function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf('@')).replaceAll(/[^A-Za-z0-9._-]/g, '')
}
