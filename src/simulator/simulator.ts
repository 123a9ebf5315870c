import { buildWorld } from './build.ts'
import { localhostCertificate, writeCertificate } from './certificate.ts'
import { Desk } from './desk.ts'
import { entraService } from './entra/entra.ts'
import { exchangeService } from './exchange/exchange.ts'
import { advanceBatch } from './exchange/migration/advance.ts'
import type { BatchStatus } from './exchange/migration/batch.ts'
import { Faults } from './faults.ts'
import type { RequestRecord } from './records.ts'
import { githubService } from './github/github.ts'
import { githubEnv } from './github/state.ts'
import { graphService } from './graph/graph.ts'
import { listen } from './listen.ts'
import type { Seed } from './seed.ts'
import { runCycle } from './graph/cross-tenant/cycle/cycle.ts'
import type { Execution } from './graph/cross-tenant/synchronization/job.ts'
import type { Service } from './service.ts'
import { mintToken } from './tokens.ts'
import type { Audience } from './tokens.ts'
import type { World } from './world.ts'

export interface SimulatorOptions {
  /** YAML text, or what it stands for. */
  readonly seed: Seed | string
  /** Default: a free one. */
  readonly port?: number
  /** Default true: `@azure/identity` and the clients refuse http. */
  readonly tls?: boolean
  /** Default: the seed's `clock`, going on from there, else the time. */
  readonly clock?: () => Date
}

export interface Simulator {
  /** `https://localhost:PORT`, or `http://` without TLS. */
  readonly origin: string
  /** What a program must have in its environment to talk to this simulator instead of the services. */
  readonly env: Readonly<Record<string, string>>
  /** The state: may be read and changed by tests. */
  readonly world: World
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly RequestRecord[]
  readonly faults: Faults
  /**
   * An access token without signing in.
   * @param tenant its name in the seed
   * @param app a clientId; default the tenant's first app
   * @throws RangeError when there is no such tenant or app
   */
  token(tenant: string, audience: Audience, app?: string): string
  /**
   * Runs a provisioning cycle of cross-tenant synchronization now, without waiting for its time.
   * @param tenant the source's name in the seed
   * @param application the display name of its configuration
   * @throws RangeError when there is none, or it has no job
   */
  runCycle(tenant: string, application: string): Execution
  /**
   * Moves a migration batch one step on: Queued, Syncing, Synced, and when it is to be completed Completing,
   * Completed; from Stopping to Stopped, and from Removing away.
   * @param tenant the target's name in the seed
   * @returns the batch's status then, `undefined` when it is gone
   * @throws RangeError when there is no such batch
   */
  advanceMigration(tenant: string, batch: string): BatchStatus | undefined
  close(): Promise<void>
}

/**
 * Starts stand-ins for Entra, Microsoft Graph, Exchange Online and GitHub on one loopback port. They refuse
 * what the services refuse, in the services' own words.
 * @throws SeedError
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { world, seed } = buildWorld(options.seed, options.clock)
  const faults = new Faults()
  for (const rule of seed.faults ?? []) faults.add(rule)

  const services: Service[] = [entraService(), exchangeService(world), githubService(world)]
  const desk = new Desk(world, services, faults)
  services.push(graphService((request) => desk.answer(request)))

  const tls = options.tls === false ? undefined : await localhostCertificate()
  const trust = tls ? await writeCertificate(tls.cert) : undefined
  const listening = await listen(desk, options.port ?? 0, tls)
  const origin = `${tls ? 'https' : 'http'}://localhost:${listening.port}`
  world.origin = origin
  return {
    origin,
    env: {
      TENANT_SYNC_LOGIN_URL: origin,
      TENANT_SYNC_GRAPH_URL: origin,
      TENANT_SYNC_EXCHANGE_URL: origin,
      ...(trust ? { NODE_EXTRA_CA_CERTS: trust.file } : {}),
      ...secrets(world),
      ...githubEnv(world.github, origin),
    },
    world,
    requests: desk.requests,
    faults,
    token: (name, audience, clientId) => {
      const tenant = world.tenants.get(name)
      const app = tenant?.apps.find((each) => clientId === undefined || each.clientId === clientId)
      if (!tenant || !app) throw new RangeError(`no app ${clientId ?? ''} in tenant ${name}`)
      return mintToken(world, tenant, app, audience)
    },
    runCycle(name, application) {
      const tenant = world.tenants.get(name)
      const principals = [...(tenant?.crossTenant.servicePrincipals.values() ?? [])]
      const principal = principals.find(({ properties }) => properties['displayName'] === application)
      if (!tenant || !principal) throw new RangeError(`no application ${application} in tenant ${name}`)
      return runCycle(world, tenant, principal)
    },
    advanceMigration(name, batchName) {
      const tenant = world.tenants.get(name)
      const batch = tenant?.migration.batches.find(batchName)
      if (!tenant || !batch) throw new RangeError(`no migration batch ${batchName} in tenant ${name}`)
      return advanceBatch(world, tenant, batch)?.values.status
    },
    async close() {
      await listening.close()
      await trust?.remove()
    },
  }
}

/** The first secret of each tenant, in the variable that a profile's `client-secret` reads. */
function secrets(world: World): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, { apps }] of world.tenants) {
    const secret = apps.find((app) => app.secret !== undefined)?.secret
    if (secret !== undefined) {
      found[`TENANT_SYNC_${name.toUpperCase().replaceAll('-', '_')}_CLIENT_SECRET`] = secret
    }
  }
  return found
}
