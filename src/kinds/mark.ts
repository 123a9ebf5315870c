/**
 * The ownership mark of an object of a person: `tenant-sync:<profile>:<person id>`; with
 * `:leaver:<yyyy-mm-dd>` behind it while a leaver is hidden (mail contacts).
 */

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
