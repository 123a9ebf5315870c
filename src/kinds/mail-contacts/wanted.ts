/** What each person's mail contact is to hold: people mapped to Exchange's attributes and lengths. */
import type { Wanted } from '../../engine/diff.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Notice, Skipped, Value } from '../../engine/plan.ts'
import { domainOf, isMailAddress, normalAddress } from '../../people/address.ts'
import type { Mapping } from '../../people/mapping.ts'
import type { Person, Sourced } from '../../people/person.ts'
import { countryCode, countryParameter } from './countries.ts'
import { cut, EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'

export interface WantedContact {
  /** The person's id. */
  readonly key: string
  readonly label: string
  /** In lower case, to compare. */
  readonly address: string
  /** As the source writes it, to send. */
  readonly mail: string
  readonly attributes: ReadonlyMap<string, Wanted>
}

export interface WantedContacts {
  readonly wanted: readonly WantedContact[]
  /** People who cannot have a contact: no mail address, or one of a domain the profile does not own. */
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly Notice[]
}

export function wantedContacts(
  people: readonly Sourced[],
  mapping: Mapping,
  owns: ReadonlySet<string>,
): WantedContacts {
  const wanted: WantedContact[] = []
  const skipped: Skipped[] = []
  const unknownCountries = new Map<string, number>()
  const leftAlone = new Set<string>()

  for (const sourced of people) {
    const { person } = sourced
    const reason = unfit(person, owns)
    if (reason) {
      skipped.push({ key: person.id, label: labelOf(person), ...reason })
      continue
    }
    for (const attribute of mapping.blockedBy(sourced.unknown)) leftAlone.add(attribute)
    const address = normalAddress(person.mail)
    wanted.push({
      key: person.id,
      label: labelOf(person),
      address,
      mail: person.mail,
      attributes: attributesOf(sourced, mapping, address, unknownCountries),
    })
  }
  return {
    wanted,
    skipped,
    warnings: [...countryWarnings(unknownCountries), ...unknownFieldWarnings(leftAlone)],
  }
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

function attributesOf(
  sourced: Sourced,
  mapping: Mapping,
  address: string,
  unknownCountries: Map<string, number>,
): ReadonlyMap<string, Wanted> {
  const attributes = new Map<string, Wanted>()
  for (const [attribute, { value, when }] of mapping.wanted(sourced)) {
    const text = cut(
      typeof value === 'string' ? value : value.join(', '),
      EXCHANGE_ATTRIBUTES[attribute]!.length,
    )
    const suited = suit(attribute, text, address)
    if (suited === undefined) unknownCountries.set(text, (unknownCountries.get(text) ?? 0) + 1)
    else attributes.set(attribute, { value: suited, when })
  }
  return attributes
}

/** @returns `undefined` for what Exchange would refuse. */
function suit(attribute: string, text: string, address: string): Value | undefined {
  switch (attribute) {
    case 'hiddenFromAddressListsEnabled':
      return text === 'true'
    case 'countryOrRegion':
      return text === '' ? '' : countryParameter(text)
    // Exchange wants one, and would show the derived name.
    case 'displayName':
      return text || address
    default:
      return text
  }
}

/** Two ways of writing one country mean the same to Exchange. */
export function sameValue(attribute: string, left: Value, right: Value): boolean {
  return (
    attribute === 'countryOrRegion' &&
    typeof left === 'string' &&
    typeof right === 'string' &&
    countryCode(left) !== undefined &&
    countryCode(left) === countryCode(right)
  )
}

function labelOf({ displayName, mail }: Person): string {
  return mail === '' ? displayName : `${displayName} <${mail}>`
}

function countryWarnings(unknown: ReadonlyMap<string, number>): Notice[] {
  if (unknown.size === 0) return []
  const people = [...unknown.values()].reduce((sum, count) => sum + count, 0)
  const examples = [...unknown.keys()].slice(0, 5).map((country) => `"${country}"`)
  const told = (which: string) =>
    `Exchange does not know the country of ${people} people${which}: it takes ISO codes and English names. Their countryOrRegion is left alone.`
  return [
    {
      code: 'unknown-country',
      message: told(` (${examples.join(', ')}${unknown.size > 5 ? ', …' : ''})`),
      advice: told(''),
    },
  ]
}

function unknownFieldWarnings(attributes: ReadonlySet<string>): Notice[] {
  if (attributes.size === 0) return []
  const names = [...attributes].sort().join(', ')
  return [
    openNotice(
      'unknown-field',
      `The source does not carry what these attributes are made of, so they are left alone: ${names}.`,
    ),
  ]
}
