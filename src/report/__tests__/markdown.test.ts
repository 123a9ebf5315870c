import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Detail } from '../detail.ts'
import { visible } from '../inert.ts'
import { attentionIssue } from '../markdown/issue.ts'
import { LEVELS, SMALLEST_BYTES } from '../markdown/levels.ts'
import { markerPrefix } from '../markdown/marker.ts'
import { planComment, planSummary } from '../markdown/plan.ts'
import { resultComment, resultSummary } from '../markdown/result.ts'
import { attribute, type Element } from './dom.ts'
import { MEANS_SOMETHING, shown, textOf } from './github.ts'
import { FLEET, FLEET_RESULT } from './fleet.ts'
import { CORPUS, hostilePlan, hostileResult, hostileText } from './hostile.ts'
import { BLOCKED, change, NOTHING, PARTIAL, PLAN, plan, profile } from './sample.ts'

const DETAILS: readonly Detail[] = ['masked', 'counts', 'full']
const OURS = new Set(
  'h3 p br blockquote strong code pre table thead tbody tr th td details summary b sub ul li'.split(' '),
)
const RUN = 'https://github.com/contoso/directory/actions/runs/123'

/** Elements that we never write, tables that lost or gained a cell, and words that GitHub would act on. */
function faults(markdown: string): string[] {
  const { elements, outside, comments } = shown(markdown)
  const tables = elements.filter(({ tagName }) => tagName === 'table')
  return [
    ...elements
      .filter((element) => !OURS.has(element.tagName) && !isRunLink(element))
      .map(({ tagName }) => `<${tagName}>`),
    ...elements.flatMap(({ tagName, attrs }) =>
      attrs
        .filter(({ name }) => !['open', 'align', 'class', 'href'].includes(name))
        .map(({ name }) => `${tagName} ${name}`),
    ),
    ...(MEANS_SOMETHING.test(outside) ? [`outside: ${outside}`] : []),
    ...tables.filter((table) => !isRectangular(table)).map(() => 'a table lost its shape'),
    ...comments
      .filter((comment) => !/^ tenant-sync:\w+ v=1 \S+( \S+)* $/.test(comment))
      .map((comment) => `comment ${comment}`),
    ...(comments.length > 2 ? ['a comment too many'] : []),
  ]
}

function isRunLink(element: Element): boolean {
  return element.tagName === 'a' && attribute(element, 'href') === RUN && textOf(element) === 'run'
}

function isRectangular(table: Element): boolean {
  const cellsOf = (row: Element) =>
    row.childNodes.filter(({ nodeName }) => nodeName === 'td' || nodeName === 'th').length
  const rows = elementsNamed(table, 'tr')
  return rows.every((row) => cellsOf(row) === cellsOf(rows[0]!))
}

/** What a code span makes of its text (CommonMark 0.31: one space is taken off both ends). */
function inSpan(text: string): string {
  return text.replace(/^ (.*\S.*) $/, '$1')
}

function elementsNamed(root: Element, name: string): Element[] {
  return root.childNodes.flatMap((node) =>
    'tagName' in node ? [...(node.tagName === name ? [node] : []), ...elementsNamed(node, name)] : [],
  )
}

