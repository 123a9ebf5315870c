import type { Proposed } from '../../../engine/kind.ts'
import {
  configurationChange as configured,
  type ConfigurationChange as Configured,
} from '../../configuration-change.ts'
import type { Connection } from './connection.ts'

/** What plans and journals call the objects (DESIGN 3.5). */
export type ConfigurationObject =
  | 'partner-configuration'
  | 'inbound-synchronization'
  | 'inbound-redemption'
  | 'outbound-redemption'
  | 'application'
  | 'credentials'
  | 'synchronization-job'
  | 'attribute-mapping'
  | 'scoping-filter'
  | 'job-state'

/** The consent of each side. */
export const REDEMPTIONS = { target: 'inbound-redemption', source: 'outbound-redemption' } as const

export type ConfigurationChange = Configured<Connection, ConfigurationObject>

/** Of nobody: it counts against no limit. */
export const configurationChange = (change: ConfigurationChange): Proposed<Connection> => configured(change)
