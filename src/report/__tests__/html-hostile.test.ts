import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DETAILS } from '../detail.ts'
import { htmlReport } from '../html/page.ts'
import { visible } from '../inert.ts'
import { EACH, EACH_HUGE, hostileText } from './corpus.ts'
import { elementsOf, isComment, isText, parse, textOf, type Element, type Node } from './dom.ts'
import { hostilePlan, hostileResult } from './hostile.ts'
import { byHand, movingBatch } from './migration.ts'
import { change, plan, profile } from './sample.ts'
import { isComputed } from './spreadsheet.ts'

const ELEMENTS = new Set(
  `html head meta title style body main footer header section h1 h2 h3 p dl div dt dd small ul li pre code span
   table caption thead tbody tr th td details summary del ins strong svg rect figure figcaption desc text`.split(
    /\s+/,
  ),
)
const ATTRIBUTES = new Set(
  `lang charset http-equiv content name class id aria-labelledby aria-label aria-hidden role tabindex scope open
   width height rx x y viewBox`.split(/\s+/),
)
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
/** What becomes a cell of its own when a page is copied into a spreadsheet: blocks within a cell, too. */
const CELLS = new Set(['td', 'th', 'dt', 'dd', 'li', 'small', 'p', 'h3', 'figcaption'])

/** What a text made of a page that should not be there. */
function faultsIn(html: string): string[] {
  const errors: string[] = []
  const page = parse(html, { onParseError: ({ code }) => errors.push(code) })
  const elements = elementsOf(page)
  return [
    ...errors,
    ...elements.map(({ tagName }) => tagName).filter((name) => !ELEMENTS.has(name)),
    ...elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)).filter((name) => !ATTRIBUTES.has(name)),
    ...commentsIn(page),
    ...(UNSEEN.test(textOf(page).replaceAll('\n', '')) ? ['what cannot be seen'] : []),
    ...elements
      .flatMap(({ attrs }) => attrs.map(({ value }) => value))
      .filter((value) => UNSEEN.test(value.replaceAll('\n', ''))),
    ...elements
      .filter(({ tagName }) => CELLS.has(tagName))
      .map(ownText)
      .filter(isComputed),
  ]
}

function commentsIn(node: Node): string[] {
  if (isComment(node)) return [node.data]
  return 'childNodes' in node ? node.childNodes.flatMap(commentsIn) : []
}

/** As far as it is not another cell's. */
function ownText(element: Element): string {
  return element.childNodes
    .map((node) =>
      isText(node) ? node.value : 'tagName' in node && !CELLS.has(node.tagName) ? ownText(node) : ' ',
    )
    .join('')
    .trim()
}

describe('hostile text', () => {
  test.each(DETAILS)('makes nothing of a page but text, in detail %s', (detail) => {
    fc.assert(
      fc.property(hostilePlan, hostileResult, (hostile, result) => {
        expect(faultsIn(htmlReport({ plan: hostile, detail }))).toEqual([])
        expect(faultsIn(htmlReport({ plan: result.plan, result, detail }))).toEqual([])
      }),
      { numRuns: 75 },
    )
  })

  const everywhere = (text: string) =>
    plan([
      profile({
        name: text,
        file: text,
        description: text,
        from: [text],
        to: text,
        limits: [{ limit: 'deletes', count: 2, allowed: 1, managed: 3, message: text }],
        changes: [
          change({ action: 'delete', label: text, object: text, targetId: text }),
          change({ action: 'update', label: text, fields: [{ field: text, before: text, after: [text] }] }),
          change({ action: 'create', label: text, mailboxSet: 'm1' }),
          ...byHand(text),
          change({ action: 'create', label: text, mailboxSet: 'm4' }),
        ],
        mailboxSets: [
          { id: 'm1', mailboxes: [text] },
          { id: 'm4', mailboxes: [text, text, text, text] },
        ],
        skipped: [
          { key: text, label: text, reason: text, detail: text, advice: text },
          { key: text, label: text, reason: 'mailbox-unavailable', detail: text },
        ],
        health: [
          { what: 'mailbox', key: text, state: 'error', message: text, advice: text, example: text },
          { what: 'mailbox', key: text, state: 'ok', message: text, advice: text },
          { what: 'job', key: text, configuration: true, state: 'ok', message: text },
          movingBatch(text),
        ],
        warnings: [{ code: text, message: text, advice: text }],
        errors: [{ code: text, message: text, advice: text }],
      }),
    ])

  test.each(EACH)('is text wherever it stands alone: %s', (_, text) => {
    for (const detail of DETAILS) expect(faultsIn(htmlReport({ plan: everywhere(text), detail }))).toEqual([])
  })

  test('of a script is text to be copied, whose lines stand as they are as far as they can be seen', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = htmlReport({ plan: plan([profile({ changes: byHand(text) })]), detail: 'full' })
        expect(faultsIn(page)).toEqual([])
        const scripts = elementsOf(parse(page)).filter(({ tagName }) => tagName === 'pre')
        expect(scripts.map(textOf)).toEqual(
          byHand(text)
            .map(({ manual }) =>
              manual!
                .trimEnd()
                .split(/\r?\n/)
                .map((line) => visible(line))
                .join('\n'),
            )
            .toReversed(),
        )
      }),
    )
  })

  test.each(EACH_HUGE)('of 64 KiB is text, and shortened: %s', (_, text) => {
    for (const detail of DETAILS) {
      const html = htmlReport({ plan: everywhere(text), detail })
      expect(faultsIn(html)).toEqual([])
      expect(html.length).toBeLessThan(300_000)
    }
  })
})
