/**
 * The addresses of a mail user that is to become a mailbox.
 * Source: Microsoft 365, "Cross-tenant mailbox migration", "Prepare target user objects for migration".
 */
import { domainOf, localPartOf } from '../../../people/address.ts'
import { bareAddress, isMail } from '../../../microsoft/proxy-addresses.ts'
import type { MailUser } from './mail-user.ts'
import type { Mailbox } from './mailbox.ts'

export interface Destination {
  /** Of the primary addresses, in lower case. */
  readonly domain: string
  /** Where mail is delivered after the move, in lower case. */
  readonly deliveryDomain: string
  readonly external: 'primary' | 'onmicrosoft'
  /** Every domain that the target takes mail for, in lower case. */
  readonly accepted: ReadonlySet<string>
  /** The domain that the source tenant began with, in lower case. */
  readonly sourceInitial: string | undefined
}

/** In lower case. */
export interface WantedAddresses {
  readonly primary: string
  readonly delivery: string
  /** Where mail goes until the move; `''` where the mailbox has no such address. */
  readonly external: string
}

/** What a mail user has of its own in a domain, stays. */
export function wantedAddresses(
  mailbox: Mailbox,
  mailUser: MailUser | undefined,
  { domain, deliveryDomain, external, sourceInitial }: Destination,
): WantedAddresses {
  const local = localPartOf(mailbox.primary)
  const has = (wanted: string) => mailUser?.addresses.find((address) => domainOf(address) === wanted)
  const standing = mailUser?.emailAddresses.find((proxy) => proxy.startsWith('SMTP:')) ?? ''
  const kept = domainOf(standing) === domain ? bareAddress(standing) : has(domain)
  return {
    primary: kept ?? `${local}@${domain}`,
    delivery: has(deliveryDomain) ?? `${local}@${deliveryDomain}`,
    external:
      external === 'primary'
        ? mailbox.primary
        : (mailbox.addresses.find((address) => domainOf(address) === sourceInitial) ?? ''),
  }
}

/**
 * The proxy addresses after the change: what is there stays in its order, save mail addresses of domains that the
 * target does not take mail for, which would keep the mailbox from moving.
 * @param more by which mail must find it besides.
 */
export function emailAddressesAfter(
  { primary, delivery }: WantedAddresses,
  before: readonly string[],
  more: readonly string[],
  accepted: ReadonlySet<string>,
): readonly string[] {
  const kept = before.filter((proxy) => !isMail(proxy) || accepted.has(domainOf(proxy)))
  const others = kept
    .filter((proxy) => bareAddress(proxy) !== primary)
    .map((proxy) => (proxy.startsWith('SMTP:') ? `smtp:${proxy.slice('SMTP:'.length)}` : proxy))
  const has = new Set(others.map(comparable))
  const added: string[] = []
  for (const proxy of [`smtp:${delivery}`, ...more]) {
    if (has.has(comparable(proxy)) || bareAddress(proxy) === primary) continue
    has.add(comparable(proxy))
    added.push(proxy)
  }
  const own = kept.find((proxy) => proxy.startsWith('SMTP:') && bareAddress(proxy) === primary)
  return [own ?? `SMTP:${primary}`, ...others, ...added]
}

/** Exchange tells proxy addresses apart without regard to case. */
export function comparable(proxy: string): string {
  return proxy.toLowerCase()
}

/** Whether two lists are the same addresses, the primary among them, in whatever order. */
export function sameAddresses(left: readonly string[], right: readonly string[]): boolean {
  const normal = (proxies: readonly string[]) =>
    proxies
      .map((proxy) => (proxy.startsWith('SMTP:') ? `PRIMARY:${bareAddress(proxy)}` : comparable(proxy)))
      .sort()
      .join('\n')
  return normal(left) === normal(right)
}
