/** Who becomes a contact, and what it is to hold: people mapped to Outlook's attributes and limits. */
import type { Wanted } from '../../engine/diff.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Notice, Skipped, Value } from '../../engine/plan.ts'
import { isMailAddress } from '../../people/address.ts'
import { namesOf } from '../../people/names.ts'
import { compileMapping, type Mapping, type WantedValue } from '../../people/mapping.ts'
import { personLabel, type Person, type PersonField, type Sourced } from '../../people/person.ts'
import { cut } from '../cut.ts'
import { unknownFieldWarnings } from '../unknown-fields.ts'
import { composition, EMAIL_ADDRESSES, LISTS, MOST, type Composed } from './attributes.ts'
import { addressText } from './contact.ts'
import type { PersonalContactsProfile } from './schema.ts'

export interface WantedContact {
  /** The person's id. */
  readonly key: string
  readonly label: string
  /** What the contact is to hold, by attribute. */
  readonly attributes: ReadonlyMap<string, Wanted>
  /** The id and all addresses in lower case: whose own mailbox it is. */
  readonly names: ReadonlySet<string>
  /** How people file it: `Surname, Given name`. */
  readonly fileAs: string
}

export interface WantedContacts {
  readonly wanted: readonly WantedContact[]
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly Notice[]
}

/** Nobody's name or title is longer; what is cut is cut for everybody alike. */
const MOST_CHARACTERS: Readonly<Record<string, number>> = {
  'businessAddress.street': 1024,
  personalNotes: 30_000,
}
const USUAL_CHARACTERS = 256

export class ContactMapping {
  readonly #mapping: Mapping
  readonly #attributes: readonly Composed[]
  /** By attribute: how many people's values were shortened, or left out. */
  readonly #shortened = new Map<string, number>()
  readonly #refused = new Map<string, number>()
  readonly #leftAlone = new Set<string>()

  constructor({ mapping = {} }: Pick<PersonalContactsProfile, 'mapping'>) {
    const { texts, attributes } = composition(mapping)
    this.#mapping = compileMapping(Object.fromEntries(Object.keys(texts).map((name) => [name, null])), texts)
    this.#attributes = attributes
  }

  get reads(): ReadonlySet<PersonField> {
    return this.#mapping.reads
  }

  /** The attributes that are managed at all. */
  get names(): readonly string[] {
    return this.#attributes.map(({ attribute }) => attribute)
  }

  /** @throws EvaluationError */
  wantedContacts(people: readonly Sourced[], { withoutMail }: { withoutMail: boolean }): WantedContacts {
    const wanted: WantedContact[] = []
    const skipped: Skipped[] = []
    for (const sourced of people) {
      const { person } = sourced
      const label = personLabel(person)
      if (!withoutMail && !isMailAddress(person.mail))
        skipped.push({ key: person.id, label, ...noMail(person) })
      else
        wanted.push({
          key: person.id,
          label,
          attributes: this.#wanted(sourced),
          names: namesOf(person),
          fileAs: fileAsOf(person),
        })
    }
    return { wanted, skipped, warnings: this.#warnings() }
  }

  #wanted(sourced: Sourced): ReadonlyMap<string, Wanted> {
    const texts = this.#mapping.wanted(sourced)
    const wanted = new Map<string, Wanted>()
    for (const { attribute, parts } of this.#attributes) {
      const found = parts.flatMap((name) => texts.get(name) ?? [])
      // Made of what the source does not carry.
      if (found.length < parts.length) this.#leftAlone.add(attribute)
      else {
        const value = this.#value(attribute, found, sourced.person)
        if (value !== undefined) wanted.set(attribute, { value, when: found[0]?.when ?? 'always' })
      }
    }
    return wanted
  }

  /** @returns `undefined` for what Outlook would refuse: it is left alone. */
  #value(attribute: string, found: readonly WantedValue[], person: Person): Value | undefined {
    if (attribute === EMAIL_ADDRESSES) return this.#first(attribute, this.#addresses(found))
    if ((LISTS as readonly string[]).includes(attribute))
      return this.#first(
        attribute,
        found.flatMap(({ value }) => value).filter((text) => text !== ''),
      )
    const whole = found.map(({ value }) => (typeof value === 'string' ? value : value.join(', '))).join('')
    const text = this.#cut(attribute, whole)
    // Graph would make one up from the other names.
    if (attribute === 'displayName') return text || person.mail || person.userPrincipalName || person.id
    if (attribute !== 'birthday' || text === '' || isDate(text)) return text
    count(this.#refused, attribute)
    return undefined
  }

  #addresses(found: readonly WantedValue[]): string[] {
    const texts = found.map(({ value }) => (typeof value === 'string' ? value : (value[0] ?? '')))
    const addresses: string[] = []
    for (let index = 0; index < texts.length; index += 2) {
      const [address, name] = [texts[index]!.trim(), texts[index + 1]!]
      if (address === '') continue
      // One with a comma is gone when it is read back, and would be written for ever.
      if (isMailAddress(address))
        addresses.push(addressText({ address, name: this.#cut(EMAIL_ADDRESSES, name) }))
      else count(this.#refused, EMAIL_ADDRESSES)
    }
    return addresses
  }

  #first(attribute: string, items: readonly string[]): readonly string[] {
    const most = MOST[attribute] ?? Number.POSITIVE_INFINITY
    if (items.length > most) count(this.#shortened, attribute)
    return items.slice(0, most).map((item) => this.#cut(attribute, item))
  }

  #cut(attribute: string, text: string): string {
    const most = MOST_CHARACTERS[attribute] ?? USUAL_CHARACTERS
    if (text.length <= most) return text
    count(this.#shortened, attribute)
    return cut(text, most)
  }

  #warnings(): Notice[] {
    return [
      ...unknownFieldWarnings(this.#leftAlone),
      ...[...this.#shortened].map(([attribute, people]) =>
        openNotice(
          'value-shortened',
          `${attribute} of ${people} people holds more than Outlook keeps: the first ${MOST[attribute] === undefined ? 'characters' : String(MOST[attribute])} are taken.`,
        ),
      ),
      ...[...this.#refused].map(([attribute, values]) =>
        openNotice(
          'value-refused',
          attribute === 'birthday'
            ? `birthday came out as no date (yyyy-mm-dd) for ${values} people, and is left alone.`
            : `${values} mail addresses are none that Outlook keeps, and are left out.`,
        ),
      ),
    ]
  }
}

function noMail({ mail }: Person): Pick<Skipped, 'reason' | 'detail'> {
  return {
    reason: 'no-mail-address',
    detail: mail === '' ? 'has no mail address' : 'the mail address is not one',
  }
}

function fileAsOf({ surname, givenName, displayName }: Person): string {
  return surname !== '' && givenName !== '' ? `${surname}, ${givenName}` : displayName
}

function count(counts: Map<string, number>, attribute: string): void {
  counts.set(attribute, (counts.get(attribute) ?? 0) + 1)
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  // A day that is none becomes another one.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${text}T`)
}
