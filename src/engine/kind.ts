/**
 * What the engine asks of a kind of profile: to propose changes, and to write the ones it is told to.
 *
 * Promises a kind makes:
 * - `propose` writes nothing (it is given no client that could), and reads whole or throws;
 * - the same data gives the same proposal, in any order of arrival;
 * - writing a change twice does what writing it once does.
 */
import type { Change, Health, Notice, Skipped } from './plan.ts'
import type { Recorder } from './journal.ts'

export interface Kind<Profile, Connection> {
  propose(profile: Profile, context: Context): Promise<Proposal<Connection>>
  /** The writing client. Asked for by an apply alone, once, and only when there is something to write. */
  connect(profile: Profile): Promise<Connection>
}

export interface Context {
  /** The day of the run: what grace and lapsing limits are held against. */
  readonly now: Date
  /** The names of all profiles in the repository and their former names, whatever `only` selects. */
  readonly profileNames: ReadonlySet<string>
}

export interface Proposal<Connection> {
  /** How many objects the profile manages in the target now, or takes over: what percentages refer to. */
  readonly managed: number
  /** Whether any of them is the profile's already: until then it has nothing, and may create freely. */
  readonly begun: boolean
  /** How many people are in scope; absent for a kind that has none. None at all is the limit `emptySource`. */
  readonly people?: number
  readonly proposed: readonly Proposed<Connection>[]
  readonly unchanged: number
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly Notice[]
  readonly health: readonly Health[]
}

export interface Proposed<Connection> {
  readonly change: Change
  /** The limit it counts against; absent for objects that are nobody's (configuration). */
  readonly countsAs?: 'creates' | 'updates' | 'deletes'
  /** The object does not bear this profile's mark: deleting it takes a review (DESIGN 3.3). */
  readonly unmarked?: boolean
  /** What one change of a run alone may make, such as an address of a tenant: the first profile that plans it has it. */
  readonly exclusive?: string
  /** Changes that must be done before this one; when one of them is not, this one is not attempted. */
  readonly after?: readonly Proposed<Connection>[]
  /** @throws the service's error; what was written before it stays written, and the journal tells it. */
  write(connection: Connection, record: Recorder): Promise<void>
}
