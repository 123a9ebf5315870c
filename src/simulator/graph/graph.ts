import { randomUUID } from 'node:crypto'

import type { Answer, Request, Service } from '../service.ts'
import { readBearer, tenantOfToken } from '../tokens.ts'
import type { Bearer, TokenFault } from '../tokens.ts'
import type { World } from '../world.ts'
import { answerBatch } from './batch.ts'
import { answerCollection, countOf } from './collection.ts'
import { runDueCycles } from './cross-tenant/cycle/due.ts'
import { Limits } from './cross-tenant/limits.ts'
import { answerCrossTenant, isOfCrossTenant } from './cross-tenant/operations.ts'
import { GraphRefused, errorBody, unauthorized } from './errors.ts'
import { showObject } from './object.ts'
import type { Asked } from './mailbox/asked.ts'
import { accessDenied, tooLarge } from './mailbox/errors.ts'
import { MailboxLimits } from './mailbox/limits.ts'
import { answerMailbox, isOfMailbox } from './mailbox/operations.ts'
import { checkPermission } from './permissions.ts'
import { parseExpand } from './query/expand.ts'
import { optionsOf } from './query/options.ts'
import type { QueryOptions } from './query/options.ts'
import { Listings } from './query/pages.ts'
import { defaultSelection, parseSelect } from './query/select.ts'
import { resourceAt } from './resources.ts'
import { routeOf } from './route.ts'
import type { Route } from './route.ts'
import type { Row } from './rows.ts'
import { Throttle, costOf, limitOf } from './throttle.ts'
import type { Charge } from './throttle.ts'

const VERSION = '/v1.0'
/** Microsoft Graph, "Known issues", request size: more is answered 413. */
const LARGEST_BODY = 4 * 1024 * 1024

const TOKEN_FAULTS: Readonly<Record<TokenFault, string>> = {
  missing: 'Access token is empty.',
  malformed: 'CompactToken parsing failed with error code: 80049217',
  expired: 'Lifetime validation failed, the token is expired.',
  'wrong-audience': 'Access token validation failure. Invalid audience.',
}

/**
 * Microsoft Graph v1.0, as far as tenant-sync uses it: users, groups, organizational contacts, domains;
 * personal contacts, and photos; cross-tenant access and synchronization.
 * @param perform answers a step of a batch as a request of its own
 */
export function graphService(perform: (request: Request) => Promise<Answer>): Service {
  const listings = new Listings()
  const throttle = new Throttle()
  const mailboxLimits = new MailboxLimits()
  const limits = new Limits()

  async function act(request: Request, world: World): Promise<Answer> {
    if ((request.bytes?.length ?? request.text.length) > LARGEST_BODY) throw tooLarge()
    runDueCycles(world)
    const route = routeOf(request.path.slice(VERSION.length))
    const bearer = readBearer(request, world, 'graph')
    if (typeof bearer === 'string') throw unauthorized(TOKEN_FAULTS[bearer])
    if (isOfMailbox(route.template)) return atMailbox(route, { request, world, bearer, ids: route.ids })
    checkPermission(route.template, request.method, bearer.roles)
    if (route.template === '/$batch') return answerBatch(request, perform)
    const options = optionsOf(request)
    const charge = chargeFor(route, options, bearer)
    if (world.behaviour.identityResourceUnits && charge.retryAfter !== undefined) throw throttled(charge)
    const context = { request, world, bearer, listings }
    const answered = isOfCrossTenant(route.template)
      ? answerCrossTenant({ ...context, route, options, limits, ids: route.ids })
      : answer(route, options, context)
    return { ...answered, headers: { ...chargeHeaders(charge), ...answered.headers } }
  }

  function atMailbox(route: Route, asked: Asked): Answer {
    const { request, world, bearer } = asked
    checkPermission(route.template, request.method, bearer.roles, accessDenied)
    const user = bearer.tenant.directory.user(route.ids[0] ?? '')
    const app = `${bearer.clientId} ${bearer.tenant.tenantId}`
    if (user) mailboxLimits.enter(request, app, user.id, world.behaviour)
    return answerMailbox(route, asked)
  }

  function chargeFor(route: Route, options: QueryOptions, { clientId, tenant }: Bearer): Charge {
    const limit = limitOf(tenant.directory.userCount)
    return throttle.charge(
      `${clientId} ${tenant.tenantId}`,
      costOf(route.template, options),
      limit,
      Date.now(),
    )
  }

  return {
    handles: (path) => path === VERSION || path.startsWith(`${VERSION}/`),
    describe(request, world) {
      const tenant = tenantOfToken(request, world)
      return {
        service: 'graph',
        ...(tenant ? { tenant } : {}),
        operation: operationOf(request.path),
        // A batch writes nothing itself: its steps are requests of their own.
        write: request.method !== 'GET' && !request.path.endsWith('/$batch'),
      }
    },
    async handle(request, world) {
      const ids = requestIds(request, world)
      const headers = commonHeaders(ids)
      try {
        const answered = await act(request, world)
        return { ...answered, headers: { ...headers, ...answered.headers } }
      } catch (error) {
        if (!(error instanceof GraphRefused)) throw error
        return {
          status: error.status,
          headers: { ...headers, ...error.headers },
          body: errorBody(error, ids),
        }
      }
    },
    refusal(status, request, world) {
      const [code, message] = FAILURES[status] ?? ['UnknownError', '']
      return errorBody({ code, message }, requestIds(request, world))
    },
  }
}

