import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Change, Health } from '../../engine/plan.ts'
import type { PlannedTask } from '../../engine/planning.ts'
import type { ChangeResult } from '../../engine/result.ts'
import { MOST_REMOVALS, reviewOf } from '../../engine/review.ts'
import { DETAILS, type Detail } from '../detail.ts'
import { htmlReport } from '../html/page.ts'
import { attentionIssue } from '../markdown/issue.ts'
import { LEVELS, SMALLEST_BYTES } from '../markdown/levels.ts'
import { COMMENT_BYTES, planComment, planSummary, SUMMARY_BYTES } from '../markdown/plan.ts'
import { reviewIn, reviewRecord } from '../markdown/record.ts'
import { resultComment, resultSummary } from '../markdown/result.ts'
import { number } from '../wording.ts'
import { CORPUS } from './corpus.ts'
import { faultsIn, RUN } from './github.ts'
import { hostilePlan, hostileResult } from './hostile.ts'
import { change, NOTHING, PLAN, plan, profile, result } from './sample.ts'

const LONG = 'Wołodyjowska-Świętopełkówna Émilie-Françoise Ángeles Þórðardóttir'
const LIMIT = { limit: 'deletes', count: 1667, allowed: 10, managed: 100, message: '' } as const

/** Changes with long accented names, so many of them deletions, the rest updates and creations. */
const many = (count: number, deletions = Math.ceil(count / 3)) =>
  Array.from({ length: count }, (_, index) =>
    change({
      action: index < deletions ? 'delete' : index % 2 === 1 ? 'update' : 'create',
      label: `${LONG} ${index} <émilie.${index}@fabrikam.com>`,
      key: guid(index),
      targetId: guid(index),
      fields: index < deletions ? [] : [{ field: 'displayName', before: LONG, after: `${LONG} (Fabrikam)` }],
    }),
  )

const guid = (index: number) => `${String(index).padStart(8, '0')}-0000-4000-8000-000000000001`

const divided = (changes: readonly Change[], profiles: number) =>
  Array.from({ length: profiles }, (_, at) => changes.filter((__, index) => index % profiles === at))

/** As many settings as a profile of people has. */
const SETTINGS = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`mapping-${index}`, LONG]))

/** A comment as a plan's job makes it: with its record, and what is to be said of that. */
function comment(
  changes: readonly Change[],
  profiles: number,
  detail: Detail,
): { text: string; review: ReturnType<typeof reviewIn> } {
  const planned = divided(changes, profiles).map((own, at) =>
    profile({ name: `fabrikam-in-contoso-${at}`, changes: own }),
  )
  const tasks = planned.map((one) => ({
    task: { name: one.name, file: one.file, digest: one.profileDigest, settings: SETTINGS },
    plan: one,
    proposed: one.changes.map((each) => ({
      change: each,
      countsAs: each.action === 'delete' ? 'deletes' : 'updates',
    })),
  })) as unknown as PlannedTask[]
  const review = reviewRecord(reviewOf(tasks, 'contoso/directory#7'))
  const text = planComment(plan(planned), { id: 'default', detail, review })
  return { text, review: reviewIn(text, 'contoso/directory#7') }
}

