import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { ChangeResult } from '../../engine/result.ts'
import { htmlReport } from '../html/page.ts'
import { attribute, elementsOf, parse, textOf, type Node } from './dom.ts'
import { FLEET, FLEET_RESULT } from './fleet.ts'
import * as migration from './migration.ts'
import { TOLD_IN_FULL, TOLD_MASKED, UNHEALTHY, UNHEALTHY_RESULT } from './provisioning.ts'
import { APPLIED, BLOCKED, CHANGES, change, PARTIAL, PLAN, plan, profile, result } from './sample.ts'

const documentOf = (...report: Parameters<typeof htmlReport>) => parse(htmlReport(...report))
const segmentsOf = (svg: Node) => named(svg, 'rect').filter((one) => attribute(one, 'class') !== 'whole')
const named = (root: Node, name: string) => elementsOf(root).filter(({ tagName }) => tagName === name)

describe('the page', () => {
  const page = documentOf({ plan: PLAN, detail: 'full' })

  test('loads nothing and runs nothing, and tells the browser so', () => {
    const style = textOf(named(page, 'style')[0]!)
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = named(page, 'meta').find(
      (meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy',
    )
    expect(attribute(policy!, 'content')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    expect(style).not.toMatch(/url\(|@import/)
  })

  test('every table has a caption, and headers that say what they head', () => {
    for (const table of named(page, 'table')) {
      expect(named(table, 'caption')).toHaveLength(1)
      for (const header of named(table, 'th')) expect(attribute(header, 'scope')).toMatch(/^(col|row)$/)
    }
    expect(named(page, 'table').length).toBeGreaterThan(4)
  })

  test('headings go down by one level', () => {
    const levels = elementsOf(page)
      .flatMap(({ tagName }) => /^h(\d)$/.exec(tagName)?.[1] ?? [])
      .map(Number)
    const steps = levels.map((level, index) => level - (levels[index - 1] ?? 0))
    expect(Math.max(...steps)).toBe(1)
  })

  test('what labels a section is there', () => {
    const ids = new Set(elementsOf(page).map((element) => attribute(element, 'id')))
    for (const section of named(page, 'section')) expect(ids).toContain(attribute(section, 'aria-labelledby'))
  })

  test('colour is never the only sign', () => {
    for (const pill of elementsOf(page).filter((element) => attribute(element, 'class')?.startsWith('pill')))
      expect(textOf(pill)).toMatch(/\w/)
    for (const bar of named(page, 'svg')) expect(attribute(bar, 'aria-hidden')).toBe('true')
  })
})

describe('what it shows', () => {
  const textIn = (...report: Parameters<typeof htmlReport>) =>
    textOf(named(documentOf(...report), 'body')[0]!).replace(/\s+/g, ' ')

  test('full: people, and values before and after', () => {
    expect(textIn({ plan: PLAN, detail: 'full' })).toContain(
      'title before: Engineer → after: Principal Engineer',
    )
    expect(textIn({ plan: PLAN, detail: 'full' })).toContain('department before: R&D | Bath → cleared')
  })

  test.each(['masked', 'counts'] as const)('%s: no name, value or text of an error', (detail) => {
    const text = [
      textIn({ plan: PARTIAL.plan, result: PARTIAL, detail }),
      textIn({ plan: BLOCKED, detail }),
      textIn({ plan: FLEET, result: FLEET_RESULT, detail }),
    ].join(' ')
    expect(text).not.toMatch(/colleague\.|has no licence|Babbage|request 9c/)
    expect(text).not.toMatch(/Lovelace|Hopper|grace\.hopper|Turing|Principal|ada@|Absurdistan|request 7b7b/)
    expect(text.includes('G. H.')).toBe(detail === 'masked')
  })

  test.each(['masked', 'counts', 'full'] as const)('%s: of health what may be told', (detail) => {
    for (const text of [
      textIn({ plan: UNHEALTHY, detail }),
      textIn({ plan: UNHEALTHY, result: UNHEALTHY_RESULT, detail }),
    ]) {
      expect(TOLD_IN_FULL.test(text)).toBe(detail === 'full')
      expect(TOLD_MASKED.test(text)).toBe(detail !== 'counts')
      expect(text).toContain('nothing to do; 1 profile unhealthy')
      expect(text).toMatch(/fabrikam-to-contoso fabrikam → contoso\d+no changes unhealthy/)
    }
  })

  test('health: the worst first, with one of the people it is about', () => {
    const section = named(documentOf({ plan: UNHEALTHY, detail: 'masked' }), 'section').at(-1)!
    const cells = named(section, 'tr').map((row) => row.childNodes.map(textOf).filter((cell) => cell.trim()))
    const states = cells.slice(1).map(([, state]) => state)
    expect(states).toEqual(['error', 'error', 'error', 'warning', 'ok', 'ok', 'ok'])
    expect(cells[4]!.join(' | ').replace(/\s+/g, ' ')).toBe(
      'cycle Contoso cross-tenant sync | warning | 7 people were not in scope. e.g. C. B. @fabrikam.com | fabrikam-to-contoso',
    )
    expect(textIn({ plan: UNHEALTHY, detail: 'counts' })).toMatch(
      /Health 2 provisioning error.*1 cycle warning.*2 job ok/,
    )
  })

  test('how each change ended', () => {
    const text = textIn({ plan: PARTIAL.plan, result: PARTIAL, detail: 'full' })
    expect(text).toMatch(/Ada Lovelace.*failed ProxyAddressExists contoso: Set-MailContact/)
    expect(text).toMatch(/Grace Hopper.*held back a deletion that nobody reviewed/)
    expect(textIn({ plan: APPLIED.plan, result: APPLIED, detail: 'full' })).not.toContain('held back a')
  })

  test('a limit that is exceeded, with the lines that let it through', () => {
    const page = documentOf({ plan: BLOCKED, detail: 'masked' })
    expect(named(named(page, 'pre')[0]!, 'span').map(textOf)).toEqual([
      'limits:',
      '  deletes: { max: 2, until: YYYY-MM-DD } # the last day on which it may be applied',
      '  emptySource: allow',
    ])
    expect(textOf(page)).toContain('2 of 1: over the limit')
  })

  test('of very many changes the first, and how many more there are', () => {
    const changes = Array.from({ length: 5_003 }, (_, index) =>
      change({ action: 'create', label: `Person ${index}` }),
    )
    const page = documentOf({ plan: plan([profile({ changes: [...CHANGES, ...changes] })]), detail: 'full' })
    expect(textOf(page)).toContain('… and 4 more')
    expect(textOf(page)).toContain('Creations 5,004')
  })

  describe('of a move of mailboxes', () => {
    const { MIGRATION, MIGRATION_RESULT } = migration
    const page = documentOf({ plan: MIGRATION, detail: 'full' })
    const chart = named(page, 'figure')[0]!
    const [bar] = named(chart, 'svg')

    test.each(['masked', 'counts', 'full'] as const)('%s: what may be told', (detail) => {
      for (const text of [
        textIn({ plan: MIGRATION, detail }),
        textIn({ plan: MIGRATION, result: MIGRATION_RESULT, detail }),
      ]) {
        expect(migration.TOLD_IN_FULL.test(text)).toBe(detail === 'full')
        expect(migration.TOLD_MASKED.test(text)).toBe(detail !== 'counts')
        expect(text).toContain('4 mailboxes: 2 ready, 2 need something')
        expect(text).toMatch(/80 %.*A Syncing 3 B Synced 12 C Failed 1/)
        expect(text).toContain('2 changes have to be made by hand')
      }
    })

    test('a chart says what it shows to whoever cannot see it', () => {
      expect(attribute(bar!, 'role')).toBe('img')
      const ids = attribute(bar!, 'aria-labelledby')!.split(' ')
      const said = ids.map((id) => textOf(elementsOf(page).find((one) => attribute(one, 'id') === id)!))
      expect(said).toEqual(['batch wave-1: 80 %', 'Syncing 3, Synced 12 and Failed 1.'])
    })

    test('of a chart colours are not the only sign: segments bear the letters of the legend', () => {
      expect(named(bar!, 'text').map(textOf)).toEqual(['A', 'B', 'C'])
      const legend = named(chart, 'li').map((entry) => textOf(entry).replace(/\s+/g, ' ').trim())
      expect(legend).toEqual(['A Syncing 3', 'B Synced 12', 'C Failed 1'])
      expect(new Set(segmentsOf(bar!).map((one) => attribute(one, 'class'))).size).toBe(3)
    })

    test('segments fill the bar, each by its share; however few they are, they are seen', () => {
      const states = [
        { name: 'Synced', count: 100_000 },
        { name: 'Failed', count: 1 },
      ]
      const batch = { ...migration.movingBatch('wave-1'), progress: { percent: 99.9, states } }
      const [svg] = named(
        documentOf({ plan: plan([profile({ health: [batch] })]), detail: 'full' }),
        'svg',
      ).slice(-3)
      const [many, few] = segmentsOf(svg!).map((one) =>
        ['x', 'width'].map((name) => Number(attribute(one, name))),
      )
      expect(few![1]).toBeGreaterThanOrEqual(5.9)
      expect(many![0]).toBe(0)
      expect(few![0]).toBeCloseTo(many![1]!, 0)
      expect(few![0]! + few![1]!).toBeCloseTo(600, 0)
    })

    test('of very many states the first, and the rest together', () => {
      const [figure] = named(
        documentOf({ plan: plan([profile({ health: [migration.movingBatch('S')] })]), detail: 'full' }),
        'figure',
      )
      const legend = named(figure!, 'li').map((entry) => textOf(entry).replace(/\s+/g, ' ').trim())
      expect(legend).toHaveLength(13)
      expect(legend.at(-1)).toBe('M others 42')
    })

    test('mailboxes that need something stand open and first, those that are ready folded', () => {
      const parts = named(page, 'details').map((one) => [
        textOf(named(one, 'h3')[0]!).trim(),
        attribute(one, 'open') !== undefined,
      ])
      expect(parts.slice(-2)).toEqual([
        ['Need something 2', true],
        ['Ready 2', false],
      ])
      const health = named(page, 'section').at(-1)!
      expect(
        named(health, 'th')
          .filter((one) => attribute(one, 'scope') === 'row')
          .map(textOf),
      ).toEqual([
        'Grace Hopper <grace.hopper@fabrikam.com>',
        'Alan Turing <alan@fabrikam.com>',
        'Charles Babbage <charles@fabrikam.com>',
        'Mary Somerville <mary@fabrikam.com>',
        'endpoint fabrikam-to-contoso',
      ])
    })

    test('scripts stand as they are, those for nobody first', () => {
      const { changes } = MIGRATION.profiles[0]!
      expect(named(page, 'pre').map(textOf)).toEqual(
        changes.flatMap(({ manual }) => (manual === undefined ? [] : [manual.trimEnd()])),
      )
      const masked = textIn({ plan: MIGRATION, detail: 'masked' })
      expect(masked).toContain('The script of 1 of them stands in the plan file alone')
    })

    describe('with a contact that gives way to a mail user', () => {
      const one = plan([profile({ changes: [migration.REPLACING] })])
      /** The groups of changes, and what they say. */
      const groups = (...report: Parameters<typeof htmlReport>) =>
        named(documentOf(...report), 'details').map((part) => textOf(part).replace(/\s+/g, ' ').trim())
      const ended = (ending: ChangeResult) =>
        groups({ plan: one, result: result(one, [[ending]]), detail: 'masked' })

      test('the contact stands among the deletions, the mail user among the creations', () => {
        expect(groups({ plan: one, detail: 'full' })).toEqual([
          expect.stringMatching(
            /^Deletions 1 .*Mary Somerville \(Fabrikam\) <mary\.s@fabrikam\.com> mail-contact b2d002a4-\S+ gives way to another object/,
          ),
          expect.stringMatching(
            /^Creations 1 .*Mary Somerville <mary@fabrikam\.com> mail-user ExternalEmailAddress .*new at the source/,
          ),
        ])
        expect(groups({ plan: one, detail: 'counts' })).toEqual([
          expect.stringMatching(/^Deletions 1 1 gives way to another object/),
          'Creations 1 1 new at the source',
        ])
      })

      test('both end alike', () => {
        expect(ended({ status: 'done' })).toEqual([
          expect.stringMatching(/^Deletions.* M\. S\. F\. @fabrikam\.com .*done$/),
          expect.stringMatching(/^Creations.* M\. S\. @fabrikam\.com .*done$/),
        ])
        for (const part of ended({ status: 'held', why: 'unreviewed' }))
          expect(part).toMatch(/held back a deletion that nobody reviewed$/)
        expect(ended({ status: 'elsewhere' })).toEqual([])
      })
    })

    test('what is to be made by hand is told beside each change that an apply left', () => {
      const text = textIn({ plan: MIGRATION, result: MIGRATION_RESULT, detail: 'masked' })
      expect(text).toMatch(/A\. L\. @fabrikam\.com mail-user.*new at the source\s*to be made by hand/)
      expect(text).toMatch(/wave-2 migration-batch.*missing\s*not attempted/)
    })
  })

  describe('of mailboxes', () => {
    const fleet = textIn({ plan: FLEET, result: FLEET_RESULT, detail: 'full' })

    test('how many are in scope, and those that could not be reached, with the reason', () => {
      expect(fleet).toContain('fabrikam → fabrikam1,240 mailboxes')
      expect(fleet).toMatch(/Mailboxes that could not be reached 2 .*Alan Turing has no licence/)
      expect(fleet).toContain(
        'Skipped People in scope for whom nothing is planned, by reason. no-mail-address 1',
      )
    })

    test('in which a change is made: one and a few by name, many as a set', () => {
      expect(fleet).toContain('in colleague.7@fabrikam.com')
      expect(fleet).toMatch(/in 3 mailboxes: colleague\.0@fabrikam\.com, colleague\.1@\S+ and colleague\.2@/)
      expect(fleet).toContain('contact in 1,240 mailboxes: set m2')
    })

    test('which ones a set is: the first, and how many more; in full detail alone', () => {
      expect(fleet).toMatch(
        /gal-on-phones: set m2 1,240 colleague\.0@.*colleague\.199@fabrikam\.com … and 1,040 more/,
      )
      expect(fleet).not.toMatch(/colleague\.200@|set m[13] /)
      expect(textIn({ plan: FLEET, detail: 'masked' })).not.toMatch(/set m2/)
    })

    test('in which a change failed, by the codes of the errors', () => {
      expect(fleet).toMatch(
        /failed in 3 mailboxes ErrorQuotaExceeded in colleague\.1@\S+ colleague\.8@\S+ and colleague\.9@fabrikam\.com: fabrikam: the mailbox is full \(request 9c-1\)\. not attempted in 1 mailbox done in 1,236 mailboxes/,
      )
    })

    test('what is another shard’s is left out', () => {
      const [first] = FLEET_RESULT.profiles
      const changes = first!.changes.map((end, at) => (at === 2 ? end : ({ status: 'elsewhere' } as const)))
      const text = textIn({
        plan: FLEET,
        result: { ...FLEET_RESULT, profiles: [{ ...first!, changes }] },
        detail: 'full',
      })
      expect(text).toContain('Updates 1,240')
      expect(text).not.toMatch(/Deletions|Babbage|elsewhere/)
    })
  })
})
