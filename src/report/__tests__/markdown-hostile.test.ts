import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { REMOVAL_DIGITS } from '../../engine/review.ts'
import { DETAILS } from '../detail.ts'
import { visible } from '../inert.ts'
import { faultsComment, faultsIssue, faultsSection } from '../markdown/faults.ts'
import { attentionIssue } from '../markdown/issue.ts'
import { COMMENT_BYTES, planComment, planSummary } from '../markdown/plan.ts'
import { reviewIn, reviewRecord } from '../markdown/record.ts'
import { resultComment, resultSummary } from '../markdown/result.ts'
import { EACH, EACH_HUGE, hostileText, longText } from './corpus.ts'
import { faultsIn, RUN, shown, textOf } from './github.ts'
import { hostilePlan, hostileResult } from './hostile.ts'
import { byHand, movingBatch } from './migration.ts'
import { change, PARTIAL, plan, profile, result } from './sample.ts'

/** What a code span makes of its text (CommonMark 0.31: one space is taken off both ends). */
function inSpan(text: string): string {
  return text.replace(/^ (.*\S.*) $/, '$1')
}

/** A script as it is shown: every line as far as it can be seen. */
function inLines(script: string): string {
  return script
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => visible(line))
    .join('\n')
}

describe('hostile text', () => {
  test.each(DETAILS)('is inert in every text of a plan, in detail %s', (detail) => {
    fc.assert(
      fc.property(hostilePlan, hostileText, (hostile, note) => {
        const options = { detail, notes: [note], failOnBlocked: false }
        expect(faultsIn(planComment(hostile, { ...options, id: note }))).toEqual([])
        expect(faultsIn(planSummary(hostile, options))).toEqual([])
        expect(faultsIn(attentionIssue(hostile, { detail, run: RUN }))).toEqual([])
      }),
      { numRuns: detail === 'full' ? 150 : 75 },
    )
  })

  test.each(DETAILS)('is inert in every text of a result, in detail %s', (detail) => {
    fc.assert(
      fc.property(hostileResult, hostileText, (hostile, login) => {
        const merged = { by: login, approvedBy: [login] }
        const options = { detail, merged, run: RUN, journalSha256: login }
        expect(faultsIn(resultComment(hostile, { ...options, id: login }))).toEqual([])
        expect(faultsIn(resultSummary(hostile, options))).toEqual([])
        expect(faultsIn(attentionIssue(hostile, { detail, run: RUN }))).toEqual([])
      }),
      { numRuns: 75 },
    )
  })

  test('is inert in what a fault quotes, and fits', () => {
    const faults = fc.array(
      fc.record({ file: longText, line: fc.nat(), column: fc.nat(), message: longText }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(faults, hostileText, (all, id) => {
        for (const text of [faultsSection(all), faultsComment(all, id), faultsIssue(all)]) {
          expect(faultsIn(text)).toEqual([])
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES)
        }
      }),
    )
  })

  test.each(EACH)('fills its own cell of a table: %s', (_, text) => {
    const deletion = change({ action: 'delete', label: `x${text}y`, targetId: text })
    const markdown = planSummary(plan([profile({ changes: [deletion] })]), { detail: 'full' })
    const rows = shown(markdown).elements.filter(({ tagName }) => tagName === 'tr')
    const cells = rows.at(-1)!.childNodes.filter(({ nodeName }) => nodeName === 'td')
    expect(cells.map(textOf)).toEqual([
      inSpan(visible(`x${text}y`).replace(/\\+(?=\|)/g, (run) => '＼'.repeat(run.length))),
      expect.stringMatching(/^mail-contact /),
      'left-scope',
    ])
  })

  test.each(EACH)('is inert wherever it stands alone: %s', (_, text) => {
    const everywhere = plan([
      profile({
        name: text,
        file: text,
        description: text,
        from: [text],
        to: text,
        outcome: 'blocked',
        limits: [{ limit: 'deletes', count: 2, allowed: 1, managed: 3, message: text }],
        changes: [
          change({ action: 'delete', label: text, object: text, targetId: text }),
          change({
            action: 'update',
            label: text,
            fields: [{ field: text, before: text, after: [text, text] }],
          }),
        ],
        skipped: [{ key: text, label: text, reason: text, detail: text, advice: text }],
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
    for (const detail of DETAILS)
      expect(faultsIn(planComment(everywhere, { id: text, detail, notes: [text] }))).toEqual([])
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

  test('cannot end the block of a script, whose lines stand as they are as far as they can be seen', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, text) => {
        const moved = plan([profile({ name, from: [], changes: byHand(text) })])
        const left = [{ status: 'skipped', why: text }] as const
        for (const markdown of [
          planComment(moved, { id: 'x', detail: 'full' }),
          resultComment(result(moved, [[...left, ...left]]), { id: 'x', detail: 'full' }),
          attentionIssue(moved, { detail: 'full', run: RUN }),
        ]) {
          expect(faultsIn(markdown)).toEqual([])
          const scripts = shown(markdown).elements.filter(
            ({ tagName, attrs }) => tagName === 'code' && attrs[0]?.value === 'language-powershell',
          )
          // Of nobody first.
          expect(scripts.map((script) => textOf(script).replace(/\n$/, ''))).toEqual(
            byHand(text)
              .map(({ manual }) => inLines(manual!))
              .toReversed(),
          )
        }
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

  test('is one comment in the record of a review, which reads back as it was', () => {
    const counts = fc.record({ create: fc.nat(), update: fc.nat(), delete: fc.nat() })
    const profiles = fc.array(
      fc.record({
        name: hostileText,
        file: hostileText,
        digest: hostileText,
        counts,
        settings: fc.dictionary(
          hostileText.filter((key) => key !== '__proto__'),
          hostileText,
          { noNullPrototype: true },
        ),
        removals: fc.option(fc.array(fc.string({ minLength: REMOVAL_DIGITS, maxLength: REMOVAL_DIGITS }))),
      }),
    )
    fc.assert(
      fc.property(profiles, hostilePlan, hostileText, (reviewed, hostile, salt) => {
        const review = reviewRecord({ salt, profiles: reviewed })
        const { line } = review
        const { comments, elements } = shown(line)
        expect([comments, elements]).toEqual([[line.slice('<!--'.length, -'-->'.length)], []])
        const text = planComment(hostile, { id: salt, detail: 'full', review })
        expect(faultsIn(text)).toEqual([])
        expect(reviewIn(text, salt)).toEqual({ salt, profiles: reviewed })
      }),
    )
  })

  test('a run that is no web page is not linked to', () => {
    const text = resultComment(PARTIAL, { id: 'x', detail: 'masked', run: 'javascript:alert(1)' })
    expect(shown(text).elements.filter(({ tagName }) => tagName === 'a')).toEqual([])
  })
})

describe('a name of 64 KiB', () => {
  test.each(EACH_HUGE)('is inert, and a comment of it fits: %s', (_, text) => {
    const everywhere = plan([
      profile({
        name: text,
        file: text,
        from: [text],
        to: text,
        changes: [
          change({ action: 'delete', label: text, targetId: text }),
          change({ action: 'update', label: text, fields: [{ field: text, before: text, after: [text] }] }),
          ...byHand(text),
        ],
        skipped: [{ key: text, label: text, reason: text, detail: text }],
        health: [
          { what: 'mailbox', key: text, state: 'error', message: text, advice: text, example: text },
          { what: 'mailbox', key: text, state: 'ok', message: text, advice: text },
          { what: 'job', key: text, configuration: true, state: 'ok', message: text },
          movingBatch(text),
        ],
        errors: [{ code: text, message: text }],
      }),
    ])
    for (const detail of DETAILS) {
      const comment = planComment(everywhere, { id: text, detail })
      expect(faultsIn(comment)).toEqual([])
      expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(COMMENT_BYTES)
    }
    const fault = { file: text, line: 1, column: 1, message: text }
    const faults = faultsComment(
      Array.from({ length: 60 }, () => fault),
      text,
    )
    expect(faultsIn(faults)).toEqual([])
    expect(Buffer.byteLength(faults)).toBeLessThanOrEqual(COMMENT_BYTES)
  })
})
