import type { Proposed } from '../engine/kind.ts'
import type { Action, FieldChange, Reason } from '../engine/plan.ts'

export interface ConfigurationChange<Connection, ObjectName extends string> {
  readonly action: Action
  /** What plans and journals call the object. */
  readonly object: ObjectName
  /** Whose it is, for people to read: names of tenants and of what is configured. */
  readonly label: string
  readonly targetId?: string | undefined
  readonly reason: Reason
  readonly fields?: readonly FieldChange[]
  readonly after?: readonly (Proposed<Connection> | undefined)[]
  /** Where this machine cannot write it. */
  readonly manual?: string | undefined
  readonly write: Proposed<Connection>['write']
}

/** Of nobody: it counts against no limit. */
export function configurationChange<Connection, ObjectName extends string>(
  change: ConfigurationChange<Connection, ObjectName>,
): Proposed<Connection> {
  const { action, object, label, targetId, reason, fields = [], after = [], manual, write } = change
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
      ...(manual !== undefined && { manual }),
    },
    after: after.filter((one) => one !== undefined),
    write,
  }
}
