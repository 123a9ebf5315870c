/** One cmdlet as the simulator carries it out. */
import type { Tenant } from '../../world.ts'
import type { Parameters } from '../binding.ts'
import type { CmdletFacts } from '../contract.ts'
import type { Recipient } from '../recipient.ts'
import type { Row } from '../rows/view.ts'

export interface Cmdlet {
  readonly name: string
  /** The parameters it carries out; others that Exchange has are answered 501. */
  readonly carries: ReadonlySet<string>
  /** @throws ExchangeRefusal */
  run(call: Call): Output
}

export interface Call {
  readonly cmdlet: CmdletFacts
  readonly tenant: Tenant
  readonly parameters: Parameters
  readonly now: Date
  /** Does the server that answers know this recipient yet? */
  visible(recipient: Recipient): boolean
  /** To be told of a new recipient, which other servers do not know at once. */
  created(recipient: Recipient): void
}

export interface Output {
  readonly count: number
  /**
   * Rows `from` (included) to `to` (not included): made when a page is answered, not before.
   * @param columns the properties wanted; all when absent.
   * @throws ExchangeRefusal for a column that is none.
   */
  rows(from: number, to: number, columns?: readonly string[]): Row[]
  readonly warnings: readonly string[]
}

/** A cmdlet that ran and has nothing to show. */
export function nothing(...warnings: readonly string[]): Output {
  return { count: 0, rows: () => [], warnings }
}

/** The parameter's text, or `undefined` where it is absent or null. */
export function textParameter(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name)
  return typeof value === 'string' ? value : undefined
}

export function listParameter(parameters: Parameters, name: string): readonly string[] | undefined {
  const value = parameters.get(name)
  return Array.isArray(value) ? (value as readonly string[]) : undefined
}
