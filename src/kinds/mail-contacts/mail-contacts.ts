/** Tenant A's people as mail contacts in tenant B's address list (DESIGN 3.3). */
import type { Kind, Proposal } from '../../engine/kind.ts'
import type { Writers } from '../../microsoft/connections.ts'
import type { ExchangeWriter } from '../../microsoft/exchange.ts'
import { compileMapping } from '../../people/mapping.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import { ATTRIBUTE_DEFAULTS } from './attributes.ts'
import { readMailContacts } from './contact.ts'
import { readPeople, type People } from '../people.ts'
import type { Marking } from './changes.ts'
import { ownedDomains, sourceTenants } from './domains.ts'
import { removal } from './removal.ts'
import type { OwnershipRules } from './ownership.ts'
import { otherRecipients } from './recipients.ts'
import type { MailContactsProfile } from './schema.ts'
import { synchronization } from './synchronization.ts'
import { wantedContacts } from './wanted.ts'

export function mailContacts(
  tenants: ReadonlyMap<string, Tenant>,
  connections: Writers,
): Kind<MailContactsProfile, ExchangeWriter> {
  return {
    async propose(profile, context) {
      const exchange = connections.exchange(profile.to.tenant)
      const marking: Marking = { profile: profile.name, attribute: profile.to.mark }
      const rules = ownershipRules(profile, tenants)
      if (profile.state === 'absent')
        return removal(await readMailContacts(exchange), rules, marking, context)

      const mapping = compileMapping(ATTRIBUTE_DEFAULTS, profile.mapping ?? {})
      const [people, contacts] = await Promise.all([
        readPeople(profile.from, mapping.reads, connections),
        readMailContacts(exchange),
      ])
      const plan = (
        found: People,
        others?: Awaited<ReturnType<typeof otherRecipients>>,
      ): Proposal<ExchangeWriter> & { claims: boolean } => {
        const wanted = wantedContacts(found.people, mapping, rules.owns)
        return synchronization({
          profile,
          rules,
          marking,
          contacts,
          found,
          wanted,
          context,
          ...(others && { others }),
        })
      }
      // Who else holds an address, and who is hidden in Exchange alone, is asked only before somebody gets an address here.
      const first = plan(people)
      if (!first.claims) return first
      const [again, others] = await Promise.all([people.secondLook?.() ?? people, otherRecipients(exchange)])
      return plan(again, others)
    },
    connect: (profile) => Promise.resolve(connections.exchangeWriter(profile.to.tenant)),
  }
}

function ownershipRules(profile: MailContactsProfile, tenants: ReadonlyMap<string, Tenant>): OwnershipRules {
  return {
    names: new Set([profile.name, ...(profile.formerly ?? [])]),
    mark: profile.to.mark,
    owns: new Set(ownedDomains(profile, tenants)),
    adopt: new Set(profile.adopt ?? []),
    sourceTenantIds: new Set(sourceTenants(profile).map((name) => tenants.get(name)!.tenantId.toLowerCase())),
  }
}
