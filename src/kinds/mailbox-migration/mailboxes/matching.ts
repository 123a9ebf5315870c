/** Which mail user of the target is to become which mailbox: nobody is doubled, and nobody is taken for another. */
import { derivedNames } from '../../../people/mark.ts'
import { wantedAddresses, type Destination, type WantedAddresses } from './addresses.ts'
import type { MailUser } from './mail-user.ts'
import type { Mailbox } from './mailbox.ts'

/** A mailbox with the mail user that was found for it. */
export interface Matched {
  readonly mailbox: Mailbox
  readonly mailUser: MailUser | undefined
  readonly addresses: WantedAddresses
}

/** @param names the profile's own, and its former ones. */
export function matched(
  mailboxes: readonly Mailbox[],
  mailUsers: readonly MailUser[],
  names: ReadonlySet<string>,
  to: Destination,
): Matched[] {
  const found = new Map<Mailbox, MailUser>()
  const taken = new Set<MailUser>()
  // In an order of their own: that of a listing is not promised.
  const sorted = mailUsers.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  // Each sign for all of them before the next one: a mark is never lost to somebody else's address.
  for (const signs of SIGNS) {
    const bySign = new Map<string, readonly MailUser[]>()
    for (const one of sorted.toReversed())
      if (!taken.has(one))
        for (const sign of signs.of(one, names)) bySign.set(sign, [one, ...(bySign.get(sign) ?? [])])
    for (const mailbox of mailboxes) {
      if (found.has(mailbox)) continue
      const one = signs
        .wantedBy(mailbox, names)
        .flatMap((sign) => bySign.get(sign) ?? [])
        .find((each) => !taken.has(each) && !isMarkedFor(each, names, mailbox))
      if (!one) continue
      found.set(mailbox, one)
      taken.add(one)
    }
  }
  return mailboxes.map((mailbox) => {
    const mailUser = found.get(mailbox)
    return { mailbox, mailUser, addresses: wantedAddresses(mailbox, mailUser, to) }
  })
}

/** By a profile of these names, for somebody else. */
function isMarkedFor({ mark }: MailUser, names: ReadonlySet<string>, { key }: Mailbox): boolean {
  return mark !== undefined && names.has(mark.profile) && mark.person.toLowerCase() !== key
}

interface Signs {
  of(mailUser: MailUser, names: ReadonlySet<string>): readonly string[]
  wantedBy(mailbox: Mailbox, names: ReadonlySet<string>): readonly string[]
}

/** Best first. */
const SIGNS: readonly Signs[] = [
  {
    of: ({ mark }, names) => (mark && names.has(mark.profile) ? [mark.person.toLowerCase()] : []),
    wantedBy: ({ key }) => [key],
  },
  {
    of: ({ exchangeGuid }) => (exchangeGuid === undefined ? [] : [exchangeGuid]),
    wantedBy: ({ exchangeGuid }) => (exchangeGuid === undefined ? [] : [exchangeGuid]),
  },
  {
    // A create of ours that was cut off before its mark was written.
    of: ({ markText, name }) => (markText === '' ? [name] : []),
    wantedBy: ({ key }, names) => createdNames(key, names),
  },
  {
    // Where mail to it goes. That it merely holds an address besides makes it nobody.
    of: ({ external }) => (external === '' ? [] : [external]),
    wantedBy: ({ addresses }) => addresses,
  },
]

/** What only a create of a profile of these names is called. */
export function createdNames(key: string, names: ReadonlySet<string>): string[] {
  return [...names].map((name) => derivedNames(name, key)[0]!)
}
