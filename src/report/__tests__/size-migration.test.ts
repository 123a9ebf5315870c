import { describe, expect, test } from '@jest/globals'
import type { Health } from '../../engine/plan.ts'
import { DETAILS } from '../detail.ts'
import { htmlReport } from '../html/page.ts'
import { attentionIssue } from '../markdown/issue.ts'
import { COMMENT_BYTES, planComment, planSummary, SUMMARY_BYTES } from '../markdown/plan.ts'
import { resultComment } from '../markdown/result.ts'
import { terminalPlan } from '../terminal/plan.ts'
import { faultsIn } from './github.ts'
import { change, CHANGES, plan, profile, result } from './sample.ts'

const LONG = 'Wołodyjowska-Świętopełkówna Émilie-Françoise Ángeles Þórðardóttir'

describe('a plan of 5,000 mailboxes', () => {
  const mailbox = (index: number, state: Health['state']): Health => ({
    what: 'mailbox',
    key: `${LONG} ${index} <émilie.${index}@fabrikam.com>`,
    state,
    message: `émilie.${index}@fabrikam.com has no licence for a move in fabrikam, and is not in the published group.`,
    advice: 'No licence for a move in fabrikam, and not in the published group.',
  })

  test.each([
    [10, 1, /5,000 mailboxes: 4,990 ready, 10 need something/],
    [4_990, 1, /5,000 mailboxes: 10 ready, 4,990 need something/],
    [5_000, 300, /mailboxes: \d[\d,]* need something/],
  ] as const)('fits wherever it is shown: %d need something, of %d profiles', (unready, profiles, words) => {
    const all = Array.from({ length: 5_000 }, (_, index) =>
      mailbox(index, index >= 5_000 - unready ? 'warning' : 'ok'),
    )
    const own = Array.from({ length: profiles }, (_, at) =>
      profile({
        name: `move-${at}`,
        changes: CHANGES,
        health: all.filter((__, index) => index % profiles === at),
      }),
    )
    const moved = plan(own)
    const done = result(
      moved,
      own.map(() => []),
    )
    for (const detail of DETAILS) {
      for (const text of [
        planComment(moved, { id: 'default', detail }),
        resultComment(done, { id: 'default', detail }),
        attentionIssue(moved, { detail }),
      ]) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES)
        expect(faultsIn(text)).toEqual([])
        expect(text).toMatch(words)
      }
      expect(Buffer.byteLength(planSummary(moved, { detail }))).toBeLessThanOrEqual(SUMMARY_BYTES)
    }
  })

  test('names those that need something, and counts those that are ready, where not all find room', () => {
    const health = Array.from({ length: 5_000 }, (_, index) => mailbox(index, index < 12 ? 'error' : 'ok'))
    const text = planComment(plan([profile({ health })]), { id: 'default', detail: 'full' })
    expect(text).toContain('level `fields`')
    expect(text.match(/^\| .*🟥 `error` \|/gm)).toHaveLength(12)
    expect(text).not.toContain('✅ `ok`')
    expect(text).toMatch(/<details open><summary><b>Mailboxes of .* 4,988 ready, 12 need something/)
  })

  test('at a terminal, names those that need something and counts those that are ready', () => {
    const health = Array.from({ length: 5_000 }, (_, index) => mailbox(index, index < 300 ? 'warning' : 'ok'))
    const lines = terminalPlan(plan([profile({ health })]), { detail: 'full', color: false, width: 200 })
    expect(lines).toContain('5,000 mailboxes: 4,700 ready, 300 need something')
    expect(lines.match(/mailbox warning: /g)).toHaveLength(200)
    expect(lines).toContain('… and 100 more need something')
    expect(lines).not.toContain('mailbox ok')
  })

  test('in a report, all of them stand', () => {
    const health = Array.from({ length: 5_000 }, (_, index) => mailbox(index, index < 30 ? 'error' : 'ok'))
    const page = htmlReport({ plan: plan([profile({ health })]), detail: 'masked' })
    expect(page.match(/No licence for a move/g)).toHaveLength(5_000)
  })
})

describe('a plan of 500 scripts', () => {
  const script = Array.from({ length: 12 }, (_, line) => `Set-MailUser -Line ${line} -Name '${LONG}'`).join(
    '\n',
  )
  const changes = [
    change({ action: 'create', label: 'endpoint', configuration: true, manual: 'New-MigrationEndpoint' }),
    ...Array.from({ length: 499 }, (_, index) =>
      change({ action: 'create', label: `${LONG} ${index}`, manual: script }),
    ),
  ]
  const moved = plan([profile({ changes })])
  const done = result(moved, [changes.map(() => ({ status: 'skipped', why: 'by hand' }) as const)])

  test.each(DETAILS)('fits wherever it is shown, and always tells how many, in detail %s', (detail) => {
    for (const text of [
      planComment(moved, { id: 'default', detail }),
      resultComment(done, { id: 'default', detail }),
      attentionIssue(moved, { detail }),
      attentionIssue(done, { detail }),
    ]) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES)
      expect(text).toContain('500 changes have to be made by hand')
      expect(text).toContain('in the plan file')
      const scripts = text.match(/New-MigrationEndpoint|Set-MailUser -Line 0/g) ?? []
      expect(scripts.length).toBeLessThanOrEqual({ masked: 1, counts: 0, full: 5 }[detail])
      expect(faultsIn(text)).toEqual([])
    }
    expect(Buffer.byteLength(planSummary(moved, { detail }))).toBeLessThanOrEqual(SUMMARY_BYTES)
  })

  test('shows the first of them where not all find room, those for nobody first', () => {
    const some = plan([profile({ changes: changes.slice(0, 100) })])
    const text = planComment(some, { id: 'default', detail: 'full' })
    expect(text).toContain('level `fields`')
    expect(text).toContain('The scripts of 95 of them stand in the plan file')
    expect(text).toMatch(/Scripts to paste \(5\).*New-MigrationEndpoint\n.*Set-MailUser -Line 0/s)
    expect(text.match(/Set-MailUser -Line 11/g)).toHaveLength(4)
  })

  test('shows no half of a script: one that is too long stands in the plan file alone', () => {
    const long = change({ action: 'create', label: 'x', manual: `${script}\n`.repeat(20) })
    const text = planComment(plan([profile({ changes: [long] })]), { id: 'default', detail: 'full' })
    expect(text).toContain('1 change has to be made by hand')
    expect(text).toContain('The script stands in the plan file')
    expect(text).not.toContain('Set-MailUser')
  })

  test('tells how many even in the smallest level', () => {
    const text = planComment(plan(Array.from({ length: 40 }, () => moved.profiles[0]!)), {
      id: 'default',
      detail: 'full',
      budgetBytes: 4_000,
    })
    expect(text).toContain('level `totals`')
    expect(text).toContain('20,000 changes have to be made by hand')
  })
})
