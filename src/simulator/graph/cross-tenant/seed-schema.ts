import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'

const closed = { additionalProperties: false }
const text = Type.String({ minLength: 1 })
const optionalText = Type.Optional(text)
const anything = Type.Record(Type.String(), Type.Unknown())

const JobSeed = Type.Object(
  {
    id: optionalText,
    /** Default `paused`. An active one has its next cycle forty minutes on. */
    state: Type.Optional(
      Type.Unsafe<'paused' | 'active' | 'quarantine'>({ enum: ['paused', 'active', 'quarantine'] }),
    ),
    /** Of the quarantine. Default `EncounteredQuarantineException`. */
    reason: optionalText,
    /** By target attribute, on top of the template's: an expression; null takes the mapping away. */
    mapping: Type.Optional(Type.Record(Type.String(), Type.Union([text, Type.Null()]))),
  },
  closed,
)

const ApplicationSeed = Type.Object(
  {
    displayName: text,
    id: optionalText,
    appId: optionalText,
    servicePrincipalId: optionalText,
    /** Default true: made from the template of cross-tenant synchronization. */
    fromTemplate: Type.Optional(Type.Boolean()),
    /** clientIds of the apps that own it. */
    owners: Type.Optional(Type.Array(text)),
    notes: optionalText,
    /** UPNs of users, display names of groups. */
    assigned: Type.Optional(Type.Array(text)),
    /** By key: `CompanyId`, `AuthenticationType`, `SyncAll`, ... */
    secrets: Type.Optional(Type.Record(Type.String(), Type.String())),
    job: Type.Optional(JobSeed),
  },
  closed,
)

/** Any property of a partner configuration may stand beside these. */
const PartnerSeed = Type.Object({
  tenantId: text,
  /** `displayName`, `userSyncInbound`. */
  identitySynchronization: Type.Optional(anything),
})

/** What a tenant's seed says under `crossTenant`. */
export const CrossTenantSeed = Type.Object(
  {
    /** Properties of the default policy that are not the service's own. */
    default: Type.Optional(anything),
    partners: Type.Optional(Type.Array(PartnerSeed)),
    /** Properties of the organization that the tenant is in. Default: in none. */
    multiTenantOrganization: Type.Optional(anything),
    applications: Type.Optional(Type.Array(ApplicationSeed)),
  },
  closed,
)

export type CrossTenantSeed = Omit<Static<typeof CrossTenantSeed>, 'partners'> & {
  partners?: (Static<typeof PartnerSeed> & Record<string, unknown>)[]
}
export type ApplicationSeed = Static<typeof ApplicationSeed>
export type JobSeed = Static<typeof JobSeed>
