import { describe, expect, test } from '@jest/globals'
import { attentionIssue } from '../markdown/issue.ts'
import { markerPrefix } from '../markdown/marker.ts'
import { planComment, planSummary } from '../markdown/plan.ts'
import { resultComment, resultSummary } from '../markdown/result.ts'
import { FLEET, FLEET_RESULT } from './fleet.ts'
import * as migration from './migration.ts'
import { TOLD_IN_FULL, TOLD_MASKED, UNHEALTHY, UNHEALTHY_RESULT } from './provisioning.ts'
import { BLOCKED, change, PARTIAL, PLAN, plan, profile, result } from './sample.ts'

describe('the marker', () => {
  test('is the first line, and is found by its prefix', () => {
    const [first] = planComment(PLAN, { id: 'default', detail: 'masked' }).split('\n')
    expect(first!.startsWith(markerPrefix('plan', 'default'))).toBe(true)
    expect(first!.startsWith(markerPrefix('plan', 'def'))).toBe(false)
    expect(first).toBe(`<!-- tenant-sync:plan v=1 id=default digest=${PLAN.digest} detail=masked -->`)
  })

  test('the comment carries no time', () => {
    const later = { ...PLAN, createdAt: '2027-01-01T00:00:00Z' }
    const options = { id: 'default', detail: 'full' as const }
    expect(planComment(later, options)).toBe(planComment(PLAN, options))
  })
})

describe('what each detail shows', () => {
  const NAMES = /Lovelace|Hopper|grace\.hopper|Turing|Absurdistan/

  test.each(['masked', 'counts'] as const)(
    '%s: no name, no local part, no value, no text of an error',
    (detail) => {
      for (const text of [
        planSummary(PLAN, { detail }),
        planSummary(BLOCKED, { detail }),
        resultSummary(PARTIAL, { detail }),
        attentionIssue(PARTIAL, { detail }),
        planSummary(FLEET, { detail }),
        resultSummary(FLEET_RESULT, { detail }),
        attentionIssue(FLEET_RESULT, { detail }),
      ]) {
        expect(text).not.toMatch(NAMES)
        expect(text).not.toMatch(/colleague\.|has no licence|Babbage|London|request 9c/)
        expect(text).not.toMatch(/Principal|ada@|request 5a5a|request 7b7b|000000000016/)
      }
    },
  )

  test.each(['masked', 'counts', 'full'] as const)('%s: of health what may be told', (detail) => {
    for (const text of [
      planComment(UNHEALTHY, { id: 'default', detail }),
      planSummary(UNHEALTHY, { detail }),
      resultComment(UNHEALTHY_RESULT, { id: 'default', detail }),
      resultSummary(UNHEALTHY_RESULT, { detail }),
      attentionIssue(UNHEALTHY, { detail }),
      attentionIssue(UNHEALTHY_RESULT, { detail }),
    ]) {
      expect(TOLD_IN_FULL.test(text)).toBe(detail === 'full')
      expect(TOLD_MASKED.test(text)).toBe(detail !== 'counts')
      expect(text).toContain('1 profile unhealthy')
    }
  })

  test('counts: no line about anybody', () => {
    expect(planSummary(PLAN, { detail: 'counts' })).not.toMatch(/G\. H\.|d4d002a4|<details/)
  })

  test('full: values before and after', () => {
    const text = planSummary(PLAN, { detail: 'full' })
    expect(text).toContain('-   title: "Engineer"\n+   title: "Principal Engineer"')
    expect(text).toContain('Grace Hopper <grace.hopper@fabrikam.com>')
  })
})

