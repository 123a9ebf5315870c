/** A mailbox of the source, as far as its move depends on it. */
import { listAll } from '../../../microsoft/exchange-listing.ts'
import { identityOf, textOf, textsOf, type ExchangeReader, type Row } from '../../../microsoft/exchange.ts'
import { bareAddress, mailAddresses } from '../../../microsoft/proxy-addresses.ts'
import { normalId } from '../../../people/person.ts'
import { countryCode } from '../../mail-contacts/countries.ts'
import { attributesOf, USER_COLUMNS } from './attributes.ts'

export interface Mailbox {
  /** Its Entra object id, in lower case. */
  readonly key: string
  /** All that a member of a group may be known by, in lower case. */
  readonly names: ReadonlySet<string>
  /** What cmdlets find it by. */
  readonly id: string
  readonly displayName: string
  /** In lower case. */
  readonly primary: string
  /** All of its mail addresses, in lower case. */
  readonly addresses: readonly string[]
  /** Absent for one that is only just made. */
  readonly exchangeGuid: string | undefined
  /** `undefined` for no archive. */
  readonly archiveGuid: string | undefined
  readonly autoExpandingArchive: boolean
  /** Names of the holds it is on. */
  readonly holds: readonly string[]
  /** Its LegacyExchangeDN and every X500 address, as proxy addresses. */
  readonly x500: readonly string[]
  readonly hidden: boolean
  /** Names, phones and the like, by the names of a plan. */
  readonly attributes: Readonly<Record<string, string>>
}

const HOLDS = ['LitigationHoldEnabled', 'DelayHoldApplied', 'ComplianceTagHoldApplied'] as const

const COLUMNS = [
  'Name',
  'Guid',
  'ExternalDirectoryObjectId',
  'DisplayName',
  'PrimarySmtpAddress',
  'EmailAddresses',
  'ExchangeGuid',
  'ArchiveGuid',
  'AutoExpandingArchiveEnabled',
  'LegacyExchangeDN',
  'HiddenFromAddressListsEnabled',
  'InPlaceHolds',
  ...HOLDS,
]

/** The GUID of what there is not. */
export const NO_GUID = '00000000-0000-0000-0000-000000000000'

/** @returns `undefined` for none. */
export function guidIn(row: Row, property: string): string | undefined {
  const guid = textOf(row, property).toLowerCase()
  return guid === '' || guid === NO_GUID ? undefined : guid
}

/** @param names of those that are wanted, in lower case; others are read along, and left. */
export async function readMailboxes(
  exchange: ExchangeReader,
  names: ReadonlySet<string>,
): Promise<readonly Mailbox[]> {
  if (names.size === 0) return []
  const [rows, users] = await Promise.all([
    listAll(exchange, 'Get-Mailbox', COLUMNS),
    listAll(exchange, 'Get-User', USER_COLUMNS),
  ])
  const byId = new Map(users.map((user) => [keyOf(user), user]))
  return rows
    .filter((row) => [...namesOf(row)].some((name) => names.has(name)))
    .map((row) => mailboxOf(row, byId.get(keyOf(row))))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1))
}

/** Of any recipient: ids, and the primary address; never a name, which may be another's too. */
export function namesOf(row: Row): ReadonlySet<string> {
  const names = ['ExternalDirectoryObjectId', 'Guid', 'PrimarySmtpAddress']
    .map((property) => textOf(row, property).toLowerCase())
    .filter((name) => name !== '')
  return new Set(names)
}

export function keyOf(row: Row): string {
  return normalId(textOf(row, 'ExternalDirectoryObjectId') || textOf(row, 'Guid'))
}

function mailboxOf(row: Row, user: Row | undefined): Mailbox {
  const proxies = textsOf(row, 'EmailAddresses')
  const primary = bareAddress(
    textOf(row, 'PrimarySmtpAddress') || (proxies.find((proxy) => proxy.startsWith('SMTP:')) ?? ''),
  )
  const holds: string[] = HOLDS.filter((hold) => row[hold] === true)
  // `-mbx…` says that a policy of the whole organization leaves it out (Microsoft Purview, "Identify the type of hold
  // placed on an Exchange Online mailbox").
  if (textsOf(row, 'InPlaceHolds').some((hold) => !hold.startsWith('-'))) holds.push('InPlaceHolds')
  return {
    key: keyOf(row),
    names: namesOf(row),
    id: identityOf(row)!,
    displayName: textOf(row, 'DisplayName'),
    primary,
    addresses: [...new Set([primary, ...mailAddresses(proxies)])].filter((address) => address !== ''),
    exchangeGuid: guidIn(row, 'ExchangeGuid'),
    archiveGuid: guidIn(row, 'ArchiveGuid'),
    autoExpandingArchive: row['AutoExpandingArchiveEnabled'] === true,
    holds,
    x500: [`X500:${textOf(row, 'LegacyExchangeDN')}`, ...proxies.filter((proxy) => /^x500:/i.test(proxy))],
    hidden: row['HiddenFromAddressListsEnabled'] === true,
    attributes: carriedOver(attributesOf(user)),
  }
}

/** Exchange refuses a country that it does not know, and nobody is kept from moving over theirs. */
function carriedOver(attributes: Mailbox['attributes']): Mailbox['attributes'] {
  const { countryOrRegion = '' } = attributes
  return countryCode(countryOrRegion) === undefined ? { ...attributes, countryOrRegion: '' } : attributes
}
