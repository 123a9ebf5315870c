/** Everything in one tenant that holds a mail address: Exchange's side of the directory. */
import {
  addressesOf,
  addressKey,
  legacyExchangeDN,
  textOf,
  type NewRecipient,
  type Recipient,
  type RecipientType,
  type Value,
} from './recipient.ts'

export type { NewRecipient, Recipient, RecipientType, Value } from './recipient.ts'

export class Recipients implements Iterable<Recipient> {
  readonly #byGuid = new Map<string, Recipient>()
  readonly #byObjectId = new Map<string, string>()
  readonly #byName = new Map<string, Set<string>>()
  readonly #byAlias = new Map<string, Set<string>>()
  readonly #byLogon = new Map<string, Set<string>>()
  readonly #byAddress = new Map<string, Set<string>>()

  #additions = 0

  /** How many were ever added. */
  get additions(): number {
    return this.#additions
  }

  get size(): number {
    return this.#byGuid.size
  }

  /** All recipients, soft-deleted ones too, in the order of their creation. */
  [Symbol.iterator](): IterableIterator<Recipient> {
    return this.#byGuid.values()
  }

  /** Those of one of these types that are not soft-deleted, in the order of their creation. */
  *ofType(...types: readonly RecipientType[]): IterableIterator<Recipient> {
    for (const recipient of this.#byGuid.values())
      if (!recipient.softDeleted && types.includes(recipient.type)) yield recipient
  }

  add(recipient: NewRecipient, now: Date): Recipient {
    const added = { softDeleted: false, members: [], created: now, changed: now, ...recipient }
    this.#additions += 1
    this.#byGuid.set(key(added.guid), added)
    this.#index(added)
    return added
  }

  /**
   * @param values the attributes that change; `undefined` takes one away.
   * @throws when there is no such recipient.
   */
  update(guid: string, values: Readonly<Record<string, Value | undefined>>, now: Date): Recipient {
    const old = this.get(guid)
    if (!old) throw new Error(`no recipient ${guid}`)
    return this.#replace(old, { values: merged(old, values), changed: now })
  }

  /**
   * Makes it a recipient of another type, e.g. of a mail user a mailbox.
   * @param values the attributes that change with it; `undefined` takes one away.
   */
  convert(
    old: Recipient,
    type: RecipientType,
    values: Readonly<Record<string, Value | undefined>>,
    now: Date,
  ): Recipient {
    return this.#replace(old, { type, values: merged(old, values), changed: now })
  }

  #replace(old: Recipient, change: Partial<Recipient>): Recipient {
    const changed = { ...old, ...change }
    this.#unindex(old)
    this.#byGuid.set(key(old.guid), changed)
    this.#index(changed)
    return changed
  }

  /** @returns whether there was one. */
  remove(guid: string): boolean {
    const old = this.get(guid)
    if (!old) return false
    this.#unindex(old)
    return this.#byGuid.delete(key(guid))
  }

  get(guid: string): Recipient | undefined {
    return this.#byGuid.get(key(guid))
  }

  byObjectId(objectId: string): Recipient | undefined {
    const guid = this.#byObjectId.get(key(objectId))
    return guid === undefined ? undefined : this.#byGuid.get(guid)
  }

  /** Who holds this address, with or without its prefix; soft-deleted recipients hold theirs still. */
  holders(address: string): Recipient[] {
    return this.#all(this.#byAddress.get(addressKey(address)))
  }

  named(name: string): Recipient[] {
    return this.#all(this.#byName.get(key(name)))
  }

  /** Users by their UPN. */
  signingInAs(userPrincipalName: string): Recipient[] {
    return this.#all(this.#byLogon.get(key(userPrincipalName)))
  }

  aliased(alias: string): Recipient[] {
    return this.#all(this.#byAlias.get(key(alias)))
  }

  #all(guids: Iterable<string> = []): Recipient[] {
    return [...guids].map((guid) => this.#byGuid.get(guid)!)
  }

  #index(recipient: Recipient): void {
    const guid = key(recipient.guid)
    if (recipient.objectId !== '') this.#byObjectId.set(key(recipient.objectId), guid)
    for (const [index, entry] of this.#entries(recipient)) {
      const guids = index.get(entry)
      if (guids) guids.add(guid)
      else index.set(entry, new Set([guid]))
    }
  }

  #unindex(recipient: Recipient): void {
    const guid = key(recipient.guid)
    this.#byObjectId.delete(key(recipient.objectId))
    for (const [index, entry] of this.#entries(recipient)) {
      const guids = index.get(entry)
      guids?.delete(guid)
      if (guids?.size === 0) index.delete(entry)
    }
  }

  *#entries(recipient: Recipient): Generator<[Map<string, Set<string>>, string]> {
    const { values } = recipient
    if (typeof values['Name'] === 'string') yield [this.#byName, key(values['Name'])]
    if (typeof values['Alias'] === 'string') yield [this.#byAlias, key(values['Alias'])]
    const logon = textOf(recipient, 'UserPrincipalName')
    if (logon !== '') yield [this.#byLogon, key(logon)]
    for (const address of addressesOf(recipient)) yield [this.#byAddress, addressKey(address)]
    // Nobody else may have it as an X500 address.
    yield [this.#byAddress, addressKey(`x500:${legacyExchangeDN(recipient)}`)]
  }
}

function merged(
  { values: old }: Recipient,
  values: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> {
  const entries = Object.entries({ ...old, ...values }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Record<string, Value>
}

function key(text: string): string {
  return text.toLowerCase()
}
