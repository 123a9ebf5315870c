/** The addresses of a contact as they are to be after a change, and the parameters that make them so. */
import type { FieldChange } from '../../engine/plan.ts'
import type { Parameters } from '../../microsoft/exchange.ts'
import { bareAddress, mailAddresses } from '../../microsoft/proxy-addresses.ts'
import type { MailContact } from './contact.ts'
import { isAsideAddress } from './rotation.ts'

export interface AddressChange {
  /** Where mail goes from now on; absent when that stays. */
  readonly moveTo?: string
  /** In lower case: addresses that somebody else gets. */
  readonly released: ReadonlySet<string>
}

/**
 * Exchange keeps the old address when ExternalEmailAddress changes, in its own way; the whole list is
 * sent with it, so that it ends as planned whatever that way is.
 */
export function addressParameters(contact: MailContact, change: AddressChange): Parameters {
  const emailAddresses = addressesAfter(contact, change)
  return change.moveTo === undefined
    ? { EmailAddresses: emailAddresses }
    : { ExternalEmailAddress: change.moveTo, EmailAddresses: emailAddresses }
}

export function addressFields(contact: MailContact, change: AddressChange): FieldChange[] {
  const fields: FieldChange[] = []
  if (change.moveTo !== undefined)
    fields.push({ field: 'externalEmailAddress', before: contact.address, after: change.moveTo })
  const lets = mailAddresses(contact.emailAddresses).filter((address) => change.released.has(address))
  if (lets.length > 0)
    fields.push({
      field: 'emailAddresses',
      before: mailAddresses(contact.emailAddresses),
      after: mailAddresses(addressesAfter(contact, change)),
    })
  return fields
}

/** A list without x500 or other addresses lost: old mail still finds its way by them. */
function addressesAfter(
  { address, emailAddresses }: MailContact,
  { moveTo, released }: AddressChange,
): string[] {
  const primary = moveTo ?? address
  const held = emailAddresses.some((proxy) => bareAddress(proxy) === address)
    ? emailAddresses
    : [...emailAddresses, `smtp:${address}`]
  const others = held.filter((proxy) => {
    if (!/^smtp:/i.test(proxy)) return true
    const bare = bareAddress(proxy)
    return bare !== primary.toLowerCase() && !released.has(bare) && !isAsideAddress(bare)
  })
  return [`SMTP:${primary}`, ...others.map((proxy) => proxy.replace(/^SMTP:/, 'smtp:'))]
}
