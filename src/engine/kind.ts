/**
 * What the engine asks of a kind of profile: to propose changes, and to write the ones it is told to.
 *
 * Promises a kind makes:
 * - `propose` writes nothing (it is given no client that could), and reads whole or throws;
 * - the same data gives the same proposal, in any order of arrival;
 * - writing a change twice does what writing it once does.
 */
import type { Change, Health, Notice, Skipped } from './plan.ts'
import type { Recorder, Written } from './journal.ts'
import type { Explanation } from './explanation.ts'
import type { Shard } from './shard.ts'

export interface Kind<Profile, Connection> {
  propose(profile: Profile, context: Context): Promise<Proposal<Connection>>
  /** The writing client. Asked for by an apply alone, once, and only when there is something to write. */
  connect(profile: Profile): Promise<Connection>
  /**
   * How many writes are under way at a time, for a connection that gathers them into requests.
   * Absent: as many as requests.
   */
  writesAtATime?(requests: number): { readonly inAll: number; readonly inOneMailbox: number }
  /**
   * Tries what stands now, as its people will. Asked for after an apply that wrote something and left nothing
   * undone.
   * @param recorder for what is written by trying.
   * @returns what was found; an `error` makes the apply `partial`.
   */
  verify?(
    profile: Profile,
    connection: Connection,
    recorder: (about: Written) => Recorder,
  ): Promise<readonly Health[]>
  /** What the profile makes of the person with this address, and what stands in the target for them. */
  explain?(profile: Profile, address: string, context: Context): Promise<Explanation>
}

export interface Context {
  /** The profile's own, relative to the repository: files that it names are relative to it. */
  readonly file: string
  /** The day of the run: what grace and lapsing limits are held against. */
  readonly now: Date
  /** The names of all profiles in the repository and their former names, whatever `only` selects. */
  readonly profileNames: ReadonlySet<string>
  /** The part of the mailboxes that this run writes, beside others that write theirs. */
  readonly shard?: Shard
  /** When the first of several jobs of one run planned: what was made since, they made. */
  readonly since?: Date
}

/** What all profiles of a run have in common. */
export type RunContext = Omit<Context, 'file'>

export interface Proposal<Connection> {
  /** How many objects the profile manages in the target now, or takes over: what percentages refer to. */
  readonly managed: number
  /**
   * Whether any of them is the profile's already: until then it has nothing, and may create freely. What
   * other shards make at this moment does not count.
   */
  readonly begun: boolean
  /** How many people are in scope; absent for a kind that has none. None at all is the limit `emptySource`. */
  readonly people?: number
  readonly proposed: readonly Proposed<Connection>[]
  readonly unchanged: number
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly Notice[]
  readonly health: readonly Health[]
  /** How many mailboxes are in scope; absent for a kind that has none. */
  readonly mailboxes?: number
  /** What of the target could not be reached: a warning of the plan, and an apply ends `partial`. */
  readonly incomplete?: Notice
}

/** One of many targets of a profile. */
export interface Mailbox {
  /** Stays when the mailbox is renamed: which shard it belongs to depends on it. */
  readonly id: string
  readonly name: string
}

/** A change that turned out to have no object when its turn came. */
export interface NotWritten {
  /** For readers; names nobody. */
  readonly why: string
}

export interface Proposed<Connection> {
  readonly change: Change
  /** The limit it counts against; absent for objects that are nobody's (configuration). */
  readonly countsAs?: 'creates' | 'updates' | 'deletes'
  /** How many people it counts as, where one object is not one person's. */
  readonly people?: number
  /** The object does not bear this profile's mark: deleting it takes a review (DESIGN 3.3). */
  readonly unmarked?: boolean
  /** What one change of a run alone may make, such as an address of a tenant: the first profile that plans it has it. */
  readonly exclusive?: string
  /** Of a deletion in mailboxes: the person stays in others. Who reviewed it did not see the person go. */
  readonly partial?: boolean
  /** Changes that must be done before this one; when one of them is not, this one is not attempted. */
  readonly after?: readonly Proposed<Connection>[]
  /** Changes that must have ended before this one, however they ended. */
  readonly behind?: readonly Proposed<Connection>[]
  /** Where the change is made, in the order of their names: each mailbox is written, and fails, by itself. */
  readonly mailboxes?: readonly Mailbox[]
  /**
   * @param at which of the `mailboxes`; 0 where there are none.
   * @returns why nothing was written, where there is nothing to be done about it any more.
   * @throws the service's error; what was written before it stays written, and the journal tells it.
   */
  write(connection: Connection, record: Recorder, at: number): Promise<NotWritten | void>
}
