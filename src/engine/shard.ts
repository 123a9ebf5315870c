/**
 * Which part of the mailboxes a run writes, where several machines share them. Every shard plans all of
 * them, so that limits, review and digest are those of the whole profile, and each writes its part.
 */
import { createHash } from 'node:crypto'
import type { Mailbox } from './kind.ts'

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/** @returns `undefined` for what is no part of a whole, such as `2/8`. */
export function shardOf(text: string): Shard | undefined {
  const [index = 0, of = 0] = /^([1-9]\d{0,5})\s*\/\s*([1-9]\d{0,5})$/.exec(text)?.slice(1).map(Number) ?? []
  return index > 0 && index <= of ? { index, of } : undefined
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
