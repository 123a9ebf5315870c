/**
 * Which part of the mailboxes a run writes, where several machines share them. Every shard plans all of
 * them, so that limits, review and digest are those of the whole profile, and each writes its part.
 */
import { createHash } from 'node:crypto'
import type { Mailbox } from './kind.ts'
import type { Plan } from './plan.ts'

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/**
 * A mailbox's shard depends on its id alone: shards are disjoint and complete, and a mailbox stays in its
 * shard when others come and go.
 */
export function isOf({ index, of }: Shard, { id }: Mailbox): boolean {
  const digest = createHash('sha256').update(id.toLowerCase()).digest()
  return (digest.readUInt32BE() % of) + 1 === index
}

/** Whether a mailbox is of this shard, found once for each; without shards every one is. */
export function partOf(shard: Shard | undefined): (mailbox: Mailbox) => boolean {
  if (!shard) return () => true
  const known = new Map<Mailbox, boolean>()
  return (mailbox) => {
    let is = known.get(mailbox)
    if (is === undefined) known.set(mailbox, (is = isOf(shard, mailbox)))
    return is
  }
}

/** A machine of a workflow writes so many contacts within minutes, and stays far from six hours. */
const WRITES_OF_A_SHARD = 20_000
/** Jobs that GitHub runs side by side in any plan it sells. */
const MOST_SHARDS = 20

/** How many shards are worth their start for this plan. */
export function shardsFor({ profiles }: Plan): number {
  let most = 1
  for (const { changes, mailboxes = 1, mailboxSets = [] } of profiles) {
    const sizes = new Map(mailboxSets.map((set) => [set.id, set.mailboxes.length]))
    const writes = changes.reduce((sum, { mailboxSet }) => sum + (sizes.get(mailboxSet ?? '') ?? 0), 0)
    most = Math.max(most, Math.min(Math.ceil(writes / WRITES_OF_A_SHARD), mailboxes, MOST_SHARDS))
  }
  return most
}
