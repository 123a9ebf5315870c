/** What a contact's change looks like in the plan, and how it is written. */
import { diff, fieldsOfNew, type Wanted } from '../../engine/diff.ts'
import type { Proposed } from '../../engine/kind.ts'
import type { FieldChange, Reason } from '../../engine/plan.ts'
import type { ExchangeWriter } from '../../microsoft/exchange.ts'
import { addressFields, addressParameters, type AddressChange } from './addresses.ts'
import type { MailContact } from './contact.ts'
import { EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'
import { derivedNames, formatMark, isDerivedName } from '../../people/mark.ts'
import { keyOf, type Owned, type Pair } from './pairing.ts'
import { asideAddress } from './rotation.ts'
import { personLabel } from '../../people/person.ts'
import { sameValue, type WantedContact } from './wanted.ts'
import { removeContact } from './remove.ts'
import { makeContact, setFields } from './write.ts'

export type ProposedContact = Proposed<ExchangeWriter>

export const OBJECT = 'mail-contact'
const HIDDEN = 'hiddenFromAddressListsEnabled'

export interface Marking {
  /** The target. */
  readonly tenant: string
  /** The profile's name. */
  readonly profile: string
  /** The attribute in which the mark stands. */
  readonly attribute: string
}

/** What an object is to hold, by the profile's names. */
type Attributes = ReadonlyMap<string, Wanted>

/** @param standing names that contacts of the target have. */
export function creation(
  wanted: WantedContact,
  attributes: Attributes,
  { profile, attribute, tenant }: Marking,
  standing: ReadonlySet<string>,
): ProposedContact {
  const { mail } = wanted.sourced.person
  const own = fieldsOfNew(attributes)
  const mark: FieldChange = {
    field: attribute,
    before: null,
    after: formatMark({ profile, person: wanted.key }),
  }
  return {
    change: {
      action: 'create',
      object: OBJECT,
      key: wanted.key,
      label: personLabel(wanted.sourced.person),
      reason: 'new-in-source',
      fields: [{ field: 'externalEmailAddress', before: null, after: mail }, ...own],
    },
    countsAs: 'creates',
    exclusive: `${tenant} ${wanted.address}`,
    async write(exchange, record) {
      const named = own.some(({ field }) => field === 'displayName') ? own : [displayNameOf(mail), ...own]
      const names = derivedNames(profile, wanted.key)
      const name = names.find((one) => !standing.has(one)) ?? names[0]!
      const { guid, rest } = await makeContact(exchange, record, {
        name,
        address: mail,
        fields: named,
        mark,
      })
      await setFields(exchange, record, guid, [mark, ...rest], { justMade: true })
    },
  }
}

/** Exchange would show the derived name. */
function displayNameOf(mail: string): FieldChange {
  return { field: 'displayName', before: null, after: mail }
}

export interface Handover {
  readonly released: ReadonlySet<string>
  /** The contact that must step aside before this one can be written. */
  readonly aside?: MailContact
}

/** @returns `undefined` when the contact is as wanted. */
export function amendment(
  pair: Pair,
  wantedAttributes: Attributes,
  marking: Marking,
  { released, aside }: Handover,
): ProposedContact | undefined {
  const { wanted, contact, owner } = pair
  const moves: AddressChange = {
    released,
    ...(contact.address !== wanted.address && { moveTo: wanted.sourced.person.mail }),
  }
  const attributes = [
    ...diff(wantedAttributes, { now: (field) => contact.value(field), same: sameValue }),
    ...unhiding(pair, wantedAttributes),
    ...marks(pair, wantedAttributes, marking),
  ]
  const fields = [...addressFields(contact, moves), ...attributes]
  if (fields.length === 0) return undefined

  const addresses = fields.filter(({ field }) => !(field in EXCHANGE_ATTRIBUTES)).map(({ field }) => field)
  const adopted = owner.by === 'adopted-tool' || (owner.by === 'nobody' && !isDerivedName(contact.name))
  return {
    change: {
      action: 'update',
      object: OBJECT,
      key: wanted.key,
      label: personLabel(wanted.sourced.person),
      targetId: contact.guid,
      reason: adopted ? 'adopted' : 'source-changed',
      fields,
    },
    countsAs: 'updates',
    async write(exchange, record) {
      const set = () =>
        setFields(exchange, record, contact.guid, attributes, {
          ...(addresses.length > 0 && { parameters: addressParameters(contact, moves), fields: addresses }),
        })
      if (!aside) return set()
      const step = (change: AddressChange) =>
        setFields(exchange, record, aside.guid, [], {
          parameters: addressParameters(aside, change),
          fields: ['externalEmailAddress'],
        })
      // It lets go of what this one gets, which may be a proxy of it.
      await step({ moveTo: asideAddress(aside), released: new Set([aside.address, wanted.address]) })
      try {
        await set()
      } catch (error) {
        await step({ moveTo: aside.address, released: new Set() })
        throw error
      }
    },
  }
}

/** Somebody who left, was hidden for the time of grace, and is back. */
function unhiding({ contact, owner }: Pair, wanted: Attributes): FieldChange[] {
  const isBack = owner.by === 'profile' && owner.leaver !== undefined
  const { value, when } = wanted.get(HIDDEN) ?? { value: false, when: 'create' }
  // What is always written, the mapping writes.
  if (!isBack || when === 'always' || value === true || contact.value(HIDDEN) !== true) return []
  return [{ field: HIDDEN, before: true, after: false }]
}

/** The mark in its place, and out of the places where a former one, or another tool's, stood. */
function marks(
  { wanted: { key }, contact, owner }: Pair,
  wanted: Attributes,
  { profile, attribute }: Marking,
): FieldChange[] {
  const fields: FieldChange[] = []
  const now = contact.text(attribute)
  const mark = formatMark({ profile, person: key })
  if (now !== mark) fields.push({ field: attribute, before: now || null, after: mark })
  const former = 'markedIn' in owner ? owner.markedIn : attribute
  if (former !== attribute && !wanted.has(former))
    fields.push({ field: former, before: contact.value(former), after: null })
  return fields
}

/** A contact without a person that holds an address somebody else gets. */
export function release({ contact, owner }: Owned, released: ReadonlySet<string>): ProposedContact {
  const fields = addressFields(contact, { released })
  return {
    change: {
      action: 'update',
      object: OBJECT,
      ...nameOf({ contact, owner }),
      reason: 'source-changed',
      fields,
    },
    countsAs: 'updates',
    write: (exchange, record) =>
      setFields(exchange, record, contact.guid, [], {
        parameters: addressParameters(contact, { released }),
        fields: ['emailAddresses'],
      }),
  }
}

/** A leaver is hidden first, and deleted when the time of grace is over. */
export function hiding(
  leaver: Owned,
  released: ReadonlySet<string>,
  { profile, attribute }: Marking,
  today: string,
): ProposedContact {
  const { contact, owner } = leaver
  const person = 'person' in owner ? owner.person : contact.address
  const mark = { field: attribute, before: null, after: formatMark({ profile, person, leaver: today }) }
  const hide = { field: HIDDEN, before: contact.value(HIDDEN), after: true }
  const addresses = addressFields(contact, { released })
  return {
    change: {
      action: 'update',
      object: OBJECT,
      ...nameOf(leaver),
      reason: 'left-scope',
      fields: [...addresses, hide],
    },
    countsAs: 'deletes',
    unmarked: owner.by !== 'profile',
    write: (exchange, record) =>
      setFields(exchange, record, contact.guid, [hide, mark], {
        ...(addresses.length > 0 && {
          parameters: addressParameters(contact, { released }),
          fields: ['emailAddresses'],
        }),
      }),
  }
}

export function deletion(owned: Owned, reason: Reason, { attribute }: Marking): ProposedContact {
  const { contact, owner } = owned
  const marked = 'markedIn' in owner ? owner.markedIn : attribute
  const mark = contact.text(marked)
  return {
    change: { action: 'delete', object: OBJECT, ...nameOf(owned), reason, fields: [] },
    countsAs: 'deletes',
    unmarked: owner.by !== 'profile',
    write: (exchange, record) =>
      removeContact(
        exchange,
        record,
        contact.guid,
        (row) => (row[EXCHANGE_ATTRIBUTES[marked]!.name] ?? '') === mark,
      ),
  }
}

function nameOf(owned: Owned): { key: string; label: string; targetId: string } {
  const { contact } = owned
  return {
    key: keyOf(owned),
    label: `${contact.displayName} <${contact.address}>`,
    targetId: contact.guid,
  }
}
