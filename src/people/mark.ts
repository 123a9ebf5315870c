/**
 * The ownership mark of an object of a person: `tenant-sync:<profile>:<person id>`; with
 * `:leaver:<yyyy-mm-dd>` behind it while a leaver is hidden (mail contacts).
 */
import { createHash } from 'node:crypto'
import { normalId } from './person.ts'

export interface Mark {
  readonly profile: string
  readonly person: string
  /** The day on which the person was found to have left. */
  readonly leaver?: string
}

export const PREFIX = 'tenant-sync:'
const MARK = /^tenant-sync:([a-z0-9][a-z0-9-]{0,62}):(.*?)(?::leaver:(\d{4}-\d{2}-\d{2}))?$/s

export function parseMark(text: string): Mark | undefined {
  if (!text.startsWith(PREFIX)) return undefined
  const [, profile, person, leaver] = MARK.exec(text) ?? []
  if (profile === undefined || !person) return undefined
  return { profile, person, ...(leaver !== undefined && { leaver }) }
}

export function formatMark({ profile, person, leaver }: Mark): string {
  return `${PREFIX}${profile}:${person}${leaver === undefined ? '' : `:leaver:${leaver}`}`
}

/**
 * Names and aliases of a contact, from profile and person alone: a create that was cut off before its mark was
 * written is known by them, and completed. They fit both limits (64), and no two people share one.
 *
 * @returns best first. A contact that was handed on from one person to another keeps the name of the first,
 *   who may come back and need another one.
 */
export function derivedNames(profile: string, person: string): string[] {
  return NAMES.map((more) => {
    const hash = createHash('sha256').update(`${profile}\n${normalId(person)}${more}`)
    return `tenant-sync-${hash.digest('hex').slice(0, 32)}`
  })
}

const NAMES = ['', '\n2', '\n3', '\n4', '\n5']

export function isDerivedName(name: string): boolean {
  return /^tenant-sync-[0-9a-f]{32}$/.test(name)
}
