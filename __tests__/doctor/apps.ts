/** Two tenants, each with an app that plans and one that applies, which hold just what a test gives them. */
import { loadRun, type RunOptions } from '../../src/commands/run.ts'
import type { ProfilePlan } from '../../src/engine/plan.ts'
import type { Result } from '../../src/engine/result.ts'
import { needsOf } from '../../src/kinds/needs.ts'
import type { Purpose } from '../../src/microsoft/identity.ts'
import type { Need } from '../../src/microsoft/need.ts'
import {
  CALL_EXCHANGE,
  MANAGE_EXCHANGE,
  READ_EXCHANGE,
  WRITE_RECIPIENTS,
  type Privilege,
} from '../../src/microsoft/permissions.ts'
import type { RequestRecord } from '../../src/simulator/records.ts'
import type { AppSeed, Seed, TenantSeed } from '../../src/simulator/seed.ts'
import { CONTOSO, FABRIKAM, Tenants } from '../people.ts'

export const SECRET = 'a-secret-of-the-simulator'
export const TENANT_IDS = { fabrikam: FABRIKAM, contoso: CONTOSO } as const
export type TenantName = keyof typeof TENANT_IDS

/** `1d2e3f40-…-0a1` plans in Fabrikam, `…-0a2` applies there; `…-0b1` and `…-0b2` in Contoso. */
export function clientId(tenant: TenantName, purpose: Purpose): string {
  return `1d2e3f40-0000-4000-8000-0000000000${tenant === 'fabrikam' ? 'a' : 'b'}${purpose === 'plan' ? 1 : 2}`
}

export interface World {
  readonly fabrikam?: Partial<TenantSeed>
  readonly contoso?: Partial<TenantSeed>
  readonly seed?: Partial<Seed>
  /** Apps of every tenant besides those that plan and apply. */
  readonly beside?: readonly AppSeed[]
  readonly env?: Readonly<Record<string, string>>
  /** The profile, whole. */
  readonly profile: string
  /** Keys of every tenant besides its ids. Default: sign in with a secret. */
  readonly tenant?: string
  /** Default: an app for each purpose. */
  readonly clientId?: (tenant: TenantName) => string
}

export class Apps {
  readonly tenants: Tenants

  private constructor(tenants: Tenants) {
    this.tenants = tenants
  }

  static async start(world: World): Promise<Apps> {
    const apps = (name: TenantName): AppSeed[] => [
      ...(['plan', 'apply'] as const).map((purpose) => ({
        clientId: clientId(name, purpose),
        secret: SECRET,
      })),
      ...(world.beside ?? []),
    ]
    return new Apps(
      await Tenants.start({
        fabrikam: { apps: apps('fabrikam'), ...world.fabrikam },
        contoso: { apps: apps('contoso'), ...world.contoso },
        ...(world.seed && { seed: world.seed }),
        ...(world.env && { env: world.env }),
        files: { 'people.yaml': world.profile, 'tenants.yaml': tenantsYaml(world) },
      }),
    )
  }

  get options(): RunOptions {
    return this.tenants.options
  }

  /** As the kind of the one profile declares it. */
  async needs(purpose: Purpose): Promise<readonly Need[]> {
    const { profiles } = await loadRun(this.options)
    return profiles.flatMap(({ kind, profile }) => needsOf(kind, profile, purpose))
  }

  app(tenant: TenantName, purpose: Purpose): AppSeed {
    const { apps } = this.tenants.simulator.world.tenants.get(tenant)!
    return apps.find((app) => app.clientId === clientId(tenant, purpose))!
  }

  /** The apps of one purpose hold just this, in each tenant. */
  give(purpose: Purpose, needs: readonly Need[]): void {
    for (const name of ['fabrikam', 'contoso'] as const) {
      const held = needs.filter(({ tenant }) => tenant === name).map(({ privilege }) => privilege)
      Object.assign(this.app(name, purpose), {
        permissions: held.filter(({ of }) => of === 'Microsoft Graph').map((privilege) => privilege.name),
        exchange: {
          manageAsApp: held.includes(CALL_EXCHANGE),
          role: roleOf(held),
        },
      })
    }
  }

  async plan(): Promise<ProfilePlan> {
    return (await this.tenants.planRun()).plan.profiles[0]!
  }

  apply(): Promise<Result> {
    return this.tenants.apply()
  }

  get requests(): readonly RequestRecord[] {
    return this.tenants.simulator.requests
  }

  /** Requests that were refused for want of a permission. */
  refused(since = 0): string[] {
    return this.requests
      .slice(since)
      .filter(({ status }) => status === 401 || status === 403)
      .map(({ method, operation }) => `${method} ${operation}`)
  }

  async stop(): Promise<void> {
    await this.tenants.idle()
    await this.tenants.stop()
  }
}

function roleOf(held: readonly Privilege[]): NonNullable<AppSeed['exchange']>['role'] {
  if (held.includes(MANAGE_EXCHANGE)) return 'exchange-administrator'
  if (held.includes(WRITE_RECIPIENTS)) return 'recipient-administrator'
  return held.includes(READ_EXCHANGE) ? 'global-reader' : 'none'
}

function tenantsYaml({ tenant = 'credential: client-secret', clientId: ids = both }: World): string {
  const line = (name: TenantName) =>
    `  ${name}: { tenantId: ${TENANT_IDS[name]}, clientId: ${ids(name)}, organization: ${name}.onmicrosoft.com, domains: [${name}.com], ${tenant} }`
  return `tenants:\n${line('fabrikam')}\n${line('contoso')}\n`
}

function both(name: TenantName): string {
  return `{ plan: ${clientId(name, 'plan')}, apply: ${clientId(name, 'apply')} }`
}
