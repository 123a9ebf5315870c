import type { Properties } from '../../directory.ts'
import type { Schema } from './definition.ts'
import { TEMPLATE, templateSchema } from './template.ts'

/** One cycle ("synchronizationTaskExecution resource type"), with the numbers that a cycle here can have. */
export interface Execution {
  readonly activityIdentifier: string
  /** Users with access, directly or through a group. */
  readonly entitled: number
  /** Those of them that the scoping filters leave. */
  readonly entitledForProvisioning: number
  /** Users who failed. */
  readonly escrowed: number
  readonly exported: number
  /** What was to be exported, failures too. */
  readonly exports: number
  readonly imported: number
  readonly state: 'Succeeded' | 'Failed' | 'EntryLevelErrors'
  readonly began: Date
  readonly ended: Date
  readonly error: JobError | undefined
}

/** Microsoft Graph, "synchronizationError resource type". */
export interface JobError {
  readonly code: string
  readonly message: string
  readonly tenantActionable: boolean
}

/** Microsoft Graph, "synchronizationQuarantine resource type". */
export interface Quarantine {
  readonly reason: string
  readonly seriesBegan: Date
  readonly currentBegan: Date
  readonly nextAttempt: Date
  readonly seriesCount: number
  readonly error: JobError | undefined
}

/** From one cycle to the next ("PT40M"). */
export const INTERVAL_MINUTES = 40

/** A synchronization job as the provisioning service keeps it. Tests may change it. */
export class Job {
  readonly id: string
  /** Whole: `synchronizationRules` and `directories`. */
  schema: Schema
  settings: readonly Properties[] = [
    { name: 'AzureIngestionAttributeOptimization', value: 'False' },
    { name: 'LookaheadQueryEnabled', value: 'False' },
  ]
  isStarted = false
  /** When the next cycle begins of itself. */
  due: Date | undefined
  quarantine: Quarantine | undefined
  last: Execution | undefined
  lastSuccessful: Execution | undefined
  lastWithExports: Execution | undefined
  steadyFirst: Date | undefined
  steadyLast: Date | undefined
  /** Cycles that failed altogether, one after the other. */
  failures = 0
  /** From the object ids of source users to those of their guests: what was provisioned. */
  readonly links = new Map<string, string>()

  /** @param id `Azure2Azure.<tenant>.<guid>` */
  constructor(id: string) {
    this.id = id
    this.schema = templateSchema(id)
  }

  /** From the first cycle on, one every forty minutes. */
  start(firstCycle: Date): void {
    this.isStarted = true
    this.due = firstCycle
  }

  pause(): void {
    this.isStarted = false
    this.due = undefined
  }
}

export function jobId(tenantId: string, guid: string): string {
  return `${TEMPLATE}.${tenantId.replaceAll('-', '').toLowerCase()}.${guid}`
}

export function later(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000)
}
