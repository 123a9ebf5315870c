/**
 * What reviewers were shown of a plan, as data that can stand where everybody can read it: numbers, and
 * salted short hashes (DESIGN 5). A profile that is read afresh is held against it.
 */
import { createHash } from 'node:crypto'
import type { Proposed } from './kind.ts'
import type { Action } from './plan.ts'
import type { PlannedTask, Task } from './planning.ts'
import { settingsOf } from './settings.ts'

/** What was seen of one profile. */
export interface Reviewed {
  readonly name: string
  /** Where it stood, relative to the repository. */
  readonly file: string
  /** Of the resolved profile and its tenants. */
  readonly digest: string
  readonly counts: Readonly<Record<Action, number>>
  /** A hash of each setting under its path; absent where there was no room for them. */
  readonly settings?: Readonly<Record<string, string>>
  /** A hash of each object to be deleted, sorted; `null` where there were too many to list. */
  readonly removals: readonly string[] | null
}

export interface Review {
  /** What the hashes are salted with: one that is copied elsewhere fits nothing there. */
  readonly salt: string
  readonly profiles: readonly Reviewed[]
}

/** With more in all of a plan, none is listed, and every deletion is held. */
export const MOST_REMOVALS = 2_000

/** Base64url digits of 6 bits. By chance one of 2,000 fits another object once in 10^11. */
export const REMOVAL_DIGITS = 8
const SETTING_DIGITS = 4
const DIGEST_DIGITS = 22

/** What a plan shows its reviewers. A profile that could not be planned showed them nothing. */
export function reviewOf(tasks: readonly PlannedTask[], salt: string): Review {
  const shown = tasks.filter(({ plan }) => plan.outcome !== 'failed')
  const removals = shown.map(({ proposed }) => [
    ...new Set(
      proposed
        .filter(isRemoval)
        .flatMap(removalsOf)
        .map(({ how, id }) => hash(salt, `${how} ${id}`, REMOVAL_DIGITS)),
    ),
  ])
  const tooMany = removals.reduce((sum, { length }) => sum + length, 0) > MOST_REMOVALS
  return {
    salt,
    profiles: shown.map(({ task, plan: { counts } }, index) => ({
      name: task.name,
      file: task.file,
      digest: hash(salt, task.digest, DIGEST_DIGITS),
      counts: { create: counts.create, update: counts.update, delete: counts.delete },
      settings: settingHashes(task, salt),
      removals: tooMany && removals[index]!.length > 0 ? null : removals[index]!.sort(),
    })),
  }
}

/** Whether this is what was reviewed: the same profile, with the same tenants. */
export function isReviewed({ digest }: Task, reviewed: Reviewed, salt: string): boolean {
  return hash(salt, digest, DIGEST_DIGITS) === reviewed.digest
}

/** The paths of the settings that were other ones at the review, sorted; `undefined` where they were not kept. */
export function changedSettings(task: Task, { settings }: Reviewed, salt: string): string[] | undefined {
  if (!settings) return undefined
  const now = settingHashes(task, salt)
  return [...new Set([...Object.keys(settings), ...Object.keys(now)])]
    .filter((path) => settings[path] !== now[path])
    .sort()
}

/**
 * Whether reviewers saw all that goes. Who saw that an object goes, saw too that it is hidden, or a part of it, or
 * that it goes with the change of another, whatever that change has become since.
 */
export function isSeen(one: Proposed<never>, removals: ReadonlySet<string>, salt: string): boolean {
  return removalsOf(one).every(({ how, id }) =>
    [how, 'delete'].some((seen) => removals.has(hash(salt, `${seen} ${id}`, REMOVAL_DIGITS))),
  )
}

/** A leaver's hiding is held like a deletion (DESIGN 3.3), and so is a change with which something goes. */
export function isRemoval({ change, countsAs }: Proposed<never>): boolean {
  return change.action === 'delete' || countsAs === 'deletes' || change.removes !== undefined
}

interface Removed {
  readonly how: Action | 'part'
  readonly id: string
}

/** One that many mailboxes share is of its person, if it is not of a part. */
function removalsOf(one: Proposed<never>): Removed[] {
  const { action, removes } = one.change
  const own: Removed = { how: one.partial ? 'part' : action, id: idOf(one) }
  // What creates or updates one object, and takes others with it, removes those alone.
  return [
    ...(action === 'delete' || !removes ? [own] : []),
    ...(removes ?? []).map(({ targetId }): Removed => ({ how: 'delete', id: targetId })),
  ]
}

function idOf({ change, mailboxes }: Proposed<never>): string {
  return mailboxes ? change.key : (change.targetId ?? change.key)
}

function settingHashes({ settings }: Task, salt: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(settingsOf(settings), ([path, value]) => [
      path,
      hash(salt, `${path} ${value}`, SETTING_DIGITS),
    ]),
  )
}

function hash(salt: string, of: string, digits: number): string {
  return createHash('sha256').update(`${salt}\n${of}`).digest('base64url').slice(0, digits)
}
