/** The two tenants of a migration, and who may be asked about them. */
import type { Cloud } from '../../../microsoft/clouds.ts'
import type { ExchangeReader } from '../../../microsoft/exchange.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'

export interface Side {
  /** As in `tenants.yaml`. */
  readonly name: string
  readonly tenantId: string
  readonly cloud: Cloud
  /** As Exchange calls the tenant. */
  readonly organization: string
  readonly exchange: ExchangeReader
  readonly graph: GraphReader
}

export interface Sides {
  readonly source: Side
  readonly target: Side
}
