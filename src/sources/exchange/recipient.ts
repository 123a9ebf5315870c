/** A recipient of Exchange as a person. */
import { CUSTOM_ATTRIBUTES, textOf, type Row } from '../../microsoft/exchange.ts'
import { person, type Person, type PersonField } from '../../people/person.ts'
import type { Candidate } from '../scope.ts'
import { propertiesOf, RECIPIENT, USER, type Properties } from './fields.ts'
import { isMadeByUs } from '../made-by-us.ts'
import { typeOf, type RecipientType } from './types.ts'

/** Always read: they decide who is a person, by what names they go, and which halves belong together. */
const DECIDING = [
  'Name',
  'Guid',
  'ExternalDirectoryObjectId',
  'RecipientTypeDetails',
  'DisplayName',
  'PrimarySmtpAddress',
  'ExternalEmailAddress',
  'EmailAddresses',
  'WindowsLiveID',
  'Alias',
  'HiddenFromAddressListsEnabled',
]

/** The columns of Get-Recipient. */
export function columns(reads: ReadonlySet<PersonField>, types: readonly RecipientType[]): string[] {
  const marked = types.some(mayBeOurs) ? CUSTOM_ATTRIBUTES : []
  return [...new Set([...DECIDING, ...propertiesOf(reads, RECIPIENT), ...marked])]
}

/**
 * @param half the row of the cmdlet that shows the rest; absent where nobody reads it.
 * @param manager their display name; `undefined` where it cannot be told.
 */
export function recipientOf(row: Row, half: Row | undefined, manager: string | undefined): Candidate {
  const details = textOf(row, 'RecipientTypeDetails')
  const type = typeOf(details)
  return {
    sourced: {
      person: personOf(row, half, manager ?? '', type),
      unknown: (manager === undefined ? type?.unknownWithManager : type?.unknown) ?? NOTHING,
    },
    type: type ?? { include: details, words: `of the type ${details}` },
    hidden: row['HiddenFromAddressListsEnabled'] === true,
    ours:
      type !== undefined &&
      mayBeOurs(type) &&
      isMadeByUs(
        { alias: textOf(row, 'Alias') },
        CUSTOM_ATTRIBUTES.map((attribute) => textOf(row, attribute)),
      ),
  }
}

const NOTHING: ReadonlySet<PersonField> = new Set()

/** A mailbox may bear a mark, and be somebody: it moved to where a mail user was made for it. */
function mayBeOurs({ include }: RecipientType): boolean {
  return include === 'mail-contacts' || include === 'mail-users'
}

function personOf(row: Row, half: Row | undefined, manager: string, type: RecipientType | undefined): Person {
  const phone = textOf(row, 'Phone')
  return person({
    ...textsOf(row, RECIPIENT),
    ...(half && textsOf(half, USER)),
    id: idOf(row),
    // Homed elsewhere, whatever the recipient is called.
    type: /#EXT#/i.test(textOf(row, 'WindowsLiveID')) ? 'guest' : (type?.person ?? ''),
    mail: mailOf(row, type),
    proxyAddresses: listOf(row, 'EmailAddresses'),
    // Only the first: the others are shown by the other half alone, which is not always read.
    businessPhones: phone === '' ? [] : [phone],
    manager,
  })
}

/** The Entra object id. Dynamic distribution groups are not in Entra: there, Exchange's own. `''` for neither. */
export function idOf(row: Row): string {
  return (textOf(row, 'ExternalDirectoryObjectId') || guidOf(row)).toLowerCase()
}

/**
 * A mail contact's primary address may be one of the tenant itself, which forwards: its owner reads mail
 * at the external one.
 */
function mailOf(row: Row, type: RecipientType | undefined): string {
  const [, external] = /^smtp:(.+)$/i.exec(textOf(row, 'ExternalEmailAddress')) ?? []
  const primary = textOf(row, 'PrimarySmtpAddress')
  return type?.include === 'mail-contacts' ? (external ?? primary) : primary
}

/** What both halves of an object bear. */
export function guidOf(row: Row): string {
  return textOf(row, 'Guid').toLowerCase()
}

function listOf(row: Row, property: string): string[] {
  const value = row[property]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function textsOf(row: Row, properties: Properties): Partial<Person> {
  return Object.fromEntries(
    Object.entries(properties).map(([field, property]) => [field, textOf(row, property)]),
  )
}
