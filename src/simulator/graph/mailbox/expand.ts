import { isNavigation } from '../contract.ts'
import { GraphRefused, badRequest } from '../errors.ts'
import { parseFilter } from '../query/filter-syntax.ts'
import type { Filter } from '../query/filter-syntax.ts'
import { invalidFilter } from './errors.ts'
import { EXTENDED, propertyKey } from './extended-properties.ts'

/**
 * `$expand=singleValueExtendedProperties($filter=id eq 'A' or id eq 'B')`: the keys of A and B. There is no
 * way to ask for all of them (Microsoft Graph, "Outlook extended properties overview").
 * @throws GraphRefused 400, 501 for relationships that this stand-in does not carry
 */
export function parseExpand(text: string): ReadonlySet<string> {
  const [, name = '', options = ''] = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(text) ?? []
  if (!isNavigation('contact', name)) {
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name || text}' on type 'microsoft.graph.contact'.`,
    )
  }
  if (name !== EXTENDED)
    throw new GraphRefused(501, 'NotImplemented', `$expand of '${name}' is not simulated.`)
  const filter = /^\s*\$filter\s*=(.*)$/s.exec(options)?.[1]
  if (filter === undefined) throw invalidFilter()
  return new Set(idsOf(parseFilter(filter)).map(propertyKey))
}

function idsOf(filter: Filter): string[] {
  if (filter.kind === 'or') return [...idsOf(filter.left), ...idsOf(filter.right)]
  if (filter.kind !== 'compare' || filter.by !== 'eq' || filter.path.join('/') !== 'id') throw invalidFilter()
  if (typeof filter.to !== 'string') throw invalidFilter()
  return [filter.to]
}
