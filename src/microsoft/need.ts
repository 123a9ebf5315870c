import type { Privilege } from './permissions.ts'

/** What an app must be given in a tenant, for a profile to be planned or applied. */
export interface Need {
  /** The tenant's name in `tenants.yaml`. */
  readonly tenant: string
  readonly privilege: Privilege
  /** What for: a clause such as `to read people`. */
  readonly why: string
  /** Without it a run goes on, and knows less. */
  readonly optional?: true
}
