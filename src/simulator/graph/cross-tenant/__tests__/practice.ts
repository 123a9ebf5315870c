import type { Behaviour, Seed, TenantSeed } from '../../../seed.ts'
import { practice } from '../../__tests__/practice.ts'
import type { Asking, Reply } from '../../__tests__/practice.ts'
import type { CrossTenantSeed } from '../seed-schema.ts'

export const FABRIKAM = '6b0f8c1e-0000-4000-8000-00000000000a'
export const CONTOSO = '6b0f8c1e-0000-4000-8000-00000000000b'
export const TEMPLATE = '518e5f48-1fc8-4c48-9387-9fdf28b0dfe7'
export const APP = '1d2e3f40-0000-4000-8000-00000000000a'

const PERMISSIONS = [
  'Policy.Read.All',
  'Policy.ReadWrite.CrossTenantAccess',
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Synchronization.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'AuditLog.Read.All',
  'MultiTenantOrganization.Read.All',
  'User.Read.All',
]

/** Both sides allow what synchronization needs. */
export const SOURCE_POLICY: CrossTenantSeed = {
  partners: [{ tenantId: CONTOSO, automaticUserConsentSettings: { outboundAllowed: true } }],
}
export const TARGET_POLICY: CrossTenantSeed = {
  partners: [
    {
      tenantId: FABRIKAM,
      automaticUserConsentSettings: { inboundAllowed: true },
      identitySynchronization: { userSyncInbound: { isSyncAllowed: true } },
    },
  ],
}
export const SECRETS = { CompanyId: CONTOSO, AuthenticationType: 'SyncPolicy' }

/** Two tenants: Fabrikam's people are to come to Contoso. */
export function twoTenants(
  options: {
    source?: CrossTenantSeed
    target?: CrossTenantSeed
    behaviour?: Partial<Behaviour>
    contoso?: Partial<TenantSeed>
  } = {},
): Seed {
  const { source = {}, target = {}, behaviour = {}, contoso = {} } = options
  return {
    behaviour,
    tenants: {
      fabrikam: {
        tenantId: FABRIKAM,
        organization: 'fabrikam.onmicrosoft.com',
        domains: ['fabrikam.com'],
        apps: [
          { clientId: APP, permissions: PERMISSIONS },
          { clientId: 'reader', permissions: ['Policy.Read.All', 'Application.Read.All'] },
          { clientId: 'owner', permissions: ['Application.ReadWrite.OwnedBy'] },
          { clientId: 'half', permissions: ['AppRoleAssignment.ReadWrite.All'] },
          { clientId: 'stranger', permissions: ['User.Read.All'] },
        ],
        users: [
          person('ada', 'Ada Lovelace', { department: 'Engines', businessPhones: ['+44 1'] }),
          person('charles', 'Charles Babbage', { department: 'Engines' }),
          person('grace', 'Grace Hopper', { department: 'Navy' }),
          {
            userPrincipalName: 'mary_contoso.com#EXT#@fabrikam.onmicrosoft.com',
            displayName: 'Mary',
            mail: 'mary@contoso.com',
          },
        ],
        groups: [
          {
            displayName: 'Everyone here',
            members: ['Navy', 'ada@fabrikam.com', 'mary_contoso.com#EXT#@fabrikam.onmicrosoft.com'],
          },
          { displayName: 'Navy', members: ['grace@fabrikam.com'] },
        ],
        crossTenant: source,
      },
      contoso: {
        tenantId: CONTOSO,
        organization: 'contoso.onmicrosoft.com',
        domains: ['contoso.com'],
        apps: [{ clientId: APP, permissions: PERMISSIONS }],
        users: [{ userPrincipalName: 'mary@contoso.com', displayName: 'Mary', mail: 'mary@contoso.com' }],
        crossTenant: target,
        ...contoso,
      },
    },
  }
}

function person(name: string, displayName: string, more: object) {
  const [givenName = '', surname = ''] = displayName.split(' ')
  const address = `${name}@fabrikam.com`
  return { userPrincipalName: address, displayName, givenName, surname, mail: address, ...more }
}

/** Asks with the version before the path, and short names for the methods. */
export function crossTenantPractice(seed: Seed, clock?: () => Date) {
  const { ask, world, ...rest } = practice(seed, clock)
  const by =
    (method: string) =>
    (path: string, body?: unknown, asking: Asking = {}): Promise<Reply> =>
      ask(`/v1.0${path}`, { as: APP, method, ...(body === undefined ? {} : { body }), ...asking })
  return {
    world,
    ask,
    ...rest,
    source: world.tenants.get('fabrikam')!,
    target: world.tenants.get('contoso')!,
    get: by('GET'),
    post: by('POST'),
    put: by('PUT'),
    patch: by('PATCH'),
    remove: by('DELETE'),
  }
}

/** What an answer says that was refused. */
export function refusal({ status, body }: Reply): [number, string] {
  return [status, body?.error?.code ?? '']
}

/** A world in which all but the start is done: Ada is assigned, and may go to Contoso. */
export function configured(options: Parameters<typeof twoTenants>[0] & { application?: object } = {}) {
  const { application, ...others } = options
  return twoTenants({
    source: {
      ...SOURCE_POLICY,
      applications: [
        {
          displayName: 'To Contoso',
          owners: [APP],
          assigned: ['ada@fabrikam.com'],
          secrets: SECRETS,
          job: {},
          ...application,
        },
      ],
    },
    target: TARGET_POLICY,
    ...others,
  })
}

/** The path of the only service principal's synchronization job, and the job. */
export function jobIn(practised: ReturnType<typeof crossTenantPractice>) {
  const [principal] = practised.source.crossTenant.servicePrincipals.values()
  const path = `/servicePrincipals/${principal!.id}/synchronization/jobs/${principal!.job!.id}`
  return { principal: principal!, job: principal!.job!, path }
}
