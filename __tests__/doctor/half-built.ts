/** Two tenants between which somebody began to set synchronization up, as the app that applies. */
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { ADA, BOB, CLEO } from '../mailboxes.ts'
import { CONTOSO, FABRIKAM } from '../people.ts'
import { clientId, type TenantName } from './apps.ts'

type Setting = NonNullable<TenantSeed['crossTenant']>

/** No side consents, Cleo and the leavers are assigned, and the job waits. */
export const HALF_BUILT: Readonly<Record<TenantName, Setting>> = {
  fabrikam: {
    partners: [{ tenantId: CONTOSO }],
    applications: [
      {
        displayName: 'To Contoso',
        owners: [clientId('fabrikam', 'apply')],
        assigned: [CLEO.userPrincipalName, 'Leavers'],
        secrets: { CompanyId: CONTOSO, AuthenticationType: 'SyncPolicy' },
        job: {},
      },
    ],
  },
  contoso: { partners: [{ tenantId: FABRIKAM }] },
}

/** Each side consents by default, whoever it is with. */
export const CONSENTING: typeof HALF_BUILT = {
  fabrikam: {
    default: { automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: true } },
    applications: HALF_BUILT.fabrikam.applications!,
  },
  contoso: {
    default: { automaticUserConsentSettings: { inboundAllowed: true, outboundAllowed: false } },
  },
}

/** Whom Fabrikam has. */
export const PEOPLE: Partial<TenantSeed> = {
  users: [ADA, BOB, CLEO],
  groups: [
    { displayName: 'Staff', members: [ADA.userPrincipalName, BOB.userPrincipalName] },
    { displayName: 'Leavers', members: [CLEO.userPrincipalName] },
  ],
}

/** @param more keys in YAML. */
export function synchronization(
  scope = '{ groups: [Staff], users: [cleo.clark@fabrikam.com] }',
  more = '',
): string {
  return `name: to-contoso\nkind: cross-tenant-sync\nfrom: { tenant: fabrikam }\nto: { tenant: contoso }\napplication: To Contoso\nscope: ${scope}\nlimits: { creates: 1000, updates: 1000, deletes: 1000 }\n${more}`
}
