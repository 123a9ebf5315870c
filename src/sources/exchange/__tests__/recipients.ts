/** A tenant on the simulator, and its recipients read as a profile reads them. */
import { setTimeout as delay } from 'node:timers/promises'
import { connections } from '../../../microsoft/connections.ts'
import { type Person, type PersonField, PERSON_FIELDS } from '../../../people/person.ts'
import { tenantsOf } from '../../../profiles/tenants.ts'
import type { Behaviour, TenantSeed } from '../../../simulator/seed.ts'
import { startSimulator, type Simulator } from '../../../simulator/simulator.ts'
import type { ExchangeFrom } from '../../schema.ts'
import type { SourceRead } from '../../source.ts'
import type { Surroundings } from '../../surroundings.ts'
import { exchangeSource } from '../exchange.ts'

const TENANT = {
  tenantId: '6b0f8c1e-0000-4000-8000-00000000000a',
  organization: 'fabrikam.onmicrosoft.com',
  domains: ['fabrikam.com'],
}
const CLIENT = '1d2e3f40-0000-4000-8000-00000000000a'

export const EVERY_FIELD: ReadonlySet<PersonField> = new Set(PERSON_FIELDS)
/** What Get-Recipient shows is enough for these. */
export const NAME_AND_MAIL: ReadonlySet<PersonField> = new Set(['displayName', 'mail'])

export class Recipients {
  readonly simulator: Simulator

  private constructor(simulator: Simulator) {
    this.simulator = simulator
  }

  static async start(seed: Partial<TenantSeed>, behaviour: Partial<Behaviour> = {}): Promise<Recipients> {
    const app = {
      clientId: CLIENT,
      permissions: ['User.Read.All', 'GroupMember.Read.All', 'OrgContact.Read.All'],
      exchange: { manageAsApp: true, role: 'global-reader' as const },
      secret: 'a-secret-of-the-simulator',
    }
    const fabrikam: TenantSeed = { ...TENANT, apps: [app], ...seed }
    return new Recipients(await startSimulator({ seed: { tenants: { fabrikam }, behaviour } }))
  }

  /** What a source of this tenant reaches, signed in as its app. */
  get around(): Surroundings {
    const tenants = tenantsOf({
      tenants: {
        fabrikam: { ...TENANT, clientId: CLIENT, cloud: 'global', credential: 'client-secret' },
      },
    })
    return {
      tenants: connections(tenants, {
        env: this.simulator.env,
        idToken: () => Promise.reject(new Error('no workflow')),
        purpose: 'plan',
        inWorkflow: false,
        concurrency: 4,
      }),
      file: () => Promise.reject(new Error('no file')),
      place: (name) => name,
      secret: () => '',
    }
  }

  async read(
    from: Partial<ExchangeFrom> = {},
    fields: ReadonlySet<PersonField> = EVERY_FIELD,
  ): Promise<SourceRead> {
    const whole: ExchangeFrom = {
      exchange: 'fabrikam',
      include: ['user-mailboxes'],
      hidden: 'exclude',
      ...from,
    }
    return exchangeSource(whole, ['from', 0], this.around).read(fields)
  }

  /** Reads that went on beside one that failed come to their end first. */
  async stop(): Promise<void> {
    const { requests } = this.simulator
    for (let before = -1; before !== requests.length || requests.some(({ status }) => status === 0);) {
      before = requests.length
      await delay(15)
    }
    await this.simulator.close()
  }

  /** By their mail addresses. */
  async people(
    from: Partial<ExchangeFrom> = {},
    fields: ReadonlySet<PersonField> = EVERY_FIELD,
  ): Promise<Map<string, Person>> {
    const { people } = await this.read(from, fields)
    return new Map(people.map(({ person }) => [person.mail, person]))
  }

  /** The cmdlets that were run since a number of requests. */
  cmdlets(since = 0): string[] {
    return this.simulator.requests
      .slice(since)
      .filter(({ service }) => service === 'exchange')
      .map(({ operation }) => operation)
  }
}
