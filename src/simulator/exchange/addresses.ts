/** Proxy addresses: what is one, who holds it, and which of a recipient's is the primary. */
import {
  badTransformation,
  heldBySoftDeleted,
  invalidObject,
  notAccepted,
  notSmtp,
  proxyAddressTaken,
} from './errors.ts'
import { addressKey, textOf, withoutPrefix } from './recipient.ts'
import type { Recipients } from './recipients.ts'
import type { Delta } from './values.ts'

const ATOM = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]+"
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
/** A mailbox of RFC 5321, ASCII, without quoted local parts and address literals. */
const SMTP_ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})*$`)

export function isSmtpAddress(text: string): boolean {
  return SMTP_ADDRESS.test(text)
}

/** @returns the address without its prefix. @throws ExchangeRefusal */
export function externalAddress(text: string): string {
  const address = text.replace(/^smtp:/i, '')
  if (!isSmtpAddress(address)) throw notSmtp(text)
  return address
}

/** @throws ExchangeRefusal */
export function smtpAddress(parameter: string, text: string): string {
  if (isSmtpAddress(text)) return text
  throw badTransformation(
    parameter,
    text,
    'Microsoft.Exchange.Data.SmtpAddress',
    `The string "${text}" is not a valid SMTP address.`,
  )
}

/**
 * @param self the recipient that may hold them itself.
 * @throws ExchangeRefusal when another recipient of whatever type holds one of them.
 */
export function requireFree(recipients: Recipients, addresses: readonly string[], self?: string): void {
  for (const address of addresses)
    for (const holder of recipients.holders(address)) {
      if (holder.guid === self) continue
      if (holder.softDeleted) throw heldBySoftDeleted()
      throw proxyAddressTaken(address, textOf(holder, 'Name'))
    }
}

/** @returns the domain of an SMTP address, if it is none of these. */
export function foreignDomain(address: string, domains: readonly string[]): string | undefined {
  if (!/^smtp:/i.test(addressKey(address))) return undefined
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  return domains.includes(domain) ? undefined : domain
}

/**
 * A mail user's own addresses are of the organization's domains, those of other kinds than SMTP aside
 * ("Cross-tenant mailbox migration", known issues).
 * @throws ExchangeRefusal
 */
export function requireAccepted(addresses: readonly string[], domains: readonly string[]): void {
  for (const address of addresses) {
    const foreign = foreignDomain(address, domains)
    if (foreign !== undefined) throw notAccepted(foreign)
  }
}

/** The list with this address as its primary; the old primary stays as a second one. */
export function withPrimary(addresses: readonly string[], primary: string): string[] {
  const others = addresses.filter((address) => addressKey(address) !== addressKey(primary))
  return [`SMTP:${primary}`, ...others.map((address) => address.replace(/^SMTP:/, 'smtp:'))]
}

/**
 * The list after `EmailAddresses` was set. An array replaces, but an empty one changes nothing.
 * @throws ExchangeRefusal when not exactly one primary is left, or one is no address.
 */
export function withChanges(
  addresses: readonly string[],
  change: readonly string[] | Delta,
): readonly string[] {
  let changed: readonly string[]
  if ('add' in change) {
    const removed = new Set(change.remove.map(addressKey))
    const kept = addresses.filter((address) => !removed.has(addressKey(address)))
    changed = unique([...kept, ...change.add.map(prefixed)])
  } else {
    if (change.length === 0) return addresses
    changed = unique(change.map(prefixed))
  }
  for (const address of changed)
    if (/^smtp:/i.test(address)) smtpAddress('EmailAddresses', withoutPrefix(address))
  const primaries = changed.filter((address) => address.startsWith('SMTP:'))
  if (primaries.length === 0)
    throw invalidObject(
      "There is no primary SMTP address for this recipient. Please specify one by the prefix 'SMTP:'.",
    )
  if (primaries.length > 1)
    throw invalidObject(
      `There are multiple primary addresses of type "SMTP" in the collection: ${primaries.map((address) => `"${address}"`).join(', ')}. Only one can be primary.`,
    )
  return changed
}

function prefixed(address: string): string {
  return /^[A-Za-z0-9]+:/.test(address) ? address : `smtp:${address}`
}

function unique(addresses: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const address of addresses) if (!seen.has(addressKey(address))) seen.set(addressKey(address), address)
  return [...seen.values()]
}
