/**
 * What stands in the mailboxes for one person: contacts that tenant-sync made, or may take over. People's
 * own contacts are nobody else's business, whoever is in them.
 */
import type { Standing } from '../../engine/explanation.ts'
import type { Value } from '../../engine/plan.ts'
import { parseMark } from '../../people/mark.ts'
import { BUSINESS_ADDRESS } from './attributes.ts'
import { MARK_PROPERTY, propertyOf, valueOf, type Contact } from './contact.ts'
import type { Target } from './mailboxes.ts'
import { ownerOf, type OwnershipRules } from './ownership.ts'

interface Seen {
  readonly person: string
  readonly standing: Omit<Standing, 'mailbox' | 'targetId'>
  readonly mailboxes: string[]
  readonly targetId: string
}

/** Of Graph's own, and no attribute of a person. */
const NOT_SHOWN = new Set(['id', 'createdDateTime', BUSINESS_ADDRESS, 'singleValueExtendedProperties'])

export class StandingContacts {
  readonly #rules: OwnershipRules
  readonly #seen = new Map<string, Seen>()

  constructor(rules: OwnershipRules) {
    this.#rules = rules
  }

  /** The same in many mailboxes is kept once. */
  see({ name }: Target, contacts: readonly Contact[]): void {
    for (const contact of contacts) {
      const theirs = this.#whose(contact)
      if (!theirs) continue
      const standing = { ...theirs, object: 'contact', attributes: attributesOf(contact) }
      const content = JSON.stringify(standing)
      const seen = this.#seen.get(content)
      if (!seen)
        this.#seen.set(content, { person: theirs.key, standing, mailboxes: [name], targetId: contact.id })
      else if (seen.mailboxes.at(-1) !== name) seen.mailboxes.push(name)
    }
  }

  /** @param names the person's id and addresses in lower case. */
  of(names: ReadonlySet<string>): Standing[] {
    return [...this.#seen.values()]
      .filter(({ person }) => names.has(person.toLowerCase()))
      .map(({ standing, mailboxes, targetId }) =>
        mailboxes.length === 1
          ? { ...standing, mailbox: mailboxes[0]!, targetId }
          : { ...standing, whose: `${standing.whose}, in ${mailboxes.length} mailboxes` },
      )
  }

  #whose(contact: Contact): { whose: string; key: string } | undefined {
    const owner = ownerOf(contact, this.#rules)
    if (owner.by === 'profile') return { whose: 'of this profile', key: owner.person }
    if (owner.by === 'o365synchronizer')
      return { whose: 'of O365-Synchronizer, taken over by this profile', key: owner.person }
    const mark = parseMark(propertyOf(contact, MARK_PROPERTY))
    return mark && { whose: `of profile ${mark.profile}`, key: mark.person }
  }
}

function attributesOf(contact: Contact): Record<string, Value> {
  const parts = Object.keys(contact.businessAddress ?? {}).map((part) => `${BUSINESS_ADDRESS}.${part}`)
  const names = [...Object.keys(contact), ...parts].filter(
    (name) => !NOT_SHOWN.has(name) && !name.startsWith('@'),
  )
  return Object.fromEntries(
    names
      .map((name): [string, Value] => [name, valueOf(contact, name)])
      .filter(([, value]) => value !== null && value !== '' && !isEmptyList(value)),
  )
}

function isEmptyList(value: Value): boolean {
  return Array.isArray(value) && value.length === 0
}
