/** Which apps the profiles need in which tenants, and what for. */
import { needsOf } from '../../kinds/needs.ts'
import { PROFILE_KINDS } from '../../kinds/kinds.ts'
import type { Purpose } from '../../microsoft/identity.ts'
import type { Need } from '../../microsoft/need.ts'
import type { Loaded, LoadedProfile } from '../../profiles/load.ts'
import type { Tenant } from '../../profiles/tenants.ts'

export interface TenantApps {
  readonly tenant: Tenant
  /** One, or two. */
  readonly apps: readonly App[]
}

export interface App {
  readonly tenant: Tenant
  readonly clientId: string
  readonly purposes: readonly Purpose[]
  /** What the chosen profiles need of it as they are. */
  readonly needs: readonly Need[]
  /** What any profile of the repository needs of it, paused and absent ones as if they were present: the rest is too much. */
  readonly mayNeed: readonly Need[]
}

/**
 * The apps of the tenants that the chosen profiles name, tenant by tenant in the order of `tenants.yaml`.
 * @param all every profile of the repository.
 */
export function appsOf({ profiles: chosen, tenants }: Loaded, all: readonly LoadedProfile[]): TenantApps[] {
  const named = new Set(
    chosen.flatMap(({ kind, profile }) => PROFILE_KINDS[kind].tenants(profile).map(({ tenant }) => tenant)),
  )
  return [...tenants.values()]
    .filter(({ name }) => named.has(name))
    .map((tenant) => ({
      tenant,
      apps: purposesOf(tenant).map(([clientId, purposes]) => {
        const needs = needsFrom(chosen, purposes, tenant)
        // What reads may stand beside what writes.
        const mayNeed = needsFrom(
          [...all, ...all.map(present)],
          [...new Set(['plan' as const, ...purposes])],
          tenant,
        )
        return { tenant, clientId, purposes, needs, mayNeed }
      }),
    }))
}

type Asked = Pick<LoadedProfile, 'kind' | 'profile'>

function needsFrom(profiles: readonly Asked[], purposes: readonly Purpose[], { name }: Tenant): Need[] {
  return profiles
    .flatMap(({ kind, profile }) => purposes.flatMap((purpose) => needsOf(kind, profile, purpose)))
    .filter(({ tenant }) => tenant === name)
}

function present({ kind, profile }: Asked): Asked {
  return { kind, profile: { ...profile, state: 'present' } }
}

/** Two apps that are one and the same are one. */
function purposesOf({ clientId }: Tenant): [string, Purpose[]][] {
  if (typeof clientId === 'string') return [[clientId, ['plan', 'apply']]]
  if (clientId.plan.toLowerCase() === clientId.apply.toLowerCase())
    return [[clientId.plan, ['plan', 'apply']]]
  return [
    [clientId.plan, ['plan']],
    [clientId.apply, ['apply']],
  ]
}
