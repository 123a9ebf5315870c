/** Which of GitHub's operations a request is, by the paths of GitHub's own description. */
import contract from '../contract/github.json' with { type: 'json' }
import type { BodyRules } from './body.ts'
import { fullName } from './state.ts'
import type { GitHubState } from './state.ts'

export type OperationId =
  | 'repos/get'
  | 'repos/list-commits'
  | 'repos/list-pull-requests-associated-with-commit'
  | 'issues/list-for-repo'
  | 'issues/create'
  | 'issues/get'
  | 'issues/update'
  | 'issues/list-comments'
  | 'issues/create-comment'
  | 'issues/get-comment'
  | 'issues/update-comment'
  | 'issues/delete-comment'
  | 'pulls/list'
  | 'pulls/get'
  | 'pulls/list-files'
  | 'pulls/list-reviews'
  | 'users/get-authenticated'

export interface Route {
  readonly id: OperationId
  /** The path with its ids replaced. */
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
  readonly body?: BodyRules
}

interface Described {
  readonly method: string
  readonly template: string
  readonly pattern: RegExp
  readonly id: OperationId
  readonly body?: BodyRules
}

/** Not in the cut of GitHub's description (REST, "List commits"). */
const LIST_COMMITS = { 'GET /repos/{owner}/{repo}/commits': { id: 'repos/list-commits' } } as const

const DESCRIBED: readonly Described[] = Object.entries({
  ...(contract.operations as unknown as Record<string, { id: OperationId; body?: BodyRules }>),
  ...LIST_COMMITS,
}).map(([operation, described]) => {
  const [method = '', template = ''] = operation.split(' ')
  return { method, template, pattern: patternOf(template), ...described }
})

/**
 * @param path below the API's base, still percent-encoded
 * @returns nothing when no operation has this path and method
 */
export function routeOf(method: string, path: string, state: GitHubState): Route | undefined {
  const canonical = path.replace(
    `/repositories/${state.repository.id}/`,
    `/repos/${fullName(state.repository)}/`,
  )
  for (const { pattern, ...described } of DESCRIBED) {
    const match = described.method === method ? pattern.exec(canonical) : null
    if (match) return { ...described, parameters: decoded(match.groups ?? {}) }
  }
  return undefined
}

/** Numbers are digits alone: `/issues/comments` is no issue. */
function patternOf(template: string): RegExp {
  const pattern = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    /_(?:number|id)$/.test(name) ? `(?<${name}>\\d+)` : `(?<${name}>[^/]+)`,
  )
  return new RegExp(`^${pattern}$`)
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)]
      } catch {
        return [name, value]
      }
    }),
  )
}
