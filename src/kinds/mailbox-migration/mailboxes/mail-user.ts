/** What stands in the target for people who move: mail users, guests and contacts, as the target holds them now. */
import { listAll } from '../../../microsoft/exchange-listing.ts'
import {
  CUSTOM_ATTRIBUTES,
  identityOf,
  textOf,
  textsOf,
  type ExchangeReader,
  type Row,
} from '../../../microsoft/exchange.ts'
import { bareAddress, mailAddresses } from '../../../microsoft/proxy-addresses.ts'
import { parseMark, type Mark } from '../../../people/mark.ts'
import { parameterOf } from '../fields.ts'
import { attributesOf, USER_COLUMNS } from './attributes.ts'
import { KEPT_IN } from './keepsake.ts'
import { guidIn, keyOf } from './mailbox.ts'

/** What plans and journals call it. */
export const MAIL_USER = 'mail-user'
export const MAIL_CONTACT = 'mail-contact'

/** Where the mark of a mail user stands (DESIGN 3.6). */
export const MARK = 'customAttribute15'
export const MARK_PROPERTY = 'CustomAttribute15'
const KEEPSAKES = parameterOf(KEPT_IN)

export interface MailUser {
  /** What cmdlets find it by. */
  readonly id: string
  /** Its Entra object id, in lower case. */
  readonly key: string
  readonly name: string
  readonly displayName: string
  readonly guest: boolean
  readonly directorySynced: boolean
  /** Where mail to it goes, in lower case. */
  readonly external: string
  /** As Exchange holds them, in their order. */
  readonly emailAddresses: readonly string[]
  /** The mail addresses among them, in lower case. */
  readonly addresses: readonly string[]
  readonly exchangeGuid: string | undefined
  readonly archiveGuid: string | undefined
  readonly hidden: boolean
  readonly markText: string
  /** What stands where the names of a contact are kept while it gives way. */
  readonly keepsakes: readonly string[]
  readonly mark: Mark | undefined
  readonly attributes: Readonly<Record<string, string>>
}

/** A mail contact of the target: what a mail user may replace. */
export interface MailContact {
  readonly id: string
  /** Where mail to it goes, in lower case. */
  readonly external: string
  readonly displayName: string
  readonly directorySynced: boolean
  /** All by which mail finds it, in lower case. */
  readonly addresses: readonly string[]
  /** By it old replies find it. */
  readonly legacyExchangeDN: string
  /** Wherever they stand. */
  readonly marks: readonly Mark[]
  /** Every X500 address of it. */
  readonly x500: readonly string[]
}

const SHARED = [
  'Name',
  'Guid',
  'ExternalDirectoryObjectId',
  'DisplayName',
  'EmailAddresses',
  'ExternalEmailAddress',
  'IsDirSynced',
]
const COLUMNS = [
  ...SHARED,
  'ExchangeGuid',
  'ArchiveGuid',
  'RecipientTypeDetails',
  'HiddenFromAddressListsEnabled',
  MARK_PROPERTY,
  KEEPSAKES,
]
const CONTACT_COLUMNS = [...SHARED, 'LegacyExchangeDN', ...CUSTOM_ATTRIBUTES]
const TYPES = ['MailUser', 'GuestMailUser']

export async function readMailUsers(exchange: ExchangeReader): Promise<MailUser[]> {
  const [rows, users] = await Promise.all([
    listAll(exchange, 'Get-MailUser', COLUMNS),
    listAll(exchange, 'Get-User', USER_COLUMNS, { RecipientTypeDetails: TYPES }),
  ])
  const byId = new Map(users.map((user) => [keyOf(user), user]))
  return rows.map((row) => mailUserOf(row, byId.get(keyOf(row))))
}

function mailUserOf(row: Row, user: Row | undefined): MailUser {
  const emailAddresses = textsOf(row, 'EmailAddresses')
  const markText = textOf(row, MARK_PROPERTY)
  return {
    id: identityOf(row)!,
    key: keyOf(row),
    name: textOf(row, 'Name'),
    displayName: textOf(row, 'DisplayName'),
    guest: textOf(row, 'RecipientTypeDetails') === 'GuestMailUser',
    directorySynced: row['IsDirSynced'] === true,
    external: bareAddress(textOf(row, 'ExternalEmailAddress')),
    emailAddresses,
    addresses: mailAddresses(emailAddresses),
    exchangeGuid: guidIn(row, 'ExchangeGuid'),
    archiveGuid: guidIn(row, 'ArchiveGuid'),
    hidden: row['HiddenFromAddressListsEnabled'] === true,
    markText,
    keepsakes: textsOf(row, KEEPSAKES),
    mark: parseMark(markText),
    attributes: attributesOf(user),
  }
}

/** Wherever they stand. */
export function marksOf(row: Row): Mark[] {
  return CUSTOM_ATTRIBUTES.flatMap((attribute) => parseMark(textOf(row, attribute)) ?? [])
}

export async function readMailContacts(exchange: ExchangeReader): Promise<MailContact[]> {
  const rows = await listAll(exchange, 'Get-MailContact', CONTACT_COLUMNS)
  return rows.map((row) => {
    const emailAddresses = textsOf(row, 'EmailAddresses')
    const external = bareAddress(textOf(row, 'ExternalEmailAddress'))
    return {
      id: identityOf(row)!,
      external,
      displayName: textOf(row, 'DisplayName'),
      directorySynced: row['IsDirSynced'] === true,
      addresses: [...new Set([external, ...mailAddresses(emailAddresses)])],
      legacyExchangeDN: textOf(row, 'LegacyExchangeDN'),
      marks: marksOf(row),
      x500: emailAddresses.filter((proxy) => /^x500:/i.test(proxy)),
    }
  })
}
