/**
 * Two tenants on the simulator and one profile between them: from YAML to the wire, in this process.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { applyRun, planRun, type PlannedRun, type RunOptions } from '../src/commands/run.ts'
import { Journal } from '../src/engine/journal.ts'
import type { Change, ProfilePlan } from '../src/engine/plan.ts'
import type { Result } from '../src/engine/result.ts'
import type { Approval } from '../src/engine/approval.ts'
import type { MailContactSeed, Seed, TenantSeed, UserSeed } from '../src/simulator/seed.ts'
import type { Directory } from '../src/simulator/graph/directory.ts'
import { startSimulator, type Simulator } from '../src/simulator/simulator.ts'

export const FABRIKAM = '6b0f8c1e-0000-4000-8000-00000000000a'
export const CONTOSO = '6b0f8c1e-0000-4000-8000-00000000000b'

export function user(name: string, more: Partial<UserSeed> = {}): UserSeed {
  const address = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@fabrikam.com`
  return { displayName: name, userPrincipalName: address, mail: address, ...more }
}

export function tenant(name: string, tenantId: string, more: Partial<TenantSeed>): TenantSeed {
  return {
    tenantId,
    organization: `${name}.onmicrosoft.com`,
    domains: [`${name}.com`],
    apps: [
      {
        clientId: `1d2e3f40${tenantId.slice(8)}`,
        permissions: ['User.Read.All', 'GroupMember.Read.All', 'OrgContact.Read.All'],
        exchange: { manageAsApp: true, role: 'recipient-administrator' },
        secret: 'a-secret-of-the-simulator',
      },
    ],
    ...more,
  }
}

const TENANTS = `
tenants:
  fabrikam: { tenantId: ${FABRIKAM}, clientId: 1d2e3f40${FABRIKAM.slice(8)}, organization: fabrikam.onmicrosoft.com, domains: [fabrikam.com], credential: client-secret }
  contoso: { tenantId: ${CONTOSO}, clientId: 1d2e3f40${CONTOSO.slice(8)}, organization: contoso.onmicrosoft.com, domains: [contoso.com], credential: client-secret }
`

export interface Given {
  readonly users?: readonly UserSeed[]
  readonly contacts?: readonly MailContactSeed[]
  readonly fabrikam?: Partial<TenantSeed>
  readonly contoso?: Partial<TenantSeed>
  readonly seed?: Partial<Seed>
  /** The profile's YAML behind name, kind, from and to; or the whole of it. */
  readonly profile?: string
  readonly from?: string
  readonly to?: string
  /** More files beside it, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** Variables of the environment, besides those that lead to the simulator. */
  readonly env?: Readonly<Record<string, string>>
}

/** A mail contact as the target holds it, both objects in one. */
export type Contact = Readonly<Record<string, unknown>>

export class Tenants {
  readonly simulator: Simulator
  readonly root: string
  now = new Date('2026-11-21T09:00:00Z')

  /** Besides those that lead to the simulator. */
  env: Readonly<Record<string, string>>

  private constructor(simulator: Simulator, root: string, env: Readonly<Record<string, string>>) {
    this.simulator = simulator
    this.root = root
    this.env = env
  }

  static async start(given: Given = {}): Promise<Tenants> {
    const seed: Seed = {
      tenants: {
        fabrikam: tenant('fabrikam', FABRIKAM, { users: [...(given.users ?? [])], ...given.fabrikam }),
        contoso: tenant('contoso', CONTOSO, { mailContacts: [...(given.contacts ?? [])], ...given.contoso }),
      },
      ...given.seed,
    }
    const root = mkdtempSync(join(tmpdir(), 'tenant-sync-'))
    const tenants = new Tenants(await startSimulator({ seed }), root, given.env ?? {})
    tenants.write('tenants.yaml', TENANTS)
    tenants.profile(given)
    for (const [name, text] of Object.entries(given.files ?? {})) tenants.write(name, text)
    return tenants
  }

  write(name: string, text: string): void {
    mkdirSync(join(this.root, 'sync-profiles'), { recursive: true })
    writeFileSync(join(this.root, 'sync-profiles', name), text)
  }

  profile({
    profile = '',
    from = '{ entra: fabrikam }',
    to = '',
  }: Pick<Given, 'profile' | 'from' | 'to'>): void {
    this.write(
      'people.yaml',
      `name: people\nkind: mail-contacts\nfrom: [${from}]\nto: { tenant: contoso${to && `, ${to}`} }\n${profile}\n`,
    )
  }

  get options(): RunOptions {
    return {
      root: this.root,
      env: { ...this.simulator.env, ...this.env },
      inWorkflow: false,
      idToken: () => Promise.reject(new Error('no workflow')),
      now: () => this.now,
    }
  }

  async planRun(): Promise<PlannedRun> {
    return planRun(this.options, 'plan')
  }

  /** The plan of the one profile. */
  async plan(): Promise<ProfilePlan> {
    return (await this.planRun()).plan.profiles.find(({ name }) => name === 'people')!
  }

  async apply(approval: Approval = 'seen', signal?: AbortSignal): Promise<Result> {
    const planned = await planRun(this.options, 'apply')
    const journal = new Journal({
      journal: this.path('journal.ndjson'),
      removed: this.path('removed.ndjson'),
    })
    return applyRun(planned, { journal, approvalOf: () => approval, ...(signal && { signal }) })
  }

  path(name: string): string {
    return join(this.root, name)
  }

  lines(name: string): Record<string, unknown>[] {
    return readFileSync(this.path(name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  /** A tenant's mail contacts, by external address. */
  contacts(tenant = 'contoso'): Map<string, Contact> {
    const { recipients } = this.simulator.world.tenants.get(tenant)!
    return new Map(
      [...recipients.ofType('MailContact')].map(({ guid, values }) => [
        String(values['ExternalEmailAddress']),
        { ...values, Guid: guid },
      ]),
    )
  }

  contact(address: string): Contact | undefined {
    return this.contacts().get(address)
  }

  /** The source's users and groups, to be changed. */
  get directory(): Directory {
    return this.simulator.world.tenants.get('fabrikam')!.directory
  }

  /** Writes since a number of requests. */
  writes(since = 0): string[] {
    return this.simulator.requests
      .slice(since)
      .filter(({ write }) => write)
      .map(({ operation }) => operation)
  }

  /** Until reads that went on beside one that failed have come to their end. */
  async idle(): Promise<void> {
    const { requests } = this.simulator
    const state = () => `${requests.length} ${requests.filter(({ status }) => status === 0).length}`
    // Those whose connection broke are never answered.
    for (let still = 0, before = ''; still < 2; before = state()) {
      await delay(15)
      still = state() === before ? still + 1 : 0
    }
  }

  async stop(): Promise<void> {
    await this.simulator.close()
    rmSync(this.root, { recursive: true })
  }
}

/** A refusal for good, as Exchange words one: what a poison object gets. */
export const REFUSED = {
  status: 400,
  body: {
    error: {
      code: 'BadRequest',
      message: 'Error executing cmdlet',
      details: [
        {
          code: 'Client',
          target: '',
          message:
            'ExA1B2C3|Microsoft.Exchange.Configuration.Tasks.RecipientTaskException|This one is poison.',
        },
      ],
    },
  },
}

/** `create Ada Lovelace <…>: new-in-source` and the like. */
export function told({ changes }: { changes: readonly Change[] }): string[] {
  return changes.map(({ action, label, reason }) => `${action} ${label}: ${reason}`)
}
