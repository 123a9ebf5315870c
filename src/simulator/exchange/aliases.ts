/** Aliases: what is one, and the one that is made when none is given (Exchange PowerShell, New-MailContact, Alias). */
import { aliasTaken, badValue } from './errors.ts'
import type { Recipients } from './recipients.ts'

const CHARACTER = "A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~\\u00a1-\\u00ff"
const ALIAS = new RegExp(`^[${CHARACTER}]+(?:\\.[${CHARACTER}]+)*$`)
const LONGEST = 64

const VALID =
  "Strings formed with characters from A to Z (uppercase or lowercase), digits from 0 to 9, !, #, $, %, &, ', *, +, -, /, =, ?, ^, _, `, {, |, } or ~. One or more periods may be embedded in an alias, but each period should be preceded and followed by at least one of the other characters. Unicode characters from U+00A1 to U+00FF are also valid in an alias, but they will be mapped to a best-fit US-ASCII string in the e-mail address, which is generated from such an alias."

/**
 * @param self the recipient that may have it itself.
 * @throws ExchangeRefusal
 */
export function requireAlias(recipients: Recipients, alias: string, self?: string): void {
  if (!ALIAS.test(alias))
    throw badValue('Alias', `Property expression "${alias}" isn't valid. Valid values are: ${VALID}`)
  if (isTaken(recipients, alias, self)) throw aliasTaken(alias)
}

/** From a name: without blanks, a question mark for what may not stand in an alias, digits until it is free. */
export function aliasFrom(recipients: Recipients, name: string): string {
  const base = name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f\s]/g, '')
    .replaceAll(new RegExp(`[^${CHARACTER}.]`, 'g'), '?')
    .replaceAll(/^\.+|\.+$|\.(?=\.)/g, '')
    .slice(0, LONGEST)
  const first = base === '' ? '?' : base
  for (let number = 0; ; number++) {
    const digits = number === 0 ? '' : String(number)
    const alias = first.slice(0, LONGEST - digits.length) + digits
    if (!isTaken(recipients, alias)) return alias
  }
}

function isTaken(recipients: Recipients, alias: string, self?: string): boolean {
  return recipients.aliased(alias).some(({ guid, softDeleted }) => !softDeleted && guid !== self)
}
