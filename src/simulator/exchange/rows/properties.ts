/** The properties that several kinds of recipients share. */
import {
  CUSTOM_ATTRIBUTES,
  EXTENSION_CUSTOM_ATTRIBUTES,
  HOLDS,
  PERSON_LISTS,
  PERSON_TEXTS,
} from '../attributes.ts'
import {
  NO_GUID,
  addressesOf,
  exchangeGuid,
  legacyExchangeDN,
  listOf,
  primaryAddress,
  textOf,
  type Recipient,
  type RecipientType,
} from '../recipient.ts'
import { QUOTAS, quotaOf, sizeText } from '../sizes.ts'
import type { Kind, Property } from './view.ts'

/** A recipient, in the tenant it belongs to. */
export interface Seen {
  readonly recipient: Recipient
  readonly organization: string
  /** The DNs of its members; only groups have some. */
  memberNames?(): string[]
}

type Of = (recipient: Recipient, seen: Seen) => unknown

export function property(name: string, kind: Kind, of?: Of): Property<Seen> {
  const stored = (recipient: Recipient): unknown =>
    kind === 'list' ? listOf(recipient, name) : recipient.values[name]
  return { name, kind, of: (seen) => (of ?? stored)(seen.recipient, seen) }
}

const all = (kind: Kind, names: readonly string[]): Property<Seen>[] =>
  names.map((name) => property(name, kind))

/** The same for every object of one type. */
export const always = (name: string, kind: Kind, value: unknown): Property<Seen> =>
  property(name, kind, () => value)

