/** One cmdlet as the simulator carries it out. */
import type { Tenant, World } from '../../world.ts'
import type { Parameters } from '../binding.ts'
import type { CmdletFacts } from '../contract.ts'
import { cannotPrompt } from '../errors.ts'
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
  readonly world: World
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

/** A `Set-` cmdlet that found everything as it should be. */
export function unchanged(name: string): Output {
  return nothing(`The command completed successfully but no settings of '${name}' have been modified.`)
}

/**
 * A cmdlet that asks before it acts must be told not to.
 * @param action what would be asked about, e.g. `Removing mail contact identity "ada"`.
 * @throws ExchangeRefusal
 */
export function requireConfirmed({ parameters }: Call, action: string): void {
  if (parameters.get('Confirm') !== false)
    throw cannotPrompt(`Are you sure you want to perform this action? ${action}.`)
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