describe('a plan of 5,000 changes', () => {
  const cases = [300, 1_999, 2_001, 5_000].flatMap((deletions) =>
    [1, 50, 300].map((profiles) => [deletions, profiles] as const),
  )

  test.each(cases)('fits a comment beside its record: %d deletions, %d profiles', (deletions, profiles) => {
    for (const detail of DETAILS) {
      const { text, review } = comment(many(5_000, deletions), profiles, detail)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES)
      expect(text).toMatch(/^### 🟨 tenant-sync plan: .*to delete$/m)
      expect(text).toContain(`${number(deletions)} to delete`)
      expect(text).toContain(`Deletions (${number(deletions)})`)
      expect(text).toContain(PLAN.digest)
      expect(faultsIn(text)).toEqual([])

      const removals = typeof review === 'string' ? [null] : review.profiles.map((one) => one.removals)
      const isListed = removals.every((one) => one !== null)
      expect(isListed).toBe(deletions <= MOST_REMOVALS && profiles <= 50)
      expect(text.includes('A merge deletes nobody: every deletion is held.')).toBe(!isListed)
      expect(removals.flat().filter((one) => one !== null)).toHaveLength(isListed ? deletions : 0)
    }
  })

  test('over its limits says so in every detail, and what is allowed', () => {
    for (const detail of DETAILS) {
      const blocked = profile({ changes: many(5_000), outcome: 'blocked', limits: [LIMIT] })
      const text = planComment(plan([blocked]), { id: 'default', detail })
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES)
      expect(text).toContain('1 profile blocked by limits')
      expect(text).toContain('1,667 deletions (1,667 %) are planned, 10 are allowed')
      expect(text).toContain('Deletions (1,667)')
    }
  })

  test.each(DETAILS)('fits a summary, and an issue, in detail %s', (detail) => {
    const [own] = divided(many(5_000), 1)
    const big = plan([profile({ changes: own!, outcome: 'blocked', limits: [LIMIT] })])
    const summary = planSummary(big, { detail })
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
    expect(Buffer.byteLength(attentionIssue(big, { detail }))).toBeLessThanOrEqual(COMMENT_BYTES)
    expect(htmlReport({ plan: big, detail })).toContain('Deletions')
  })
})

describe('a result of 5,000 changes, 1,000 of them failed and 1,000 held', () => {
  const error = {
    code: 'ErrorQuotaExceeded',
    message: `${LONG}: the mailbox is full (request 9c-1).`,
    advice: 'contoso: Set-MailContact ended with 400 ErrorQuotaExceeded.',
  }
  const endings = (changes: readonly Change[]) =>
    changes.map(({ key }): ChangeResult => {
      const fifth = Number(key.slice(0, 8)) % 5
      if (fifth === 0) return { status: 'held', why: 'unreviewed' }
      return fifth === 1 ? { status: 'failed', error } : { status: 'done' }
    })

  test.each([1, 50, 300])('of %d profiles fits a comment, a summary and an issue', (profiles) => {
    const parts = divided(many(5_000), profiles)
    const applied = result(
      plan(parts.map((changes, at) => profile({ name: `fabrikam-in-contoso-${at}`, changes }))),
      parts.map(endings),
    )
    for (const detail of DETAILS) {
      const text = resultComment(applied, { id: 'default', detail, run: RUN, journalSha256: '7'.repeat(64) })
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES)
      const summary = resultSummary(applied, { detail, run: RUN })
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
      const issue = attentionIssue(applied, { detail, run: RUN })
      expect(Buffer.byteLength(issue)).toBeLessThanOrEqual(COMMENT_BYTES)
      for (const shown of [text, summary, issue]) {
        expect(shown).toContain('1,000 changes failed')
        expect(shown).toContain('1,000 changes held back')
        expect(faultsIn(shown)).toEqual([])
      }
    }
  })
})

describe('a plan of 200 entries of health', () => {
  const health = Array.from({ length: 200 }, (_, index): Health => ({
    what: 'provisioning',
    key: `${LONG} ${index} <émilie.${index}@fabrikam.com>`,
    state: (['error', 'warning', 'ok'] as const)[index % 3]!,
    message: `${LONG}: `.repeat(20),
    advice: 'EntryExportAdd: failure, DuplicateUserPrincipalName. '.repeat(10),
    example: `${LONG} <émilie@fabrikam.com>`,
  }))

  test.each([1, 50, 300])('of %d profiles fits wherever it is shown', (profiles) => {
    const own = Array.from({ length: profiles }, (_, at) => {
      const entries = health.filter((__, index) => index % profiles === at)
      return profile({ name: `fabrikam-in-contoso-${at}`, health: entries })
    })
    const unhealthy = plan(own)
    const done = result(
      unhealthy,
      own.map(() => []),
    )
    for (const detail of DETAILS) {
      const texts = [
        planComment(unhealthy, { id: 'default', detail }),
        resultComment(done, { id: 'default', detail, run: RUN }),
        attentionIssue(unhealthy, { detail, run: RUN }),
        attentionIssue(done, { detail, run: RUN }),
      ]
      for (const text of texts) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES)
        expect(text).toContain('Health: to look at (134)')
        expect(text).toMatch(/\d profiles? unhealthy/)
        expect(faultsIn(text)).toEqual([])
      }
      for (const summary of [planSummary(unhealthy, { detail }), resultSummary(done, { detail })])
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
    }
  })
})

