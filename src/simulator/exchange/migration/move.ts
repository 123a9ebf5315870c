/** The end of a move: the mail user becomes the mailbox, and the mailbox a mail user who points to it. */
import { addressesOf, exchangeGuid, withoutPrefix } from '../recipient.ts'
import { CONTENTS } from '../sizes.ts'
import type { Pair } from './readiness.ts'

/**
 * "The matching proxyAddress is used to set the ExternalEmailAddress on the converted mailbox" (Cross-tenant
 * mailbox migration). Of what stood in the mailbox the sizes alone are carried along.
 * @param deliveryDomain one in which the mail user has an address.
 */
export function move({ source, target, mailbox, mailUser }: Pair, deliveryDomain: string, now: Date): void {
  const delivery = addressIn(addressesOf(mailUser), deliveryDomain)!
  const contents = CONTENTS.map((content) => [content, mailbox.values[content]] as const)
  target.recipients.convert(
    mailUser,
    mailbox.type,
    { ExternalEmailAddress: undefined, ...Object.fromEntries(contents) },
    now,
  )
  source.recipients.convert(
    mailbox,
    'MailUser',
    {
      ExternalEmailAddress: withoutPrefix(delivery),
      ExchangeGuid: exchangeGuid(mailbox),
      ...Object.fromEntries(CONTENTS.map((content) => [content, undefined])),
    },
    now,
  )
  if (source.mailboxes.of(mailbox.objectId)) source.mailboxes.remove(mailbox.objectId)
  if (target.directory.user(mailUser.objectId)) target.mailboxes.add(mailUser.objectId)
}

export function addressIn(addresses: readonly string[], domain: string): string | undefined {
  return addresses.find(
    (address) => /^smtp:/i.test(address) && address.toLowerCase().endsWith(`@${domain.toLowerCase()}`),
  )
}
