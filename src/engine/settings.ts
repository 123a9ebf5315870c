/** The settings of a resolved profile, one by one: to say which of them changed, and nothing of their values. */
import { canonicalJson } from './digest.ts'

/**
 * Each setting under its path, such as `from.groups` or `limits.deletes`, as a text that is another when the
 * setting is. Places in a list are not part of a path, for people do not count them; lists of plain
 * values are settings of their own.
 */
export function settingsOf(resolved: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const found = new Map<string, unknown[]>()
  const visit = (value: unknown, path: string, places: readonly number[]) => {
    if (isRecord(value) && Object.keys(value).length > 0)
      for (const [key, inner] of Object.entries(value)) visit(inner, path ? `${path}.${key}` : key, places)
    else if (Array.isArray(value) && value.length > 0 && value.every(isRecord))
      value.forEach((inner, place) => visit(inner, path, [...places, place]))
    else found.set(path, [...(found.get(path) ?? []), [places, value]])
  }
  visit(resolved, '', [])
  return new Map(Array.from(found, ([path, values]) => [path, canonicalJson(values)]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
