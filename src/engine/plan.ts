/**
 * The plan as plain data (`plan.json`, formatVersion 1): no I/O, no rendering, nothing of a vendor.
 * What stands here is written to a file as it is and read by every renderer.
 */

export type Action = 'create' | 'update' | 'delete'

/** Why a change is planned. Machine-readable: reports, limits and tests rely on it. */
export type Reason =
  | 'new-in-source'
  | 'left-scope'
  | 'source-changed'
  | 'profile-changed'
  | 'drift'
  | 'adopted'
  | 'duplicate'
  | 'missing'
  | 'profile-absent'

/** A value of an attribute; `null` where there is none. */
export type Value = string | number | boolean | null | readonly string[]

export interface FieldChange {
  readonly field: string
  readonly before: Value
  readonly after: Value
}

/** An object that goes with a change of another, such as a mail contact that a mail user replaces. */
export interface Removal {
  readonly object: string
  readonly targetId: string
  /** For people to read. Hostile text: escape before showing. */
  readonly label: string
}

export interface Change {
  readonly action: Action
  /** The kind of object in the target's own words, e.g. `mail-contact`. */
  readonly object: string
  /** The person's id, or the object's name where it is nobody's. */
  readonly key: string
  /** For people to read, e.g. `Ada Lovelace <ada@fabrikam.com>`. Hostile text: escape before showing. */
  readonly label: string
  /** The object's id in the target; absent on a create, and where many mailboxes share the change. */
  readonly targetId?: string
  /** The mailboxes that share this change: it stands once, and counts once for each of them. */
  readonly mailboxSet?: string
  /** Of nobody: its label may be shown to anybody. */
  readonly configuration?: true
  readonly reason: Reason
  readonly fields: readonly FieldChange[]
  /** What goes with it, and counts as a delete besides. No mailboxes share such a change. */
  readonly removes?: readonly Removal[]
  /** A script that somebody has to run instead, where this machine cannot write the change. May name people. */
  readonly manual?: string
}

export interface MailboxSet {
  readonly id: string
  /** By their names, in the order of their code units. */
  readonly mailboxes: readonly string[]
}

/** Somebody who is in scope and for whom nothing is planned, with the reason. */
export interface Skipped {
  readonly key: string
  readonly label: string
  readonly reason: string
  /** The same for the same cause, whenever it is found. May name people. */
  readonly detail: string
  /** What may be told to anybody; never people. */
  readonly advice?: string
}

/** How something stands that runs on its own once it is set up. No part of what is planned, or of its digest. */
export interface Health {
  readonly what: 'job' | 'quarantine' | 'cycle' | 'provisioning' | 'mailbox' | 'batch' | 'endpoint'
  /** A person's label, or the name of what is nobody's. Hostile text: escape before showing. */
  readonly key: string
  /** Of nobody: its key may be shown to anybody. */
  readonly configuration?: true
  /** `error`: somebody has to look. */
  readonly state: 'ok' | 'warning' | 'error'
  /** The whole story; may name people. */
  readonly message: string
  /** What may be told to anybody: states, steps, codes and what to do; never people. */
  readonly advice?: string
  /** One of the people it is about, where it is about many: a label. */
  readonly example?: string
  /** How far it has come. */
  readonly progress?: Progress
}

export interface Progress {
  /** How many of it are in each state, in the order in which they go through them; of nobody. */
  readonly states: readonly { readonly name: string; readonly count: number }[]
  /** Of the whole, from 0 to 100. */
  readonly percent: number
}

/** An error or a warning. */
export interface Notice {
  /** Never names a person. */
  readonly code: string
  /** The whole story; may name people. */
  readonly message: string
  /** What may be told to anybody: tenants, operations, permissions and what to do; never people. */
  readonly advice?: string
}

export type LimitName = 'creates' | 'updates' | 'deletes' | 'emptySource'

/** A limit that the plan exceeds. */
export interface ExceededLimit {
  readonly limit: LimitName
  readonly count: number
  readonly allowed: number
  /** How many objects the profile manages in the target now. */
  readonly managed: number
  readonly message: string
}

export interface Counts {
  readonly create: number
  readonly update: number
  readonly delete: number
  readonly unchanged: number
  readonly skipped: number
  readonly held: number
}

/** From harmless to worst: the run's outcome is the worst of its profiles'. */
export const OUTCOMES = [
  'no-changes',
  'planned',
  'applied',
  'held',
  'validated',
  'blocked',
  'stale',
  'partial',
  'failed',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A run that ended so needs somebody to look. */
export function isTrouble(outcome: Outcome): boolean {
  return OUTCOMES.indexOf(outcome) >= OUTCOMES.indexOf('blocked')
}

/** What the profile set up needs somebody to look, however the run itself ended. */
export function isUnhealthy({ health }: Pick<ProfilePlan, 'health'>): boolean {
  return health.some(({ state }) => state === 'error')
}

export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce(
    (worst, outcome) => (OUTCOMES.indexOf(outcome) > OUTCOMES.indexOf(worst) ? outcome : worst),
    'no-changes',
  )
}

export interface ProfilePlan {
  readonly name: string
  readonly kind: string
  /** Relative to the repository, with forward slashes. */
  readonly file: string
  readonly description?: string
  /** Tenants (or files, hosts) the people come from, and the tenant they go to: names as in `tenants.yaml`. */
  readonly from: readonly string[]
  readonly to: string
  /** Of the resolved profile (defaults applied) and its tenants. What a review approves. */
  readonly profileDigest: string
  readonly outcome: Outcome
  readonly counts: Counts
  /** How many objects the profile manages in the target now. */
  readonly managed: number
  /** The highest count each limit allows now; `null` where it does not bind. */
  readonly allowed: Readonly<Record<'creates' | 'updates' | 'deletes', number | null>>
  /** What each limit counted. Grace counts as a delete though it is an update. */
  readonly counted: Readonly<Record<'creates' | 'updates' | 'deletes', number>>
  /** The limits that are exceeded. */
  readonly limits: readonly ExceededLimit[]
  readonly changes: readonly Change[]
  /** How many mailboxes are in scope; absent for a kind that has none. */
  readonly mailboxes?: number
  readonly mailboxSets?: readonly MailboxSet[]
  readonly skipped: readonly Skipped[]
  readonly health: readonly Health[]
  readonly warnings: readonly Notice[]
  readonly errors: readonly Notice[]
}

export interface Plan {
  readonly formatVersion: 1
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** `sha256:` and 64 hexadecimal digits; see digest.ts. */
  readonly digest: string
  readonly profiles: readonly ProfilePlan[]
}
