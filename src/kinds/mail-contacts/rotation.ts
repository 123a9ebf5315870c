/**
 * Addresses that go round in a circle (two people swap theirs): nobody can be first, so one contact
 * steps aside to an address nobody has, and takes its own at the end.
 */
import { createHash } from 'node:crypto'
import type { MailContact } from './contact.ts'
import type { Pair } from './pairing.ts'

/**
 * @returns by the key of the person who may then go first: the contact that steps aside. One for each circle.
 */
export function circles(
  pairs: readonly Pair[],
  waitsFor: ReadonlyMap<string, MailContact>,
): ReadonlyMap<string, MailContact> {
  const pairOf = new Map(pairs.map((pair) => [pair.contact, pair]))
  const aside = new Map<string, MailContact>()
  const done = new Set<string>()
  for (const { wanted } of pairs) {
    const way: string[] = []
    for (let key: string | undefined = wanted.key; key !== undefined && !done.has(key);) {
      if (way.includes(key)) {
        aside.set(key, waitsFor.get(key)!)
        break
      }
      way.push(key)
      const holder = waitsFor.get(key)
      key = holder && pairOf.get(holder)?.wanted.key
    }
    for (const key of way) done.add(key)
  }
  return aside
}

/** An address in the same domain that belongs to nobody. */
export function asideAddress({ guid, address }: MailContact): string {
  const hash = createHash('sha256').update(guid).digest('hex').slice(0, 24)
  return `tenant-sync-aside-${hash}@${address.slice(address.lastIndexOf('@') + 1)}`
}

export function isAsideAddress(address: string): boolean {
  return /^tenant-sync-aside-[0-9a-f]{24}@/.test(address)
}
