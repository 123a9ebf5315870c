import type { KeyObject } from 'node:crypto'

import type { Migration } from './exchange/migration/migration.ts'
import type { Recipients } from './exchange/recipients.ts'
import type { GitHubState } from './github/state.ts'
import type { CrossTenant } from './graph/cross-tenant/state.ts'
import type { Directory } from './graph/directory.ts'
import type { Mailboxes } from './graph/mailbox/mailboxes.ts'
import type { AppSeed, Behaviour, Cloud } from './seed.ts'

/** Everything the services share. Tests may read and change it while the simulator runs. */
export interface World {
  /** By the name a tenant has in the seed (and in tenants.yaml). */
  readonly tenants: ReadonlyMap<string, Tenant>
  readonly github: GitHubState
  /** The key behind `https://token.actions.githubusercontent.com`: GitHub's ID tokens are signed with it. */
  readonly actionsKey: SigningKey
  /** Entra's own key: access tokens are signed with it. */
  readonly entraKey: SigningKey
  readonly behaviour: Behaviour
  /** `https://localhost:PORT`; empty until the simulator listens. */
  origin: string
  /** Access tokens of an older generation count as expired: raise it to expire them all. */
  tokenGeneration: number
  /** The time, everywhere: tokens, `WhenCreated`, headers. */
  now(): Date
}

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** One Microsoft 365 tenant. */
export interface Tenant {
  readonly name: string
  readonly tenantId: string
  readonly cloud: Cloud
  /** The initial domain, `fabrikam.onmicrosoft.com`. */
  readonly organization: string
  /** All accepted domains in lower case, `organization` first. */
  readonly domains: readonly string[]
  readonly apps: readonly AppSeed[]
  /** Users and groups, as Graph shows them. */
  readonly directory: Directory
  /** Everything in Exchange that holds an address. */
  readonly recipients: Recipients
  /** What Exchange keeps for moves of mailboxes between tenants. */
  readonly migration: Migration
  /** What users keep for themselves: contacts and their folders; and users' photos. */
  readonly mailboxes: Mailboxes
  /** Policies for other tenants, and the synchronization to them. */
  readonly crossTenant: CrossTenant
}

/** The tenant with this GUID, or with this accepted domain; without case. */
export function findTenant(world: World, idOrDomain: string): Tenant | undefined {
  const wanted = idOrDomain.toLowerCase()
  for (const tenant of world.tenants.values()) {
    if (tenant.tenantId.toLowerCase() === wanted || tenant.domains.includes(wanted)) return tenant
  }
  return undefined
}
