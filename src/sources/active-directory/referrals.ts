/** Where a search said that there is more, in other domains. It is not followed: a password would be. */
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'

/** Partitions of the forest that hold no people. Source: Microsoft, MS-ADTS 3.1.1.1.5 (NC). */
const WITHOUT_PEOPLE = /^(?:DC=DomainDnsZones|DC=ForestDnsZones|CN=Configuration|CN=Schema),/i

/** @param urls of LDAP, e.g. `ldap://child.contoso.com/DC=child,DC=contoso,DC=com`. Source: RFC 4516. */
export function referralNotices(urls: Iterable<string>): Notice[] {
  const elsewhere = new Map<string, string>()
  for (const url of urls) {
    const { dn, host } = partsOf(url)
    if (!WITHOUT_PEOPLE.test(dn)) elsewhere.set(dn.toLowerCase(), `${dn || url} (${host || url})`)
  }
  return [...elsewhere.values()].map((place) =>
    openNotice(
      'active-directory-referral',
      `Below baseDN there is another domain, ${place}: its people are not read. Name it as a source of its own.`,
    ),
  )
}

function partsOf(url: string): { dn: string; host: string } {
  if (!URL.canParse(url)) return { dn: '', host: '' }
  const { host, pathname } = new URL(url)
  return { host, dn: decoded(pathname.slice(1)) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
