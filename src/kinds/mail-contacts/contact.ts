/** A mail contact as the target holds it now: both of its objects joined. */
import type { Value } from '../../engine/plan.ts'
import { IncompleteReadError } from '../../microsoft/errors.ts'
import type { ExchangeReader, Row } from '../../microsoft/exchange.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import { normalAddress } from '../../people/address.ts'
import { EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'

export interface MailContact {
  readonly guid: string
  readonly name: string
  readonly alias: string
  readonly displayName: string
  /** Where mail to it goes, in lower case. */
  readonly address: string
  /** As Exchange holds them: `SMTP:` the primary one, `smtp:` others, `x500:` and the like. */
  readonly emailAddresses: readonly string[]
  readonly directorySynced: boolean
  /** ISO 8601; compared as text. */
  readonly created: string
  /** By the profile's names. */
  readonly attributes: Readonly<Record<string, Value>>
}

const MAIL_CONTACT = [
  'Guid',
  'Name',
  'Alias',
  'ExternalEmailAddress',
  'EmailAddresses',
  'IsDirSynced',
  'WhenCreatedUTC',
  'WhenCreated',
]
const CONTACT = ['Guid', 'Name', 'RecipientTypeDetails']

const setBy = (cmdlet: string) =>
  Object.entries(EXCHANGE_ATTRIBUTES).filter(([, attribute]) => attribute.setBy === cmdlet)

/** Attributes read from each of the two objects. */
const OF_MAIL_CONTACT = setBy('Set-MailContact')
const OF_CONTACT = setBy('Set-Contact')

/**
 * Two listings, joined: never a call a contact.
 * @throws ServiceError; IncompleteReadError when the two do not agree, after a second try.
 */
export async function readMailContacts(exchange: ExchangeReader): Promise<MailContact[]> {
  for (let again = false; ; again = true) {
    const [mailContacts, contacts] = await Promise.all([
      listAll(exchange, 'Get-MailContact', [...MAIL_CONTACT, ...OF_MAIL_CONTACT.map(([, { name }]) => name)]),
      listAll(exchange, 'Get-Contact', [...CONTACT, ...OF_CONTACT.map(([, { name }]) => name)]),
    ])
    const byGuid = new Map(contacts.map((row) => [text(row['Guid']), row]))
    const halves = mailContacts.map((row) => [row, byGuid.get(text(row['Guid']))] as const)
    if (halves.every(([, contact]) => contact !== undefined))
      return halves.map(([mailContact, contact]) => joined(mailContact, contact!))
    // Somebody may have made a contact between the two listings; a short read stays short.
    if (again)
      throw new IncompleteReadError(
        'Exchange Online',
        exchange.tenant,
        'Get-Contact',
        'it lacks contacts that Get-MailContact lists.',
      )
  }
}

function joined(mailContact: Row, contact: Row): MailContact {
  const attributes: Record<string, Value> = {}
  for (const [attribute, { name }] of OF_MAIL_CONTACT) attributes[attribute] = value(mailContact[name])
  for (const [attribute, { name }] of OF_CONTACT) attributes[attribute] = value(contact[name])
  return {
    guid: text(mailContact['Guid']),
    name: text(mailContact['Name']),
    alias: text(mailContact['Alias']),
    displayName: text(mailContact['DisplayName']),
    address: bareAddress(text(mailContact['ExternalEmailAddress'])),
    emailAddresses: texts(mailContact['EmailAddresses']),
    directorySynced: mailContact['IsDirSynced'] === true,
    created: text(mailContact['WhenCreatedUTC']) || text(mailContact['WhenCreated']),
    attributes,
  }
}

/** `SMTP:Ada@Fabrikam.com` is `ada@fabrikam.com`. */
export function bareAddress(proxyAddress: string): string {
  return normalAddress(proxyAddress.replace(/^smtp:/i, ''))
}

/** The mail addresses among proxy addresses, in lower case. */
export function mailAddresses(emailAddresses: readonly string[]): string[] {
  return emailAddresses.filter((address) => /^smtp:/i.test(address)).map(bareAddress)
}

function value(cell: unknown): Value {
  return typeof cell === 'boolean' ? cell : text(cell)
}

function text(cell: unknown): string {
  return typeof cell === 'string' ? cell : ''
}

function texts(cell: unknown): string[] {
  return Array.isArray(cell) ? cell.filter((item) => typeof item === 'string') : []
}
