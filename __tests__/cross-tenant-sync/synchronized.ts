/** Two tenants, and a profile that synchronizes people of one into the other: from YAML to the wire, in this process. */
import type { Seed, TenantSeed } from '../../src/simulator/seed.ts'
import type { CrossTenant } from '../../src/simulator/graph/cross-tenant/state.ts'
import type { ProfilePlan, Value } from '../../src/engine/plan.ts'
import { CONTOSO, FABRIKAM, Tenants, user } from '../people.ts'
import { departures } from './described.ts'

export { CONTOSO, FABRIKAM }

export const ADA = user('Ada Lovelace', { department: 'Engines' })
export const BOB = user('Bob Brown', { department: 'Sales' })
export const CLEO = user('Cleo Clark')

/** What an app that applies needs (docs/cross-tenant-sync.md). */
export const PERMISSIONS = [
  'Policy.ReadWrite.CrossTenantAccess',
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Synchronization.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'User.Read.All',
  'GroupMember.Read.All',
  'AuditLog.Read.All',
]

export function app(tenantId: string, permissions = PERMISSIONS) {
  return {
    clientId: `1d2e3f40${tenantId.slice(8)}`,
    permissions: [...permissions],
    secret: 'a-secret-of-the-simulator',
  }
}

/** A tenant's state of synchronization, as a seed. */
export type Setting = NonNullable<TenantSeed['crossTenant']>

export interface Starting {
  /** What stands in the source. */
  readonly source?: Setting
  /** What stands in the target. */
  readonly target?: Setting
  readonly users?: TenantSeed['users']
  readonly groups?: TenantSeed['groups']
  readonly fabrikam?: Partial<TenantSeed>
  readonly contoso?: Partial<TenantSeed>
  readonly behaviour?: Seed['behaviour']
  /** Keys of the profile in YAML, besides those that every one has. */
  readonly profile?: string
  readonly files?: Readonly<Record<string, string>>
}

export const SCOPE = 'scope: { groups: [Staff], users: [cleo.clark@fabrikam.com] }'
/** So that no limit stands in the way of what a test is about. */
export const LIMITLESS = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }'
/** Every key that sets something up. Cleo is assigned, and has no department. */
export const FULL = `
scope:
  groups: [Staff]
  users: [cleo.clark@fabrikam.com]
  where: [{ attribute: department, operator: IS NOT NULL }]
mapping:
  displayName: { expression: 'Append([displayName], " (Fabrikam)")' }
  userType: { constant: Member }
  telephoneNumber: { remove: true }
notify: it@fabrikam.com
deletionThreshold: 100
verify: [ada.lovelace@fabrikam.com]
${LIMITLESS}`
/** Tests ask more within ten seconds than anybody else does. */
const UNTHROTTLED: Seed['behaviour'] = { auditLogRequests: 1000, provisionOnDemandRequests: 1000 }

export class Synchronized {
  readonly tenants: Tenants

  private constructor(tenants: Tenants) {
    this.tenants = tenants
  }

  static async start(given: Starting = {}): Promise<Synchronized> {
    const tenants = await Tenants.start({
      fabrikam: {
        apps: [app(FABRIKAM)],
        users: [...(given.users ?? [ADA, BOB, CLEO])],
        groups: [
          ...(given.groups ?? [
            { displayName: 'Staff', members: [ADA.userPrincipalName, BOB.userPrincipalName] },
            { displayName: 'Leavers', members: [CLEO.userPrincipalName] },
          ]),
        ],
        ...(given.source && { crossTenant: given.source }),
        ...given.fabrikam,
      },
      contoso: {
        apps: [app(CONTOSO)],
        ...(given.target && { crossTenant: given.target }),
        ...given.contoso,
      },
      seed: { behaviour: { ...UNTHROTTLED, ...given.behaviour } },
      ...(given.files && { files: given.files }),
    })
    const synchronized = new Synchronized(tenants)
    synchronized.profile(given.profile)
    return synchronized
  }

  profile(more = `${SCOPE}\n${LIMITLESS}`): void {
    this.tenants.write(
      'people.yaml',
      `name: people\nkind: cross-tenant-sync\nfrom: { tenant: fabrikam }\nto: { tenant: contoso }\napplication: To Contoso\n${more}\n`,
    )
  }

  get source(): CrossTenant {
    return this.tenants.simulator.world.tenants.get('fabrikam')!.crossTenant
  }

  get target(): CrossTenant {
    return this.tenants.simulator.world.tenants.get('contoso')!.crossTenant
  }

  /** The configuration; there is but one. */
  get principal() {
    const [principal, ...others] = this.source.servicePrincipals.values()
    if (!principal || others.length > 0) throw new RangeError(`${others.length + 1} applications, or none`)
    return principal
  }

  /** Names of the guests in the target that came from the source. */
  arrived(): string[] {
    const { directory } = this.tenants.simulator.world.tenants.get('contoso')!
    return [...directory.users()]
      .filter(({ properties }) => String(properties['userPrincipalName']).includes('#EXT#'))
      .map(({ properties }) => String(properties['displayName']))
      .sort()
  }

  /** A provisioning cycle, as one begins every forty minutes. */
  cycle(): void {
    this.tenants.simulator.runCycle('fabrikam', 'To Contoso')
  }

  /** All that is set up in both tenants, but for the ids that the service makes up. */
  standing() {
    return structuredClone({
      source: policiesOf(this.source),
      target: policiesOf(this.target),
      applications: [...this.source.servicePrincipals.values()].map(
        ({ properties, secrets, assignments, job }) => ({
          displayName: properties['displayName'],
          notes: properties['notes'],
          secrets: [...secrets].sort(),
          assigned: [...assignments.values()].map(({ principalId }) => String(principalId)).sort(),
          job: job && {
            isStarted: job.isStarted,
            rules: job.schema.synchronizationRules,
            directories: job.schema.directories,
          },
        }),
      ),
      registrations: [...this.source.registrations.values()].map(
        ({ properties }) => properties['displayName'],
      ),
    })
  }

  /** Every write since a number of requests, with its tenant: `contoso PATCH /policies/…/partners/{id}`. */
  writes(since = 0): string[] {
    return this.tenants.simulator.requests
      .slice(since)
      .filter(({ write }) => write)
      .map(({ tenant, method, operation }) => `${tenant} ${method} ${operation}`)
  }

  /** @throws Error when anything was asked of Graph that Microsoft's description does not know. */
  async stop(): Promise<void> {
    const { requests } = this.tenants.simulator
    await this.tenants.stop()
    const found = requests.filter(({ service }) => service === 'graph').flatMap(departures)
    if (found.length > 0) throw new Error(`not as Microsoft describes it: ${[...new Set(found)].join('; ')}`)
  }
}

function policiesOf({ partners }: CrossTenant) {
  return [...partners].map(({ properties, identitySynchronization }) => ({
    properties,
    identitySynchronization,
  }))
}

/** Each change with its fields: `update inbound-redemption: drift; …inboundAllowed false -> true`. */
export function shown({ changes }: Pick<ProfilePlan, 'changes'>): string[] {
  const value = (one: Value) => JSON.stringify(one)
  return changes.map(({ action, object, label, reason, fields }) =>
    [
      `${action} ${object} (${label}): ${reason}`,
      ...fields.map(({ field, before, after }) => `${field} ${value(before)} -> ${value(after)}`),
    ].join('; '),
  )
}
