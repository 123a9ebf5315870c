import type { Tenant } from '../profiles/tenants.ts'
import type { Identity } from './sign-in.ts'

/** Which of a tenant's two apps signs in, where it has two. */
export type Purpose = 'plan' | 'apply'

/** In a workflow a tenant without `credential` signs in by OIDC, else by the Azure CLI. */
export function identityOf(tenant: Tenant, purpose: Purpose, inWorkflow: boolean): Identity {
  const { name, tenantId, clientId, credential } = tenant
  return {
    tenant: name,
    tenantId,
    clientId: typeof clientId === 'string' ? clientId : clientId[purpose],
    credential: credential ?? (inWorkflow ? 'oidc' : 'azure-cli'),
  }
}
