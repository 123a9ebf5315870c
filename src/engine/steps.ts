/** The writes of a plan in an order that can be written: whatever waits stands behind what it waits for. */
import type { Proposed } from './kind.ts'
import { partOf, type Shard } from './shard.ts'

/** One write of a change: in one of its mailboxes, where several share it. */
export interface Step {
  readonly one: Proposed<unknown>
  readonly at: number
}

/** Made one by one, as they are written: all of them together would fill the memory. */
export function* stepsOf(proposed: readonly Proposed<unknown>[], shard: Shard | undefined): Generator<Step> {
  const mine = partOf(shard)
  for (const one of inOrder(proposed)) {
    if (!one.mailboxes) yield { one, at: 0 }
    else for (const [at, mailbox] of one.mailboxes.entries()) if (mine(mailbox)) yield { one, at }
  }
}

function inOrder(proposed: readonly Proposed<unknown>[]): Iterable<Proposed<unknown>> {
  const planned = new Set(proposed)
  const ordered = new Set<Proposed<unknown>>()
  const add = (one: Proposed<unknown>) => {
    if (ordered.has(one) || !planned.has(one)) return
    for (const earlier of [...(one.after ?? []), ...(one.behind ?? [])]) add(earlier)
    ordered.add(one)
  }
  for (const one of proposed) add(one)
  return ordered
}