describe('the budget', () => {
  test('500 profiles, all of them blocked, fit a comment', () => {
    const blocked = Array.from({ length: 500 }, (_, index) =>
      profile({ name: `profile-${index}`, outcome: 'blocked', limits: [LIMIT], counts: { delete: 1667 } }),
    )
    const text = planComment(plan(blocked), { id: 'default', detail: 'full' })
    expect(text).toContain('`profile-2`')
    expect(text).toContain('… and 497 more profiles over a limit.')
    expect(text).toContain('500 profiles blocked by limits')
  })

  test('every level says the verdict, the limits, the number of deletions and the digest, and which it is', () => {
    const big = plan([
      profile({
        changes: many(60),
        outcome: 'blocked',
        limits: [LIMIT],
        errors: [{ code: 'E', message: LONG }],
      }),
    ])
    const seen: string[] = []
    let budgetBytes = 1_000_000
    for (let step = 0; step < 5; step++) {
      const text = planSummary(big, { detail: 'full', budgetBytes })
      seen.push(/level `([\w-]+)`<\/sub>/.exec(text)![1]!)
      expect(text).toContain('1 profile blocked by limits')
      expect(text).toContain('1,667 deletions')
      expect(text).toContain('Deletions (20)')
      expect(text).toContain(PLAN.digest)
      expect(text.includes('Shortened to fit')).toBe(!text.includes('level `everything`'))
      budgetBytes = Buffer.byteLength(text) - 1
    }
    // 20 deletions are all of them, so that `first-deletions` is no shorter than `deletions`.
    expect(seen).toEqual(['everything', 'fields', 'deletions', 'profiles', 'totals'])
    expect(() => planSummary(big, { detail: 'full', budgetBytes })).toThrow(RangeError)
  })

  test('is kept by any plan and any result', () => {
    fc.assert(
      fc.property(
        hostilePlan,
        hostileResult,
        fc.constantFrom(...DETAILS),
        fc.integer({ min: SMALLEST_BYTES, max: 60_000 }),
        (hostile, result, detail, budgetBytes) => {
          const notes = [CORPUS.join(' '), CORPUS.join(''), '🦊'.repeat(500)]
          const options = { id: 'default', detail, budgetBytes }
          expect(Buffer.byteLength(planComment(hostile, { ...options, notes }))).toBeLessThanOrEqual(
            budgetBytes,
          )
          expect(Buffer.byteLength(resultComment(result, options))).toBeLessThanOrEqual(budgetBytes)
        },
      ),
    )
  })

  test('the smallest level fits its bytes with the longest names there can be', () => {
    const long = '🦊@|'.repeat(2_000)
    const worst = profile({
      name: long,
      file: long,
      outcome: 'blocked',
      limits: (['creates', 'updates', 'deletes', 'emptySource'] as const).map((limit) => ({
        ...LIMIT,
        limit,
      })),
      errors: Array.from({ length: 9 }, () => ({ code: long, message: long })),
      warnings: Array.from({ length: 9 }, (_, index) => ({ code: `${index}${long}`, message: long })),
      health: Array.from({ length: 9 }, () => ({
        what: 'provisioning',
        key: long,
        state: 'error',
        message: long,
        example: long,
      })),
      changes: many(6),
    })
    const text = planComment(plan(Array.from({ length: 100 }, () => worst)), {
      id: long,
      detail: 'full',
      notes: [long, long, long, long],
      budgetBytes: SMALLEST_BYTES,
    })
    expect(text).toContain(`level \`${LEVELS.at(-1)!.name}\``)
    expect(faultsIn(text)).toEqual([])
  })

  test('counts the record, which stands last and whole', () => {
    const line = `<!-- tenant-sync:review v=1 ${'x'.repeat(30_000)} -->`
    const big = plan([profile({ changes: many(300) })])
    const text = planComment(big, { id: 'default', detail: 'full', review: { line, warning: '' } })
    expect(text.endsWith(`\n\n${line}`)).toBe(true)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
  })

  test('that nothing fits is an error, not a text that is cut', () => {
    expect(() => planComment(NOTHING, { id: 'default', detail: 'full', budgetBytes: 100 })).toThrow(
      RangeError,
    )
  })
})
