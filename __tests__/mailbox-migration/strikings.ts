/** What may happen to a request, and what the result then has to say. */
import { expect } from '@jest/globals'
import type { Result } from '../../src/engine/result.ts'
import type { Fault } from '../../src/simulator/faults.ts'
import type { RequestRecord } from '../../src/simulator/records.ts'
import type { Play } from '../pwsh/stand-in.ts'
import { ended, planned, type Undisturbed } from './convergence.ts'
import type { Migrating } from './migrating.ts'

/** One request of an apply: the nth of its kind. */
export interface Place {
  readonly service: 'exchange' | 'graph'
  readonly tenant: string
  /** A cmdlet, or a path of Graph. */
  readonly operation: string
  readonly write: boolean
  readonly nth: number
  /** Of groups that a contact is in: it is kept where it can be read. */
  readonly ofGroups: boolean
}

export function placesOf({ requests }: Undisturbed): Place[] {
  const seen = new Map<string, number>()
  return requests.map(({ service, tenant = '', operation, write, body }: RequestRecord) => {
    const kind = `${tenant} ${operation}`
    const nth = (seen.get(kind) ?? 0) + 1
    seen.set(kind, nth)
    const ofGroups = JSON.stringify(body).includes('Members -eq')
    return { service: service as Place['service'], tenant, operation, write, nth, ofGroups }
  })
}

export function placeName({ tenant, operation, nth }: Place): string {
  return `${tenant} ${operation} (${nth})`
}

export interface Striking {
  readonly name: string
  /** What it strikes; absent: anything. */
  readonly only?: 'reads' | 'writes'
  /** One after the other: the place, and those of its kind that follow. */
  readonly faults: readonly { readonly does: Fault; readonly times: number }[]
  readonly check: (place: Place, result: Result) => void
}

export function strike({ tenants }: Migrating, place: Place, faults: Striking['faults']): void {
  const { service, tenant, operation } = place
  let at = place.nth
  for (const { does, times } of faults) {
    tenants.simulator.faults.add({ on: { service, tenant, operation, nth: at, times }, do: does })
    at += times
  }
}

/** Everything that a result says of what went wrong, in one text. */
function wrongs(result: Result): string {
  const plan = planned(result)
  const { changes, errors } = ended(result)
  const failed = changes.flatMap((change) => (change.status === 'failed' ? [change.error] : []))
  const health = plan.health.filter(({ state }) => state !== 'ok')
  return JSON.stringify([errors, plan.errors, failed, health])
}

/** What helps to tell who is ready; whoever may not read it keeps nobody back. */
const TELLING = /^(Get-MailboxStatistics|\/users\/\{id\}|\/\$batch)$/

function expectTelling(does: Fault, operation: string, result: Result): void {
  const isBroken = 'status' in does && does.status === 500
  // Of a mailbox whose database is out of order the size alone is not known.
  const isPassedOver = isBroken && operation === 'Get-MailboxStatistics'
  expect(result.outcome).toBe(isBroken && !isPassedOver ? 'failed' : 'applied')
  const warnings = planned(result).warnings.map(({ code }) => code)
  if (!isBroken) expect(warnings).toContain('readiness-unknown')
}

/** How far the copy of a mailbox has come: nothing hangs on it. */
const PROGRESS = /^Get-MigrationUserStatistics$/

/** Whoever may not test, or not now, tries it: the batch tells soon enough. What fails is told. */
function expectTested(does: Fault, result: Result): void {
  const isRefused = 'status' in does && does.status === 400
  if (isRefused || result.outcome !== 'applied')
    expect(wrongs(result)).toContain('Test-MigrationServerAvailability')
}

/** Nth and all later ones: the right is gone, or the service is. */
function forGood(name: string, code: string, does: Fault): Striking {
  return {
    name,
    faults: [{ does, times: 1000 }],
    check: ({ operation, ofGroups }, result) => {
      if (ofGroups || PROGRESS.test(operation)) return expect(result.outcome).toBe('applied')
      if (TELLING.test(operation)) return expectTelling(does, operation, result)
      if (operation.startsWith('Test-')) return expectTested(does, result)
      expect(result.outcome).toMatch(/^(partial|failed)$/)
      expect(wrongs(result)).toContain(code)
    },
  }
}

const TYPE = 'Microsoft.Exchange.Configuration.Tasks.ThisOneIsPoisonException'
const REFUSED = [
  forGood('refused with 403', 'unauthorized', { status: 403 }),
  forGood('refused with 400', 'ThisOneIsPoisonException', {
    status: 400,
    exception: { type: TYPE, message: 'This one is poison.' },
  }),
  forGood('broken with 500', 'ThisOneIsPoisonException', {
    status: 500,
    exception: { type: TYPE, message: 'Something went wrong.' },
    retryAfter: 0,
  }),
]

/** Through Microsoft's module it is sent once more, and no oftener. */
const ONCE_MORE = /^Set-MigrationEndpoint$/

const THROTTLED: Striking = {
  name: 'throttled with 429',
  only: 'writes',
  faults: [{ does: { status: 429, retryAfter: 0.05 }, times: 2 }],
  check: ({ operation }, result) => {
    expect(result.outcome).toMatch(ONCE_MORE.test(operation) ? /^(applied|partial|failed)$/ : /^applied$/)
  },
}

/** Sent twice it might do something twice: looked for first, and sent again where it is not found. */
const LOOKED_FOR = /^New-/
/** One step from one status to the next: told as failed, for it may not be sent again. */
const STEPS = /^(Start|Stop|Complete)-MigrationBatch$/

const LOST_BEFORE: Striking = {
  name: 'lost before it was done',
  only: 'writes',
  faults: [{ does: { lost: 'before' }, times: 1 }],
  check: ({ operation }, result) => {
    expect(result.outcome).toMatch(STEPS.test(operation) ? /^(partial|failed)$/ : /^applied$/)
  },
}

const LOST_AFTER: Striking = {
  name: 'lost after it was done',
  only: 'writes',
  faults: [{ does: { lost: 'after' }, times: 1 }],
  check: (_, result) => expect(result.outcome).toBe('applied'),
}

/** What is read is asked for again. */
const ASKED_AGAIN: Striking = {
  name: 'lost and then throttled with 429',
  only: 'reads',
  faults: [
    { does: { lost: 'after' }, times: 1 },
    { does: { status: 429, retryAfter: 0.05 }, times: 1 },
  ],
  check: (_, result) => expect(result.outcome).toBe('applied'),
}

const HTML: Striking = {
  name: 'answered with HTML that says 200',
  faults: [{ does: { html: true, status: 200 }, times: 1 }],
  check: ({ operation }, result) => {
    expect(result.outcome).toMatch(/^(applied|partial|failed)$/)
    if (LOOKED_FOR.test(operation)) expect(result.outcome).not.toBe('failed')
  },
}

export const STRIKINGS = [...REFUSED, THROTTLED, LOST_BEFORE, LOST_AFTER, ASKED_AGAIN, HTML]
/** After these nobody knows whether it was done. */
export const LOST = [LOST_BEFORE, LOST_AFTER]

export function strikes({ only }: Striking, { write }: Place): boolean {
  return only === undefined || write === (only === 'writes')
}

/** What Microsoft's module does, at one of its calls. */
export function expectPlayed(plays: Play, result: Result): void {
  if (plays === 'module-missing') {
    expect(result.outcome).toMatch(/^(partial|failed)$/)
    expect(wrongs(result)).toContain('Install-Module ExchangeOnlineManagement')
    // What is made is looked for, and made; what is set is set again.
  } else expect(result.outcome).toBe('applied')
}
