/** What the `Set-` cmdlets of recipients share: from bound parameters to the attributes that change. */
import { requireFree, smtpAddress, withChanges, withPrimary } from '../addresses.ts'
import { requireAlias } from '../aliases.ts'
import { writeThrough } from '../entra.ts'
import { directorySynced, invalidObject, notFound } from '../errors.ts'
import { resolve } from '../identity.ts'
import {
  RECIPIENT_TYPES,
  addressesOf,
  listOf,
  textOf,
  type Recipient,
  type RecipientType,
  type Value,
} from '../recipient.ts'
import type { Recipients } from '../recipients.ts'
import type { Bound, Delta } from '../values.ts'
import { nothing, textParameter, unchanged, type Call, type Output } from './cmdlet.ts'

export type Changes = Record<string, Value | undefined>

/** A kind of recipient, as a cmdlet sets it. */
export interface Subject {
  /** As the service calls it. */
  readonly called: string
  readonly types: readonly RecipientType[]
  /** Attributes that may not become empty. */
  readonly mandatory: ReadonlySet<string>
  /** Parameters that are not stored as they come: `others` makes the changes of them. */
  readonly apart: ReadonlySet<string>
  /** @throws ExchangeRefusal */
  others(call: Call, recipient: Recipient): Changes
  /** @throws ExchangeRefusal when another recipient has this name. */
  requireName(recipients: Recipients, name: string, self: string): void
}

/**
 * Finds the recipient, changes it, and says so when nothing changed.
 * @throws ExchangeRefusal
 */
export function setRecipient(call: Call, subject: Subject): Output {
  const recipient = subjectOf(call, subject)
  const set = [...call.parameters].filter(([name]) => !NO_ATTRIBUTE.has(name))
  if (recipient.values['IsDirSynced'] === true && set.length > 0)
    throw directorySynced(
      call.cmdlet.name,
      set.map(([name]) => name),
      textOf(recipient, 'Name'),
    )
  const changes: Changes = {}
  for (const [name, value] of set)
    if (!subject.apart.has(name)) changes[name] = changed(call, subject, recipient, name, value)
  Object.assign(changes, subject.others(call, recipient))
  const differing = Object.entries(changes).filter(([name, value]) => !same(recipient.values[name], value))
  if (differing.length === 0) return unchanged(textOf(recipient, 'Name'))
  const { recipients } = call.tenant
  writeThrough(
    call.tenant,
    recipient,
    recipients.update(recipient.guid, Object.fromEntries(differing), call.now),
  )
  return nothing()
}

/** The recipient that `Identity` means. */
export function subjectOf(call: Call, { types }: Pick<Subject, 'types'>): Recipient {
  const identity = textParameter(call.parameters, 'Identity')!
  return resolve(call.tenant.recipients, identity, types, (one) => call.visible(one))
}

const NO_ATTRIBUTE = new Set(['Identity', 'Confirm', 'ForceUpgrade'])

function changed(
  call: Call,
  subject: Subject,
  recipient: Recipient,
  name: string,
  value: Bound,
): Value | undefined {
  const { recipients } = call.tenant
  if (value === null || value === '') {
    if (subject.mandatory.has(name)) throw mandatory(name, subject)
    return undefined
  }
  if (typeof value === 'object') return listChanged(listOf(recipient, name), value)
  if (typeof value === 'string') {
    if (name === 'Name') subject.requireName(recipients, value, recipient.guid)
    if (name === 'Alias') requireAlias(recipients, value, recipient.guid)
    if (name === 'Manager') return managerNamed(call, value)
  }
  return value
}

export function mandatory(name: string, { called }: Pick<Subject, 'called'>): Error {
  return invalidObject(`${name} is mandatory on ${called}.`)
}

/** An array replaces, but an empty one changes nothing. */
export function listChanged(
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

/**
 * The proxy addresses after this call. The order: the list, then what else names a primary; the last wins.
 * @param primaries names of parameters, and addresses.
 * @throws ExchangeRefusal when one is no address, or is another's.
 */
export function addressesAfter(
  { parameters, tenant }: Call,
  recipient: Recipient,
  primaries: readonly (readonly [parameter: string, address: string | undefined])[],
): readonly string[] {
  const before = addressesOf(recipient)
  let addresses = before
  const list = parameters.get('EmailAddresses')
  if (list !== null && typeof list === 'object') addresses = withChanges(addresses, list)
  for (const [parameter, address] of primaries)
    if (address !== undefined) addresses = withPrimary(addresses, smtpAddress(parameter, address))
  if (addresses !== before) requireFree(tenant.recipients, addresses, recipient.guid)
  return addresses
}

export function same(before: Value | undefined, after: Value | undefined): boolean {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((value, index) => value === after[index])
  // A flag that was never set is off.
  return before === after || (typeof after === 'boolean' && (before ?? false) === after)
}
