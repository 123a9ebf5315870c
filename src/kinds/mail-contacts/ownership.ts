/** Whose a mail contact is: this profile's, another tool's that it may take over, nobody's, or somebody else's. */
import { domainOf } from '../../people/address.ts'
import type { MailContact } from './contact.ts'
import { CUSTOM_ATTRIBUTE_NAMES } from './exchange-attributes.ts'
import { parseMark } from '../../people/mark.ts'
import { GCCH_MARK, parseCtcsMark } from './mark.ts'

export type Owner =
  /** It bears this profile's mark, or one of a former name or place. */
  | { readonly by: 'profile'; readonly person: string; readonly leaver?: string; readonly markedIn: string }
  /** It bears the mark of a tool whose objects this profile adopts. */
  | { readonly by: 'adopted-tool'; readonly person: string; readonly markedIn: string }
  | { readonly by: 'nobody' }
  /** `profile`: the name in a tenant-sync mark. */
  | { readonly by: 'another'; readonly detail: string; readonly profile?: string }

export type Adoptable = 'unmarked' | 'ctcs' | 'gcch'

export interface OwnershipRules {
  /** The profile's name and its former ones. */
  readonly names: ReadonlySet<string>
  /** Former names that other profiles have had, too: each has what stands in its own domains. */
  readonly shared: ReadonlySet<string>
  /** The attribute in which the mark stands. */
  readonly mark: string
  readonly owns: ReadonlySet<string>
  readonly adopt: ReadonlySet<Adoptable>
  /** Ids of the source tenants, in lower case: CTCS names them in its marks. */
  readonly sourceTenantIds: ReadonlySet<string>
}

/** CTCS and GCCH have one place each, whatever ours is. */
const TOOLS_MARK = 'customAttribute15'
const GCCH_SOURCE_ID = 'customAttribute13'

/**
 * What stands in the mark's own place decides. A mark of ours elsewhere counts only where nobody else
 * has a mark: other attributes may be mapped from a directory, and hold what merely looks like one.
 */
export function ownerOf(contact: MailContact, rules: OwnershipRules): Owner {
  const inPlace = contact.text(rules.mark)
  const ourMark = (attribute: string, text: string) => markOf(contact, attribute, text, rules)
  const own = ourMark(rules.mark, inPlace)
  if (own) return own
  const elsewhere = CUSTOM_ATTRIBUTE_NAMES.map((attribute) => [attribute, contact.text(attribute)] as const)
  for (const [, text] of elsewhere) {
    const mark = parseMark(text)
    if (mark && !isOurs(mark.profile, contact.address, rules))
      return { by: 'another', detail: `belongs to profile ${mark.profile}`, profile: mark.profile }
  }
  const tool = toolOf(contact, rules)
  if (tool) return tool
  if (inPlace !== '') return { by: 'another', detail: `something else stands in ${rules.mark}` }
  const moved = elsewhere.flatMap(([attribute, text]) => ourMark(attribute, text) ?? [])
  return moved[0] ?? { by: 'nobody' }
}

function markOf(
  { address }: MailContact,
  attribute: string,
  text: string,
  rules: OwnershipRules,
): Owner | undefined {
  const mark = parseMark(text)
  if (!mark || !isOurs(mark.profile, address, rules)) return undefined
  const { person, leaver } = mark
  return { by: 'profile', person, markedIn: attribute, ...(leaver !== undefined && { leaver }) }
}

function isOurs(profile: string, address: string, { names, shared, owns }: OwnershipRules): boolean {
  return names.has(profile) && (!shared.has(profile) || owns.has(domainOf(address)))
}

function toolOf(contact: MailContact, { adopt, sourceTenantIds, owns }: OwnershipRules): Owner | undefined {
  const owned = owns.has(domainOf(contact.address))
  const ctcs = parseCtcsMark(contact.text(TOOLS_MARK))
  if (ctcs)
    return adopt.has('ctcs') && owned && sourceTenantIds.has(ctcs.tenantId)
      ? { by: 'adopted-tool', person: ctcs.person, markedIn: TOOLS_MARK }
      : { by: 'another', detail: 'belongs to CTCS (XTSYNC)' }
  if (contact.text(TOOLS_MARK) === GCCH_MARK) {
    const person = contact.text(GCCH_SOURCE_ID)
    return adopt.has('gcch') && owned && person !== ''
      ? { by: 'adopted-tool', person: person.toLowerCase(), markedIn: TOOLS_MARK }
      : { by: 'another', detail: 'belongs to GCCH-COMM-GalSync (GALSYNC)' }
  }
  return undefined
}

/** May be taken over, and deleted when it is nobody's person. */
export function isAdoptable(owner: Owner, contact: MailContact, { adopt, owns }: OwnershipRules): boolean {
  if (contact.directorySynced) return false
  if (owner.by === 'adopted-tool') return true
  return owner.by === 'nobody' && adopt.has('unmarked') && owns.has(domainOf(contact.address))
}
