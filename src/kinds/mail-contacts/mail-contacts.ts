/** Tenant A's people as mail contacts in tenant B's address list (DESIGN 3.3). */
import type { Context, Kind } from '../../engine/kind.ts'
import type { Writers } from '../../microsoft/connections.ts'
import type { ExchangeWriter } from '../../microsoft/exchange.ts'
import { compileMapping } from '../../people/mapping.ts'
import { normalId } from '../../people/person.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import type { Surroundings } from '../../sources/surroundings.ts'
import { ATTRIBUTE_DEFAULTS } from './attributes.ts'
import { claimedAddresses, type OtherRecipients } from './claims.ts'
import { mailContactsOf } from './contact.ts'
import { NOBODY, readPeople, samePeople, type People } from '../people.ts'
import type { Marking } from './changes.ts'
import { ownedDomains, sourceTenants } from './domains.ts'
import { explanation, type Planned } from './explain.ts'
import { removal } from './removal.ts'
import type { OwnershipRules } from './ownership.ts'
import { pair } from './pairing.ts'
import { otherRecipients } from './recipients.ts'
import type { MailContactsProfile } from './schema.ts'
import { synchronization } from './synchronization.ts'
import { ContactMapping, REQUIRED_FIELDS, wantedContacts } from './wanted.ts'

/** @param all the profiles of the repository, of whatever kind. */
export function mailContacts(
  tenants: ReadonlyMap<string, Tenant>,
  all: readonly CommonProfile[],
  connections: Writers,
  around: (file: string) => Surroundings,
): Kind<MailContactsProfile, ExchangeWriter> {
  async function planned(profile: MailContactsProfile, context: Context): Promise<Planned> {
    const exchange = connections.exchange(profile.to.tenant)
    const marking: Marking = {
      tenant: profile.to.tenant,
      profile: profile.name,
      attribute: profile.to.mark,
    }
    const rules = ownershipRules(profile, tenants, all)
    if (profile.state === 'absent') {
      const contacts = await mailContactsOf(exchange)
      return { found: NOBODY, contacts, rules, proposal: removal(contacts, rules, marking, context) }
    }

    const compiled = compileMapping(ATTRIBUTE_DEFAULTS, profile.mapping ?? {})
    const [people, contacts] = await Promise.all([
      readPeople(profile.from, compiled.reads, REQUIRED_FIELDS, around(context.file)),
      mailContactsOf(exchange),
    ])
    const paired = (found: People) => {
      const wanted = wantedContacts(found.people, rules.owns)
      return { found, wanted, pairing: pair(wanted.wanted, contacts, rules) }
    }
    let state = paired(people)
    let others: OtherRecipients = { holders: new Map(), movers: new Map() }
    // Who else holds an address, and who is hidden in Exchange alone, is asked only before somebody gets an address here.
    const claimed = claimedAddresses(state.pairing)
    if (claimed.size > 0) {
      const [again, holders] = await Promise.all([
        people.secondLook?.(),
        otherRecipients(exchange, claimed, newcomers(state.pairing)),
      ])
      if (again) state = samePeople(again, people) ? { ...state, found: again } : paired(again)
      others = holders
    }
    const mapping = new ContactMapping(compiled)
    const proposal = synchronization({ ...state, profile, rules, marking, mapping, others, context })
    return { found: state.found, contacts, rules, proposal }
  }

  return {
    propose: async (profile, context) => (await planned(profile, context)).proposal,
    explain: async (profile, address, context) =>
      explanation(address, await planned(profile, context), connections.exchange(profile.to.tenant)),
    connect: (profile) => Promise.resolve(connections.exchangeWriter(profile.to.tenant)),
  }
}

/** Ids of those who have no contact yet. */
function newcomers({ fresh }: ReturnType<typeof pair>): ReadonlySet<string> {
  return new Set(fresh.map(({ key }) => normalId(key)))
}

function ownershipRules(
  profile: MailContactsProfile,
  tenants: ReadonlyMap<string, Tenant>,
  all: readonly CommonProfile[],
): OwnershipRules {
  const { name, formerly = [] } = profile
  const others = new Set(all.filter((other) => other.name !== name).flatMap((other) => other.formerly ?? []))
  return {
    names: new Set([name, ...formerly]),
    shared: new Set(formerly.filter((former) => others.has(former))),
    mark: profile.to.mark,
    owns: new Set(ownedDomains(profile, tenants)),
    adopt: new Set(profile.adopt ?? []),
    sourceTenantIds: new Set(sourceTenants(profile).map((name) => tenants.get(name)!.tenantId.toLowerCase())),
  }
}
