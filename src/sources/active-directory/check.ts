/** What the schema cannot say of an Active Directory in a profile. */
import type { Path, Report } from '../../profiles/fault.ts'
import type { ActiveDirectoryFrom } from '../schema.ts'
import { parseFilter } from './filter.ts'

/** One part of a distinguished name: a comma within a value follows a backslash. Source: RFC 4514. */
const NAMED_PART = /^\s*(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)*)\s*=\s*\S/i
const BETWEEN_PARTS = /(?<!\\),/

/** Titles and departments are not among what it holds: taken for empty, they would be cleared. Source: Microsoft, MS-ADTS 3.1.1.1.8. */
const GLOBAL_CATALOG: ReadonlySet<string> = new Set(['3268', '3269'])

/** @param at where in the profile the source stands, e.g. `['from', 0]`. */
export function checkActiveDirectory(from: ActiveDirectoryFrom, at: Path, report: Report): void {
  const { url, baseDN, filter, bindDN, bindDNEnv } = from.activeDirectory
  const here = [...at, 'activeDirectory']
  if (!isServer(url))
    report(
      [...here, 'url'],
      'expected a protocol, a host and perhaps a port, e.g. ldaps://dc1.corp.fabrikam.com',
    )
  else if (GLOBAL_CATALOG.has(new URL(url).port))
    report(
      [...here, 'url'],
      'this is the port of a global catalog, which lacks most attributes of people: name a domain controller at its own port',
    )
  if (!baseDN.split(BETWEEN_PARTS).every((part) => NAMED_PART.test(part)))
    report([...here, 'baseDN'], 'expected a distinguished name, e.g. OU=Staff,DC=corp,DC=fabrikam,DC=com')
  if ((bindDN === undefined) === (bindDNEnv === undefined))
    report(here, 'expected one of `bindDN` and `bindDNEnv`', { key: true })
  try {
    parseFilter(filter)
  } catch (error) {
    report([...here, 'filter'], `this is no LDAP filter: ${(error as Error).message}`)
  }
}

/** Without a name or a password in it, which every message would show. */
function isServer(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, username, password, search, hash } = new URL(url)
  return hostname !== '' && username + password + search + hash === ''
}
