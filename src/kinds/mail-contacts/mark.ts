/** The marks of other tools, and the name that a mail contact of ours has before it bears a mark. */
import { createHash } from 'node:crypto'
import { PREFIX } from '../mark.ts'

/** A mark of CTCS: `XTSYNC|<source tenant id>|User|<id>`, `|Group|` likewise, or the older `XTSYNC|<tenant>|<id>`. */
export function parseCtcsMark(text: string): { tenantId: string; person: string } | undefined {
  const [tag, tenantId, ...rest] = text.split('|')
  if (tag !== 'XTSYNC' || !tenantId || rest.length === 0 || rest.length > 2) return undefined
  const person = rest.at(-1)
  return person ? { tenantId: tenantId.toLowerCase(), person: person.toLowerCase() } : undefined
}

/** What GCCH-COMM-GalSync writes into customAttribute15; the source id stands in customAttribute13. */
export const GCCH_MARK = 'GALSYNC'

/** Whether a value from a directory would pass for somebody's mark. */
export function looksLikeMark(text: string): boolean {
  return text.startsWith(PREFIX) || text.startsWith('XTSYNC|') || text === GCCH_MARK
}

/**
 * Name and alias of a contact, from profile and person alone: a create that was cut off before its
 * mark was written is known by it, and completed. Fits both limits (64), and no two people share it.
 */
export function derivedName(profile: string, person: string): string {
  return `tenant-sync-${createHash('sha256').update(`${profile}\n${person}`).digest('hex').slice(0, 32)}`
}

export function isDerivedName(name: string): boolean {
  return /^tenant-sync-[0-9a-f]{32}$/.test(name)
}
