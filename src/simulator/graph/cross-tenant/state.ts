import type { Properties } from '../directory.ts'
import type { Job } from './synchronization/job.ts'

/** What a tenant has set for one other tenant. */
export interface Partner {
  /** As they were written: to the byte. */
  properties: Properties & { tenantId: string }
  /** `crossTenantIdentitySyncPolicyPartner`; absent until it is made. */
  identitySynchronization: Properties | undefined
}

/** An application object, the registration. */
export interface Registration {
  readonly id: string
  properties: Properties
  /** The apps that own it, by clientId. */
  readonly owners: readonly string[]
}

/** A service principal, with all that hangs on it. */
export interface ServicePrincipal {
  readonly id: string
  properties: Properties
  /** The apps that own it, by clientId. */
  readonly owners: readonly string[]
  /** By id: `appRoleAssignedTo`. */
  readonly assignments: Map<string, Properties>
  /** What synchronization signs in with: never shown. */
  readonly secrets: Map<string, string>
  job: Job | undefined
}

/** Where a guest of synchronization comes from: their `alternativeSecurityIds`. */
export interface Origin {
  readonly tenantId: string
  readonly objectId: string
}

/** All that a tenant keeps for synchronization with other tenants. Tests may read and change it. */
export class CrossTenant {
  /** `crossTenantAccessPolicyConfigurationDefault`. */
  defaults: Properties
  /** `multiTenantOrganization`. */
  organization: Properties
  readonly #partners = new Map<string, Partner>()
  readonly registrations = new Map<string, Registration>()
  readonly servicePrincipals = new Map<string, ServicePrincipal>()
  /** `provisioningObjectSummary`, the oldest first. */
  readonly log: Properties[] = []
  /** By the object ids of this tenant's guests. */
  readonly origins = new Map<string, Origin>()
  /** Requests still to be answered as if there were no such object yet, by object and store. */
  readonly #unseen = new Map<string, number>()

  constructor(defaults: Properties, organization: Properties) {
    this.defaults = defaults
    this.organization = organization
  }

  /** In the order of their creation. */
  get partners(): Iterable<Partner> {
    return this.#partners.values()
  }

  /** Tenant ids are the same in either case. */
  partner(tenantId: string): Partner | undefined {
    return this.#partners.get(tenantId.toLowerCase())
  }

  addPartner(partner: Partner): void {
    this.#partners.set(partner.properties.tenantId.toLowerCase(), partner)
  }

  removePartner(tenantId: string): void {
    this.#partners.delete(tenantId.toLowerCase())
  }

  /** Renames a registration, and its service principal in this tenant with it. */
  rename(id: string, displayName: string): void {
    const registration = this.registrations.get(id)
    if (!registration) return
    registration.properties = { ...registration.properties, displayName }
    for (const principal of this.servicePrincipals.values()) {
      if (principal.properties['appId'] === registration.properties['appId'])
        principal.properties = { ...principal.properties, displayName, appDisplayName: displayName }
    }
  }

  /** Takes away a registration, and its service principal in this tenant with it ("Delete application"). */
  removeRegistration(id: string): void {
    const appId = this.registrations.get(id)?.properties['appId']
    this.registrations.delete(id)
    for (const principal of this.servicePrincipals.values()) {
      if (principal.properties['appId'] === appId) this.servicePrincipals.delete(principal.id)
    }
  }

  /**
   * @param reads requests that directory and provisioning service each answer before they know the object
   * @param indexReads likewise, of advanced queries
   */
  created(id: string, reads: number, indexReads: number): void {
    this.#unseen.set(`directory ${id}`, reads)
    this.#unseen.set(`synchronization ${id}`, reads)
    this.#unseen.set(`index ${id}`, indexReads)
  }

  /** Does a store know the object by now? Each look counts. */
  isSeen(store: Store, id: string): boolean {
    const left = this.#unseen.get(`${store} ${id}`) ?? 0
    this.#unseen.set(`${store} ${id}`, Math.max(0, left - 1))
    return left === 0
  }
}

/**
 * The directory, the provisioning service behind `/synchronization`, and the index that answers advanced queries
 * ("Advanced query capabilities": eventually consistent): each learns of a new object in its time.
 */
type Store = 'directory' | 'synchronization' | 'index'
