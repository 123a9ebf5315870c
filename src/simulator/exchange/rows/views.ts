/** What each `Get-` cmdlet shows. */
import { CUSTOM_ATTRIBUTES } from '../attributes.ts'
import { primaryAddress, textOf } from '../recipient.ts'
import {
  DELIVERY,
  EXTERNAL_ADDRESS,
  LEGACY_EXCHANGE_DN,
  MAIL,
  MOVE,
  OBJECT,
  PERSON,
  SIGN_IN,
  always,
  property,
} from './properties.ts'
import { View } from './view.ts'

const PERSON_CLASSES = ['top', 'person', 'organizationalPerson']

export const MAIL_CONTACT = new View([
  EXTERNAL_ADDRESS,
  ...OBJECT,
  ...MAIL,
  ...DELIVERY,
  property('MacAttachmentFormat', 'text', (contact) => textOf(contact, 'MacAttachmentFormat') || 'BinHex'),
  property('MessageBodyFormat', 'text', (contact) => textOf(contact, 'MessageBodyFormat') || 'TextAndHtml'),
  property('MessageFormat', 'text', (contact) => textOf(contact, 'MessageFormat') || 'Mime'),
  property(
    'UseMapiRichTextFormat',
    'text',
    (contact) => textOf(contact, 'UseMapiRichTextFormat') || 'UseDefaultSettings',
  ),
  property('UsePreferMessageFormat', 'flag'),
  property('UserCertificate', 'list'),
  property('UserSMimeCertificate', 'list'),
  always('MaxRecipientPerMessage', 'text', 'Unlimited'),
  always('ObjectCategory', 'text', 'EXPR01A001.PROD.OUTLOOK.COM/Configuration/Schema/Person'),
  always('ObjectClass', 'list', [...PERSON_CLASSES, 'contact']),
])

export const CONTACT = new View([
  ...OBJECT,
  ...PERSON,
  property('DisplayName', 'text'),
  property('SimpleDisplayName', 'text'),
  property('WindowsEmailAddress', 'text', primaryAddress),
  always('DirectReports', 'list', []),
  always('ObjectCategory', 'text', 'EXPR01A001.PROD.OUTLOOK.COM/Configuration/Schema/Person'),
  always('ObjectClass', 'list', [...PERSON_CLASSES, 'contact']),
])

const PERSON_OF_RECIPIENT = new Set([
  'City',
  'Company',
  'CountryOrRegion',
  'Department',
  'FirstName',
  'LastName',
  'Manager',
  'Notes',
  'Office',
  'Phone',
  'PostalCode',
  'StateOrProvince',
  'Title',
])

const MOVE_OF_RECIPIENT = new Set(['ArchiveGuid', 'ArchiveStatus', 'ExchangeGuid', 'LitigationHoldEnabled'])

export const RECIPIENT = new View([
  EXTERNAL_ADDRESS,
  ...OBJECT,
  ...MAIL,
  ...PERSON.filter(({ name }) => PERSON_OF_RECIPIENT.has(name)),
  ...MOVE.filter(({ name }) => MOVE_OF_RECIPIENT.has(name)),
  property('WindowsLiveID', 'text', (recipient) => textOf(recipient, 'UserPrincipalName')),
  always('ManagedBy', 'list', []),
])

/** Filterable on `Get-Recipient`, and never shown. */
export const MEMBERS = property('Members', 'list', (_, seen) => seen.memberNames?.() ?? [])

export const MAILBOX = new View([
  ...OBJECT,
  ...MAIL,
  ...DELIVERY,
  ...SIGN_IN,
  property('Office', 'text'),
  ...MOVE,
  property('IsShared', 'flag', ({ type }) => type === 'SharedMailbox'),
  property('IsResource', 'flag', ({ type }) => type === 'RoomMailbox' || type === 'EquipmentMailbox'),
  property('ResourceType', 'text', ({ type }) =>
    type === 'RoomMailbox' ? 'Room' : type === 'EquipmentMailbox' ? 'Equipment' : '',
  ),
])

export const MAIL_USER = new View([EXTERNAL_ADDRESS, ...OBJECT, ...MAIL, ...DELIVERY, ...SIGN_IN, ...MOVE])

export const USER = new View([
  ...OBJECT,
  ...PERSON,
  property('DisplayName', 'text'),
  property('SimpleDisplayName', 'text'),
  ...SIGN_IN,
  property('WindowsEmailAddress', 'text', primaryAddress),
  LEGACY_EXCHANGE_DN,
  property('PreviousRecipientTypeDetails', 'text', ({ values }) =>
    values['PreviousExchangeGuid'] === undefined ? 'None' : 'UserMailbox',
  ),
])

/** What Get-DistributionGroupMember shows: a recipient of any type, with what all of them have. */
export const GROUP_MEMBER = new View([
  EXTERNAL_ADDRESS,
  ...OBJECT,
  ...MAIL.filter(({ name }) => !CUSTOM_ATTRIBUTES.includes(name)),
  ...PERSON.filter(({ name }) => PERSON_OF_RECIPIENT.has(name)),
])
