/** The plan as JSON, for `--out` and `--json`: the same plan gives the same bytes. */
import type { ProfileExplained } from '../engine/explanation.ts'
import type {
  Change,
  Counts,
  ExceededLimit,
  FieldChange,
  Health,
  LimitName,
  MailboxSet,
  Notice,
  Plan,
  ProfilePlan,
  Progress,
  Skipped,
} from '../engine/plan.ts'

type Key =
  | keyof Plan
  | keyof ProfilePlan
  | keyof Counts
  | keyof ExceededLimit
  | Exclude<LimitName, 'emptySource'>
  | keyof Change
  | keyof FieldChange
  | keyof MailboxSet
  | keyof Skipped
  | keyof Health
  | keyof Progress
  | keyof Progress['states'][number]
  | keyof Notice

/** Every key of a plan, in the order in which it is written. A new one does not compile until it has its place. */
const ORDER: Record<Key, true> = {
  formatVersion: true,
  createdAt: true,
  digest: true,
  profiles: true,
  name: true,
  kind: true,
  file: true,
  description: true,
  from: true,
  to: true,
  profileDigest: true,
  outcome: true,
  counts: true,
  create: true,
  update: true,
  delete: true,
  unchanged: true,
  held: true,
  managed: true,
  allowed: true,
  counted: true,
  creates: true,
  updates: true,
  deletes: true,
  limits: true,
  limit: true,
  count: true,
  changes: true,
  action: true,
  object: true,
  what: true,
  key: true,
  label: true,
  targetId: true,
  mailboxSet: true,
  configuration: true,
  state: true,
  reason: true,
  fields: true,
  field: true,
  before: true,
  after: true,
  removes: true,
  manual: true,
  detail: true,
  mailboxSets: true,
  id: true,
  mailboxes: true,
  skipped: true,
  health: true,
  warnings: true,
  errors: true,
  code: true,
  message: true,
  advice: true,
  example: true,
  progress: true,
  states: true,
  percent: true,
}

/** Indented by two spaces, with full values, and safe to print. */
export function planJson(plan: Plan): string {
  return printable(JSON.stringify(plan, Object.keys(ORDER), 2))
}

/** What one person's profiles tell, with full values, and safe to print. */
export function explanationJson(address: string, profiles: readonly ProfileExplained[]): string {
  return printable(JSON.stringify({ address, profiles }, null, 2))
}

/**
 * What a terminal or a runner would act on (controls, bidirectional overrides, `##[`) is written as
 * `\uXXXX`, which reads back as it was.
 */
export function printable(json: string): string {
  return `${json.replace(UNSAFE, escaped)}\n`
}

const UNSAFE = /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{7f}-\u{9f}]|(?<=##)\[/gu

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}
