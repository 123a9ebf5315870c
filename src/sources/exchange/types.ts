/**
 * Which recipients a source reads: the words of `include`, what Exchange calls them, and what they are
 * as people. Types that Exchange Online does not have (linked and remote mailboxes) are not among them,
 * nor guests (GuestMailUser), who are homed elsewhere.
 * Source: Exchange PowerShell, Get-Recipient, RecipientTypeDetails.
 */
import type { PersonField } from '../../people/person.ts'
import type { ExchangeFrom } from '../schema.ts'
import type { Type } from '../scope.ts'

/** The cmdlet that shows the other half of an object. */
export type Half = 'Get-User' | 'Get-Contact'

export interface RecipientType extends Type {
  readonly include: ExchangeFrom['include'][number]
  /** `RecipientTypeDetails`. */
  readonly details: readonly string[]
  /** The `type` of a person. */
  readonly person: string
  /** Absent: a group has no mobile phone, fax or street. */
  readonly half?: Half
  /** Nothing that is listed carries these. */
  readonly unknown: ReadonlySet<PersonField>
  /** The same for those whose manager cannot be told. */
  readonly unknownWithManager: ReadonlySet<PersonField>
}

function recipientType(
  type: Omit<RecipientType, 'unknown' | 'unknownWithManager'>,
  unknown: readonly PersonField[],
): RecipientType {
  return { ...type, unknown: new Set(unknown), unknownWithManager: new Set([...unknown, 'manager']) }
}

function user(
  include: RecipientType['include'],
  words: string,
  details: string,
  person: string,
): RecipientType {
  return recipientType({ include, words, details: [details], person, half: 'Get-User' }, ['employeeId'])
}

const NO_USER: readonly PersonField[] = ['employeeId', 'userPrincipalName', 'legacyExchangeDN']

export const RECIPIENT_TYPES: readonly RecipientType[] = [
  user('user-mailboxes', 'a user mailbox', 'UserMailbox', 'member'),
  user('shared-mailboxes', 'a shared mailbox', 'SharedMailbox', 'shared-mailbox'),
  user('room-mailboxes', 'a room mailbox', 'RoomMailbox', 'room'),
  user('equipment-mailboxes', 'an equipment mailbox', 'EquipmentMailbox', 'equipment'),
  recipientType(
    {
      include: 'distribution-groups',
      words: 'a distribution group',
      details: [
        'MailUniversalDistributionGroup',
        'MailUniversalSecurityGroup',
        'MailNonUniversalGroup',
        'DynamicDistributionGroup',
        'RoomList',
      ],
      person: 'group',
    },
    NO_USER,
  ),
  recipientType(
    {
      include: 'microsoft-365-groups',
      words: 'a Microsoft 365 group',
      details: ['GroupMailbox'],
      person: 'group',
    },
    NO_USER,
  ),
  recipientType(
    {
      include: 'mail-contacts',
      words: 'a mail contact',
      details: ['MailContact'],
      person: 'contact',
      half: 'Get-Contact',
    },
    NO_USER,
  ),
  user('mail-users', 'a mail user', 'MailUser', 'member'),
]

/** Whom no source of this kind reads, and who may be asked about: guests, and what is nobody. */
const NEVER_READ = ['GuestMailUser', 'PublicFolder', 'SchedulingMailbox', 'SharedWithMailUser', 'TeamMailbox']

const BY_DETAILS = new Map(RECIPIENT_TYPES.flatMap((type) => type.details.map((name) => [name, type])))

/** Microsoft 365 groups are listed only where their type is named, so all are. */
export const ALL_DETAILS: readonly string[] = [...BY_DETAILS.keys(), ...NEVER_READ]

export function typesOf({ include }: ExchangeFrom): RecipientType[] {
  return RECIPIENT_TYPES.filter((type) => include.includes(type.include))
}

/** @returns `undefined` for recipients that no source of this kind reads. */
export function typeOf(details: string): RecipientType | undefined {
  return BY_DETAILS.get(details)
}
