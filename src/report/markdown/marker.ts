/** The hidden first line by which a comment or an issue of ours is found again. */
import { commentValue } from '../inert.ts'

export type Marked = 'plan' | 'apply' | 'attention'

/**
 * What such a line begins with, whatever else it carries: `<!-- tenant-sync:plan v=1 id=default `, with
 * the space, so that an id is not found by another that begins with it.
 */
export function markerPrefix(what: Marked, id: string): string {
  return `<!-- tenant-sync:${what} v=1 id=${commentValue(id)} `
}

export function marker(what: Marked, id: string, facts: Readonly<Record<string, string>> = {}): string {
  const said = Object.entries(facts).map(([name, value]) => `${name}=${commentValue(value)} `)
  return `${markerPrefix(what, id)}${said.join('')}-->`
}
