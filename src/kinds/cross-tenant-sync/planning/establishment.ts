/** What has to change so that both tenants are as the profile says, in the order in which it can be done. */
import type { Proposed } from '../../../engine/kind.ts'
import { applicationChange, credentialsChange } from './application-changes.ts'
import type { Connection } from './connection.ts'
import type { Change, Relationship } from './relationship.ts'
import { filterChange, jobChange, mappingChange, stateChange } from './job-changes.ts'
import { policyChanges } from './policy-changes.ts'

/** Configuration alone; assignments come between its parts. */
export interface Establishment {
  /** Everything up to the job and its mapping. */
  readonly changes: readonly Proposed<Connection>[]
  /** How many objects are as they should be. */
  readonly unchanged: number
  /** What assignments wait for. */
  readonly application: Proposed<Connection> | undefined
  readonly credentials: Proposed<Connection> | undefined
  /** What must be done before credentials are saved. */
  readonly beforeCredentials: readonly Proposed<Connection>[]
  /** @param people how many it can take access from. */
  filter(people: number): Change
  /**
   * The last of all. Somebody who cannot be assigned keeps nobody else waiting; who is not to be synchronized must be
   * unassigned first.
   */
  state(removals: readonly Proposed<Connection>[]): Change
}

/** @param narrowed everyone had access and no longer shall: the credentials are written as a removal then. */
export function establishment(about: Relationship, narrowed: boolean): Establishment {
  const target = policyChanges(about, 'target')
  const source = policyChanges(about, 'source')
  const application = applicationChange(about)
  const first = [...target, ...source, application]
  const credentials = narrowed ? undefined : credentialsChange(about, first)
  const job = jobChange(about, [application, credentials])
  const mapping = mappingChange(about, [job])
  const all = [...first, credentials, job, mapping]
  const changes = all.filter((one) => one !== undefined)
  return {
    changes,
    unchanged: all.length - changes.length,
    application,
    credentials,
    beforeCredentials: first.filter((one) => one !== undefined),
    filter: (people) => filterChange(about, people, [job, mapping]),
    state: (removals) => stateChange(about, [...changes, ...removals]),
  }
}
