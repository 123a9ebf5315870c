/** Who gets a mail contact, and what it is to hold: people mapped to Exchange's attributes and lengths. */
import type { Wanted } from '../../engine/diff.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Notice, Skipped, Value } from '../../engine/plan.ts'
import { domainOf, isMailAddress, normalAddress } from '../../people/address.ts'
import type { Mapping } from '../../people/mapping.ts'
import { personLabel, type Person, type PersonField, type Sourced } from '../../people/person.ts'
import { unknownFieldWarnings } from '../unknown-fields.ts'
import { countryCode, countryParameter } from './countries.ts'
import { cut } from '../cut.ts'
import { EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'
import { looksLikeMark } from './mark.ts'

/** What a contact cannot be without. */
export const REQUIRED_FIELDS: readonly PersonField[] = ['mail']

export interface WantedContact {
  /** The person's id. */
  readonly key: string
  /** In lower case, to compare. */
  readonly address: string
  readonly sourced: Sourced
}

export interface WantedContacts {
  readonly wanted: readonly WantedContact[]
  /** People who cannot have a contact: no mail address, or one of a domain the profile does not own. */
  readonly skipped: readonly Skipped[]
}

export function wantedContacts(people: readonly Sourced[], owns: ReadonlySet<string>): WantedContacts {
  const wanted: WantedContact[] = []
  const skipped: Skipped[] = []
  for (const sourced of people) {
    const { person } = sourced
    const why = unfit(person, owns)
    if (why) skipped.push({ key: person.id, label: personLabel(person), ...why })
    else wanted.push({ key: person.id, address: normalAddress(person.mail), sourced })
  }
  return { wanted, skipped }
}

function unfit({ mail }: Person, owns: ReadonlySet<string>): Pick<Skipped, 'reason' | 'detail'> | undefined {
  if (!isMailAddress(mail))
    return {
      reason: 'no-mail-address',
      detail: mail === '' ? 'has no mail address' : 'the mail address is not one',
    }
  if (!owns.has(domainOf(mail)))
    return {
      reason: 'outside-owned-domains',
      detail: `${domainOf(mail)} is not among the domains the profile owns`,
    }
  return undefined
}

/** Maps people one by one, so that their attributes need not be kept, and remembers what to warn of. */
export class ContactMapping {
  readonly #mapping: Mapping
  readonly #unknownCountries = new Map<string, number>()
  readonly #leftAlone = new Set<string>()
  /** By attribute: how many values were left out. */
  readonly #refused = new Map<string, number>()

  constructor(mapping: Mapping) {
    this.#mapping = mapping
  }

  /** What a contact is to hold. @throws EvaluationError */
  attributes({ sourced, address }: WantedContact): ReadonlyMap<string, Wanted> {
    for (const attribute of this.#mapping.blockedBy(sourced.unknown)) this.#leftAlone.add(attribute)
    const attributes = new Map<string, Wanted>()
    for (const [attribute, { value, when }] of this.#mapping.wanted(sourced)) {
      const whole = typeof value === 'string' ? value : value.join(', ')
      const text = cut(whole, EXCHANGE_ATTRIBUTES[attribute]!.length)
      const suited = suit(attribute, text, address)
      if (suited !== undefined) attributes.set(attribute, { value: suited, when })
      else if (attribute === 'countryOrRegion')
        this.#unknownCountries.set(text, (this.#unknownCountries.get(text) ?? 0) + 1)
      else this.#refused.set(attribute, (this.#refused.get(attribute) ?? 0) + 1)
    }
    return attributes
  }

  warnings(): Notice[] {
    return [
      ...countryWarnings(this.#unknownCountries),
      ...unknownFieldWarnings(this.#leftAlone),
      ...refusedWarnings(this.#refused),
    ]
  }
}

const HIDDEN = 'hiddenFromAddressListsEnabled'

/** @returns `undefined` for what Exchange would refuse, or what would pass for a mark. */
function suit(attribute: string, text: string, address: string): Value | undefined {
  switch (attribute) {
    case HIDDEN:
      return text === 'true' ? true : text === 'false' || text === '' ? false : undefined
    case 'countryOrRegion':
      return text === '' ? '' : countryParameter(text)
    // Exchange wants one, and would show the derived name.
    case 'displayName':
      return text || address
    default:
      return attribute.startsWith('customAttribute') && looksLikeMark(text) ? undefined : text
  }
}

function refusedWarnings(refused: ReadonlyMap<string, number>): Notice[] {
  return [...refused].map(([attribute, count]) =>
    openNotice(
      'value-refused',
      attribute === HIDDEN
        ? `${attribute} came out neither true nor false for ${count} people, and is left alone.`
        : `${attribute} would look like an ownership mark for ${count} people, and is left alone.`,
    ),
  )
}

/** Two ways of writing one country mean the same to Exchange. */
export function sameValue(attribute: string, left: Value, right: Value): boolean {
  if (attribute !== 'countryOrRegion' || typeof left !== 'string' || typeof right !== 'string') return false
  const code = countryCode(left)
  return code !== undefined && code === countryCode(right)
}

function countryWarnings(unknown: ReadonlyMap<string, number>): Notice[] {
  if (unknown.size === 0) return []
  const people = [...unknown.values()].reduce((sum, count) => sum + count, 0)
  const examples = [...unknown.keys()]
    .sort()
    .slice(0, 5)
    .map((country) => `"${country}"`)
  const told = (which: string) =>
    `Exchange does not know the country of ${people} people${which}: it takes ISO codes and English names. Their countryOrRegion is left alone.`
  const which = ` (${examples.join(', ')}${unknown.size > 5 ? ', …' : ''})`
  return [{ code: 'unknown-country', message: told(which), advice: told('') }]
}