describe('health', () => {
  const healthy = plan(UNHEALTHY.profiles.slice(1))

  test('opens the section where somebody has to look, the worst first; what is well is folded', () => {
    const text = planComment(UNHEALTHY, { id: 'default', detail: 'masked' })
    expect(text).toContain('<details open><summary><b>Health: to look at (4)</b>')
    expect(text).toContain('<details><summary><b>Health: well (3)</b>')
    const states = [...text.matchAll(/\| (?:🟥|🟨|✅) `(\w+)` \|/g)].map(([, state]) => state)
    expect(states).toEqual(['error', 'error', 'error', 'warning', 'ok', 'ok', 'ok'])
  })

  test('opens nothing for a warning alone', () => {
    const [{ health }] = UNHEALTHY.profiles as [(typeof UNHEALTHY.profiles)[0]]
    const warned = plan([profile({ health: health.filter(({ state }) => state === 'warning') })])
    const text = planComment(warned, { id: 'default', detail: 'masked' })
    expect(text).toContain('<details><summary><b>Health: to look at (1)</b>')
    expect(text).not.toMatch(/<details open>|nhealthy/)
  })

  test('is read first in an issue that it calls for, and after what went wrong in any other', () => {
    const table = '| Profile |'
    const isFirst = (text: string) => text.indexOf('Health: to look at') < text.indexOf(table)
    const troubled = plan([...UNHEALTHY.profiles, ...BLOCKED.profiles])
    expect(isFirst(attentionIssue(UNHEALTHY, { detail: 'masked' }))).toBe(true)
    expect(isFirst(attentionIssue(UNHEALTHY_RESULT, { detail: 'masked' }))).toBe(true)
    expect(isFirst(attentionIssue(troubled, { detail: 'masked' }))).toBe(false)
    expect(isFirst(attentionIssue(result(troubled, []), { detail: 'masked' }))).toBe(false)
  })

  test('that is good changes no verdict', () => {
    const text = planComment(healthy, { id: 'default', detail: 'masked' })
    expect(text).toContain('### ✅ tenant-sync plan: nothing to do\n')
    expect(text).not.toMatch(/<details open>|nhealthy/)
  })
})

describe('a move of mailboxes', () => {
  const { MIGRATION, MIGRATION_RESULT, HEALTH } = migration

  test.each(['masked', 'counts', 'full'] as const)(
    '%s: tells what may be told, and all numbers',
    (detail) => {
      for (const text of [
        planComment(MIGRATION, { id: 'default', detail }),
        planSummary(MIGRATION, { detail }),
        resultComment(MIGRATION_RESULT, { id: 'default', detail }),
        resultSummary(MIGRATION_RESULT, { detail }),
        attentionIssue(MIGRATION, { detail }),
        attentionIssue(MIGRATION_RESULT, { detail }),
      ]) {
        expect(migration.TOLD_IN_FULL.test(text)).toBe(detail === 'full')
        expect(migration.TOLD_MASKED.test(text)).toBe(detail !== 'counts')
        expect(text).toContain('4 mailboxes: 2 ready, 2 need something')
        expect(text).toContain('`████████░░` 80 % · `Syncing` 3 · `Synced` 12 · `Failed` 1')
        expect(text).toContain('**2 changes have to be made by hand:**')
      }
    },
  )

  test('that is ready is folded whole', () => {
    const health = HEALTH.filter(({ what, state }) => what === 'mailbox' && state === 'ok')
    const text = planComment(plan([profile({ name: 'move', health })]), { id: 'default', detail: 'masked' })
    expect(text).toContain(
      '<details><summary><b>Mailboxes of <code>move</code></b> · 2 mailboxes: 2 ready</summary>\n\n| Mailbox |',
    )
    expect(text).not.toContain('Ready (')
  })

  test('of which many need something is folded: they are too many to be read in passing', () => {
    const [, turing] = HEALTH
    const opened = (count: number) =>
      planComment(plan([profile({ health: Array.from({ length: count }, () => turing!) })]), {
        id: 'default',
        detail: 'masked',
      }).includes('<details open>')
    expect([opened(1), opened(20), opened(21)]).toEqual([true, true, false])
  })

  test('names the profile of each batch where there are several', () => {
    const [moving] = MIGRATION.profiles
    const text = planComment(plan([moving!, profile()]), { id: 'default', detail: 'masked' })
    expect(text).toContain('- 🟥 batch `wave-1` of `move-tailspin` `████████░░` 80 %')
  })

  test.each([
    [0, '░░░░░░░░░░'],
    [9.9, '░░░░░░░░░░'],
    [99.9, '█████████░'],
    [100, '██████████'],
    [250, '██████████'],
  ])('a bar is full only when all is through: %d %%', (percent, bar) => {
    const batch = { ...migration.movingBatch('x'), progress: { percent, states: [] } }
    const text = planComment(plan([profile({ health: [batch] })]), { id: 'default', detail: 'counts' })
    expect(text).toContain(`- 🟨 batch \`${bar}\` ${Math.min(100, percent)} %\n`)
  })

  test('what is blocked offers no script: it would go past its limits', () => {
    const blocked = plan([{ ...MIGRATION.profiles[0]!, outcome: 'blocked' }])
    const text = planComment(blocked, { id: 'default', detail: 'full' })
    expect(text).not.toMatch(/by hand|New-MigrationEndpoint|New-MailUser/)
  })

  test('a script with characters that cannot be seen says that it is not what to paste', () => {
    const text = (manual: string) =>
      planComment(plan([profile({ changes: [change({ action: 'create', label: 'x', manual })] })]), {
        id: 'default',
        detail: 'full',
      })
    expect(text("New-MailUser -Name 'a\u202eb'")).toMatch(
      /cannot be seen.*New-MailUser -Name 'a\\u\{202e\}b'/s,
    )
    expect(text("New-MailUser -Name 'ab'\r\n")).not.toContain('cannot be seen')
  })

  test('the scripts of what an apply left are told after it, and nothing of what it made', () => {
    const done = { status: 'done' } as const
    const text = resultComment(result(MIGRATION, [[done, done, done, done]]), {
      id: 'default',
      detail: 'full',
    })
    expect(text).not.toMatch(/by hand|New-MigrationEndpoint/)
    expect(text).toContain('4 created and 1 deleted')
    expect(resultComment(MIGRATION_RESULT, { id: 'default', detail: 'full' })).toMatch(
      /2 changes have to be made by hand.*New-MigrationEndpoint.*New-MailUser.*Not attempted \(1\)/s,
    )
  })
})

