/**
 * What is told of a service that cannot be read whole: its address, the page, the item, and of what stands
 * there the kind alone. Never a value, a token or a query of a URL.
 */
import { SourceError } from '../source-error.ts'

/** Of an object that is none of ours: more says nothing more. */
const MOST_KEYS = 5
/** In characters. */
const LONGEST_KEY = 40

/**
 * @param place e.g. `https://hr.fabrikam.com/people, page 2`.
 * @param says what was found and the way out, without a full stop.
 * @param advice the same where nothing may be told of what the service answered; default: `says`.
 */
export function fault(code: `http-${string}`, place: string, says: string, advice = says): SourceError {
  return new SourceError(code, `${place}: ${says}.`, { advice: `${place}: ${advice}.` })
}

/** A value of JSON for readers, e.g. `a list`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return 'a text'
  return typeof value === 'number' ? 'a number' : 'true or false'
}

/** An object with the names of its first keys; they may name people. */
export function kindWithKeys(value: unknown): string {
  const kind = kindOf(value)
  if (kind !== 'an object') return kind
  const keys = Object.keys(value as object)
  if (keys.length === 0) return 'an empty object'
  const named = keys.slice(0, MOST_KEYS).map((key) => key.slice(0, LONGEST_KEY))
  const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : ''
  return `an object with the keys ${named.join(', ')}${more}`
}