describe('hostile text', () => {
  test.each(DETAILS)('is inert in every text of a plan, in detail %s', (detail) => {
    fc.assert(
      fc.property(hostilePlan, hostileText, (hostile, note) => {
        const text = planComment(hostile, { id: note, detail, notes: [note], failOnBlocked: false })
        expect(faults(text)).toEqual([])
      }),
      { numRuns: detail === 'full' ? 200 : 100 },
    )
  })

  test.each(DETAILS)('is inert in every text of a result, in detail %s', (detail) => {
    fc.assert(
      fc.property(hostileResult, hostileText, (hostile, login) => {
        const merged = { by: login, approvedBy: [login] }
        const text = resultComment(hostile, { id: login, detail, merged, run: RUN, journalSha256: login })
        expect(faults(text)).toEqual([])
        expect(faults(attentionIssue(hostile, { detail, run: RUN }))).toEqual([])
      }),
    )
  })

  test('fills its own cell of a table, whatever it is', () => {
    for (const text of CORPUS) {
      const deletion = change({ action: 'delete', label: `x${text}y`, targetId: text })
      const markdown = planSummary(plan([profile({ changes: [deletion] })]), { detail: 'full' })
      const rows = shown(markdown).elements.filter(({ tagName }) => tagName === 'tr')
      const cells = rows.at(-1)!.childNodes.filter(({ nodeName }) => nodeName === 'td')
      const said = cells.map(textOf)
      expect(said).toEqual([
        inSpan(visible(`x${text}y`).replace(/\\+(?=\|)/g, (run) => '＼'.repeat(run.length))),
        expect.stringMatching(/^mail-contact /),
        'left-scope',
      ])
    }
  })

  test('cannot end a block of code', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const update = change({
          action: 'update',
          label: text,
          fields: [{ field: text, before: text, after: `${text}!` }],
        })
        const { elements } = shown(
          planSummary(plan([profile({ name: text, changes: [update] })]), { detail: 'full' }),
        )
        const blocks = elements.filter(({ tagName }) => tagName === 'pre')
        expect(blocks).toHaveLength(2) // the diagram and the differences
        expect(textOf(blocks[1]!).trimEnd().split('\n').length).toBeLessThanOrEqual(3)
      }),
    )
  })

  test('gives a diagram letters, digits, spaces, dots, dashes and underscores alone', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (from, to) => {
        const markdown = planSummary(plan([profile({ from: [from], to })]), { detail: 'full' })
        const lines = markdown.split('```mermaid\n')[1]!.split('\n```')[0]!.split('\n')
        for (const line of lines)
          expect(line).toMatch(
            /^(flowchart LR| {2}t\d\["[\p{L}\p{N} ._-]+(<br\/>no changes)?"\]| {2}t\d -\.-> t\d)$/u,
          )
      }),
    )
  })

  test('a run that is no web page is not linked to', () => {
    const text = resultComment(PARTIAL, { id: 'x', detail: 'masked', run: 'javascript:alert(1)' })
    expect(shown(text).elements.filter(({ tagName }) => tagName === 'a')).toEqual([])
  })
})

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

  test('counts: no line about anybody', () => {
    expect(planSummary(PLAN, { detail: 'counts' })).not.toMatch(/G\. H\.|d4d002a4|<details/)
  })

  test('full: values before and after', () => {
    const text = planSummary(PLAN, { detail: 'full' })
    expect(text).toContain('-   title: "Engineer"\n+   title: "Principal Engineer"')
    expect(text).toContain('Grace Hopper <grace.hopper@fabrikam.com>')
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

describe('the budget', () => {
  const LONG = 'Wołodyjowska-Świętopełkówna Émilie-Françoise Ángeles Þórðardóttir'
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      change({
        action: index % 3 === 0 ? 'delete' : index % 3 === 1 ? 'update' : 'create',
        label: `${LONG} ${index} <émilie.${index}@fabrikam.com>`,
        fields: [{ field: 'displayName', before: LONG, after: `${LONG} (Fabrikam)` }],
      }),
    )
  const LIMIT = { limit: 'deletes', count: 1667, allowed: 10, managed: 100, message: '' } as const

  test.each(DETAILS)('5,000 changes with long accented names fit a comment, in detail %s', (detail) => {
    const text = planComment(plan([profile({ changes: many(5_000), outcome: 'blocked', limits: [LIMIT] })]), {
      id: 'default',
      detail,
    })
    expect(Buffer.byteLength(text)).toBeLessThan(60_000)
    expect(text).toContain('1 profile blocked by limits')
    expect(text).toContain('1,667 deletions (1,667 %) are planned, 10 are allowed')
    expect(text).toContain('Deletions (1,667)')
    expect(text).toContain(PLAN.digest)
  })

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
      changes: many(6),
    })
    const text = planComment(plan(Array.from({ length: 100 }, () => worst)), {
      id: long,
      detail: 'full',
      notes: [long, long, long, long],
      budgetBytes: SMALLEST_BYTES,
    })
    expect(text).toContain(`level \`${LEVELS.at(-1)!.name}\``)
    expect(faults(text)).toEqual([])
  })

  test('counts the record, which stands last and whole', () => {
    const record = `<!-- tenant-sync:record v=1 ${'x'.repeat(30_000)} -->`
    const big = plan([profile({ changes: many(300) })])
    const text = planComment(big, { id: 'default', detail: 'full', record })
    expect(text.endsWith(`\n\n${record}`)).toBe(true)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
  })

  test('that nothing fits is an error, not a text that is cut', () => {
    expect(() => planComment(NOTHING, { id: 'default', detail: 'full', budgetBytes: 100 })).toThrow(
      RangeError,
    )
  })
})