export function distinguishedName({ recipient, organization }: Seen): string {
  const name = textOf(recipient, 'Name').replaceAll(/[,\\#+<>;"=]/g, String.raw`\$&`)
  return `CN=${name},OU=${organization},OU=Microsoft Exchange Hosted Organizations,DC=EXPR01A001,DC=PROD,DC=OUTLOOK,DC=COM`
}

export const LEGACY_EXCHANGE_DN = property('LegacyExchangeDN', 'text', legacyExchangeDN)

/** `RecipientType`, the coarser of the two. */
export const RECIPIENT_TYPE: Readonly<Record<RecipientType, string>> = {
  MailContact: 'MailContact',
  UserMailbox: 'UserMailbox',
  SharedMailbox: 'UserMailbox',
  RoomMailbox: 'UserMailbox',
  EquipmentMailbox: 'UserMailbox',
  MailUser: 'MailUser',
  GuestMailUser: 'MailUser',
  User: 'User',
  MailUniversalDistributionGroup: 'MailUniversalDistributionGroup',
  MailUniversalSecurityGroup: 'MailUniversalSecurityGroup',
  DynamicDistributionGroup: 'DynamicDistributionGroup',
  RoomList: 'MailUniversalDistributionGroup',
  GroupMailbox: 'MailUniversalDistributionGroup',
}

/** Every object of the directory has these. */
export const OBJECT: readonly Property<Seen>[] = [
  property('Name', 'text'),
  property('Identity', 'text', (recipient) => recipient.values['Name']),
  property('Id', 'text', (recipient) => recipient.values['Name']),
  property('DistinguishedName', 'text', (_, seen) => distinguishedName(seen)),
  property('Guid', 'guid', (recipient) => recipient.guid),
  property('ExchangeObjectId', 'guid', (recipient) => recipient.guid),
  property('ExternalDirectoryObjectId', 'text', (recipient) => recipient.objectId),
  property('OrganizationalUnit', 'text', (_, seen) => ou(seen)),
  property('OrganizationId', 'text', (_, seen) => `EXPR01A001.PROD.OUTLOOK.COM/${ou(seen)} - Configuration`),
  property('RecipientType', 'text', (recipient) => RECIPIENT_TYPE[recipient.type]),
  property('RecipientTypeDetails', 'text', (recipient) => recipient.type),
  property('WhenCreated', 'date', (recipient) => recipient.created),
  property('WhenCreatedUTC', 'utc', (recipient) => recipient.created),
  property('WhenChanged', 'date', (recipient) => recipient.changed),
  property('WhenChangedUTC', 'utc', (recipient) => recipient.changed),
  property('IsDirSynced', 'flag'),
  always('IsValid', 'flag', true),
  always('ObjectState', 'text', 'Unchanged'),
  always('ExchangeVersion', 'text', '0.20 (15.0.0.0)'),
]

function ou({ organization }: Seen): string {
  return `Microsoft Exchange Hosted Organizations/${organization}`
}

/** Whatever receives mail has these. */
export const MAIL: readonly Property<Seen>[] = [
  property('Alias', 'text'),
  property('DisplayName', 'text'),
  property('EmailAddresses', 'list', addressesOf),
  property('PrimarySmtpAddress', 'text', primaryAddress),
  always('EmailAddressPolicyEnabled', 'flag', false),
  property('HiddenFromAddressListsEnabled', 'flag'),
  ...all('text', CUSTOM_ATTRIBUTES),
  ...all('list', EXTENSION_CUSTOM_ATTRIBUTES),
  always('AddressListMembership', 'list', []),
  always('PoliciesIncluded', 'list', []),
  always('PoliciesExcluded', 'list', ['{26491cfc-9e50-4857-861b-0cb8df22b5d7}']),
]

/** What the transport asks of a recipient before it delivers. */
export const DELIVERY: readonly Property<Seen>[] = [
  property('WindowsEmailAddress', 'text', primaryAddress),
  LEGACY_EXCHANGE_DN,
  property('SimpleDisplayName', 'text'),
  property('MailTip', 'text'),
  property('MailTipTranslations', 'list'),
  property('ModerationEnabled', 'flag'),
  property(
    'SendModerationNotifications',
    'text',
    (recipient) => textOf(recipient, 'SendModerationNotifications') || 'Always',
  ),
  property('RequireSenderAuthenticationEnabled', 'flag'),
  always('MaxReceiveSize', 'text', 'Unlimited'),
  always('MaxSendSize', 'text', 'Unlimited'),
  ...[
    'AcceptMessagesOnlyFrom',
    'AcceptMessagesOnlyFromDLMembers',
    'AcceptMessagesOnlyFromSendersOrMembers',
    'BypassModerationFromSendersOrMembers',
    'GrantSendOnBehalfTo',
    'ModeratedBy',
    'RejectMessagesFrom',
    'RejectMessagesFromDLMembers',
    'RejectMessagesFromSendersOrMembers',
  ].map((name) => always(name, 'list', [])),
]

/** What a move of the mailbox to another tenant goes by. */
export const MOVE: readonly Property<Seen>[] = [
  property('ExchangeGuid', 'guid', exchangeGuid),
  property('ArchiveGuid', 'guid', (recipient) => recipient.values['ArchiveGuid'] ?? NO_GUID),
  property('ArchiveStatus', 'text', ({ values }) =>
    values['ArchiveGuid'] === undefined ? 'None' : 'Active',
  ),
  ...all('flag', HOLDS),
  property('InPlaceHolds', 'list'),
  property('AutoExpandingArchiveEnabled', 'flag'),
  ...QUOTAS.map((name) => property(name, 'text', (recipient) => sizeText(quotaOf(recipient, name)))),
]

/** Under what name somebody signs in; Exchange shows it under three. */
export const SIGN_IN: readonly Property<Seen>[] = [
  'UserPrincipalName',
  'MicrosoftOnlineServicesID',
  'WindowsLiveID',
].map((name) => property(name, 'text', (recipient) => textOf(recipient, 'UserPrincipalName')))

/** `SMTP:ada@fabrikam.com`, as the service shows it. */
export const EXTERNAL_ADDRESS: Property<Seen> = property('ExternalEmailAddress', 'text', (recipient) => {
  const address = textOf(recipient, 'ExternalEmailAddress')
  return address && `SMTP:${address}`
})

/** Who somebody is: the attributes that `Set-Contact` and `Set-User` set. */
export const PERSON: readonly Property<Seen>[] = [
  ...all('text', PERSON_TEXTS),
  ...all('list', PERSON_LISTS),
  property('SeniorityIndex', 'number'),
]
