/** Who else in the tenant holds an address: mailboxes, groups, mail users, guests. */
import type { ExchangeReader, Row } from '../../microsoft/exchange.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import type { OtherRecipients } from './claims.ts'
import { mailAddresses } from './contact.ts'

const SELECT = ['Name', 'Guid', 'DisplayName', 'RecipientTypeDetails', 'EmailAddresses']

export interface Recipient {
  readonly guid: string
  readonly displayName: string
  /** In words, e.g. `shared mailbox`. */
  readonly type: string
  /** All that it holds, in lower case. */
  readonly addresses: readonly string[]
}

/**
 * Those that hold any of some addresses; mail contacts aside, which are read by themselves, with their marks.
 * @param addresses in lower case.
 */
export async function recipientsHolding(
  exchange: ExchangeReader,
  addresses: ReadonlySet<string>,
): Promise<Recipient[]> {
  const listings = await Promise.all([
    listAll(exchange, 'Get-Recipient', SELECT),
    // Microsoft 365 groups are listed only where their type is named (Exchange PowerShell, Get-Recipient).
    listAll(exchange, 'Get-Recipient', SELECT, { RecipientTypeDetails: ['GroupMailbox'] }),
  ])
  const found: Recipient[] = []
  for (const row of listings.flat()) {
    if (row['RecipientTypeDetails'] === 'MailContact' || !Array.isArray(row['EmailAddresses'])) continue
    const held = mailAddresses(row['EmailAddresses'] as string[])
    if (held.some((address) => addresses.has(address)))
      found.push({
        guid: String(row['Guid']),
        displayName: String(row['DisplayName']),
        type: wordsOf(row),
        addresses: held,
      })
  }
  return found
}

/** @param claimed addresses in lower case: who holds others is not of interest. */
export async function otherRecipients(
  exchange: ExchangeReader,
  claimed: ReadonlySet<string>,
): Promise<OtherRecipients> {
  const others = new Map<string, string>()
  for (const { addresses, type, displayName } of await recipientsHolding(exchange, claimed))
    for (const address of addresses)
      if (claimed.has(address)) others.set(address, `the ${type} "${displayName}"`)
  return others
}

/** `SharedMailbox` is "shared mailbox". */
function wordsOf(row: Row): string {
  return String(row['RecipientTypeDetails'])
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
}
