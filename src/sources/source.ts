/**
 * Where people come from. A source is read whole, or it throws: a read that is not complete never
 * leads to a delete (DESIGN 1).
 */
import type { Notice, Skipped } from '../engine/plan.ts'
import type { Person, PersonField, Sourced } from '../people/person.ts'

/** Where in the profile a source stands, e.g. `['from', 0]`. */
export type SourcePath = readonly (string | number)[]

export interface Source {
  /**
   * @param fields what expressions read of a person; a source may leave out what nobody reads.
   * @throws when a page, a group or a file is missing.
   */
  read(fields: ReadonlySet<PersonField>): Promise<SourceRead>
}

export interface SourceRead {
  /** Their order is somebody's: rows of a file. Absent: it means nothing, and may be another one next time. */
  readonly inOrder?: true
  /** In scope of this source: filtered by its own keys, `where` included. */
  readonly people: readonly Sourced[]
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly Notice[]
  /**
   * The same read, knowing more. It costs a sign-in and a listing, so it is asked for only before
   * somebody new is shown in another tenant. Absent when there is nothing more to learn.
   */
  readonly secondLook?: () => Promise<SourceRead>
  /**
   * Everybody whom the source knows by an address or an id, in scope of this read or not. It takes
   * requests of its own, and decides by the rules that the read was made with.
   */
  explain(address: string): Promise<readonly Known[]>
}

/** Somebody a source knows. */
export interface Known {
  /** With all the addresses they hold. */
  readonly person: Person
  readonly inScope: boolean
  /** What decided; names nobody. */
  readonly why: Notice
}
