import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DETAILS } from '../detail.ts'
import { explanationJson, planJson } from '../json.ts'
import { terminalExplanation } from '../terminal/explanation.ts'
import { terminalPlan } from '../terminal/plan.ts'
import { terminalResult } from '../terminal/result.ts'
import { EACH, EACH_HUGE, hostileText } from './corpus.ts'
import { hostileExplanation, hostilePlan, hostileResult } from './hostile.ts'
import { byHand, movingBatch } from './migration.ts'
import { commandsIn } from './runner.ts'
import { change, plan, profile, result } from './sample.ts'
import { acts, beyondText } from './vt.ts'

const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** What a text does to a terminal, or tells a runner, beyond being read. */
function faultsIn(text: string): unknown[] {
  return [...beyondText(text), ...commandsIn(text), ...(UNSEEN.test(text) ? ['what cannot be seen'] : [])]
}

describe('the parsers of this test', () => {
  test('know what a terminal obeys', () => {
    expect(
      acts('a\u001b[2J\u001b]0;t\u0007\u009b31m\u0090q\u009c\u001bc\u0085').map(({ act }) => act),
    ).toEqual(['print', 'csi', 'string', 'csi', 'string', 'control', 'control'])
    expect(beyondText('\u001b[31mred\u001b[0m\n')).toEqual([])
  })

  test('know what a runner obeys', () => {
    expect(commandsIn('x\n \u0085::error file=a%2Cb,line=1::x%0Ay\nz ##[group]t')).toEqual([
      { name: 'error', properties: { file: 'a,b', line: '1' }, data: 'x\ny' },
      { name: 'group', properties: {}, data: 't' },
    ])
  })
})

describe('hostile text sends a terminal and a runner nothing but our colours', () => {
  test.each(DETAILS)('in detail %s', (detail) => {
    fc.assert(
      fc.property(hostilePlan, hostileResult, fc.boolean(), (hostile, result, color) => {
        const screen = { detail, color, width: 100 }
        expect(faultsIn(terminalPlan(hostile, screen))).toEqual([])
        expect(faultsIn(terminalResult(result, screen))).toEqual([])
      }),
    )
  })

  test.each(DETAILS)('in what is explained, in detail %s', (detail) => {
    fc.assert(
      fc.property(hostileExplanation, hostileText, fc.boolean(), (profiles, address, color) => {
        expect(faultsIn(terminalExplanation(address, profiles, { detail, color, width: 80 }))).toEqual([])
      }),
    )
  })

  test('as JSON, which reads back as what it was', () => {
    fc.assert(
      fc.property(hostilePlan, hostileExplanation, hostileText, (hostile, profiles, address) => {
        for (const [json, data] of [
          [planJson(hostile), hostile],
          [explanationJson(address, profiles), { address, profiles }],
        ] as const) {
          expect(beyondText(json)).toEqual([])
          expect(commandsIn(json)).toEqual([])
          expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(data)))
        }
      }),
    )
  })

  const everywhere = (text: string) =>
    plan([
      profile({
        name: text,
        from: [text],
        to: text,
        changes: [
          change({ action: 'delete', label: text }),
          change({ action: 'update', label: text, fields: [{ field: text, before: text, after: [text] }] }),
          change({ action: 'create', label: text, mailboxSet: 'm1' }),
          ...byHand(text),
        ],
        mailboxSets: [{ id: 'm1', mailboxes: [text] }],
        skipped: [{ key: text, label: text, reason: 'mailbox-unavailable', detail: text }],
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

  test.each(EACH)('wherever it stands alone: %s', (_, text) => {
    for (const detail of DETAILS)
      for (const width of [40, 120]) {
        const screen = { detail, color: true, width }
        expect(faultsIn(terminalPlan(everywhere(text), screen))).toEqual([])
        expect(faultsIn(terminalResult(result(everywhere(text), [[]]), screen))).toEqual([])
      }
  })

  test.each(EACH_HUGE)('of 64 KiB: %s', (_, text) => {
    for (const detail of DETAILS) {
      const shown = terminalPlan(everywhere(text), { detail, color: true, width: 120 })
      expect(faultsIn(shown)).toEqual([])
      expect(shown.length).toBeLessThan(60_000)
    }
  })
})
