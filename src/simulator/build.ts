import { seedMigration } from './exchange/migration/seed.ts'
import { seedRecipients } from './exchange/seed.ts'
import { seedGitHub } from './github/state.ts'
import { seedCrossTenant } from './graph/cross-tenant/seed.ts'
import { seedMailboxes } from './graph/mailbox/seed.ts'
import { seedDirectory } from './graph/seed.ts'
import { idsOf } from './ids.ts'
import { signingKey } from './keys.ts'
import { readSeed } from './seed.ts'
import type { CheckedSeed, Seed, TenantSeed } from './seed.ts'
import type { Tenant, World } from './world.ts'

/**
 * Makes the world of a seed.
 * @throws SeedError
 */
export function buildWorld(seed: Seed | string, clock?: () => Date): { world: World; seed: CheckedSeed } {
  const checked = readSeed(seed)
  const now = clock ?? ticking(checked.clock)
  const tenants = Object.entries(checked.tenants).map(
    ([name, tenant]) => [name, buildTenant(name, tenant, now)] as const,
  )
  const world: World = {
    tenants: new Map(tenants),
    github: seedGitHub(checked.github),
    actionsKey: signingKey('actions'),
    entraKey: signingKey('entra'),
    behaviour: checked.behaviour,
    origin: '',
    tokenGeneration: 0,
    now,
  }
  return { world, seed: checked }
}

function buildTenant(name: string, seed: TenantSeed, now: () => Date): Tenant {
  const ids = idsOf(name)
  const directory = seedDirectory(seed, ids, now())
  const recipients = seedRecipients(seed, ids, now)
  return {
    name,
    tenantId: seed.tenantId,
    organization: seed.organization,
    cloud: seed.cloud ?? 'global',
    domains: [seed.organization, ...(seed.domains ?? [])].map((domain) => domain.toLowerCase()),
    apps: seed.apps ?? [],
    directory,
    recipients,
    migration: seedMigration(seed, recipients, now()),
    mailboxes: seedMailboxes(seed, directory, now),
    crossTenant: seedCrossTenant(seed, ids, directory, now),
  }
}

/** A clock that starts at the seed's time and goes on from there. */
function ticking(start: string | undefined): () => Date {
  if (start === undefined) return () => new Date()
  const ahead = new Date(start).getTime() - Date.now()
  return () => new Date(Date.now() + ahead)
}
