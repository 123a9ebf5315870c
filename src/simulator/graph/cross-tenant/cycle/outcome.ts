import type { Change } from './guests.ts'

/** What was done for one user, step by step. */
export interface Outcome {
  readonly action: 'Create' | 'Update' | 'Delete' | 'Other'
  readonly status: Status
  /** Of what failed, or why it was skipped. */
  readonly code: string | null
  readonly reason: string | null
  readonly steps: readonly Step[]
  readonly changes: readonly Change[]
  readonly source: Identity
  readonly targetId: string | null
}

export type Status = 'Success' | 'Skipped' | 'Failure'

export interface Step {
  readonly name: string
  readonly type: 'Import' | 'Scoping' | 'Matching' | 'Processing' | 'Export'
  readonly status: Status
  readonly description: string
  readonly details: Readonly<Record<string, string>>
}

export interface Identity {
  readonly id: string
  readonly displayName: string
  readonly userPrincipalName: string
}

/** The names that the service gives both sides. */
export const SOURCE_SYSTEM = 'Azure Active Directory'
export const TARGET_SYSTEM = 'Azure Active Directory (target tenant)'
