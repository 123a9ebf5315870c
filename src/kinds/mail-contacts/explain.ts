/** What stands in the target for one person: their contacts, and whatever else holds an address of theirs. */
import type { Explanation, Standing } from '../../engine/explanation.ts'
import type { Proposal } from '../../engine/kind.ts'
import type { Value } from '../../engine/plan.ts'
import type { ExchangeReader } from '../../microsoft/exchange.ts'
import type { People } from '../people.ts'
import { OBJECT } from './changes.ts'
import { mailAddresses } from '../../microsoft/proxy-addresses.ts'
import type { MailContact } from './contact.ts'
import { EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'
import { isDerivedName } from '../../people/mark.ts'
import { isAdoptable, ownerOf, type OwnershipRules } from './ownership.ts'
import { keyOf, type Owned } from './pairing.ts'
import { recipientsHolding, type Recipient } from '../../microsoft/recipients.ts'

/** What a plan was made of. */
export interface Planned {
  readonly found: People
  readonly contacts: readonly MailContact[]
  readonly rules: OwnershipRules
  readonly proposal: Proposal<unknown>
}

export async function explanation(
  address: string,
  { found, contacts, rules, proposal }: Planned,
  exchange: ExchangeReader,
): Promise<Explanation> {
  const { names, ...who } = await found.explain(address)
  const recipients = await recipientsHolding(exchange, names)
  return {
    ...who,
    standing: [
      ...contacts
        .map((contact): Owned => ({ contact, owner: ownerOf(contact, rules) }))
        .filter((one) => isTheirs(one, names))
        .map((one) => standingContact(one, who.key, rules)),
      ...recipients.map(standingRecipient),
    ],
    proposal,
  }
}

/** By the mark, or by an address. */
function isTheirs({ contact, owner }: Owned, names: ReadonlySet<string>): boolean {
  const marked = 'person' in owner && names.has(owner.person.toLowerCase())
  return (
    marked ||
    names.has(contact.address) ||
    mailAddresses(contact.emailAddresses).some((address) => names.has(address))
  )
}

/** @param person the id of the one who is asked about, where they are known. */
function standingContact(one: Owned, person: string | undefined, rules: OwnershipRules): Standing {
  const { contact } = one
  const synced = contact.directorySynced ? ', synchronized from an on-premises directory' : ''
  const attributes: Record<string, Value> = {
    externalEmailAddress: contact.address,
    emailAddresses: contact.emailAddresses,
  }
  for (const attribute of Object.keys(EXCHANGE_ATTRIBUTES)) {
    const value = contact.value(attribute)
    if (value !== '' && value !== false) attributes[attribute] = value
  }
  return {
    object: OBJECT,
    targetId: contact.guid,
    whose: whose(one, person, rules) + synced,
    key: keyOf(one),
    attributes,
  }
}

function whose({ contact, owner }: Owned, person: string | undefined, rules: OwnershipRules): string {
  switch (owner.by) {
    case 'profile': {
      const another = person === undefined || person === owner.person ? '' : ', for another person'
      const hidden = owner.leaver === undefined ? '' : `, hidden as a leaver since ${owner.leaver}`
      return `of this profile${another}${hidden}`
    }
    case 'adopted-tool':
      return 'of another tool, taken over by this profile'
    case 'another':
      return owner.profile === undefined ? `of somebody else: ${owner.detail}` : `of profile ${owner.profile}`
    case 'nobody':
      if (isDerivedName(contact.name)) return 'without a mark: a create of tenant-sync that was cut off'
      return isAdoptable(owner, contact, rules)
        ? 'without a mark, taken over by this profile'
        : 'without a mark'
  }
}

function standingRecipient({ guid, displayName, type, addresses }: Recipient): Standing {
  return {
    object: type,
    targetId: guid,
    whose: 'not a mail contact: never touched',
    attributes: { displayName, emailAddresses: addresses },
  }
}
