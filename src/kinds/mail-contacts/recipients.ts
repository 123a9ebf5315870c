/** Who else in the tenant holds an address that somebody is to get, in words. */
import type { ExchangeReader } from '../../microsoft/exchange.ts'
import { recipientsHolding } from '../../microsoft/recipients.ts'
import type { OtherRecipients } from './claims.ts'

/**
 * @param claimed addresses in lower case: who holds others is not of interest.
 * @param newcomers ids of people in lower case: for any of them a mail user or a mailbox may stand already.
 */
export async function otherRecipients(
  exchange: ExchangeReader,
  claimed: ReadonlySet<string>,
  newcomers: ReadonlySet<string>,
): Promise<OtherRecipients> {
  const holders = new Map<string, string>()
  const movers = new Map<string, string>()
  for (const one of await recipientsHolding(exchange, claimed, newcomers)) {
    const words = `the ${one.type} "${one.displayName}"`
    for (const address of one.addresses) if (claimed.has(address)) holders.set(address, words)
    if (one.person !== undefined && newcomers.has(one.person)) movers.set(one.person, words)
  }
  return { holders, movers }
}
