/** Which object an `Identity` means (Exchange PowerShell, the Identity parameter of the recipient cmdlets). */
import { ambiguousIdentity, notFound } from './errors.ts'
import type { Recipient, RecipientType } from './recipient.ts'
import type { Recipients } from './recipients.ts'

/**
 * By GUID or Entra object id; else by name, alias, UPN or any of its addresses.
 * @param visible what has not come to this server yet is not found.
 * @throws ExchangeRefusal when there is none, or more than one.
 */
export function resolve(
  recipients: Recipients,
  identity: string,
  types: readonly RecipientType[],
  visible: (recipient: Recipient) => boolean,
): Recipient {
  const byId = recipients.get(identity) ?? recipients.byObjectId(identity)
  const candidates = byId
    ? [byId]
    : [
        ...recipients.named(identity),
        ...recipients.aliased(identity),
        ...recipients.signingInAs(identity),
        ...recipients.holders(identity),
      ]
  const found = new Set(
    candidates.filter(({ softDeleted, type }) => !softDeleted && types.includes(type)).filter(visible),
  )
  const [first, ...more] = found
  if (!first) throw notFound(identity)
  if (more.length > 0) throw ambiguousIdentity(identity)
  return first
}
