/**
 * What a mail user carries over of the person: how it is called in plans and in Exchange, and which cmdlet sets it.
 * Source: Exchange PowerShell, Set-MailUser and Set-User.
 */
import { textOf, type Row } from '../../../microsoft/exchange.ts'
import { parameterOf } from '../fields.ts'

/** By Set-MailUser. */
export const DISPLAY_NAME = 'displayName'

/** By Set-User; read from the other half of a mailbox or mail user, Get-User. */
export const PERSON_ATTRIBUTES = [
  'firstName',
  'lastName',
  'title',
  'department',
  'company',
  'office',
  'phone',
  'mobilePhone',
  'fax',
  'streetAddress',
  'city',
  'stateOrProvince',
  'postalCode',
  'countryOrRegion',
] as const

export const USER_COLUMNS = [
  'Name',
  'Guid',
  'ExternalDirectoryObjectId',
  ...PERSON_ATTRIBUTES.map(parameterOf),
]

/** @param user a row of Get-User; nothing is known of a person without one. */
export function attributesOf(user: Row | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PERSON_ATTRIBUTES.map((attribute) => [attribute, user ? textOf(user, parameterOf(attribute)) : '']),
  )
}
