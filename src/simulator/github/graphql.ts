/** GitHub's GraphQL, as far as asking who one is, and who edited a comment last. */
import { jsonBody } from '../service.ts'
import type { Answer, Request } from '../service.ts'
import { isAllowed } from './permissions.ts'
import { refused } from './refusals.ts'
import type { Comment, GitHubState, User } from './state.ts'
import { iso, nodeIdOf } from './views.ts'

const VIEWER = '{ viewer { login } }'
const EDITOR =
  'query ( $id : ID ! ) { node ( id : $id ) { ... on IssueComment { editor { __typename login } lastEditedAt } } }'

export function answerGraphQL(request: Request, state: GitHubState): Answer {
  const query = queryOf(request)
  if (request.method !== 'POST' || query === undefined)
    return refused(400, 'A query attribute must be specified and must be a string.')
  const asked = plain(query)
  if (asked === VIEWER) return { status: 200, body: { data: { viewer: { login: state.token.login } } } }
  if (asked === EDITOR) return answerEditor(request, state)
  return failed({ message: `Parse error on ${JSON.stringify(query.slice(0, 40))}` })
}

export function isMutation(request: Request): boolean {
  return /^\s*mutation\b/.test(queryOf(request) ?? '')
}

function answerEditor(request: Request, state: GitHubState): Answer {
  const id = idOf(request)
  if (id === undefined) return failed({ message: 'Variable $id of type ID! was provided invalid value' })
  const comment = state.comments.find((each) => nodeIdOf(each) === id)
  if (!comment) {
    const message = `Could not resolve to a node with the global id of '${id}'`
    return failed({ type: 'NOT_FOUND', path: ['node'], message }, { node: null })
  }
  const asked = { id: 'issues/get-comment', parameters: { comment_id: String(comment.id) } } as const
  if (!isAllowed(asked, false, state)) {
    const message = 'Resource not accessible by integration'
    return failed({ type: 'FORBIDDEN', path: ['node'], message }, { node: null })
  }
  return { status: 200, body: { data: { node: editorView(comment) } } }
}

function editorView({ editor, updatedAt }: Comment): Record<string, unknown> {
  return { editor: editor ? actorView(editor) : null, lastEditedAt: editor ? iso(updatedAt) : null }
}

/** What REST calls `github-actions[bot]` is the Bot `github-actions` here (GraphQL, Bot). */
function actorView({ login, type }: User): Record<string, unknown> {
  return { __typename: type, login: login.replace(/\[bot\]$/, '') }
}

/** A refused query is answered with 200, and its errors in the body (GraphQL over HTTP). */
function failed(error: object, data?: object): Answer {
  return { status: 200, body: { ...(data && { data }), errors: [error] } }
}

/** A query without its name and without what does not count in it: spaces, lines, commas (GraphQL, ignored tokens). */
function plain(query: string): string {
  const tokens = query.match(/\.{3}|\$?\w+|[^\s,]/g) ?? []
  return tokens
    .join(' ')
    .replace(/^query \w+/, 'query')
    .replace(/^query (?=\{)/, '')
}

function queryOf(request: Request): string | undefined {
  const query = bodyOf(request)['query']
  return typeof query === 'string' ? query : undefined
}

function idOf(request: Request): string | undefined {
  const variables = bodyOf(request)['variables']
  const id = typeof variables === 'object' && variables !== null && 'id' in variables && variables.id
  return typeof id === 'string' ? id : undefined
}

function bodyOf(request: Request): Record<string, unknown> {
  const body = jsonBody(request)
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}
