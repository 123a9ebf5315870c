import type { Request } from '../service.ts'
import type { Bearer } from '../tokens.ts'
import type { World } from '../world.ts'
import type { TypeName } from './contract.ts'
import type { Properties } from './directory.ts'
import { directoryBadRequest, unsupported } from './errors.ts'
import { showObject } from './object.ts'
import { parseExpand } from './query/expand.ts'
import { compileFilter } from './query/filter.ts'
import type { QueryOptions } from './query/options.ts'
import { sorter } from './query/order.ts'
import type { Listings } from './query/pages.ts'
import { defaultSelection, parseSelect } from './query/select.ts'
import type { Route } from './route.ts'
import type { Row } from './rows.ts'

const DEFAULT_PAGE = 100
/** With `$expand`, a page holds no more, whatever `$top` says. */
const EXPANDED_PAGE = 100

export interface Collection {
  readonly rows: Iterable<Row>
  readonly type: TypeName
}

/**
 * One page of a collection (Microsoft Graph, "Paging Microsoft Graph data in your app").
 * @throws GraphRefused
 */
export function answerCollection(
  { rows, type }: Collection,
  route: Route,
  options: QueryOptions,
  context: { request: Request; world: World; bearer: Bearer; listings: Listings },
): Properties {
  const { request, world, bearer, listings } = context
  const selection =
    options.select === undefined ? defaultSelection(type) : parseSelect(options.select, type, true)
  const expansion = options.expand === undefined ? undefined : parseExpand(options.expand, type)
  const found = options.skiptoken
    ? listings.at(options.skiptoken, options.eventual)
    : { rows: choose({ rows, type }, route, options), id: undefined, offset: 0 }

  const asked = options.top ?? DEFAULT_PAGE
  const size = expansion ? Math.min(asked, EXPANDED_PAGE) : asked
  const { truncation } = request
  const end = found.offset + (truncation ? Math.min(size, truncation.rows) : size)
  const page = found.rows.slice(found.offset, end)
  const more = truncation ? truncation.nextLink === true : end < found.rows.length
  const typed = type === 'directoryObject'
  return {
    '@odata.context': `${world.origin}/v1.0/$metadata#${contextName(route)}${options.select ? `(${selection.join(',')})` : ''}`,
    ...(options.advanced && !options.skiptoken ? { '@odata.count': found.rows.length } : {}),
    ...(more
      ? { '@odata.nextLink': nextLink(request, world, continued(listings, found, options, end)) }
      : {}),
    value: page.map((row) => showObject(row, { selection, expansion, typed, bearer })),
  }
}

/**
 * The number alone: `/users/$count`.
 * @throws GraphRefused without `ConsistencyLevel: eventual`
 */
export function countOf(collection: Collection, route: Route, options: QueryOptions): number {
  if (!options.eventual) throw directoryBadRequest('$count is not currently supported.')
  return choose(collection, route, { ...options, advanced: true }).length
}

/** The rows that filter and search leave, in order. */
function choose({ rows, type }: Collection, { cast }: Route, options: QueryOptions): Row[] {
  const { filter, orderby, search, advanced } = options
  if (cast && !advanced && (filter ?? orderby ?? search) !== undefined)
    throw unsupported('Unsupported Query.')
  if (filter !== undefined && orderby !== undefined && !advanced) {
    throw unsupported('Sorting not supported for current query.')
  }
  let chosen = [...rows]
  if (filter !== undefined) {
    const { test, needsAdvanced } = compileFilter(filter, type, advanced)
    // Microsoft Graph, "Advanced query capabilities": $expand is not supported with them.
    if (needsAdvanced && options.expand !== undefined) throw unsupported('Unsupported Query.')
    chosen = chosen.filter(({ properties }) => test(properties))
  }
  if (search !== undefined) chosen = chosen.filter(searcher(search))
  return orderby === undefined ? chosen : chosen.toSorted(sorter(orderby, type, advanced))
}

/** `"displayName:ada"`: some word of the property begins so. */
function searcher(search: string): (row: Row) => boolean {
  const [, property = '', text = ''] = /^"(\w+):(.*)"$/.exec(search.trim()) ?? []
  if (property === '') {
    throw directoryBadRequest(`Unrecognized search pattern '${search}': use "property:text".`)
  }
  return ({ properties }) =>
    asText(properties[property])
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .some((word) => word.startsWith(text.toLowerCase()))
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function continued(
  listings: Listings,
  found: { rows: readonly Row[]; id: string | undefined },
  options: QueryOptions,
  offset: number,
): string {
  const id = found.id ?? listings.begin({ rows: found.rows, eventual: options.eventual })
  return listings.token(id, offset)
}

/** Absolute, with the query of this request, and nothing of its headers. */
function nextLink(request: Request, world: World, token: string): string {
  const query = new URLSearchParams(request.query)
  query.delete('skiptoken')
  query.set('$skiptoken', token)
  return `${world.origin}${request.path}?${query.toString()}`
}

function contextName({ template, cast, ids }: Route): string {
  if (cast) return `${cast}s`
  if (template.startsWith('/groups/')) return 'directoryObjects'
  return template.slice(1).replaceAll('/{id}', () => `('${ids[0]}')`)
}
