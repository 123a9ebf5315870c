/**
 * Exchange Online as its PowerShell module sees it: `POST /adminapi/beta/{tenant}/InvokeCommand`. Microsoft
 * publishes no description of it; what stands here was recorded from the service.
 */
import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { tenantOfToken } from '../tokens.ts'
import { jsonBody, type Answer, type Request, type Service } from '../service.ts'
import { findTenant, type Tenant, type World } from '../world.ts'
import { callerOf, forbidden, requireRole } from './access.ts'
import { cmdletFacts } from './contract.ts'
import { ExchangeRefusal, busy, thrown } from './errors.ts'
import { Invocations } from './invocation.ts'
import { MigrationClock } from './migration/clock.ts'

const PATH = /^\/adminapi\/beta\/([^/]+)\/InvokeCommand$/i
/** Recorded on the service's answers; what happens past the limit is not known, so nothing does. */
const RATE_LIMIT = 30_000
const RATE_WINDOW_MS = 5 * 60 * 1000
const TOO_MANY =
  'You have reached the maximum number of concurrent requests per tenant. Please wait and try again'

export function exchangeService(world: World): Service {
  const invocations = new Invocations(world)
  const migrations = new MigrationClock(world)
  const underWay = new Map<Tenant, number>()
  const calls = new Map<Tenant, { until: number; left: number }>()

  async function answer(request: Request): Promise<Answer> {
    if (!PATH.test(request.path)) return { status: 404, body: '' }
    const { tenant, role } = callerOf(request, world, tenantIn(request, world))
    const running = underWay.get(tenant) ?? 0
    if (running >= world.behaviour.exchangeConcurrency)
      return { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: TOO_MANY }
    underWay.set(tenant, running + 1)
    try {
      // Requests that came in together are under way together.
      await turn()
      return invocations.answer(request, tenant, (cmdlet) => requireRole(role, cmdlet))
    } finally {
      underWay.set(tenant, underWay.get(tenant)! - 1)
    }
  }

  function limits(request: Request): Record<string, string> {
    const tenant = tenantIn(request, world)
    if (!tenant) return {}
    const now = world.now().getTime()
    let window = calls.get(tenant)
    if (!window || window.until <= now)
      calls.set(tenant, (window = { until: now + RATE_WINDOW_MS, left: RATE_LIMIT }))
    window.left = Math.max(0, window.left - 1)
    return {
      'rate-limit-limit': String(RATE_LIMIT),
      'rate-limit-remaining': String(window.left),
      'rate-limit-reset': new Date(window.until).toISOString(),
    }
  }

  return {
    handles: (path) => /^\/adminapi\//i.test(path),
    describe(request) {
      const cmdlet = cmdletName(request)
      const tenant = tenantIn(request, world)?.name ?? tenantOfToken(request, world)
      return {
        service: 'exchange',
        ...(tenant !== undefined && { tenant }),
        operation: cmdlet ?? request.path,
        write: cmdlet !== undefined && !/^(Get|Test)-/i.test(cmdlet),
      }
    },
    async handle(request) {
      migrations.tick()
      let answered: Answer
      try {
        answered = await answer(request)
      } catch (error) {
        if (!(error instanceof ExchangeRefusal)) throw error
        answered = error.answer
      }
      return {
        ...answered,
        headers: {
          'request-id': randomUUID(),
          'odata-version': '4.0',
          date: world.now().toUTCString(),
          ...limits(request),
          ...(typeof answered.body === 'object' && {
            'content-type':
              'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
          }),
          ...answered.headers,
        },
      }
    },
    refusal: (status) => (status === 401 ? '' : status === 403 ? forbidden().body : busy(status)),
    thrown,
  }
}

function tenantIn(request: Request, world: World): Tenant | undefined {
  const segment = PATH.exec(request.path)?.[1]
  try {
    return segment === undefined ? undefined : findTenant(world, decodeURIComponent(segment))
  } catch {
    return undefined
  }
}

function cmdletName(request: Request): string | undefined {
  const body = jsonBody(request) as { CmdletInput?: { CmdletName?: unknown } } | null | undefined
  const name = body?.CmdletInput?.CmdletName
  return typeof name === 'string' ? (cmdletFacts(name)?.name ?? name) : undefined
}
