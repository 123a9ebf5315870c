/** GitHub's GraphQL, as far as asking who one is: `{ viewer { login } }`. */
import { jsonBody } from '../service.ts'
import type { Answer, Request } from '../service.ts'
import { refused } from './refusals.ts'
import type { GitHubState } from './state.ts'

const VIEWER = /^\s*(?:query(?:\s+\w+)?\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/

export function answerGraphQL(request: Request, { token }: GitHubState): Answer {
  const query = queryOf(request)
  if (request.method !== 'POST' || query === undefined)
    return refused(400, 'A query attribute must be specified and must be a string.')
  if (VIEWER.test(query)) return { status: 200, body: { data: { viewer: { login: token.login } } } }
  // A refused query is answered with 200, and its errors in the body (GraphQL over HTTP).
  return {
    status: 200,
    body: { errors: [{ message: `Parse error on ${JSON.stringify(query.slice(0, 40))}` }] },
  }
}

export function isMutation(request: Request): boolean {
  return /^\s*mutation\b/.test(queryOf(request) ?? '')
}

function queryOf(request: Request): string | undefined {
  const body = jsonBody(request)
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined
  return typeof query === 'string' ? query : undefined
}
