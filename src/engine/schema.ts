/** The formats of `plan.json` and `journal.ndjson`, for programs that read them. */
import { Type, type Static, type TProperties, type TSchema } from '@sinclair/typebox'
import type { JournalHeader } from './journal.ts'
import { OUTCOMES, type Plan } from './plan.ts'

/** A later version may add keys: readers let them pass. */
const data = <P extends TProperties>(properties: P, description?: string) =>
  Type.Object(properties, { ...(description !== undefined && { description }) })

const oneOf = <const V extends readonly (string | null)[]>(values: V) =>
  Type.Unsafe<V[number]>({ enum: [...values] })

const nullable = <T extends TSchema>(schema: T, description?: string) =>
  Type.Unsafe<Static<T> | null>({
    ...schema,
    type: [schema['type'], 'null'],
    ...(description !== undefined && { description }),
  })

const text = (description?: string) => Type.String({ ...(description !== undefined && { description }) })
const count = (description?: string) =>
  Type.Integer({ minimum: 0, ...(description !== undefined && { description }) })
const time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC.' })
const digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })

const ACTIONS = ['create', 'update', 'delete'] as const

const value = Type.Unsafe<string | number | boolean | null | string[]>({
  type: ['string', 'number', 'boolean', 'null', 'array'],
  items: { type: 'string' },
  description: 'null where there is none.',
})

const change = data({
  action: oneOf(ACTIONS),
  object: text("The kind of object in the target's own words, e.g. mail-contact."),
  key: text("The person's id, or the object's name where it is nobody's."),
  label: text('For people to read. Not safe to show without escaping.'),
  targetId: Type.Optional(
    text("The object's id in the target; absent on a create, and where many mailboxes share the change."),
  ),
  mailboxSet: Type.Optional(text('The mailboxes that share this change: an id of mailboxSets.')),
  configuration: Type.Optional(
    Type.Literal(true, {
      description: 'Of nobody: no limit counts it, and its label may be shown to anybody.',
    }),
  ),
  reason: oneOf([
    'new-in-source',
    'left-scope',
    'source-changed',
    'profile-changed',
    'drift',
    'adopted',
    'duplicate',
    'missing',
    'profile-absent',
  ]),
  fields: Type.Array(data({ field: text(), before: value, after: value })),
  removes: Type.Optional(
    Type.Array(
      data({
        object: text('The kind of object, as of a change.'),
        targetId: text(),
        label: text('For people to read. Not safe to show without escaping.'),
      }),
      { description: 'Objects that go with it. Each counts as a delete besides.' },
    ),
  ),
  manual: Type.Optional(
    text('A script that somebody has to run instead, where this machine cannot write the change.'),
  ),
})

const notice = data({
  code: text('Never names a person.'),
  message: text('May name a person.'),
  advice: Type.Optional(text('What may be told to anybody; never names a person.')),
})

const profile = data({
  name: text(),
  kind: text(),
  file: text('Relative to the repository, with forward slashes.'),
  description: Type.Optional(text()),
  from: Type.Array(text(), { description: 'Tenants, files or hosts that the people come from.' }),
  to: text('The tenant they go to.'),
  profileDigest: text('Of the profile with its defaults, and of its tenants: what a review approves.'),
  outcome: oneOf(OUTCOMES),
  counts: data({
    create: count(),
    update: count(),
    delete: count(),
    unchanged: count(),
    skipped: count(),
    held: count(),
  }),
  managed: count('How many objects the profile manages in the target now.'),
  allowed: data(
    { creates: nullable(count()), updates: nullable(count()), deletes: nullable(count()) },
    'The highest count each limit allows now; null where it does not bind.',
  ),
  counted: data({ creates: count(), updates: count(), deletes: count() }, 'What each limit counted.'),
  limits: Type.Array(
    data({
      limit: oneOf(['creates', 'updates', 'deletes', 'emptySource']),
      count: count(),
      allowed: count(),
      managed: count(),
      message: text(),
    }),
    { description: 'The limits that are exceeded.' },
  ),
  changes: Type.Array(change),
  mailboxes: Type.Optional(count('How many mailboxes are in scope.')),
  mailboxSets: Type.Optional(Type.Array(data({ id: text(), mailboxes: Type.Array(text()) }))),
  skipped: Type.Array(
    data({
      key: text(),
      label: text(),
      reason: text(),
      detail: text(),
      advice: Type.Optional(text('What may be told to anybody; never names a person.')),
    }),
  ),
  health: Type.Array(
    data({
      what: oneOf(['job', 'quarantine', 'cycle', 'provisioning', 'mailbox', 'batch', 'endpoint']),
      key: text("A person's label, or the name of what is nobody's. Not safe to show without escaping."),
      configuration: Type.Optional(
        Type.Literal(true, { description: 'Of nobody: its key may be shown to anybody.' }),
      ),
      state: oneOf(['ok', 'warning', 'error']),
      message: text('May name a person.'),
      advice: Type.Optional(text('What may be told to anybody; never names a person.')),
      example: Type.Optional(text('The label of one of the people it is about, where it is about many.')),
      progress: Type.Optional(
        data({
          states: Type.Array(data({ name: text(), count: count() }), {
            description: 'In the order in which they are gone through.',
          }),
          percent: Type.Number({ minimum: 0, maximum: 100, description: 'Of the whole.' }),
        }),
      ),
    }),
  ),
  warnings: Type.Array(notice),
  errors: Type.Array(notice),
})

export const planSchema = data({
  formatVersion: Type.Literal(1),
  createdAt: time,
  digest,
  profiles: Type.Array(profile),
})

const header = data(
  {
    formatVersion: Type.Literal(1),
    time,
    digest,
    commit: nullable(text()),
    actor: nullable(text()),
    run: nullable(text(), 'Where the run can be seen.'),
    limits: Type.Record(Type.String(), Type.Unknown(), { description: 'Of each profile, as in force.' }),
  },
  'The first line.',
)

const write = {
  time,
  seq: Type.Integer({ minimum: 1, description: 'Which write of the run it is.' }),
  profile: text(),
  action: oneOf(ACTIONS),
  object: text(),
  key: text(),
  mailbox: Type.Optional(text('Which of many mailboxes it is made in: its id.')),
  targetId: nullable(text()),
  fields: Type.Array(text(), { description: 'Names, never values.' }),
}
const before = data({ ...write, phase: Type.Literal('before') }, 'The line before a write.')
const after = data(
  {
    ...write,
    phase: Type.Literal('after'),
    status: nullable(Type.Integer(), 'The HTTP status of the answer; null when none came.'),
    requestId: nullable(text()),
    attempt: Type.Integer({ minimum: 1, description: 'How often it was sent.' }),
  },
  'The line after a write.',
)

export const journalSchema = Type.Union([header, before, after])

/** Compiles only while the formats above say what the interfaces say. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T
const _agree: [
  Same<Static<typeof planSchema>, Writable<Plan>>,
  Same<Omit<Static<typeof header>, 'formatVersion' | 'time'>, Writable<JournalHeader>>,
] = [true, true]
void _agree
