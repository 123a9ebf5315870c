/** Proxy addresses as Exchange and Entra write them: `SMTP:` the primary one, `smtp:` others, `x500:` and the like. */
import { normalAddress } from '../people/address.ts'

const SMTP = 'smtp:'

/** A proxy address is of one kind or another: mail, x500, … */
export function isMail(proxyAddress: string): boolean {
  return proxyAddress.slice(0, SMTP.length).toLowerCase() === SMTP
}

/** `SMTP:Ada@Fabrikam.com` is `ada@fabrikam.com`. */
export function bareAddress(proxyAddress: string): string {
  return normalAddress(isMail(proxyAddress) ? proxyAddress.slice(SMTP.length) : proxyAddress)
}

/** The mail addresses among proxy addresses, in lower case. */
export function mailAddresses(proxyAddresses: readonly string[]): string[] {
  return proxyAddresses.filter(isMail).map(bareAddress)
}
