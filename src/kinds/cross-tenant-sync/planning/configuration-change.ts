import type { Recorder } from '../../../engine/journal.ts'
import type { Proposed } from '../../../engine/kind.ts'
import type { Action, FieldChange, Reason } from '../../../engine/plan.ts'
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

export interface ConfigurationChange {
  readonly action: Action
  readonly object: ConfigurationObject
  /** Whose it is, for people to read: names of tenants and applications. */
  readonly label: string
  readonly targetId?: string | undefined
  readonly reason: Reason
  readonly fields?: readonly FieldChange[]
  readonly after?: readonly (Proposed<Connection> | undefined)[]
  readonly write: (connection: Connection, record: Recorder) => Promise<void>
}

/** Of nobody: it counts against no limit. */
export function configurationChange(change: ConfigurationChange): Proposed<Connection> {
  const { action, object, label, targetId, reason, fields = [], after = [], write } = change
  return {
    change: {
      action,
      object,
      key: label,
      label,
      ...(targetId !== undefined && { targetId }),
      configuration: true,
      reason,
      fields,
    },
    after: after.filter((one) => one !== undefined),
    write,
  }
}
