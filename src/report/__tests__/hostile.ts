/** Text as an attacker would put it into a directory, and plans in which every text is such. */
import fc from 'fast-check'
import type { Change, Notice, Plan, ProfilePlan } from '../../engine/plan.ts'
import type { ChangeResult, Result } from '../../engine/result.ts'
import { OUTCOMES } from '../../engine/plan.ts'

/** Each of these does something somewhere when it is not inert. */
export const CORPUS: readonly string[] = [
  '@octocat',
  '@contoso/admins',
  '#12',
  'GH-12',
  'contoso/directory#1',
  'contoso/directory@deadbeefcafe',
  'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  'deadbeef',
  'https://evil.example/x',
  'www.evil.example',
  'ada@fabrikam.com',
  '<ada@fabrikam.com>',
  '<https://evil.example>',
  'ABC-123',
  'xmpp:a@b.c',
  ':tada:',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '</code></summary></details>',
  '<!-- x',
  '--> @octocat',
  '--!>',
  '<b>',
  '&lt;b&gt;',
  '&#64;octocat',
  '![x](https://evil.example/p.png)',
  '[x](https://evil.example)',
  '[x]: https://evil.example',
  '[^1]',
  '`',
  '``',
  '```',
  '````',
  '~~~',
  '` @octocat `',
  '`@octocat',
  '\\`@octocat',
  '\\',
  '|',
  '\\|',
  '\\\\|',
  '| a | b |',
  '||',
  '**x**',
  '__x__',
  '~~x~~',
  '$x$',
  '$$',
  '# x',
  '- x',
  '+ x',
  '1. x',
  '1)',
  '> x',
  '---',
  '===',
  '***',
  '    x',
  '\tx',
  '\n',
  '\r\n',
  '\n\n# x',
  '\n> @octocat',
  '\n```\n@octocat',
  '\u2028',
  '\u2029',
  '\u0085',
  '::error::x',
  '::set-output name=x::y',
  '##[command]x',
  '##[error]x',
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007',
  '\u009b31m',
  '\u0000',
  '\u0007',
  '\b',
  '\u007f',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u00ad',
  '\u{e0041}',
  '\ud800',
  '\udc00',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '=HYPERLINK("https://evil.example")',
  '+49 30 1234',
  '%%{init: {}}%%',
  '"]',
  '"',
  "'",
  'end',
  'click t0 "javascript:alert(1)"',
  'a\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
  '{{x}}',
  '${x}',
  '',
  ' ',
  'Zoë Ångström',
  '李明',
  '𝒜',
  '👩‍👩‍👧',
  'plain',
  'Ada Lovelace <ada@fabrikam.com>',
]

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...CORPUS) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'`|\\<>@#:[]()!&*_~-=+"\n\r\t\u001b a1') }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)

export const hostileText = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
/** Long, too: what is shortened is cut somewhere. */
const longText = fc.oneof(
  { weight: 9, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileText, fc.integer({ min: 1, max: 200 }))
      .map(([text, times]) => text.repeat(times)),
  },
)

const value = fc.oneof(longText, fc.constant(null), fc.boolean(), fc.array(hostileText, { maxLength: 3 }))
const change: fc.Arbitrary<Change> = fc.record(
  {
    action: fc.constantFrom('create', 'update', 'delete'),
    object: longText,
    key: longText,
    label: longText,
    targetId: longText,
    mailboxSet: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
    configuration: fc.constant(true as const),
    reason: fc.constantFrom('new-in-source', 'left-scope', 'source-changed', 'drift', 'adopted', 'duplicate'),
    fields: fc.array(fc.record({ field: longText, before: value, after: value }), { maxLength: 3 }),
  },
  { requiredKeys: ['action', 'object', 'key', 'label', 'reason', 'fields'] },
)
const notice: fc.Arbitrary<Notice> = fc.record({ code: longText, message: longText })
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 })
const count = fc.nat({ max: 2_000_000 })
const names = (length: number) => fc.array(longText, { minLength: length, maxLength: length })

const profile: fc.Arbitrary<ProfilePlan> = fc.record(
  {
    name: longText,
    kind: longText,
    file: longText,
    description: longText,
    from: few(longText),
    to: longText,
    profileDigest: longText,
    outcome: fc.constantFrom(...OUTCOMES),
    counts: fc.record({
      create: count,
      update: count,
      delete: count,
      unchanged: count,
      skipped: count,
      held: count,
    }),
    managed: count,
    allowed: fc.record({ creates: fc.option(count), updates: fc.option(count), deletes: fc.option(count) }),
    counted: fc.record({ creates: count, updates: count, deletes: count }),
    limits: few(
      fc.record({
        limit: fc.constantFrom('creates', 'updates', 'deletes', 'emptySource'),
        count,
        allowed: count,
        managed: count,
        message: longText,
      }),
    ),
    changes: few(change),
    mailboxes: count,
    mailboxSets: fc
      .tuple(names(1), names(3), names(9))
      .map((sets) => sets.map((mailboxes, index) => ({ id: `m${index + 1}`, mailboxes }))),
    skipped: few(
      fc.record({
        key: longText,
        label: longText,
        reason: fc.oneof(longText, fc.constant('mailbox-unavailable')),
        detail: longText,
      }),
    ),
    health: few(
      fc.record({
        what: fc.constantFrom('job', 'mailbox'),
        key: longText,
        state: fc.constantFrom('ok', 'warning', 'error'),
        message: longText,
      }),
    ),
    warnings: few(notice),
    errors: few(notice),
  },
  { noNullPrototype: true },
)

export const hostilePlan: fc.Arbitrary<Plan> = fc.record({
  formatVersion: fc.constant(1 as const),
  createdAt: longText,
  digest: longText,
  profiles: fc.array(profile, { maxLength: 3 }),
})

const ending: fc.Arbitrary<ChangeResult> = fc.oneof(
  fc.constant({ status: 'done' as const }),
  fc.record({ status: fc.constant('held' as const), why: fc.constantFrom('unreviewed', 'unmarked') }),
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

/** A result of a hostile plan, every change of it ended somehow. */
export const hostileResult: fc.Arbitrary<Result> = hostilePlan.chain((plan) =>
  fc
    .tuple(
      ...plan.profiles.map(({ changes }) =>
        fc.array(ending, { minLength: changes.length, maxLength: changes.length }),
      ),
    )
    .map((ends) => ({
      outcome: 'partial' as const,
      plan,
      profiles: plan.profiles.map(({ name, outcome, errors }, at) => ({
        name,
        outcome,
        done: { create: 1, update: 2, delete: 3 },
        held: 1,
        failed: 1,
        skipped: 1,
        changes: ends[at]!,
        errors,
      })),
    })),
)
