import type { Tenant } from '../world.ts'
import type { Row } from './rows.ts'

/** The tenant itself (Microsoft Graph, "organization resource type"). */
export function organizationRow(tenant: Tenant): Row {
  return {
    type: 'organization',
    id: tenant.tenantId,
    properties: {
      id: tenant.tenantId,
      displayName: tenant.name,
      tenantType: 'AAD',
      verifiedDomains: tenant.domains.map((name) => ({
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: name === defaultDomain(tenant),
        isInitial: name === tenant.domains[0],
        name,
        type: 'Managed',
      })),
    },
  }
}

/** Its domains (Microsoft Graph, "domain resource type"). */
export function domainRows(tenant: Tenant): Row[] {
  return tenant.domains.map((name) => ({
    type: 'domain',
    id: name,
    properties: {
      id: name,
      authenticationType: 'Managed',
      isAdminManaged: true,
      isDefault: name === defaultDomain(tenant),
      isInitial: name === tenant.domains[0],
      isRoot: true,
      isVerified: true,
      supportedServices: ['Email', 'OfficeCommunicationsOnline'],
    },
  }))
}

function defaultDomain({ domains }: Tenant): string | undefined {
  return domains[1] ?? domains[0]
}