/** What Graph says when it cannot, for faults that give a status alone. */
const FAILURES: Readonly<Record<number, readonly [string, string]>> = {
  401: ['InvalidAuthenticationToken', TOKEN_FAULTS.expired],
  403: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  429: ['TooManyRequests', 'Please retry again later.'],
  500: ['InternalServerError', 'An internal server error occurred.'],
  502: ['BadGateway', ''],
  503: ['ServiceUnavailable', 'Service is temporarily unavailable.'],
  504: ['GatewayTimeout', 'Gateway Timeout.'],
}

interface Context {
  readonly request: Request
  readonly world: World
  readonly bearer: Bearer
  readonly listings: Listings
}

function answer(route: Route, options: QueryOptions, context: Context): Answer {
  const resource = resourceAt(route, context.bearer.tenant)
  if ('one' in resource) return { status: 200, body: answerObject(resource.one, route, options, context) }
  const collection = { rows: resource.many, type: resource.type }
  if (!route.count) return { status: 200, body: answerCollection(collection, route, options, context) }
  return {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: String(countOf(collection, route, options)),
  }
}

function answerObject(row: Row, route: Route, options: QueryOptions, { world, bearer }: Context) {
  const { select, expand } = options
  const selection = select === undefined ? defaultSelection(row.type) : parseSelect(select, row.type, false)
  const expansion = expand === undefined ? undefined : parseExpand(expand, row.type)
  const typed = route.template.endsWith('/manager')
  const name = typed ? 'directoryObjects' : (route.template.split('/')[1] ?? '')
  return {
    '@odata.context': `${world.origin}${VERSION}/$metadata#${name}${select ? `(${selection.join(',')})` : ''}/$entity`,
    ...showObject(row, { selection, expansion, typed, bearer }),
  }
}

function throttled({ retryAfter, cost, used }: Charge): GraphRefused {
  return new GraphRefused(429, 'TooManyRequests', 'Please retry again later.', {
    'retry-after': String(retryAfter),
    'x-ms-resource-unit': String(cost),
    'x-ms-throttle-limit-percentage': used.toFixed(2),
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
  })
}

function chargeHeaders(charge: Charge): Record<string, string> {
  return {
    'x-ms-resource-unit': String(charge.cost),
    ...(charge.used >= 0.8 ? { 'x-ms-throttle-limit-percentage': charge.used.toFixed(2) } : {}),
  }
}

function requestIds(request: Request, world: World) {
  const requestId = randomUUID()
  return {
    date: world.now(),
    requestId,
    clientRequestId: request.headers['client-request-id'] ?? requestId,
  }
}

function commonHeaders(ids: ReturnType<typeof requestIds>): Record<string, string> {
  return {
    'content-type':
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    'odata-version': '4.0',
    'cache-control': 'no-cache',
    'strict-transport-security': 'max-age=31536000',
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
    date: ids.date.toUTCString(),
  }
}

function operationOf(path: string): string {
  try {
    return routeOf(path.slice(VERSION.length)).operation
  } catch {
    return path.slice(VERSION.length)
  }
}
