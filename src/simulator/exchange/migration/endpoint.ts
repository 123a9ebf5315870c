/** A migration endpoint: where another tenant's mailboxes are fetched, and by which application. */
import type { Named } from './named.ts'

export interface EndpointValues {
  readonly remoteServer: string
  /** A domain or the GUID of the tenant whose mailboxes move. */
  readonly remoteTenant: string | undefined
  readonly applicationId: string | undefined
  /** The application's id and secret. */
  readonly credential: readonly [userName: string, secret: string] | undefined
  /** `Infinity` for no limit. */
  readonly maxConcurrentMigrations: number
  readonly maxConcurrentIncrementalSyncs: number
}

export type Endpoint = Named<EndpointValues>

/** Exchange PowerShell, New-MigrationEndpoint. */
export const DEFAULT_CONCURRENCY = { maxConcurrentMigrations: 20, maxConcurrentIncrementalSyncs: 10 }
