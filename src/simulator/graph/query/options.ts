import type { Request } from '../../service.ts'
import { badRequest, directoryBadRequest, unsupported } from '../errors.ts'

/** A request's query options, with or without the dollar sign (Microsoft Graph, "Use query parameters"). */
export interface QueryOptions {
  readonly select?: string
  readonly filter?: string
  readonly expand?: string
  readonly orderby?: string
  readonly search?: string
  readonly top?: number
  readonly skiptoken?: string
  /** `$count=true` and `ConsistencyLevel: eventual` were both sent. */
  readonly advanced: boolean
  /** `ConsistencyLevel: eventual` was sent. */
  readonly eventual: boolean
}

const NAMES = ['select', 'filter', 'expand', 'orderby', 'search', 'skiptoken'] as const
const OTHERS = ['top', 'count', 'skip', 'format']

/** @throws GraphRefused for what directory objects do not take */
export function optionsOf(request: Request): QueryOptions {
  const given = new Map<string, string>()
  for (const [key, value] of request.query) {
    const name = key.replace(/^\$/, '').toLowerCase()
    const known = [...NAMES, ...OTHERS].includes(name)
    if (!known && key.startsWith('$')) throw badRequest(`The query parameter '${key}' is not supported.`)
    if (known) given.set(name, value)
  }
  if (given.has('skip')) throw directoryBadRequest("'$skip' is not supported by the service.")
  const eventual = request.headers['consistencylevel']?.toLowerCase() === 'eventual'
  if (given.has('search') && !eventual) {
    throw unsupported(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    )
  }
  const top = given.get('top')
  return {
    ...Object.fromEntries(NAMES.flatMap((name) => (given.has(name) ? [[name, given.get(name)]] : []))),
    ...(top === undefined ? {} : { top: topOf(top) }),
    advanced: eventual && given.get('count')?.toLowerCase() === 'true',
    eventual,
  }
}

function topOf(text: string): number {
  if (!/^-?\d+$/.test(text)) {
    throw badRequest(
      `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
    )
  }
  const top = Number(text)
  if (top >= 1 && top <= 999) return top
  throw unsupported(`Invalid page size specified: '${text}'. Must be between 1 and 999 inclusive.`)
}
