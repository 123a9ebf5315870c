import type { Proposed } from '../../../engine/kind.ts'
import type { Application } from '../application/application.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import type { Connection } from './connection.ts'
import type { Sides, Standing } from './standing.ts'

/** A profile, and what stands between its two tenants: what every change is made of. */
export interface Relationship {
  readonly profile: CrossTenantSyncProfile
  /** The profile's own name and its former ones. */
  readonly names: ReadonlySet<string>
  readonly sides: Sides
  readonly standing: Standing
}

/** One change; `undefined` where all is as it should be. */
export type Change = Proposed<Connection> | undefined

/** The application that a change is about: the one that stands, or that this run has made. */
export function applicationOf({ standing }: Relationship, { application }: Connection): Application {
  const found = application ?? standing.configuration?.application
  if (!found) throw new RangeError('no application was made before what belongs to it')
  return found
}

/** The job, likewise. */
export function jobOf({ standing }: Relationship, { job }: Connection): string {
  const found = job ?? standing.configuration?.job?.id
  if (found === undefined) throw new RangeError('no job was made before what belongs to it')
  return found
}

/** Of a configuration that does not bear the profile's mark nothing goes that nobody reviewed. */
export function unmarked({ standing }: Relationship): Pick<Proposed<Connection>, 'unmarked'> {
  return standing.configuration?.mark ? {} : { unmarked: true }
}
