/** Who else in the tenant holds an address: mailboxes, groups, mail users, guests. */
import type { ExchangeReader, Row } from '../../microsoft/exchange.ts'
import { listAll } from '../../microsoft/exchange-listing.ts'
import type { OtherRecipients } from './claims.ts'
import { mailAddresses } from './contact.ts'

const SELECT = ['Name', 'Guid', 'DisplayName', 'RecipientTypeDetails', 'EmailAddresses']

export async function otherRecipients(exchange: ExchangeReader): Promise<OtherRecipients> {
  const others = new Map<string, { id: string; description: string }>()
  for (const row of await listAll(exchange, 'Get-Recipient', SELECT)) {
    // Mail contacts are read by themselves, with their marks.
    if (row['RecipientTypeDetails'] === 'MailContact') continue
    const recipient = {
      id: String(row['Guid']),
      description: `the ${wordsOf(row)} "${String(row['DisplayName'])}"`,
    }
    const addresses = row['EmailAddresses']
    if (Array.isArray(addresses))
      for (const address of mailAddresses(addresses as string[])) others.set(address, recipient)
  }
  return others
}

/** `SharedMailbox` is "shared mailbox". */
function wordsOf(row: Row): string {
  return String(row['RecipientTypeDetails'])
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
}
