/** Signing in to a domain controller by name and password. */
import { ResultCodeError } from 'ldapts'
import type { SourceError } from '../source-error.ts'
import type { Connection } from './connection.ts'
import { openError } from './open-error.ts'
import { searchError } from './search-error.ts'

/**
 * @param name a distinguished name, a user principal name or DOMAIN\name (Microsoft, MS-ADTS 5.1.1.1.1).
 * @throws SourceError which tells what the domain controller holds against it, and never the password.
 */
export async function signIn({ client, host }: Connection, name: string, password: string): Promise<void> {
  // RFC 4513, 5.1.2: a name without a password is let in, as nobody.
  if (name === '' || password === '')
    throw openError(
      'active-directory-empty-password',
      `Signing in to ${host} takes a name and a password, and one of them is empty: see bindDN or bindDNEnv, and passwordEnv.`,
    )
  try {
    await client.bind(name, password)
  } catch (error) {
    throw error instanceof ResultCodeError ? refused(error, host) : searchError(error, { host })
  }
}

/** What stands behind `data` in the answer. Source: Microsoft, "System Error Codes" (in hexadecimal). */
const REASONS: Readonly<Record<string, string>> = {
  525: 'there is no such account: see bindDN or bindDNEnv',
  '52e': 'the name or the password is wrong: see bindDN or bindDNEnv, and the secret that passwordEnv names',
  530: 'the account may not sign in at this time of day',
  531: 'the account may not sign in from this machine',
  532: "the account's password has expired: give it a new one, and change the secret",
  533: 'the account is disabled',
  701: 'the account has expired',
  773: "the account's password must be changed first: a service's account should not have that set",
  775: 'the account is locked out: unlock it, and find out who tried wrong passwords',
}

function refused(error: ResultCodeError, host: string): SourceError {
  const [, data = ''] = /, data ([0-9a-f]+)/i.exec(error.message) ?? []
  const reason = REASONS[data.toLowerCase()] ?? `LDAP result ${error.code}${data && `, data ${data}`}`
  return openError('active-directory-bind-refused', `${host} did not let the account sign in: ${reason}.`)
}
