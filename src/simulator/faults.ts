import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'

import type { RequestRecord } from './records.ts'
import type { ServiceName } from './service.ts'

const whole = Type.Integer({ minimum: 0 })
const closed = { additionalProperties: false }

const MatchSeed = Type.Object(
  {
    service: Type.Optional(
      Type.Unsafe<ServiceName>({ enum: ['entra', 'graph', 'exchange', 'github', 'oidc'] }),
    ),
    /** A cmdlet, or a path with its ids replaced; without case. */
    operation: Type.Optional(Type.String()),
    method: Type.Optional(Type.String()),
    tenant: Type.Optional(Type.String()),
    /** A text that the path and query hold. */
    path: Type.Optional(Type.String()),
    write: Type.Optional(Type.Boolean()),
    /** The first matching request that is struck, from 1. Default 1. */
    nth: Type.Optional(Type.Integer({ minimum: 1 })),
    /** How many requests are struck, from the nth on. Default: one when `nth` is given, else all. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)

const TruncationSeed = Type.Object(
  {
    /** A listing stops after so many rows. */
    rows: whole,
    /** With the warning that more results are available. */
    warning: Type.Optional(Type.Boolean()),
    /** With a link to the next page. */
    nextLink: Type.Optional(Type.Boolean()),
  },
  closed,
)

const ExceptionSeed = Type.Object(
  {
    /** With its namespace. */
    type: Type.String({ minLength: 1 }),
    message: Type.String({ minLength: 1 }),
  },
  closed,
)

const Refusal = Type.Object(
  {
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    /** Default: the service's own words for this status. */
    body: Type.Optional(Type.Unknown()),
    /** Of a cmdlet: the .NET exception that it fails with, told as Exchange tells of one. */
    exception: Type.Optional(ExceptionSeed),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** Seconds; decimals happen. */
    retryAfter: Type.Optional(Type.Union([Type.Number({ minimum: 0 }), Type.String()])),
  },
  closed,
)
const Lost = Type.Object({ lost: Type.Unsafe<'before' | 'after'>({ enum: ['before', 'after'] }) }, closed)
const Delay = Type.Object({ delayMs: whole }, closed)
const Truncated = Type.Object({ truncated: TruncationSeed }, closed)
const Html = Type.Object({ html: Type.Literal(true), status: Type.Optional(Type.Integer()) }, closed)
const Expiry = Type.Object({ expireTokens: Type.Literal(true) }, closed)

/** A fault as the seed's `faults:` names it. */
export const FaultSeed = Type.Object(
  { on: MatchSeed, do: Type.Union([Refusal, Lost, Delay, Truncated, Html, Expiry]) },
  closed,
)

export type Exception = Static<typeof ExceptionSeed>
export type Truncation = Static<typeof TruncationSeed>

/** Runs a test's own code around a request: to change the world under way, or to end the client. */
interface Call {
  readonly call: (record: RequestRecord) => void | Promise<void>
  readonly when: 'before' | 'after'
}

/** Which requests a fault strikes: all that are named must hold. */
export type Match = Omit<Static<typeof MatchSeed>, 'path'> & { path?: string | RegExp }

/**
 * What goes wrong: an answer before the service acts (`status`, `html`), a connection that breaks before or
 * after it acts (`lost`), a slow answer, a listing cut short, or access tokens that are no longer good.
 */
export type Fault = Static<(typeof FaultSeed)['properties']['do']> | Call

export interface FaultRule {
  readonly on: Match
  readonly do: Fault
}

/** The faults in force. Every rule counts the requests that match it. */
export class Faults {
  readonly #rules: { rule: FaultRule; seen: number }[] = []

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0 })
  }

  clear(): void {
    this.#rules.length = 0
  }

  /** Counts this request, and gives the faults that strike it, in the order they were added. */
  strike(record: RequestRecord): Fault[] {
    const struck: Fault[] = []
    for (const entry of this.#rules) {
      if (!matches(entry.rule.on, record)) continue
      entry.seen += 1
      const first = entry.rule.on.nth ?? 1
      const times = entry.rule.on.times ?? (entry.rule.on.nth === undefined ? Infinity : 1)
      if (entry.seen >= first && entry.seen < first + times) struck.push(entry.rule.do)
    }
    return struck
  }
}

function matches(on: Match, record: RequestRecord): boolean {
  if (on.service !== undefined && on.service !== record.service) return false
  if (on.operation !== undefined && on.operation.toLowerCase() !== record.operation.toLowerCase())
    return false
  if (on.method !== undefined && on.method.toUpperCase() !== record.method) return false
  if (on.tenant !== undefined && on.tenant !== record.tenant) return false
  if (on.write !== undefined && on.write !== record.write) return false
  if (on.path === undefined) return true
  return typeof on.path === 'string' ? record.path.includes(on.path) : on.path.test(record.path)
}
