/** Whatever fails on the way, at whichever request: the result tells it, nothing is doubled, the next apply mends it. */
import { describe, expect, test } from '@jest/globals'
import type { Result } from '../../src/engine/result.ts'
import type { Fault } from '../../src/simulator/faults.ts'
import type { RequestRecord } from '../../src/simulator/records.ts'
import {
  BEGINNINGS,
  expectConverges,
  expectTold,
  failing,
  undisturbed,
  type Beginning,
  type Undisturbed,
} from './convergence.ts'
import type { Synchronized } from './synchronized.ts'

/** One request of an apply: the nth of its kind. */
interface Place {
  readonly tenant: string
  readonly method: string
  readonly operation: string
  readonly nth: number
}

function placesOf({ requests }: Undisturbed): Place[] {
  const seen = new Map<string, number>()
  return requests.map(({ tenant = '', method, operation }: RequestRecord) => {
    const kind = `${tenant} ${method} ${operation}`
    const nth = (seen.get(kind) ?? 0) + 1
    seen.set(kind, nth)
    return { tenant, method, operation, nth }
  })
}

const nameOf = ({ tenant, method, operation, nth }: Place) => `${tenant} ${method} ${operation} (${nth})`

/** What happens to a request, to those of its kind that follow, and what the result then has to be. */
interface Striking {
  readonly name: string
  /** One after the other. */
  readonly faults: readonly { readonly does: Fault; readonly times: number }[]
  readonly check: (place: Place, result: Result) => void
}

function strike(
  { tenants }: Synchronized,
  { tenant, method, operation, nth }: Place,
  faults: Striking['faults'],
): void {
  let at = nth
  for (const { does, times } of faults) {
    const on = { service: 'graph', tenant, method, operation, nth: at, times } as const
    tenants.simulator.faults.add({ on, do: does })
    at += times
  }
}

/** Nobody may have made a second one, even for a while. */
function expectNoDouble({ source }: Synchronized): void {
  expect(source.servicePrincipals.size).toBeLessThanOrEqual(1)
  expect(source.registrations.size).toBeLessThanOrEqual(1)
  for (const { assignments } of source.servicePrincipals.values()) {
    const principals = [...assignments.values()].map(({ principalId }) => principalId)
    expect(new Set(principals).size).toBe(principals.length)
  }
}

/** Everything that a result says of what went wrong, in one text. */
function wrongs({ profiles, plan }: Result): string {
  const failed = profiles[0]!.changes.flatMap((change) => (change.status === 'failed' ? [change.error] : []))
  const health = plan.profiles[0]!.health.filter(({ state }) => state !== 'ok')
  return JSON.stringify([profiles[0]!.errors, plan.profiles[0]!.errors, failed, health])
}

/** Nth and all later ones: the right is gone, or the service is. */
const forGood = (status: number, code: string): Striking => ({
  name: `refused with ${status}`,
  faults: [{ does: { status, retryAfter: 0, body: { error: { code, message: 'Refused.' } } }, times: 1000 }],
  check: ({ method, operation }, result) => {
    // The service may keep health to itself, and what would be compared; the rest is as well known.
    if (operation === '/auditLogs/provisioning') return
    if (status === 400 && operation.includes('/templates/')) return
    expect([method, operation, result.outcome]).toContainEqual(expect.stringMatching(/^(partial|failed)$/))
    expect(wrongs(result)).toContain(code)
  },
})

const REFUSED = [
  forGood(403, 'Authorization_RequestDenied'),
  forGood(400, 'Request_BadRequest'),
  forGood(500, 'UnknownError'),
]

const THROTTLED: Striking = {
  name: 'throttled with 429 and then 503',
  faults: [
    { does: { status: 429, retryAfter: 0.05 }, times: 1 },
    { does: { status: 503, retryAfter: '0.021' }, times: 1 },
  ],
  check: ({ method, operation }, result) => {
    // What may have made something is looked for, and not sent again.
    expect(result.outcome).toMatch(isMaking(method, operation) ? /^(applied|partial)$/ : /^applied$/)
  },
}

const LOST_BEFORE: Striking = {
  name: 'lost before it was done',
  faults: [{ does: { lost: 'before' }, times: 1 }],
  check: ({ method, operation }, result) => {
    expect(result.outcome).toBe(isMaking(method, operation) ? 'partial' : 'applied')
    if (result.outcome === 'partial') expect(wrongs(result)).toContain('no-answer')
  },
}

const LOST_AFTER: Striking = {
  name: 'lost after it was done',
  faults: [{ does: { lost: 'after' }, times: 1 }],
  check: (_, result) => expect(result.outcome).toBe('applied'),
}

const HTML: Striking = {
  name: 'answered with HTML that says 200',
  faults: [{ does: { html: true, status: 200 }, times: 1 }],
  check: (_, result) => expect(result.outcome).toMatch(/^(applied|partial|failed)$/),
}

/** Sent twice, it might make two. */
function isMaking(method: string, operation: string): boolean {
  return method === 'POST' && /\/(instantiate|partners|jobs)$/.test(operation)
}

/** Applies while it strikes at this place, then undisturbed. */
async function struck(
  { begin }: Beginning,
  { end }: Undisturbed,
  place: Place,
  { faults, check }: Striking,
): Promise<void> {
  const between = await begin()
  try {
    const writes = between.writes().length
    strike(between, place, faults)
    const result = await between.tenants.apply()
    check(place, result)
    expectNoDouble(between)
    await between.tenants.idle()
    const isPlanned = result.plan.profiles[0]!.outcome !== 'failed'
    expect(isPlanned || between.writes().length === writes).toBe(true)
    const next = await expectConverges(between, end)
    // Of a plan for which not all could be compared, nothing more is told.
    const isWhole = isPlanned && !place.operation.includes('/templates/')
    if (isWhole) expectTold(result, next.plan.profiles[0]!.changes)
  } finally {
    await between.stop()
  }
}

const STRIKINGS = [...REFUSED, THROTTLED, LOST_BEFORE, LOST_AFTER, HTML]

const LONG = 480_000
const [fromNothing, ...others] = BEGINNINGS as [Beginning, ...Beginning[]]

describe('from nothing', () => {
  // Each has a case that waits for half a minute.
  test.concurrent.each(STRIKINGS)(
    'any request $name: is told or asked again, makes nothing twice, and the next apply comes to the end',
    async (striking) => {
      const usual = await undisturbed(fromNothing)
      const failed = await failing(placesOf(usual), nameOf, (place) =>
        struck(fromNothing, usual, place, striking),
      )
      expect(failed).toEqual([])
    },
    LONG,
  )
})

describe.each(others)('$name', (beginning) => {
  test.each([LOST_BEFORE, LOST_AFTER])(
    'any write $name: is told or asked again, makes nothing twice, and the next apply comes to the end',
    async (striking) => {
      const usual = await undisturbed(beginning)
      const writes = placesOf(usual).filter((_, index) => usual.requests[index]!.write)
      const failed = await failing(writes, nameOf, (place) => struck(beginning, usual, place, striking))
      expect(failed).toEqual([])
    },
    LONG,
  )

  test(
    'any request, each with another fault: is told or asked again, and the next apply comes to the end',
    async () => {
      const usual = await undisturbed(beginning)
      const cases = placesOf(usual).map((place, index) => ({
        place,
        striking: STRIKINGS[index % STRIKINGS.length]!,
      }))
      const failed = await failing(
        cases,
        ({ place, striking }) => `${striking.name}: ${nameOf(place)}`,
        ({ place, striking }) => struck(beginning, usual, place, striking),
      )
      expect(failed).toEqual([])
    },
    LONG,
  )
})
