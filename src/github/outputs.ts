import { setOutput } from '@actions/core'

import type { LimitName, Outcome } from '../engine/plan.ts'

/** The action's outputs, as action.yml declares them. */
export interface Outputs {
  /** The worst of the profiles'. */
  readonly outcome: Outcome
  readonly changes: boolean
  readonly 'to-create': number
  readonly 'to-update': number
  readonly 'to-delete': number
  readonly held: number
  readonly skipped: number
  readonly failed: number
  readonly 'blocked-by': readonly BlockedBy[]
  readonly 'plan-digest': string
  readonly 'plan-path': string
  readonly 'summary-path': string
  readonly 'report-path': string
  readonly 'journal-path': string
  readonly 'removed-path': string
  /** When it was planned, for the other jobs of a run of shards: ISO 8601, UTC. */
  readonly 'planned-at': string
  /** What a shard did, for the job that closes the run. */
  readonly 'part-path': string
  readonly 'comment-url': string
  /** For `strategy.matrix`: the shards. */
  readonly matrix: { readonly shard: readonly string[] }
}

export interface BlockedBy {
  readonly profile: string
  readonly limit: LimitName
  readonly count: number
  readonly allowed: number
}

/** Each output by its name; a new one does not compile until it stands here. */
export const OUTPUTS: Readonly<Record<keyof Outputs, true>> = {
  outcome: true,
  changes: true,
  'to-create': true,
  'to-update': true,
  'to-delete': true,
  held: true,
  skipped: true,
  failed: true,
  'blocked-by': true,
  'plan-digest': true,
  'plan-path': true,
  'summary-path': true,
  'report-path': true,
  'journal-path': true,
  'removed-path': true,
  'planned-at': true,
  'part-path': true,
  'comment-url': true,
  matrix: true,
}

/** Sets outputs: numbers and booleans as text, the rest that is not text as JSON. What is left out stays unset. */
export function setOutputs(outputs: Partial<Outputs>): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) setOutput(name, value)
  }
}
