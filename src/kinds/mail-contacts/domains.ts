/** The domains a profile controls, and the tenants its people come from. */
import type { Tenant } from '../../profiles/tenants.ts'
import type { MailContactsProfile } from './schema.ts'

/** In lower case; by default the source tenants' own. */
export function ownedDomains(profile: MailContactsProfile, tenants: ReadonlyMap<string, Tenant>): string[] {
  const owns = profile.to.owns ?? sourceTenants(profile).flatMap((name) => tenants.get(name)?.domains ?? [])
  return owns.map((domain) => domain.toLowerCase())
}

export function sourceTenants({ from }: MailContactsProfile): string[] {
  return from.flatMap((source) =>
    'entra' in source ? [source.entra] : 'exchange' in source ? [source.exchange] : [],
  )
}
