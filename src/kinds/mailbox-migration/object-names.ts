/**
 * All that an object of an organization goes by, in lower case: Exchange shows a name now as a text, now as an object
 * with a name and a GUID of its own, and refers to it by any of them.
 */
import type { Row } from '../../microsoft/exchange.ts'

export function namesIn(row: Row, ...properties: readonly string[]): string[] {
  const texts = properties.flatMap((property) => textsIn(row[property]))
  return [...new Set(texts.map((text) => text.toLowerCase()))]
}

/** The best one for readers and for cmdlets, as it is written. @returns `''` for none. */
export function nameIn(row: Row, ...properties: readonly string[]): string {
  return properties.flatMap((property) => textsIn(row[property]))[0] ?? ''
}

function textsIn(cell: unknown): string[] {
  if (typeof cell === 'string') return cell === '' ? [] : [cell]
  if (typeof cell !== 'object' || cell === null || Array.isArray(cell)) return []
  const { Name, Id, Guid } = cell as Record<string, unknown>
  return [Name, Id, Guid].filter((text) => typeof text === 'string' && text !== '') as string[]
}
