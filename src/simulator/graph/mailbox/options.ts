import type { Request } from '../../service.ts'
import { badRequest } from '../errors.ts'
import { invalidQuery } from './errors.ts'

const NAMES = [
  'select',
  'filter',
  'expand',
  'orderby',
  'top',
  'skip',
  'count',
  'skiptoken',
  'deltatoken',
] as const

export type OptionName = (typeof NAMES)[number]

/** A request's query options, by name without the dollar sign. */
export type MailboxOptions = Readonly<Partial<Record<OptionName, string>>>

/**
 * @param taken those that the resource takes
 * @throws GraphRefused 400 for all others: a client that sends them counts on them
 */
export function mailboxOptions(request: Request, taken: readonly OptionName[]): MailboxOptions {
  const options: Partial<Record<OptionName, string>> = {}
  for (const [key, value] of request.query) {
    const wanted = key.replace(/^\$/, '').toLowerCase()
    const name = NAMES.find((each) => each === wanted)
    if (name === undefined) throw badRequest(`The query parameter '${key}' is not supported.`)
    if (!taken.includes(name)) throw invalidQuery(`The query parameter '${key}' is not supported here.`)
    if (options[name] !== undefined) throw badRequest(`Query option '${key}' was specified more than once.`)
    options[name] = value
  }
  return options
}

/** @throws GraphRefused 400 when it is no number within these bounds */
export function numberOption(name: 'top' | 'skip', text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw invalidQuery(
    `Invalid value '${text}' for $${name} query option: it must be between ${least} and ${most}.`,
  )
}

/** What a request prefers (RFC 7240): `IdType="ImmutableId", odata.maxpagesize=50`. */
export function preferences(request: Request): { immutableIds: boolean; pageSize: number | undefined } {
  const prefer = request.headers['prefer'] ?? ''
  const size = /\bodata\.maxpagesize=(\d+)/i.exec(prefer)?.[1]
  return {
    immutableIds: /\bIdType="?ImmutableId\b/i.test(prefer),
    pageSize: size === undefined ? undefined : Number(size),
  }
}
