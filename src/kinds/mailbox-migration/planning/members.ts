/** The members of the group, each with their mailbox and who stands for it in the target. */
import type { MailboxMigrationProfile } from '../schema.ts'
import { recipientsHolding } from '../../../microsoft/recipients.ts'
import type { Destination } from '../mailboxes/addresses.ts'
import {
  claimsOf,
  counterparts,
  type Conflict,
  type Counterpart,
  type Ownership,
} from '../mailboxes/counterpart.ts'
import { matched } from '../mailboxes/matching.ts'
import { readMailboxes } from '../mailboxes/mailbox.ts'
import { readMailContacts, readMailUsers, type MailUser } from '../mailboxes/mail-user.ts'
import { readMoved, type Moved } from '../mailboxes/moved.ts'
import { readScope, type Member, type Scope } from '../mailboxes/scope.ts'
import type { Sides } from './sides.ts'
import type { Standing } from './standing.ts'

export interface MembersFound {
  readonly scope: Scope
  /** Members with a mailbox in the source, in the order of their keys. */
  readonly moving: readonly (Counterpart | Conflict)[]
  /** By the member's key: those whose mailbox is in the target. */
  readonly moved: ReadonlyMap<string, Moved>
  /** Members without a mailbox on either side. */
  readonly without: readonly Member[]
  /** Of the target; all of them. */
  readonly mailUsers: readonly MailUser[]
}

export async function readMembers(
  profile: MailboxMigrationProfile,
  { source, target }: Sides,
  to: Destination,
  ownership: Ownership,
): Promise<MembersFound> {
  const [{ group, members }, mailUsers, contacts] = await Promise.all([
    readScope(source.exchange, profile.from.group),
    readMailUsers(target.exchange),
    readMailContacts(target.exchange),
  ])
  const names = new Set(members.flatMap((member) => [...member.names]))
  const mailboxes = await readMailboxes(source.exchange, names)
  const byName = new Map(mailboxes.flatMap((mailbox) => [...mailbox.names].map((name) => [name, mailbox])))
  const mailboxOf = (member: Member) =>
    [...member.names].map((name) => byName.get(name)).find((one) => one !== undefined)
  // A listing of members may show less of them than there is.
  const known = members.map((member) => ({ ...member, key: mailboxOf(member)?.key ?? member.key }))
  const withMailbox = new Set(members.map(mailboxOf))
  const others = known.filter((member) => !mailboxOf(member))
  const moved = await readMoved(source.exchange, target.exchange, others)
  const found = matched(
    mailboxes.filter((mailbox) => withMailbox.has(mailbox)),
    mailUsers,
    ownership.names,
    to,
  )
  const claims = claimsOf(found)
  const holders = claims.size > 0 ? await recipientsHolding(target.exchange, claims) : []
  return {
    scope: { group, members: known },
    moving: counterparts(found, holders, contacts, ownership),
    moved,
    without: others.filter(({ key }) => !moved.has(key)),
    mailUsers,
  }
}

export function destinationOf(
  { to, external }: MailboxMigrationProfile,
  { source, target }: Pick<Standing, 'source' | 'target'>,
): Destination {
  return {
    domain: to.domain.toLowerCase(),
    deliveryDomain: to.deliveryDomain.toLowerCase(),
    external,
    accepted: target.domains.all,
    sourceInitial: source.domains.initial,
  }
}
