/** People against contacts: the changes that make the address list true, in an order that can be written. */
import type { Context, Proposal, Proposed } from '../../engine/kind.ts'
import type { Skipped } from '../../engine/plan.ts'
import type { ExchangeWriter } from '../../microsoft/exchange.ts'
import type { People } from '../people.ts'
import {
  amendment,
  creation,
  deletion,
  hiding,
  release,
  type Marking,
  type ProposedContact,
} from './changes.ts'
import { settleClaims, type Claims, type OtherRecipients } from './claims.ts'
import type { MailContact } from './contact.ts'
import { graceDays, isOver } from './grace.ts'
import { vanishedProfiles } from './vanished.ts'
import { isAdoptable, type OwnershipRules } from './ownership.ts'
import { pair, type Owned } from './pairing.ts'
import { circles } from './rotation.ts'
import type { MailContactsProfile } from './schema.ts'
import type { WantedContacts } from './wanted.ts'

export interface Inputs {
  readonly profile: MailContactsProfile
  readonly rules: OwnershipRules
  readonly marking: Marking
  readonly contacts: readonly MailContact[]
  readonly found: People
  readonly wanted: WantedContacts
  readonly context: Context
  readonly others?: OtherRecipients
}

/** `claims`: somebody gets an address that they did not have. */
export function synchronization(inputs: Inputs): Proposal<ExchangeWriter> & { readonly claims: boolean } {
  const { rules, marking, contacts, found, wanted, profile, context, others } = inputs
  const pairing = pair(wanted.wanted, contacts, rules)
  const leaversGo = profile.to.unlisted === 'delete'
  const claims = settleClaims(pairing, rules, { leaversGo, ...(others && { others }) })

  const nothing: ReadonlySet<string> = new Set()
  const released = (contact: MailContact) => claims.released.get(contact) ?? nothing
  const aside = circles(claims.pairs, claims.waitsFor)
  const byContact = new Map<MailContact, ProposedContact>()
  const byPerson = new Map<string, ProposedContact>()

  for (const one of claims.pairs) {
    const steps = aside.get(one.wanted.key)
    const proposed = amendment(one, marking, {
      released: released(one.contact),
      ...(steps && { aside: steps }),
    })
    if (!proposed) continue
    byContact.set(one.contact, proposed)
    byPerson.set(one.wanted.key, proposed)
  }
  for (const one of claims.fresh) byPerson.set(one.key, creation(one, marking))
  for (const one of claims.duplicates) byContact.set(one.contact, deletion(one, 'duplicate', marking))
  const fates = claims.leavers.map((leaver) => fateOf(leaver, inputs, released(leaver.contact)))
  for (const [index, fate] of fates.entries())
    if (typeof fate === 'object') byContact.set(claims.leavers[index]!.contact, fate)

  const proposed = ordered(byPerson, byContact, claims, aside)
  const kept = claims.leavers.filter((_, index) => fates[index] === 'kept').map(keptUnlisted)
  const owned = pairing.owned.filter(
    ({ contact, owner }) => owner.by === 'profile' || isAdoptable(owner, contact, rules),
  )
  const waiting = fates.filter((fate) => fate === 'waiting').length
  return {
    managed: owned.length,
    begun: owned.some(({ owner }) => owner.by === 'profile'),
    people: found.people.length,
    proposed,
    unchanged:
      claims.pairs.length - claims.pairs.filter(({ contact }) => byContact.has(contact)).length + waiting,
    skipped: [...found.skipped, ...wanted.skipped, ...claims.skipped, ...kept],
    warnings: [
      ...found.warnings,
      ...wanted.warnings,
      ...vanishedProfiles(pairing.owned, context.profileNames),
    ],
    health: [],
    claims:
      claims.fresh.length > 0 ||
      claims.pairs.some(({ wanted: one, contact }) => one.address !== contact.address),
  }
}

/** What becomes of a contact without a person. */
function fateOf(
  leaver: Owned,
  { profile, marking, context }: Inputs,
  released: ReadonlySet<string>,
): ProposedContact | 'kept' | 'waiting' {
  const { contact, owner } = leaver
  if (profile.to.unlisted === 'keep') return 'kept'
  const grace = graceDays(profile.to.grace)
  // Its address is another person's now: it cannot wait.
  if (grace === undefined || released.has(contact.address)) return deletion(leaver, 'left-scope', marking)
  const since = owner.by === 'profile' ? owner.leaver : undefined
  if (since === undefined) return hiding(leaver, marking, context.now.toISOString().slice(0, 10))
  if (isOver(since, grace, context.now)) return deletion(leaver, 'left-scope', marking)
  return released.size > 0 ? release(leaver, released) : 'waiting'
}

function keptUnlisted({ contact, owner }: Owned): Skipped {
  return {
    key: owner.by === 'profile' ? owner.person : contact.name,
    label: `${contact.displayName} <${contact.address}>`,
    reason: 'kept-unlisted',
    detail: 'no person for it, and unlisted: keep',
  }
}

/** Whoever gets an address waits for the one who holds it; in a circle the first one does not. */
function ordered(
  byPerson: ReadonlyMap<string, ProposedContact>,
  byContact: ReadonlyMap<MailContact, ProposedContact>,
  { waitsFor }: Claims,
  aside: ReadonlyMap<string, MailContact>,
): Proposed<ExchangeWriter>[] {
  const all = [...new Set([...byPerson.values(), ...byContact.values()])]
  const after = new Map<ProposedContact, ProposedContact>()
  for (const [key, contact] of waitsFor) {
    const [waiting, first] = [byPerson.get(key), byContact.get(contact)]
    if (waiting && first && !aside.has(key)) after.set(waiting, first)
  }
  for (const [waiting, first] of after) Object.assign(waiting, { after: [first] })
  return all
}
