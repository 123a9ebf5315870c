/** Two tenants, and a profile that moves mailboxes of one into the other: from YAML to the wire, in this process. */
import { join } from 'node:path'
import type { Change, Health, ProfilePlan } from '../../src/engine/plan.ts'
import type { Result } from '../../src/engine/result.ts'
import type { Recipient } from '../../src/simulator/exchange/recipient.ts'
import type { TenantSeed, Seed, UserSeed } from '../../src/simulator/seed.ts'
import { CONTOSO, FABRIKAM, Tenants, user } from '../people.ts'
import { standIn, type Play } from '../pwsh/stand-in.ts'
import { departures } from './described.ts'

export { CONTOSO, FABRIKAM }

/** The application that moves the mailboxes. */
export const MOVER = '5d2e3f40-0000-4000-8000-0000000000aa'
export const SECRET = 'The application\'s "secret" of 2026'

/** "Cross Tenant User Data Migration". */
export const LICENSED = {
  assignedLicenses: [{ skuId: '946ce899-873d-44bb-9d8b-671870cbfdbf', disabledPlans: [] }],
}

export function mailbox(name: string, exchange: UserSeed['exchange'] = {}): UserSeed {
  const address = user(name).userPrincipalName
  const local = address.slice(0, address.indexOf('@'))
  return user(name, {
    ...LICENSED,
    jobTitle: `${name}'s title`,
    exchange: {
      EmailAddresses: [
        `SMTP:${address}`,
        `smtp:${local}@fabrikam.onmicrosoft.com`,
        `X500:/o=Before/cn=${local}`,
      ],
      LegacyExchangeDN: `/o=ExchangeLabs/cn=${local}`,
      ...exchange,
    },
  })
}

export const ADA = mailbox('Ada Lovelace', { ArchiveGuid: 'a5c4d2b8-0000-4000-8000-00000000a5c4' })
export const BOB = mailbox('Bob Brown')
export const CLEO = mailbox('Cleo Clark')

export interface Starting {
  readonly users?: readonly UserSeed[]
  /** UPNs of the group's members; by default everybody. */
  readonly members?: readonly string[]
  readonly fabrikam?: Partial<TenantSeed>
  readonly contoso?: Partial<TenantSeed>
  readonly behaviour?: Seed['behaviour']
  /** Keys of the profile in YAML, besides those that every one has. */
  readonly profile?: string
  readonly files?: Readonly<Record<string, string>>
  readonly plays?: Play
  /** `null` for a machine without PowerShell. */
  readonly powershell?: null
  readonly env?: Readonly<Record<string, string>>
}

/** So that no limit stands in the way of what a test is about. */
export const LIMITLESS = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }'

export function appsOf(tenantId: string): NonNullable<TenantSeed['apps']> {
  return [
    {
      clientId: `1d2e3f40${tenantId.slice(8)}`,
      permissions: ['User.Read.All'],
      exchange: { manageAsApp: true, role: 'exchange-administrator' },
      secret: 'a-secret-of-the-simulator',
    },
    { clientId: MOVER, exchange: { mailboxMigration: true }, secret: SECRET },
  ]
}

export const GROUP = 'Migrating to Contoso'

export class Migrating {
  readonly tenants: Tenants

  private constructor(tenants: Tenants) {
    this.tenants = tenants
  }

  static async start(given: Starting = {}): Promise<Migrating> {
    const users = given.users ?? [ADA, BOB]
    const tenants = await Tenants.start({
      fabrikam: {
        apps: appsOf(FABRIKAM),
        users: [...users],
        groups: [
          {
            displayName: GROUP,
            mail: 'migrating@fabrikam.com',
            securityEnabled: true,
            members: [...(given.members ?? users.map(({ userPrincipalName }) => userPrincipalName))],
          },
        ],
        ...given.fabrikam,
      },
      contoso: {
        apps: appsOf(CONTOSO),
        domains: ['contoso.com', 'contoso.mail.onmicrosoft.com'],
        ...given.contoso,
      },
      seed: { ...(given.behaviour && { behaviour: given.behaviour }) },
      env: {
        ...(given.powershell === null
          ? { TENANT_SYNC_PWSH: join(import.meta.dirname, 'no-powershell-here') }
          : standIn({ ...(given.plays && { plays: given.plays }) })),
        MIGRATION_APP_SECRET: SECRET,
        ...given.env,
      },
      ...(given.files && { files: given.files }),
    })
    const migrating = new Migrating(tenants)
    migrating.profile(given.profile)
    return migrating
  }

