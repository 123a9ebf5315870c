import type { Tenant } from '../../../world.ts'
import { isRecord } from '../body.ts'

/** What a tenant's policy says of another tenant: what the partner leaves null, the default has. */
export function allowsConsent(tenant: Tenant, other: Tenant, direction: 'inbound' | 'outbound'): boolean {
  const name = `${direction}Allowed`
  const { crossTenant } = tenant
  const ofPartner = crossTenant.partner(other.tenantId)?.properties['automaticUserConsentSettings']
  const ofDefault = crossTenant.defaults['automaticUserConsentSettings']
  const said = [ofPartner, ofDefault].map((each) => (isRecord(each) ? each[name] : undefined))
  return said.find((each) => typeof each === 'boolean') === true
}

/** May users of the other tenant be synchronized into this one? */
export function allowsSynchronization(tenant: Tenant, other: Tenant): boolean {
  const inbound = tenant.crossTenant.partner(other.tenantId)?.identitySynchronization?.['userSyncInbound']
  return isRecord(inbound) && inbound['isSyncAllowed'] === true
}
