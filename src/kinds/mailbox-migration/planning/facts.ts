/** What readiness depends on besides the mailboxes themselves: licences and sizes. */
import { isConflict, type Conflict, type Counterpart } from '../mailboxes/counterpart.ts'
import { readLicences } from '../mailboxes/licences.ts'
import { lacksOf, type Facts } from '../mailboxes/readiness.ts'
import { readSizes } from '../mailboxes/sizes.ts'
import type { MembersFound } from './members.ts'
import { userOf, type UsersIn } from './moving-users.ts'
import type { Sides } from './sides.ts'

/** What this app may not read is unknown, and keeps nobody back: a batch that fails over it tells. */
export async function readFacts(
  { source, target }: Sides,
  { moving, moved }: MembersFound,
  users: UsersIn,
): Promise<Facts> {
  const isWaiting = (one: Counterpart | Conflict): one is Counterpart =>
    !isConflict(one) && !userOf(one, users)
  const waiting = moving.filter(isWaiting)
  const there = [
    ...waiting.flatMap(({ mailUser }) => mailUser?.key ?? []),
    ...Array.from(moved.values(), (one) => one.there),
  ]
  const [sourceLicences, targetLicences] = await Promise.all([
    // Of all members: whether licences are shown at all must not depend on who is left to move.
    readLicences(source.graph, [...moving.map(({ mailbox }) => mailbox.key), ...moved.keys()]),
    readLicences(target.graph, there),
  ])
  const facts = {
    source: source.name,
    target: target.name,
    sourceLicences,
    targetLicences,
    isLicensingShown: [...(sourceLicences?.values() ?? [])].some(({ any }) => any),
    sizes: undefined,
  }
  // A call a mailbox: of those alone whom nothing else keeps.
  const ready = waiting.filter(({ mailbox, mailUser }) => lacksOf(mailbox, mailUser, facts).length === 0)
  const sizes = await readSizes(
    source.exchange,
    ready.map(({ mailbox }) => mailbox),
  )
  return { ...facts, sizes }
}