  /**
   * @param application its keys besides the id and the secret's variable.
   * @param batch its keys besides the name.
   */
  profile(more = LIMITLESS, { group = GROUP, application = '', batch = '' } = {}): void {
    this.tenants.write(
      'people.yaml',
      `name: people
kind: mailbox-migration
from: { tenant: fabrikam, group: ${JSON.stringify(group)} }
to: { tenant: contoso, domain: contoso.com, deliveryDomain: contoso.mail.onmicrosoft.com }
application: { clientId: ${MOVER}, secretEnv: MIGRATION_APP_SECRET${application && `, ${application}`} }
endpoint: fabrikam-to-contoso
batch: { name: wave-1${batch && `, ${batch}`} }
${more}
`,
    )
  }

  plan(): Promise<ProfilePlan> {
    return this.tenants.plan()
  }

  apply(): Promise<Result> {
    return this.tenants.apply()
  }

  get source() {
    return this.tenants.simulator.world.tenants.get('fabrikam')!
  }

  get target() {
    return this.tenants.simulator.world.tenants.get('contoso')!
  }

  /** Mail users of the target, by primary address. */
  mailUsers(): Map<string, Recipient> {
    return new Map(
      [...this.target.recipients.ofType('MailUser', 'GuestMailUser')].map((one) => [primaryOf(one), one]),
    )
  }

  /** Somebody comes into the group. */
  join(userPrincipalName: string): void {
    this.#setMembers((members) => [...members, this.#idOf(userPrincipalName)])
  }

  /** Somebody is taken out of it. */
  leave(userPrincipalName: string): void {
    this.#setMembers((members) => members.filter((id) => id !== this.#idOf(userPrincipalName)))
  }

  #idOf(userPrincipalName: string): string {
    return this.source.directory.user(userPrincipalName)!.id
  }

  #setMembers(change: (members: readonly string[]) => readonly string[]): void {
    const { recipients } = this.source
    const { guid, members } = [...recipients.ofType('MailUniversalSecurityGroup')][0]!
    Object.assign(recipients.update(guid, {}, this.tenants.now), { members: change(members) })
  }

  /** The batch goes on by so many steps. */
  advance(batch: string, steps = 1): void {
    for (let step = 0; step < steps; step++) this.tenants.simulator.advanceMigration('contoso', batch)
  }

  /** @throws Error when anything was asked of Exchange that Microsoft's description does not know. */
  async stop(): Promise<void> {
    const { requests } = this.tenants.simulator
    await this.tenants.stop()
    const found = requests.filter(({ service }) => service === 'exchange').flatMap(departures)
    if (found.length > 0) throw new Error(`not as Microsoft describes it: ${[...new Set(found)].join('; ')}`)
  }
}

export function primaryOf(recipient: Recipient): string {
  const proxies = recipient.values['EmailAddresses'] as readonly string[]
  return proxies.find((proxy) => proxy.startsWith('SMTP:'))!.slice('SMTP:'.length)
}

/** `create mail-user (Ada Lovelace <…>): new-in-source` and the like. */
export function shown({ changes }: { readonly changes: readonly Change[] }): string[] {
  return changes.map(({ action, object, label, reason }) => `${action} ${object} (${label}): ${reason}`)
}

/** `mailbox Ada Lovelace <…>: ok Ready.` and the like. */
export function healthShown({ health }: { readonly health: readonly Health[] }): string[] {
  return health.map(({ what, key, state, message }) => `${what} ${key}: ${state} ${message}`)
}
