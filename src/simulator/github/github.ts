/** GitHub on a runner's side: its REST under `/github/`, and the endpoint for ID tokens under `/oidc/`. */
import type { Answer, Request, Service } from '../service.ts'
import type { World } from '../world.ts'
import { readBody } from './body.ts'
import { answerGraphQL, isMutation } from './graphql.ts'
import { answerIdToken } from './oidc.ts'
import { OPERATIONS } from './operations/operations.ts'
import { isAllowed } from './permissions.ts'
import { failure, notFound, refused } from './refusals.ts'
import { routeOf } from './routes.ts'
import type { GitHubState } from './state.ts'

const REST = '/github'
const GRAPHQL = '/graphql'
const ID_TOKEN = '/oidc/token'

export function githubService(world: World): Service {
  return {
    handles: (path) => path.startsWith(`${REST}/`) || path.startsWith('/oidc/'),
    describe(request) {
      if (!request.path.startsWith(REST)) return { service: 'oidc', operation: request.path, write: false }
      const path = request.path.slice(REST.length)
      return {
        service: 'github',
        operation: routeOf(request.method, path, world.github)?.template ?? path,
        write: path === GRAPHQL ? isMutation(request) : request.method !== 'GET',
      }
    },
    handle(request) {
      if (request.path === ID_TOKEN) return answerIdToken(request, world)
      return request.path.startsWith(REST) ? answerRest(request, world) : { status: 404 }
    },
    refusal: failure,
  }
}

function answerRest(request: Request, world: World): Answer {
  const state = world.github
  const path = request.path.slice(REST.length)
  if (!request.headers['user-agent']) {
    return refused(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
    )
  }
  const stranger = refusalOfSender(request, state)
  if (stranger) return stranger
  if (path === GRAPHQL) return answerGraphQL(request, state)

  const route = routeOf(request.method, path, state)
  if (!route || !isOurs(route.parameters, state)) return notFound()
  const write = request.method !== 'GET'
  if (!isAllowed(route, write, state)) return refused(403, 'Resource not accessible by integration')
  const read = route.body ? readBody(request.text, route.body) : { body: {} }
  if (!isBody(read)) return read
  return OPERATIONS[route.id]({
    request,
    state,
    parameters: route.parameters,
    body: read.body,
    now: world.now(),
    address: `${world.origin}${REST}${path.replace(/^\/repos\/[^/]+\/[^/]+/, `/repositories/${state.repository.id}`)}`,
  })
}

function refusalOfSender({ headers }: Request, { token }: GitHubState): Answer | undefined {
  const sent = headers['authorization']
  if (sent === undefined) return refused(401, 'Requires authentication')
  return /^(?:token|bearer) (.+)$/i.exec(sent)?.[1] === token.value
    ? undefined
    : refused(401, 'Bad credentials')
}

/** A repository that the token cannot see is answered as one that does not exist. Names know no case. */
function isOurs({ owner, repo }: Readonly<Record<string, string>>, { repository }: GitHubState): boolean {
  if (owner === undefined || repo === undefined) return true
  return `${owner}/${repo}`.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase()
}

function isBody(read: ReturnType<typeof readBody>): read is { body: Record<string, unknown> } {
  return !('status' in read)
}
