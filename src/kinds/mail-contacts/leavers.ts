/** What becomes of contacts that no person stands behind. */
import type { Skipped } from '../../engine/plan.ts'
import { deletion, hiding, release, type Marking, type ProposedContact } from './changes.ts'
import { graceDays, isOver } from './grace.ts'
import { keyOf, type Owned } from './pairing.ts'
import type { MailContactsProfile } from './schema.ts'

/** `kept`: the profile wants it so. `waiting`: hidden, until the time of grace is over. */
export type Fate = ProposedContact | 'kept' | 'waiting'

/** @param released addresses it holds that somebody else gets. */
export function fateOf(
  leaver: Owned,
  released: ReadonlySet<string>,
  { to }: MailContactsProfile,
  marking: Marking,
  now: Date,
): Fate {
  const { contact, owner } = leaver
  if (to.unlisted === 'keep') return 'kept'
  const grace = graceDays(to.grace)
  // Its address is another person's now: it cannot wait.
  if (grace === undefined || released.has(contact.address)) return deletion(leaver, 'left-scope', marking)
  const since = owner.by === 'profile' ? owner.leaver : undefined
  if (since === undefined) return hiding(leaver, released, marking, now.toISOString().slice(0, 10))
  if (isOver(since, grace, now)) return deletion(leaver, 'left-scope', marking)
  return released.size > 0 ? release(leaver, released) : 'waiting'
}

export function keptUnlisted(leaver: Owned): Skipped {
  const { contact } = leaver
  return {
    key: keyOf(leaver),
    label: `${contact.displayName} <${contact.address}>`,
    reason: 'kept-unlisted',
    detail: 'no person for it, and unlisted: keep',
  }
}
