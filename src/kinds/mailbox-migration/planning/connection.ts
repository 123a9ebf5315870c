import type { ExchangeModule } from '../../../microsoft/exchange-module.ts'
import type { ExchangeWriter } from '../../../microsoft/exchange.ts'

/** What an apply writes through, and what it has come to: who goes into a batch depends on it. */
export interface Connection {
  readonly source: ExchangeWriter
  readonly target: ExchangeWriter
  /** Of the target: for cmdlets that take a secret. */
  readonly module: ExchangeModule
  /** The migration application's. @throws VariableError when it is not set. */
  secret(): string
  /** Object ids of the members whose mail users this run has prepared. */
  readonly prepared: Set<string>
}
