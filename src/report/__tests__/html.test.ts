import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { htmlReport } from '../html/page.ts'
import { attribute, elementsOf, parse, textOf, type Node } from './dom.ts'
import { FLEET, FLEET_RESULT } from './fleet.ts'
import { TOLD_IN_FULL, TOLD_MASKED, UNHEALTHY, UNHEALTHY_RESULT } from './provisioning.ts'
import { APPLIED, BLOCKED, CHANGES, change, PARTIAL, PLAN, plan, profile } from './sample.ts'

const documentOf = (...report: Parameters<typeof htmlReport>) => parse(htmlReport(...report))
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
