/** One thing that holds a mail address, as Exchange's directory keeps it. */

/** Exchange's `RecipientTypeDetails` of the recipients simulated here; `User` holds addresses but no mailbox. */
export const RECIPIENT_TYPES = [
  'MailContact',
  'UserMailbox',
  'SharedMailbox',
  'RoomMailbox',
  'EquipmentMailbox',
  'MailUser',
  'GuestMailUser',
  'User',
  'MailUniversalDistributionGroup',
  'MailUniversalSecurityGroup',
  'DynamicDistributionGroup',
  'RoomList',
  'GroupMailbox',
] as const
export type RecipientType = (typeof RECIPIENT_TYPES)[number]

/** `null` is never stored: what has no value is absent. */
export type Value = string | number | boolean | readonly string[]

/**
 * One recipient. It is never changed in place: `Recipients.update` puts a new record in its stead, so
 * that whoever holds the old one (a page being read, a cached row) keeps it whole.
 */
export interface Recipient {
  /** Exchange's own id, `Guid`. */
  readonly guid: string
  /** The Entra object id, `ExternalDirectoryObjectId`; `''` of what is not in Entra. */
  readonly objectId: string
  readonly type: RecipientType
  readonly softDeleted: boolean
  readonly created: Date
  readonly changed: Date
  /**
   * Attributes by the name the cmdlets give them (`Name`, `DisplayName`, `Alias`, `Title`, `City`,
   * `CustomAttribute15` …). A mail contact carries those of `Get-MailContact` and of `Get-Contact` in
   * one. `EmailAddresses` is a list of `SMTP:primary@…`, `smtp:other@…`, `x500:…`; `ExternalEmailAddress`
   * is an address without a prefix.
   */
  readonly values: Readonly<Record<string, Value>>
  /** Object ids of a group's direct members. */
  readonly members: readonly string[]
}

export type NewRecipient = Pick<Recipient, 'guid' | 'objectId' | 'type' | 'values'> &
  Partial<Pick<Recipient, 'softDeleted' | 'members' | 'created'>>

/** The proxy addresses, with their prefixes. */
export function addressesOf(recipient: Recipient): readonly string[] {
  return listOf(recipient, 'EmailAddresses')
}

/** The primary SMTP address, `''` where there is none. */
export function primaryAddress(recipient: Recipient): string {
  return withoutPrefix(addressesOf(recipient).find((address) => address.startsWith('SMTP:')) ?? '')
}

export function listOf(recipient: Recipient, attribute: string): readonly string[] {
  const value = recipient.values[attribute]
  return Array.isArray(value) ? (value as readonly string[]) : []
}

/** `''` where it has none. */
export function textOf(recipient: Recipient, attribute: string): string {
  const value = recipient.values[attribute]
  return typeof value === 'string' ? value : ''
}

/** The same for every way of writing one address: prefix and address count without case, `smtp:` may be left out. */
export function addressKey(address: string): string {
  const lower = address.toLowerCase()
  return /^[a-z0-9]+:/.test(lower) ? lower : `smtp:${lower}`
}

/** Of a proxy address or a bare one: what stands behind the prefix. */
export function withoutPrefix(address: string): string {
  return address.replace(/^[A-Za-z0-9]+:/, '')
}

/** The GUID of what has none. */
export const NO_GUID = '00000000-0000-0000-0000-000000000000'

export const MAILBOX_TYPES: readonly RecipientType[] = [
  'UserMailbox',
  'SharedMailbox',
  'RoomMailbox',
  'EquipmentMailbox',
]

/** The mailbox's own GUID; of a mail user the one it was stamped with. */
export function exchangeGuid({ guid, type, values }: Pick<Recipient, 'guid' | 'type' | 'values'>): string {
  const stamped = values['ExchangeGuid']
  if (typeof stamped === 'string') return stamped
  return MAILBOX_TYPES.includes(type) ? guid : NO_GUID
}

/** What mail within an organization is addressed to: everybody who ever received some keeps it. */
export function legacyExchangeDN(recipient: Recipient): string {
  const own = textOf(recipient, 'LegacyExchangeDN')
  if (own !== '') return own
  const id = recipient.guid.replaceAll('-', '').toLowerCase()
  return `/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${id}-${textOf(recipient, 'Alias')}`
}
