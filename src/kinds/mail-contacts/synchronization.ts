/** People against contacts: the changes that make the address list true, in an order that can be written. */
import type { Context, Proposal } from '../../engine/kind.ts'
import type { ExchangeWriter } from '../../microsoft/exchange.ts'
import type { People } from '../people.ts'
import { amendment, creation, deletion, type Marking, type ProposedContact } from './changes.ts'
import { settleClaims, type Claims, type OtherRecipients } from './claims.ts'
import type { MailContact } from './contact.ts'
import { fateOf, keptUnlisted } from './leavers.ts'
import type { OwnershipRules } from './ownership.ts'
import { isControlled, type Pairing } from './pairing.ts'
import { circles } from './rotation.ts'
import type { MailContactsProfile } from './schema.ts'
import { outsideOwned, vanishedProfiles } from './forsaken.ts'
import type { ContactMapping, WantedContacts } from './wanted.ts'

export interface Inputs {
  readonly profile: MailContactsProfile
  readonly rules: OwnershipRules
  readonly marking: Marking
  readonly mapping: ContactMapping
  readonly found: People
  readonly wanted: WantedContacts
  readonly pairing: Pairing
  readonly others: OtherRecipients
  readonly context: Context
}

export function synchronization(inputs: Inputs): Proposal<ExchangeWriter> {
  const { profile, rules, marking, mapping, found, wanted, pairing, others, context } = inputs
  const leaversGo = profile.to.unlisted === 'delete'
  const claims = settleClaims(pairing, rules, { leaversGo, others })
  const released = (contact: MailContact) => claims.released.get(contact) ?? NOTHING
  const aside = circles(claims.pairs, claims.waitsFor)

  const byPerson = new Map<string, ProposedContact>()
  const byContact = new Map<MailContact, ProposedContact>()
  let unchanged = 0
  for (const pair of claims.pairs) {
    const { key } = pair.wanted
    const steps = aside.get(key)
    const handover = { released: released(pair.contact), ...(steps && { aside: steps }) }
    const proposed = amendment(pair, mapping.attributes(pair.wanted), marking, handover)
    if (proposed) {
      byPerson.set(key, proposed)
      byContact.set(pair.contact, proposed)
    } else unchanged++
  }
  const names = new Set(pairing.owned.map(({ contact }) => contact.name))
  for (const one of claims.fresh)
    byPerson.set(one.key, creation(one, mapping.attributes(one), marking, names))
  for (const one of claims.duplicates) byContact.set(one.contact, deletion(one, 'duplicate', marking))

  const kept = []
  for (const leaver of claims.leavers) {
    const fate = fateOf(leaver, released(leaver.contact), profile, marking, context.now)
    if (fate === 'kept') kept.push(keptUnlisted(leaver))
    else if (fate === 'waiting') unchanged++
    else byContact.set(leaver.contact, fate)
  }

  const controlled = pairing.owned.filter((one) => isControlled(one, rules))
  // Creates of ours that were cut off before the mark was written, and are completed.
  const unfinished = pairing.pairs.filter((one) => !isControlled(one, rules))
  return {
    managed: controlled.length + unfinished.length,
    begun: controlled.some(({ owner }) => owner.by === 'profile'),
    people: found.people.length,
    proposed: ordered(byPerson, byContact, claims, aside),
    unchanged,
    skipped: [...found.skipped, ...wanted.skipped, ...claims.skipped, ...kept],
    warnings: [
      ...found.warnings,
      ...mapping.warnings(),
      ...vanishedProfiles(pairing.owned, context.profileNames),
      ...outsideOwned(pairing.owned, rules),
    ],
    health: [],
  }
}

const NOTHING: ReadonlySet<string> = new Set()

/** Whoever gets an address waits for the one who holds it; in a circle the first one does not. */
function ordered(
  byPerson: ReadonlyMap<string, ProposedContact>,
  byContact: ReadonlyMap<MailContact, ProposedContact>,
  { waitsFor }: Claims,
  aside: ReadonlyMap<string, MailContact>,
): ProposedContact[] {
  for (const [key, holder] of waitsFor) {
    const [waiting, first] = [byPerson.get(key), byContact.get(holder)]
    if (waiting && first && !aside.has(key)) Object.assign(waiting, { after: [first] })
  }
  return [...new Set([...byPerson.values(), ...byContact.values()])]
}
