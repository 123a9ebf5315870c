/** Whose a mail contact is: this profile's, another tool's that it may take over, nobody's, or somebody else's. */
import { domainOf } from '../../people/address.ts'
import type { MailContact } from './contact.ts'
import { CUSTOM_ATTRIBUTE_NAMES } from './exchange-attributes.ts'
import { GCCH_MARK, parseCtcsMark, parseMark } from './mark.ts'

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

export function ownerOf(contact: MailContact, rules: OwnershipRules): Owner {
  const text = (attribute: string) => contact.text(attribute)
  let other: Owner | undefined
  // Its own place first: what stands elsewhere may be mapped from a directory, and only look like a mark.
  for (const attribute of [rules.mark, ...CUSTOM_ATTRIBUTE_NAMES]) {
    const mark = parseMark(text(attribute))
    if (!mark) continue
    if (rules.names.has(mark.profile)) {
      const { person, leaver } = mark
      return { by: 'profile', person, markedIn: attribute, ...(leaver !== undefined && { leaver }) }
    }
    other = { by: 'another', detail: `belongs to profile ${mark.profile}`, profile: mark.profile }
  }
  return (
    other ??
    toolOf(text, contact, rules) ??
    (text(rules.mark) === ''
      ? { by: 'nobody' }
      : { by: 'another', detail: `something else stands in ${rules.mark}` })
  )
}

function toolOf(
  text: (attribute: string) => string,
  contact: MailContact,
  { adopt, sourceTenantIds, owns }: OwnershipRules,
): Owner | undefined {
  const owned = owns.has(domainOf(contact.address))
  const ctcs = parseCtcsMark(text(TOOLS_MARK))
  if (ctcs)
    return adopt.has('ctcs') && owned && sourceTenantIds.has(ctcs.tenantId)
      ? { by: 'adopted-tool', person: ctcs.person, markedIn: TOOLS_MARK }
      : { by: 'another', detail: 'belongs to CTCS (XTSYNC)' }
  if (text(TOOLS_MARK) === GCCH_MARK) {
    const person = text(GCCH_SOURCE_ID)
    return adopt.has('gcch') && owned && person !== ''
      ? { by: 'adopted-tool', person: person.toLowerCase(), markedIn: TOOLS_MARK }
      : { by: 'another', detail: 'belongs to GCCH-COMM-GalSync (GALSYNC)' }
  }
  return undefined
}

/** May be taken over, and deleted when it is nobody's person. */
export function isAdoptable(owner: Owner, contact: MailContact, { adopt, owns }: OwnershipRules): boolean {
  if (owner.by === 'adopted-tool') return true
  return owner.by === 'nobody' && adopt.has('unmarked') && owns.has(domainOf(contact.address))
}
