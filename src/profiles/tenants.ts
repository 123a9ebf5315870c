/** `tenants.yaml`: who the tenants are, and as whom to sign in. */
import { Type, type Static } from '@sinclair/typebox'
import { NAME } from './profile.ts'
import { choice, domain, either, guid, keys, text, list } from './shapes.ts'

export const TENANTS_FILE = 'tenants.yaml'

const tenant = keys(
  {
    tenantId: guid('The directory (tenant) id.'),
    clientId: either(
      'object',
      keys({
        plan: guid('The client id of an app that may only read.'),
        apply: guid('The client id of the app that may write.'),
      }),
      guid(),
      {
        description: 'The client id of the app that signs in, or one that only reads and one that writes.',
        errorMessage: 'a GUID, or { plan: <reading app>, apply: <writing app> }',
      },
    ),
    cloud: choice(['global', 'usgov', 'usgov-dod', 'china'], {
      default: 'global',
      description: 'The cloud the tenant is in.',
    }),
    organization: Type.Optional(
      text({
        pattern: '^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$',
        description: 'How Exchange names the tenant, e.g. fabrikam.onmicrosoft.com. Default: tenantId.',
        errorMessage: 'a domain of the tenant, like fabrikam.onmicrosoft.com, or its id',
      }),
    ),
    domains: Type.Optional(
      list(domain(), {
        description: "The tenant's mail domains: what `owns` is by default when this tenant is the source.",
      }),
    ),
    credential: Type.Optional(
      choice(['oidc', 'client-secret', 'certificate', 'azure-cli'], {
        description: 'How to sign in. Default: oidc in a workflow, else azure-cli.',
      }),
    ),
  },
  { description: 'A tenant. Its name is what profiles call it.' },
)

export const tenantsSchema = keys({
  tenants: Type.Unsafe<Record<string, Static<typeof tenant>>>({
    type: 'object',
    minProperties: 1,
    propertyNames: { type: 'string', ...NAME },
    additionalProperties: tenant,
    description: 'The tenants by the names that profiles call them.',
    errorMessage: 'at least one tenant, by its name',
  }),
})

export type TenantsFile = Static<typeof tenantsSchema>

/** A tenant with its defaults; domains in lower case. */
export interface Tenant extends Omit<Static<typeof tenant>, 'organization' | 'domains'> {
  readonly name: string
  readonly organization: string
  readonly domains: readonly string[]
}

export function tenantsOf({ tenants }: TenantsFile): Map<string, Tenant> {
  return new Map(
    Object.entries(tenants).map(([name, { organization, domains, ...rest }]) => [
      name,
      {
        ...rest,
        name,
        organization: organization ?? rest.tenantId,
        domains: (domains ?? []).map((one) => one.toLowerCase()),
      },
    ]),
  )
}