describe('mailboxes', () => {
  test('that share a change are a number; a single one is named as far as may be', () => {
    const text = planSummary(FLEET, { detail: 'masked' })
    expect(text).toContain('| `A. L. @fabrikam.com` | `contact` in 1,240 mailboxes | `jobTitle` |')
    expect(text).toContain('| `C. B. @fabrikam.com` | `contact` in `C. @fabrikam.com` |')
  })

  test('that could not be reached stand apart from the people who are skipped, in plan, result and issue', () => {
    for (const text of [
      planSummary(FLEET, { detail: 'masked' }),
      resultSummary(FLEET_RESULT, { detail: 'masked' }),
      attentionIssue(FLEET_RESULT, { detail: 'masked' }),
      attentionIssue(FLEET, { detail: 'masked' }),
    ])
      expect(text).toContain('<details open><summary><b>Mailboxes that could not be reached (2)</b>')
    expect(planSummary(FLEET, { detail: 'masked' })).toContain('<b>Skipped (1)</b>')
  })

  test('of another shard are not told of', () => {
    const [first] = FLEET_RESULT.profiles
    const changes = first!.changes.map(() => ({ status: 'elsewhere' }) as const)
    const other = { ...first!, changes, failed: 0, skipped: 0, held: 0 }
    const text = resultSummary({ ...FLEET_RESULT, profiles: [other] }, { detail: 'full' })
    expect(text).not.toMatch(/elsewhere|Lovelace|Failed \(|Not attempted \(/)
  })

  test('in which everything failed are too many to name: the first are', () => {
    const mailboxes = Array.from({ length: 20_000 }, (_, index) => `colleague.${index}@fabrikam.com`)
    const failures = mailboxes.map((mailbox) => ({ mailbox, error: { code: 'ErrorInternal', message: '' } }))
    const [planned] = FLEET.profiles
    const [done] = FLEET_RESULT.profiles
    const text = resultComment(
      {
        outcome: 'partial',
        plan: plan([{ ...planned!, changes: planned!.changes.slice(2, 3) }]),
        profiles: [
          {
            ...done!,
            failed: failures.length,
            changes: [{ status: 'divided', done: 0, failures, skipped: [] }],
          },
        ],
      },
      { id: 'default', detail: 'full' },
    )
    expect(text).toContain('<b>Failed (20,000)</b>')
    expect(text).toContain('… and 19,980 more.')
    expect(text).toContain('level `first-deletions`')
  })
})
