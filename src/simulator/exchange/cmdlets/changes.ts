/** What Set-MailContact and Set-Contact share: from bound parameters to the attributes that change. */
import { directorySynced, invalidObject, nameTaken, notFound } from '../errors.ts'
import { requireAlias } from '../aliases.ts'
import { externalAddress, requireFree, smtpAddress, withChanges, withPrimary } from '../addresses.ts'
import { resolve } from '../identity.ts'
import { RECIPIENT_TYPES, addressesOf, listOf, textOf, type Recipient, type Value } from '../recipient.ts'
import type { Recipients } from '../recipients.ts'
import type { Bound, Delta } from '../values.ts'
import { nothing, textParameter, type Call, type Output } from './cmdlet.ts'

type Changes = Record<string, Value | undefined>

/**
 * Finds the contact, changes it, and says so when nothing changed.
 * @throws ExchangeRefusal
 */
export function setContact(call: Call): Output {
  const contact = contactOf(call)
  const { recipients } = call.tenant
  const set = [...call.parameters].filter(([name]) => !NO_ATTRIBUTE.has(name))
  if (contact.values['IsDirSynced'] === true && set.length > 0)
    throw directorySynced(
      call.cmdlet.name,
      set.map(([name]) => name),
      textOf(contact, 'Name'),
    )
  const changes: Changes = {}
  for (const [name, value] of set)
    if (!ADDRESSES.has(name)) changes[name] = changed(call, contact, name, value)
  Object.assign(changes, addressChanges(call, contact))
  const differing = Object.entries(changes).filter(([name, value]) => !same(contact.values[name], value))
  if (differing.length === 0)
    return nothing(
      `The command completed successfully but no settings of '${textOf(contact, 'Name')}' have been modified.`,
    )
  recipients.update(contact.guid, Object.fromEntries(differing), call.now)
  return nothing()
}

/** The mail contact that `Identity` means. */
export function contactOf(call: Call): Recipient {
  const identity = textParameter(call.parameters, 'Identity')!
  return resolve(call.tenant.recipients, identity, ['MailContact'], (one) => call.visible(one))
}

/** Two contacts of one tenant never share a name. */
export function requireName(recipients: Recipients, name: string, self?: string): void {
  const others = recipients.named(name).filter(({ guid, type }) => type === 'MailContact' && guid !== self)
  if (others.length > 0) throw nameTaken(name)
}

const NO_ATTRIBUTE = new Set(['Identity', 'Confirm', 'ForceUpgrade'])
const ADDRESSES = new Set(['EmailAddresses', 'ExternalEmailAddress', 'WindowsEmailAddress'])
const MANDATORY = new Set(['Name', 'DisplayName', 'Alias', 'ExternalEmailAddress'])

function changed(call: Call, contact: Recipient, name: string, value: Bound): Value | undefined {
  const { recipients } = call.tenant
  if (value === null || value === '') {
    if (MANDATORY.has(name)) throw invalidObject(`${name} is mandatory on MailContact.`)
    return undefined
  }
  if (typeof value === 'object') return listChanged(listOf(contact, name), value)
  if (typeof value === 'string') {
    if (name === 'Name') requireName(recipients, value, contact.guid)
    if (name === 'Alias') requireAlias(recipients, value, contact.guid)
    if (name === 'Manager') return managerNamed(call, value)
  }
  return value
}

/** An array replaces, but an empty one changes nothing. */
function listChanged(
  before: readonly string[],
  change: readonly string[] | Delta,
): readonly string[] | undefined {
  if (!('add' in change)) return change.length === 0 ? before : change
  const kept = before.filter((value) => !change.remove.includes(value))
  const after = [...new Set([...kept, ...change.add])]
  return after.length > 0 ? after : undefined
}

/** A manager is somebody in this tenant's own directory. */
function managerNamed(call: Call, identity: string): string {
  const manager = resolve(call.tenant.recipients, identity, RECIPIENT_TYPES, (one) => call.visible(one))
  if (manager.type.includes('Group')) throw notFound(identity)
  return textOf(manager, 'Name')
}

/** The order: the list, then the external address, then the Windows address; the last named is the primary. */
function addressChanges(call: Call, contact: Recipient): Changes {
  const { parameters, tenant } = call
  const changes: Changes = {}
  let addresses = addressesOf(contact)
  const list = parameters.get('EmailAddresses')
  if (list !== null && typeof list === 'object') addresses = withChanges(addresses, list)
  if (parameters.has('ExternalEmailAddress')) {
    const external = textParameter(parameters, 'ExternalEmailAddress')
    if (external === undefined) throw invalidObject('ExternalEmailAddress is mandatory on MailContact.')
    const address = externalAddress(external)
    changes['ExternalEmailAddress'] = address
    if (address !== textOf(contact, 'ExternalEmailAddress')) addresses = withPrimary(addresses, address)
  }
  const windows = textParameter(parameters, 'WindowsEmailAddress')
  if (windows !== undefined) addresses = withPrimary(addresses, smtpAddress('WindowsEmailAddress', windows))
  if (addresses !== addressesOf(contact)) {
    requireFree(tenant.recipients, addresses, contact.guid)
    changes['EmailAddresses'] = addresses
  }
  return changes
}

function same(before: Value | undefined, after: Value | undefined): boolean {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((value, index) => value === after[index])
  // A flag that was never set is off.
  return before === after || (typeof after === 'boolean' && (before ?? false) === after)
}
