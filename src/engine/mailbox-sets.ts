/** Mailboxes that share a change stand in the plan as a set, once, however many changes they share. */
import { digestOf } from './digest.ts'
import type { Mailbox, Proposed } from './kind.ts'
import type { MailboxSet } from './plan.ts'

export interface MailboxSets {
  /** `m1`, `m2` and so on, in the order in which the changes need them: the same plan names them alike. */
  readonly sets: readonly MailboxSet[]
  /** @returns `undefined` for a change that is not made in mailboxes. */
  setOf(one: Proposed<unknown>): string | undefined
}

export function setsOf(proposed: readonly Proposed<unknown>[]): MailboxSets {
  const sets = new Map<string, MailboxSet>()
  const named = new Map<readonly Mailbox[], string>()
  for (const { mailboxes } of proposed) {
    if (!mailboxes || named.has(mailboxes)) continue
    const names = mailboxes.map(({ name }) => name)
    // Thousands of sets of thousands of names: they are told apart by a hash.
    const content = digestOf(names)
    let set = sets.get(content)
    if (!set) sets.set(content, (set = { id: `m${sets.size + 1}`, mailboxes: names }))
    named.set(mailboxes, set.id)
  }
  return { sets: [...sets.values()], setOf: ({ mailboxes }) => mailboxes && named.get(mailboxes) }
}
