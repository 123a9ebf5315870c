import type { ProfileKind } from '../../profiles/kind.ts'
import { checkCrossTenantSync } from './check.ts'
import { crossTenantSyncSchema, type CrossTenantSyncProfile } from './schema.ts'

export const crossTenantSyncProfile: ProfileKind<CrossTenantSyncProfile> = {
  name: 'cross-tenant-sync',
  schema: crossTenantSyncSchema,
  sharded: false,
  tenants: ({ from, to }) => [
    { tenant: from.tenant, path: ['from', 'tenant'] },
    { tenant: to.tenant, path: ['to', 'tenant'] },
  ],
  between: ({ from, to }) => ({ from: [from.tenant], to: to.tenant }),
  check: checkCrossTenantSync,
}
