/** Plans, results and explanations as the engine's formats allow them, every text in them hostile. */
import fc from 'fast-check'
import type { ProfileExplained } from '../../engine/explanation.ts'
import type { Notice, Plan, ProfilePlan } from '../../engine/plan.ts'
import type { ChangeResult, ProfileResult, Result } from '../../engine/result.ts'
import { OUTCOMES } from '../../engine/plan.ts'
import { planSchema } from '../../engine/schema.ts'
import { hostileText, longText } from './corpus.ts'

/** What is read of a JSON Schema here. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
}

const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 })
const count = fc.nat({ max: 2_000_000 })

/**
 * Whatever a schema allows: a key that a format gets one day is filled here from that day on. A text
 * has no pattern for an attacker.
 */
function allowedBy(schema: Schema): fc.Arbitrary<unknown> {
  const { type, enum: values, const: only, properties, required, items } = schema
  if (values) return fc.constantFrom(...values)
  if (only !== undefined) return fc.constant(only)
  if (typeof type === 'object') return fc.oneof(...type.map((one) => allowedBy({ ...schema, type: one })))
  switch (type) {
    case 'object': {
      const keys = Object.entries(properties!).map(([key, value]) => [key, allowedBy(value)] as const)
      return fc.record(Object.fromEntries(keys), {
        requiredKeys: [...(required ?? [])],
        noNullPrototype: true,
      })
    }
    case 'array':
      return few(allowedBy(items!))
    case 'string':
      return longText
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return count
  }
}

const allowedPlan = allowedBy(planSchema as Schema) as fc.Arbitrary<Plan>

/** With changes that many mailboxes share, and mailboxes that nobody reached. */
export const hostilePlan: fc.Arbitrary<Plan> = fc
  .tuple(allowedPlan, fc.infiniteStream(fc.nat({ max: 11 })))
  .map(([plan, picks]) => {
    const pick = () => picks.next().value as number
    return { ...plan, profiles: plan.profiles.map((profile) => referring(profile, pick)) }
  })

/** What refers to something else does so now and then. Ids of sets are the engine's own. */
function referring(profile: ProfilePlan, pick: () => number): ProfilePlan {
  const { changes, skipped } = profile
  const mailboxSets = profile.mailboxSets?.map((set, index) => ({ ...set, id: `m${index + 1}` })) ?? []
  return {
    ...profile,
    mailboxSets,
    changes: changes.map((change) => {
      const set = mailboxSets[pick()]
      return set && change.mailboxSet !== undefined ? { ...change, mailboxSet: set.id } : change
    }),
    skipped: skipped.map((one) => (pick() < 4 ? { ...one, reason: 'mailbox-unavailable' } : one)),
  }
}

const notice: fc.Arbitrary<Notice> = fc.record(
  { code: longText, message: longText, advice: longText },
  { requiredKeys: ['code', 'message'] },
)

const ending: fc.Arbitrary<ChangeResult> = fc.oneof(
  fc.constant({ status: 'done' as const }),
  fc.record({
    status: fc.constant('held' as const),
    why: fc.constantFrom('unreviewed', 'unmarked', 'beyond-review'),
  }),
  fc.record({ status: fc.constant('failed' as const), error: notice }),
  fc.record({ status: fc.constant('skipped' as const), why: longText }),
  fc.record({
    status: fc.constant('divided' as const),
    done: count,
    failures: fc.array(fc.record({ mailbox: longText, error: notice }), { minLength: 1, maxLength: 4 }),
    skipped: few(fc.record({ mailbox: longText, why: longText })),
  }),
  fc.constant({ status: 'elsewhere' as const }),
)

const actions = fc.record({ create: count, update: count, delete: count })
const told = fc.record({
  outcome: fc.constantFrom(...OUTCOMES),
  reviewed: fc.option(fc.record({ where: fc.nat().map((number) => `#${number}`), counts: actions }), {
    nil: undefined,
  }),
  done: actions,
  held: count,
  failed: count,
  skipped: count,
  errors: few(notice),
})

/** A result of a hostile plan, every change of it ended somehow. */
export const hostileResult: fc.Arbitrary<Result> = hostilePlan.chain((plan) =>
  fc
    .tuple(
      ...plan.profiles.map(({ changes }) =>
        fc.tuple(told, fc.array(ending, { minLength: changes.length, maxLength: changes.length })),
      ),
    )
    .map((ends) => ({
      outcome: 'partial' as const,
      plan,
      profiles: plan.profiles.map(({ name }, at): ProfileResult => {
        const [{ reviewed, ...rest }, changes] = ends[at]!
        return { name, ...rest, ...(reviewed && { reviewed }), changes }
      }),
    })),
)

const standing = fc.record(
  {
    object: longText,
    targetId: longText,
    mailbox: longText,
    whose: longText,
    key: longText,
    attributes: fc.dictionary(longText, fc.oneof(longText, fc.constant(null), few(hostileText)), {
      maxKeys: 4,
    }),
  },
  { requiredKeys: ['object', 'whose', 'attributes'] },
)

const answer = fc.record({
  state: fc.constantFrom('present', 'absent', 'paused'),
  verdict: fc.constantFrom('included', 'skipped', 'not-included', 'unknown', 'paused', 'failed', 'no-people'),
  reasons: few(notice),
  key: longText,
  label: longText,
  standing: few(standing),
})

/** What hostile profiles tell of one person. */
export const hostileExplanation: fc.Arbitrary<ProfileExplained[]> = hostilePlan.chain(({ profiles }) =>
  fc
    .array(answer, { minLength: profiles.length, maxLength: profiles.length })
    .map((answers) => profiles.map((profile, at) => ({ mailboxSets: [], ...profile, ...answers[at]! }))),
)
