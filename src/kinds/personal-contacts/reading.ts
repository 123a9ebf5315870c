/**
 * The mailboxes, some at a time: each is read whole, compared, and let go of, so that memory does not
 * grow with their number. One that cannot be read takes no other with it.
 */
import pMap from 'p-map'
import type { Skipped } from '../../engine/plan.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import type { MailboxReader } from '../../microsoft/mailboxes.ts'
import { claimsOf } from '../../microsoft/token-claims.ts'
import { compare, type Compared, type Wishes } from './comparison.ts'
import { MARK_PROPERTY, PHOTO_PROPERTY, selectOf, type Contact } from './contact.ts'
import { findFolder, hasNoMailbox, readContacts, unavailableBecause, type Folder } from './mailbox.ts'
import type { Target } from './mailboxes.ts'
import { ownerOf, type OwnershipRules } from './ownership.ts'
import { SharedChanges } from './shared-changes.ts'

export interface Reading {
  readonly reader: MailboxReader
  readonly rules: OwnershipRules
  readonly wishes: Wishes
  /** A folder at the top level; the mailbox's own when absent. */
  readonly folder: string | undefined
  /** The attributes that are compared. */
  readonly attributes: readonly string[]
  readonly withPhotos: boolean
  /** `state: absent`: nothing is wanted anywhere. */
  readonly absent: boolean
  /** Sees every contact that is read. */
  readonly watch?: (target: Target, contacts: readonly Contact[]) => void
  /** Whether this run writes the mailbox, and not another shard. */
  readonly isOwnPart: (target: Target) => boolean
  /** ISO 8601: what is older was not made by another job of this run. */
  readonly before: string
  /** Says what the app may do. */
  readonly token: () => Promise<string>
}

export interface MailboxesRead {
  readonly changes: SharedChanges
  readonly folders: Map<string, Folder>
  /** Mailboxes in which the folder is missing, in the order of their names. */
  readonly withoutFolder: readonly Target[]
  readonly unavailable: readonly Skipped[]
  /** Whether any of those was to be kept, and not only to be cleaned. */
  readonly unreached: boolean
  /** How many mailboxes were read and are in scope. */
  readonly mailboxes: number
  readonly marked: number
  /** Whether any of those was there before this run, and before other shards of it. */
  readonly begun: boolean
  readonly adoptable: number
  readonly unchanged: number
  /** By profile: how many contacts bear the mark of another one. */
  readonly others: ReadonlyMap<string, number>
}

/** Two batches: while one is compared, the other is read. */
const AT_A_TIME = 40

/** @throws what is not about one mailbox alone: a missing permission, or a service that is out. */
export async function readMailboxes(targets: readonly Target[], reading: Reading): Promise<MailboxesRead> {
  const changes = new SharedChanges()
  const folders = new Map<string, Folder>()
  const withoutFolder: Target[] = []
  const unavailable: Skipped[] = []
  const others = new Map<string, number>()
  const sums = { mailboxes: 0, marked: 0, adoptable: 0, unchanged: 0 }
  let begun = false
  let unreached = false
  let outage: unknown

  await pMap(
    targets,
    async (target) => {
      try {
        const { folder, compared } = await readOne(target, reading)
        folders.set(target.id, folder)
        if (folder.missing && compared.changes.length > 0) withoutFolder.push(target)
        for (const { change, contactId } of compared.changes) changes.add(target, change, contactId)
        for (const profile of compared.others) others.set(profile, (others.get(profile) ?? 0) + 1)
        sums.mailboxes += target.excluded ? 0 : 1
        sums.marked += compared.marked
        begun ||= compared.marked > 0 && (reading.isOwnPart(target) || compared.oldest < reading.before)
        sums.adoptable += compared.adoptable
        sums.unchanged += compared.unchanged
      } catch (error) {
        const why = unavailableBecause(error)
        if (why === undefined || (await lacksPermission(error, reading.token))) throw error
        if (isNothingToUs(error, target, reading)) return
        if (!isOfMailbox(error)) outage ??= error
        unreached ||= !target.excluded
        const { name } = target
        unavailable.push({ key: name, label: name, reason: 'mailbox-unavailable', detail: why, advice: why })
      }
    },
    { concurrency: AT_A_TIME },
  )
  if (folders.size === 0 && outage !== undefined) throw outage
  withoutFolder.sort((left, right) => (left.name < right.name ? -1 : 1))
  return { changes, folders, withoutFolder, unavailable, unreached, others, begun, ...sums }
}

async function readOne(
  target: Target,
  { reader, rules, wishes, folder: name, attributes, withPhotos, absent, watch }: Reading,
): Promise<{ folder: Folder; compared: Compared }> {
  const folder = await findFolder(reader, target.id, name)
  const empty = absent || target.excluded
  const contacts = await readContacts(reader, target.id, folder, {
    select: selectOf(empty ? [] : attributes),
    properties: withPhotos && !empty ? [MARK_PROPERTY, PHOTO_PROPERTY] : [MARK_PROPERTY],
    keep: (contact) => {
      const owner = ownerOf(contact, rules)
      return owner.by !== 'another' || owner.profile !== undefined
    },
  })
  watch?.(target, contacts)
  const compared = empty
    ? // What might be adopted is not the profile's, and stays.
      compare(
        target,
        contacts,
        { ...rules, prefixes: [] },
        { ...wishes, contacts: [] },
        absent ? 'profile-absent' : 'left-scope',
      )
    : compare(target, contacts, rules, wishes)
  return { folder, compared }
}

/** Nothing was ever written where there is no mailbox, or where the app is kept out of it. */
function isNothingToUs(error: unknown, { named, excluded }: Target, { absent }: Reading): boolean {
  if (hasNoMailbox(error)) return !named || excluded
  return absent && !named && error instanceof ServiceError && error.status === 403
}

/** Refused for what the mailbox is, or for whose it is; else the service is out, for all of them. */
function isOfMailbox(error: unknown): boolean {
  return !(error instanceof ServiceError) || error.status === 403 || error.status === 404
}

/** Then no mailbox can be reached, and none is named for it. */
async function lacksPermission(error: unknown, token: () => Promise<string>): Promise<boolean> {
  if (!(error instanceof ServiceError) || error.status !== 403) return false
  const { roles } = claimsOf(await token())
  return roles !== undefined && !roles.some((role) => role.startsWith('Contacts.'))
}
