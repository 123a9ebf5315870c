import type { GraphWriter } from '../../../microsoft/graph-writer.ts'
import type { Application } from '../application/application.ts'
import type { PartnerWriter } from '../policies/partner.ts'

/** What an apply writes through, and what it has made so far: later changes are about that. */
export interface Connection {
  readonly source: GraphWriter
  readonly target: GraphWriter
  readonly partners: PartnerWriter
  application?: Application
  job?: string
  /** What a tenant allows was changed in this run. */
  policiesChanged: boolean
}
