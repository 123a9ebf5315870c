import type { Plan } from '../../engine/plan.ts'

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
