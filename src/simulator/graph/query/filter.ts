import { membersOf, propertiesOf } from '../contract.ts'
import type { TypeName } from '../contract.ts'
import type { Properties } from '../directory.ts'
import { badRequest, unsupported } from '../errors.ts'
import { supportOf } from './filterable.ts'
import { parseFilter } from './filter-syntax.ts'
import type { Comparison, Filter, Literal, Term } from './filter-syntax.ts'

type Test = (value: unknown) => boolean

const OPERATOR_KINDS: Readonly<Record<Comparison, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
}

/**
 * A `$filter` made into a test of an object's properties.
 * @param advanced were `ConsistencyLevel: eventual` and `$count=true` sent?
 * @returns the test, and whether it could only be made because they were
 * @throws GraphRefused when the filter is not valid, or not allowed without (or even with) advanced queries
 */
export function compileFilter(
  source: string,
  type: TypeName,
  advanced: boolean,
): { test: (properties: Properties) => boolean; needsAdvanced: boolean } {
  let needsAdvanced = false
  const demand = (message: string) => {
    needsAdvanced = true
    if (!advanced) throw unsupported(message)
  }
  const clause = (property: string) =>
    `Unsupported or invalid query filter clause specified for property '${property}' of resource '${resourceName(type)}'.`

  /** The property a path begins with, and the type of what it leads to. */
  function resolve(
    path: readonly string[],
    element: string | undefined,
  ): { property: string; leadsTo: string } {
    let leadsTo = element
    let members: ReadonlyMap<string, string> | undefined =
      element === undefined ? propertiesOf(type) : membersOf(element)
    let owner = element === undefined ? `microsoft.graph.${type}` : element
    for (const step of path) {
      const found = members?.get(step)
      if (members && found === undefined) {
        throw badRequest(
          `Invalid filter clause: Could not find a property named '${step}' on type '${owner}'.`,
        )
      }
      leadsTo = found ?? 'unknown'
      owner = `microsoft.graph.${leadsTo.replace('[]', '')}`
      members = membersOf(leadsTo.replace('[]', ''))
    }
    return { property: path[0] ?? '', leadsTo: leadsTo ?? 'unknown' }
  }

  function checkSupport(property: string): void {
    const support = supportOf(type, property)
    if (support === undefined) throw unsupported(clause(property))
    if (support === 'advanced') demand(clause(property))
  }

  /** @param element the type of the element, within an `any` */
  function compile(filter: Filter, element: string | undefined, within: string): Test {
    if (filter.kind === 'and' || filter.kind === 'or') {
      const left = compile(filter.left, element, within)
      const right = compile(filter.right, element, within)
      return filter.kind === 'and'
        ? (value) => left(value) && right(value)
        : (value) => left(value) || right(value)
    }
    if (filter.kind === 'not') {
      demand("Filter operator 'Not' is not supported.")
      const inner = compile(filter.of, element, within)
      return (value) => !inner(value)
    }
    const { property, leadsTo } = resolve(filter.path, element)
    if (element === undefined) checkSupport(property)
    const name = element === undefined ? property : within
    if (filter.kind === 'any') {
      if (!leadsTo.endsWith('[]')) {
        throw badRequest('Invalid filter clause: Any/All may only be used following a collection.')
      }
      const inner = filter.of && compile(filter.of, leadsTo.slice(0, -2), property)
      return (value) => {
        const elements = follow(value, filter.path)
        return Array.isArray(elements) && (inner ? elements.some(inner) : elements.length > 0)
      }
    }
    if (leadsTo.endsWith('[]')) throw unsupported(clause(name))
    return compileTerm(filter, leadsTo, name, demand, clause)
  }

  const test = compile(parseFilter(source), undefined, '')
  return { test, needsAdvanced }
}

function compileTerm(
  filter: Term,
  leadsTo: string,
  name: string,
  demand: (message: string) => void,
  clause: (property: string) => string,
): Test {
  const { path } = filter
  if (filter.kind === 'startsWith') {
    const prefix = filter.text.toLowerCase()
    return (value) => textAt(value, path)?.startsWith(prefix) ?? false
  }
  if (filter.kind === 'endsWith') {
    if (!['mail', 'otherMails', 'userPrincipalName', 'proxyAddresses'].includes(name))
      throw unsupported(clause(name))
    demand(
      "Operator 'endsWith' is not supported because the 'ConsistencyLevel:eventual' header is missing. Refer to https://aka.ms/graph-docs/advanced-queries for more information",
    )
    const suffix = filter.text.toLowerCase()
    return (value) => textAt(value, path)?.endsWith(suffix) ?? false
  }
  if (filter.kind === 'in') {
    for (const literal of filter.values) checkType(leadsTo, literal, 'eq')
    const wanted = new Set(filter.values.map(comparable))
    return (value) => wanted.has(comparable(follow(value, path)))
  }
  checkType(leadsTo, filter.to, filter.by)
  if (filter.by === 'ne') demand("Filter operator 'NotEqualsMatch' is not supported.")
  if (filter.to === null) demand(clause(name))
  const wanted = comparable(filter.to)
  return (value) => compare(comparable(follow(value, path)), filter.by, wanted)
}

function checkType(leadsTo: string, literal: Literal, by: Comparison): void {
  if (literal === null || leadsTo === 'unknown') return
  const expected = leadsTo === 'boolean' ? 'boolean' : leadsTo === 'integer' ? 'number' : 'string'
  if (typeof literal === expected) return
  const names = { boolean: 'Edm.Boolean', number: 'Edm.Int32', string: 'Edm.String' } as const
  const found = names[typeof literal as keyof typeof names]
  throw badRequest(
    `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${names[expected]}' and '${found}' for operator kind '${OPERATOR_KINDS[by]}'.`,
  )
}

/** The directory compares texts without case. */
function comparable(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null)
}

function compare(value: unknown, by: Comparison, wanted: unknown): boolean {
  if (by === 'eq') return value === wanted
  if (by === 'ne') return value !== wanted
  if (typeof value !== typeof wanted || value === null || wanted === null) return false
  const [a, b] = [value as string, wanted as string]
  if (by === 'gt') return a > b
  if (by === 'ge') return a >= b
  return by === 'lt' ? a < b : a <= b
}

function follow(value: unknown, path: readonly string[]): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = (found as Properties)[step]
  }
  return found
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  const found = follow(value, path)
  return typeof found === 'string' ? found.toLowerCase() : undefined
}

function resourceName(type: TypeName): string {
  return `${type[0]?.toUpperCase()}${type.slice(1)}`
}
