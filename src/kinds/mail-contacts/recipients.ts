/** Who else in the tenant holds an address: mailboxes, groups, mail users, guests. */
import type { ExchangeReader, Row } from '../../microsoft/exchange.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import type { OtherRecipients } from './claims.ts'
import { mailAddresses } from './contact.ts'

const SELECT = ['Name', 'Guid', 'DisplayName', 'RecipientTypeDetails', 'EmailAddresses']

/** @param addresses in lower case: who holds others is not of interest. */
export async function otherRecipients(
  exchange: ExchangeReader,
  addresses: ReadonlySet<string>,
): Promise<OtherRecipients> {
  const others = new Map<string, string>()
  for (const row of await listAll(exchange, 'Get-Recipient', SELECT)) {
    // Mail contacts are read by themselves, with their marks.
    if (row['RecipientTypeDetails'] === 'MailContact' || !Array.isArray(row['EmailAddresses'])) continue
    for (const address of mailAddresses(row['EmailAddresses'] as string[]))
      if (addresses.has(address)) others.set(address, `the ${wordsOf(row)} "${String(row['DisplayName'])}"`)
  }
  return others
}

/** `SharedMailbox` is "shared mailbox". */
function wordsOf(row: Row): string {
  return String(row['RecipientTypeDetails'])
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
}
