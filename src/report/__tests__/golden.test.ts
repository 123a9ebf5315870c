import { describe, expect, test } from '@jest/globals'
import { htmlReport } from '../html/page.ts'
import { attentionIssue } from '../markdown/issue.ts'
import { planComment } from '../markdown/plan.ts'
import { resultComment } from '../markdown/result.ts'
import { FLEET, FLEET_RESULT } from './fleet.ts'
import { golden } from './golden.ts'
import { MIGRATION, MIGRATION_RESULT } from './migration.ts'
import { UNHEALTHY, UNHEALTHY_RESULT } from './provisioning.ts'
import { APPLIED, BLOCKED, NOTHING, PARTIAL, PLAN, plan, profile, REVIEWED } from './sample.ts'

const RUN = 'https://github.com/contoso/directory/actions/runs/123'

const REVIEW = { line: '<!-- tenant-sync:review v=1 {"profiles":[]} -->', warning: '' }

describe('a plan, as a comment', () => {
  test.each(['masked', 'counts', 'full'] as const)('in detail %s', (detail) => {
    const text = planComment(PLAN, { id: 'default', detail, review: REVIEW })
    expect(text).toBe(golden(`plan-${detail}.md`, text))
  })

  test.each(['masked', 'counts', 'full'] as const)('for a fleet of mailboxes, in detail %s', (detail) => {
    const text = planComment(FLEET, { id: 'default', detail })
    expect(text).toBe(golden(`plan-fleet-${detail}.md`, text))
  })

  test.each(['masked', 'counts', 'full'] as const)('that is unhealthy, in detail %s', (detail) => {
    const text = planComment(UNHEALTHY, { id: 'default', detail })
    expect(text).toBe(golden(`plan-unhealthy-${detail}.md`, text))
  })

  test.each(['masked', 'counts', 'full'] as const)('that moves mailboxes, in detail %s', (detail) => {
    const text = planComment(MIGRATION, { id: 'default', detail, review: REVIEW })
    expect(text).toBe(golden(`plan-migration-${detail}.md`, text))
  })

  test('that is blocked', () => {
    const text = planComment(BLOCKED, {
      id: 'default',
      detail: 'masked',
      notes: ['The identity that plans in contoso can write. Give plans an application of their own.'],
      failOnBlocked: false,
      review: { ...REVIEW, warning: 'A merge deletes nobody: every deletion is held.' },
    })
    expect(text).toBe(golden('plan-blocked.md', text))
  })

  test('that has nothing to do', () => {
    const text = planComment(NOTHING, { id: 'default', detail: 'masked' })
    expect(text).toBe(golden('plan-no-changes.md', text))
  })

  test('of so many profiles that only the smallest level fits', () => {
    const [blocked] = BLOCKED.profiles
    const profiles = Array.from({ length: 500 }, (_, index) => ({ ...blocked!, name: `profile-${index}` }))
    const text = planComment(plan([...profiles, profile()]), { id: 'default', detail: 'masked' })
    expect(text).toBe(golden('plan-totals.md', text))
  })
})

describe('a result, as a comment', () => {
  test('of which everything is applied', () => {
    const text = resultComment(APPLIED, {
      id: 'default',
      detail: 'masked',
      merged: { by: 'mona', approvedBy: ['hubot'] },
      run: RUN,
      journalSha256: '4be1'.repeat(16),
    })
    expect(text).toBe(golden('result-applied.md', text))
  })

  test('of which one profile is held to its review, and one is refused by it', () => {
    const text = resultComment(REVIEWED, {
      id: 'default',
      detail: 'masked',
      merged: { by: 'mona', approvedBy: [] },
      notes: ['The plan in #7 was last edited by somebody else.'],
      run: RUN,
    })
    expect(text).toBe(golden('result-reviewed.md', text))
  })

  test('of profiles that are unhealthy', () => {
    const text = resultComment(UNHEALTHY_RESULT, { id: 'default', detail: 'masked', run: RUN })
    expect(text).toBe(golden('result-unhealthy.md', text))
  })

  test.each(['masked', 'counts', 'full'] as const)('applied in part, in detail %s', (detail) => {
    const text = resultComment(PARTIAL, { id: 'default', detail, run: RUN })
    expect(text).toBe(golden(`result-partial-${detail}.md`, text))
  })

  test.each(['masked', 'counts', 'full'] as const)('for a fleet of mailboxes, in detail %s', (detail) => {
    const text = resultComment(FLEET_RESULT, { id: 'default', detail, run: RUN })
    expect(text).toBe(golden(`result-fleet-${detail}.md`, text))
  })
})

describe('of a move of mailboxes, with changes that somebody has to make', () => {
  test('a result, as a comment', () => {
    const text = resultComment(MIGRATION_RESULT, { id: 'default', detail: 'masked', run: RUN })
    expect(text).toBe(golden('result-migration.md', text))
  })

  test('a report', () => {
    const text = chartsOf(htmlReport({ plan: MIGRATION, detail: 'full' }))
    expect(text).toBe(golden('report-progress.html.txt', text))
  })
})

/** The charts of a page, a line each element. */
function chartsOf(page: string): string {
  return [...page.matchAll(/<figure>.*?<\/figure>/gs)]
    .map(([chart]) => chart.replace(/\s+/g, ' ').replace(/ (?=<)/g, '\n'))
    .join('\n')
}

test('an issue that needs attention', () => {
  const text = attentionIssue(BLOCKED, { detail: 'masked', run: RUN })
  expect(text).toBe(golden('attention.md', text))
})

test('an issue that health calls for', () => {
  const text = attentionIssue(UNHEALTHY_RESULT, { detail: 'masked', run: RUN })
  expect(text).toBe(golden('attention-unhealthy.md', text))
})
