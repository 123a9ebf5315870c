/** What is before one member: a change of the mail user, a place in a batch, or what keeps them. */
import type { Proposed } from '../../../engine/kind.ts'
import type { Health, Skipped } from '../../../engine/plan.ts'
import type { MigrationUser } from '../batch/batch.ts'
import type { Joining } from '../batch/new-batches.ts'
import { userHealth } from '../batch/progress.ts'
import type { Connection } from '../planning/connection.ts'
import { isConflict, type Conflict, type Counterpart } from './counterpart.ts'
import { labelOf } from './mail-user-changes.ts'
import type { Mailbox } from './mailbox.ts'
import { doubtsOf, lacksOf, type Facts } from './readiness.ts'

export interface Outlook {
  readonly mailbox: Mailbox
  /** Of the mail user; absent where it is as it should be, or may not be changed. */
  readonly change?: Proposed<Connection>
  /** Who is ready, and in no batch yet. */
  readonly joining?: Joining
  /** Why nothing is planned for them. */
  readonly skipped?: Skipped
  /** What keeps them, in clauses; `advice` names nobody. */
  readonly lacks: readonly { readonly message: string; readonly advice: string }[]
  /** What keeps nobody back, and somebody should know: clauses that name nobody. */
  readonly doubts: readonly string[]
  /** Where they are in a batch. */
  readonly user?: MigrationUser
  /** Whether somebody stands for the mailbox: one of the profile's own, or one that others prepared. */
  readonly prepared: 'marked' | 'unmarked' | undefined
}

export interface Known {
  readonly change: Proposed<Connection> | undefined
  readonly user: MigrationUser | undefined
  readonly facts: Facts
}

export function outlookOf(one: Counterpart | Conflict, known: Known): Outlook {
  const { mailbox } = one
  const { user, facts } = known
  const moving = { mailbox, ...(user && { user }) }
  if (isConflict(one)) return kept(moving, one, undefined)
  const { mailUser, ours, addresses } = one
  const prepared = mailUser?.mark
    ? 'marked'
    : mailUser && (ours || mailUser.exchangeGuid)
      ? 'unmarked'
      : undefined
  const { change } = known
  if (change && mailUser?.directorySynced)
    return kept(
      moving,
      {
        reason: 'directory-synced',
        detail: `the mail user "${mailUser.displayName}" is synchronized from another directory, and is changed there: ${change.change.fields.map(({ field }) => field).join(', ')}`,
        advice: `Its mail user is synchronized from another directory, and is changed there: ${change.change.fields.map(({ field }) => field).join(', ')}.`,
      },
      prepared,
    )
  const byHand = `${facts.target}: its mail user is to be made by hand, the plan has the script`
  const keeping = lacksOf(mailbox, mailUser, facts)
  const lacks = [...(change?.change.manual === undefined ? [] : [byHand]), ...keeping]
  // What can be made only elsewhere does not change the plan: the batch leaves out whom nobody has made by then.
  const isReady = keeping.length === 0 && !user
  return {
    ...moving,
    ...(change && { change }),
    ...(isReady && { joining: { key: mailbox.key, address: addresses.primary, preparation: change } }),
    lacks: lacks.map((text) => ({ message: text, advice: text })),
    doubts: doubtsOf(mailbox, mailUser, facts),
    prepared,
  }
}

function kept(
  moving: Pick<Outlook, 'mailbox' | 'user'>,
  { reason, detail, advice }: Omit<Conflict, 'mailbox'>,
  prepared: Outlook['prepared'],
): Outlook {
  const { mailbox } = moving
  return {
    ...moving,
    skipped: { key: mailbox.key, label: labelOf(mailbox), reason, detail, advice },
    lacks: [{ message: capital(detail), advice }],
    doubts: [],
    prepared,
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** @param own names of the profile's batches. */
export function outlookHealth(
  { mailbox, change, lacks, doubts, user }: Outlook,
  percentages: ReadonlyMap<string, number>,
  own: ReadonlySet<string>,
): Health {
  const key = labelOf(mailbox)
  if (user) return userHealth(key, user, percentages, own)
  if (lacks.length > 0)
    return {
      what: 'mailbox',
      key,
      state: 'warning',
      message: `Not ready. ${lacks.map(({ message }) => message).join('; ')}.`,
      advice: `Not ready. ${lacks.map(({ advice }) => advice.replace(/\.$/, '')).join('; ')}.`,
    }
  const ready = change ? 'Ready, once this plan is applied' : 'Ready'
  const told = `${[ready, ...doubts].join('; but ')}.`
  return { what: 'mailbox', key, state: doubts.length > 0 ? 'warning' : 'ok', message: told, advice: told }
}
