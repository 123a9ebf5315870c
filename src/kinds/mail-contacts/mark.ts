/** The marks of other tools. */
import { PREFIX } from '../../people/mark.ts'

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
