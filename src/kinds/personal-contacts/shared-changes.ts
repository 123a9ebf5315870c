/**
 * Changes of many mailboxes gathered as they are found: one that is the same in several stands once.
 * What is kept grows with the people and with what differs, not with what stands in the mailboxes.
 */
import type { Mailbox } from '../../engine/kind.ts'
import type { ContactChange } from './comparison.ts'
import { byNameAndId } from './mailboxes.ts'

export interface SharedChange {
  readonly change: ContactChange
  /** In the order of their names. */
  readonly mailboxes: readonly Mailbox[]
  /** The contact's id in each of the mailboxes; empty where none is there yet. */
  readonly contactIds: readonly string[]
}

/** Side by side rather than in pairs: there may be millions. */
interface Gathered {
  readonly change: ContactChange
  readonly mailboxes: Mailbox[]
  readonly contactIds: string[]
}

export class SharedChanges {
  readonly #gathered = new Map<string, Gathered>()
  #creates = false

  /** Whether anybody is shown who was not before. */
  get creates(): boolean {
    return this.#creates
  }

  add(mailbox: Mailbox, change: ContactChange, contactId?: string): void {
    if (change.action === 'create') this.#creates = true
    const content = contentOf(change)
    // Two of one content in one mailbox (doubles of one person) are two changes.
    for (let ordinal = 0; ; ordinal++) {
      const key = `${content}\n${ordinal}`
      let gathered = this.#gathered.get(key)
      if (gathered?.mailboxes.at(-1) === mailbox) continue
      if (!gathered) this.#gathered.set(key, (gathered = { change, mailboxes: [], contactIds: [] }))
      gathered.mailboxes.push(mailbox)
      if (contactId !== undefined) gathered.contactIds.push(contactId)
      return
    }
  }

  /** In an order that depends on their content alone, whatever mailbox was read first. */
  all(): SharedChange[] {
    return [...this.#gathered]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, one]) => byName(one))
  }
}

function byName({ change, mailboxes, contactIds }: Gathered): SharedChange {
  const order = mailboxes
    .map((_, index) => index)
    .sort((left, right) => byNameAndId(mailboxes[left]!, mailboxes[right]!))
  return {
    change,
    mailboxes: order.map((index) => mailboxes[index]!),
    contactIds: contactIds.length > 0 ? order.map((index) => contactIds[index]!) : [],
  }
}

function contentOf(change: ContactChange): string {
  switch (change.action) {
    // What a person's contact is to hold at first is the same everywhere.
    case 'create':
      return `create\n${change.key}`
    case 'update':
      return `update\n${change.key}\n${JSON.stringify([change.reason, change.fields, change.body])}`
    case 'delete':
      return `delete\n${change.key}\n${JSON.stringify([change.reason, change.label, change.owner, change.stays])}`
  }
}
