/** Who else in the tenant holds an address: mailboxes, groups, mail users, guests. */
import { identityOf, textOf, textsOf, type ExchangeReader, type Row } from './exchange.ts'
import { listAll } from './exchange-listing.ts'
import { parseMark } from '../people/mark.ts'
import { bareAddress, mailAddresses } from './proxy-addresses.ts'

const SELECT = [
  'Name',
  'Guid',
  'DisplayName',
  'RecipientTypeDetails',
  'EmailAddresses',
  'ExternalEmailAddress',
  'CustomAttribute15',
]

export interface Recipient {
  readonly guid: string
  readonly displayName: string
  /** In words, e.g. `shared mailbox`. */
  readonly type: string
  /** All that it holds, and where mail to it goes, in lower case. */
  readonly addresses: readonly string[]
  /** Of a mail user, or what became of it, that a profile made: whose it is, by their id in lower case. */
  readonly person: string | undefined
}

/**
 * Those that hold any of some addresses, or were made for any of some people; mail contacts aside, which are read by
 * themselves, with their marks.
 * @param addresses in lower case.
 * @param people their ids, in lower case.
 */
export async function recipientsHolding(
  exchange: ExchangeReader,
  addresses: ReadonlySet<string>,
  people: ReadonlySet<string> = new Set(),
): Promise<Recipient[]> {
  const listings = await Promise.all([
    listAll(exchange, 'Get-Recipient', SELECT),
    // Microsoft 365 groups are listed only where their type is named (Exchange PowerShell, Get-Recipient).
    listAll(exchange, 'Get-Recipient', SELECT, { RecipientTypeDetails: ['GroupMailbox'] }),
  ])
  const found: Recipient[] = []
  for (const row of listings.flat()) {
    if (row['RecipientTypeDetails'] === 'MailContact') continue
    const external = bareAddress(textOf(row, 'ExternalEmailAddress'))
    const held = [...mailAddresses(textsOf(row, 'EmailAddresses')), ...(external === '' ? [] : [external])]
    const person = parseMark(textOf(row, 'CustomAttribute15'))?.person.toLowerCase()
    if (held.some((address) => addresses.has(address)) || (person !== undefined && people.has(person)))
      found.push({
        guid: identityOf(row) ?? '',
        displayName: String(row['DisplayName']),
        type: wordsOf(row),
        addresses: held,
        person,
      })
  }
  return found
}

/** `SharedMailbox` is "shared mailbox". */
function wordsOf(row: Row): string {
  return String(row['RecipientTypeDetails'])
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
}
