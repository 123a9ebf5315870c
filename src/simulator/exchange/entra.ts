/** Exchange and Entra keep one user between them: what Exchange changes is seen through Graph at once. */
import type { Properties } from '../graph/directory.ts'
import type { Tenant } from '../world.ts'
import { CUSTOM_ATTRIBUTES, USER_ATTRIBUTES } from './attributes.ts'
import { addressesOf, primaryAddress, type Recipient } from './recipient.ts'

/** Writes what changed to the user of Entra; does nothing for what is none. */
export function writeThrough(tenant: Tenant, before: Recipient, after: Recipient): void {
  if (!tenant.directory.user(after.objectId)) return
  const had = userProperties(before)
  const changes = Object.entries(userProperties(after)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(had[name]),
  )
  tenant.directory.updateUser(after.objectId, Object.fromEntries(changes))
}

/** A recipient as Graph shows it. */
export function userProperties(recipient: Recipient): Properties {
  const { values } = recipient
  const named = Object.entries(USER_ATTRIBUTES).map(([property, attribute]) => [
    property,
    values[attribute] ?? null,
  ])
  return {
    ...(Object.fromEntries(named) as Properties),
    displayName: values['DisplayName'] ?? null,
    mailNickname: values['Alias'] ?? null,
    mail: primaryAddress(recipient) || null,
    proxyAddresses: addressesOf(recipient),
    businessPhones: values['Phone'] === undefined ? [] : [values['Phone']],
    onPremisesExtensionAttributes: Object.fromEntries(
      CUSTOM_ATTRIBUTES.map((name, index) => [`extensionAttribute${index + 1}`, values[name] ?? null]),
    ),
  }
}
