import { normalAddress } from './address.ts'

/** Whoever has these: a person, or a user as a directory gives them. */
export interface Named {
  readonly id: string
  readonly mail?: string | null
  readonly userPrincipalName?: string | null
  readonly proxyAddresses?: readonly string[] | null
}

/** All that somebody goes by, in lower case: the id and every address. Proxies of other kinds than mail are none. */
export function namesOf({ id, mail, userPrincipalName, proxyAddresses }: Named): Set<string> {
  const proxies = (proxyAddresses ?? [])
    .map((proxy) => proxy.replace(/^smtp:/i, ''))
    .filter((proxy) => !proxy.includes(':'))
  const names = [id, mail, userPrincipalName, ...proxies].filter(
    (name) => typeof name === 'string' && name !== '',
  )
  return new Set(names.map((name) => normalAddress(name!)))
}
