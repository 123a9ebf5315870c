import { TEMPLATES } from './contract.ts'
import type { TypeName } from './contract.ts'
import { badRequest } from './errors.ts'

/** Where a path leads, without the version. */
export interface Route {
  /** As in the contract: `/groups/{id}/transitiveMembers`. */
  readonly template: string
  /** The path's ids, decoded. */
  readonly ids: readonly string[]
  /** `/microsoft.graph.user` at the end: only members of this type. */
  readonly cast?: TypeName
  /** `/$count` at the end: the number alone. */
  readonly count: boolean
  /** For records: template, cast and count. */
  readonly operation: string
}

const COLLECTIONS: ReadonlySet<string> = new Set([
  '/applications',
  '/contacts',
  '/domains',
  '/groups',
  '/groups/{id}/members',
  '/groups/{id}/transitiveMembers',
  '/organization',
  '/servicePrincipals',
  '/users',
])
/** Those of a mailbox whose `$count` can be asked for. */
const COUNTED: ReadonlySet<string> = new Set([
  '/users/{id}/contacts',
  '/users/{id}/contactFolders/{id}/contacts',
])
const CASTS: readonly TypeName[] = ['user', 'group', 'orgContact']

interface Pattern {
  readonly template: string
  /** Its segments in lower case. */
  readonly steps: readonly string[]
}

/** By the number of segments; names come before ids: `delta` is none. */
const PATTERNS = new Map<number, Pattern[]>()
for (const template of TEMPLATES.toSorted()) {
  const steps = template.toLowerCase().split('/').slice(1)
  PATTERNS.set(steps.length, [...(PATTERNS.get(steps.length) ?? []), { template, steps }])
}

export function isCollection(template: string): boolean {
  return COLLECTIONS.has(template)
}

/**
 * @param path begins with a slash, without the version
 * @throws GraphRefused 400, naming the first segment that leads nowhere
 */
export function routeOf(path: string): Route {
  const segments = path.split('/').slice(1).map(decode)
  const count = segments.at(-1) === '$count'
  if (count) segments.pop()
  const cast = castOf(segments.at(-1) ?? '')
  if (cast) segments.pop()
  for (const { template, steps } of PATTERNS.get(segments.length) ?? []) {
    const ids = match(steps, segments)
    if (!ids) continue
    const isFit = COLLECTIONS.has(template) || (!cast && COUNTED.has(template))
    if ((count || cast) && !isFit) break
    const suffix = `${cast ? `/microsoft.graph.${cast}` : ''}${count ? '/$count' : ''}`
    return { template, ids, count, operation: `${template}${suffix}`, ...(cast ? { cast } : {}) }
  }
  throw badRequest(`Resource not found for the segment '${lostSegment(segments)}'.`)
}

/** @param steps of a template, as many as there are segments, or more */
function match(steps: readonly string[], segments: readonly string[]): string[] | undefined {
  const ids: string[] = []
  for (const [index, segment] of segments.entries()) {
    if (steps[index] === '{id}') {
      if (segment === '' || segment.startsWith('$')) return undefined
      ids.push(segment)
    } else if (steps[index] !== segment.toLowerCase()) return undefined
  }
  return ids
}

/** The first segment with which no template goes on. */
function lostSegment(segments: readonly string[]): string {
  const index = segments.findIndex(
    (_, at) =>
      ![...PATTERNS.values()]
        .flat()
        .some(({ steps }) => steps.length > at && match(steps, segments.slice(0, at + 1))),
  )
  return segments[index] ?? segments.at(-1) ?? ''
}

function castOf(segment: string): TypeName | undefined {
  return CASTS.find((type) => segment.toLowerCase() === `microsoft.graph.${type}`.toLowerCase())
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
