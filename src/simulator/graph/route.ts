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
  '/contacts',
  '/domains',
  '/groups',
  '/groups/{id}/members',
  '/groups/{id}/transitiveMembers',
  '/organization',
  '/users',
])
const CASTS: readonly TypeName[] = ['user', 'group', 'orgContact']

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
  for (const template of TEMPLATES) {
    const ids = match(template, segments)
    if (!ids) continue
    if ((count || cast) && !COLLECTIONS.has(template)) break
    const suffix = `${cast ? `/microsoft.graph.${cast}` : ''}${count ? '/$count' : ''}`
    return { template, ids, count, operation: `${template}${suffix}`, ...(cast ? { cast } : {}) }
  }
  throw badRequest(`Resource not found for the segment '${lostSegment(segments)}'.`)
}

function match(template: string, segments: readonly string[]): string[] | undefined {
  const wanted = template.split('/').slice(1)
  if (wanted.length !== segments.length) return undefined
  const ids: string[] = []
  for (const [index, segment] of segments.entries()) {
    if (wanted[index] === '{id}') {
      if (segment === '' || segment.startsWith('$')) return undefined
      ids.push(segment)
    } else if (wanted[index]?.toLowerCase() !== segment.toLowerCase()) return undefined
  }
  return ids
}

/** The first segment with which no template goes on. */
function lostSegment(segments: readonly string[]): string {
  const index = segments.findIndex(
    (_, at) =>
      !TEMPLATES.some((template) => {
        const wanted = template
          .split('/')
          .slice(1, at + 2)
          .join('/')
        return match(`/${wanted}`, segments.slice(0, at + 1)) !== undefined
      }),
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
