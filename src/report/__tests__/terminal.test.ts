import { stripVTControlCharacters } from 'node:util'
import { expect, test } from '@jest/globals'
import { columns } from '../inert.ts'
import { terminalPlan } from '../terminal/plan.ts'
import { terminalResult } from '../terminal/result.ts'
import { FLEET, FLEET_RESULT } from './fleet.ts'
import { golden } from './golden.ts'
import { MIGRATION, MIGRATION_RESULT, REPLACING } from './migration.ts'
import { UNHEALTHY, UNHEALTHY_RESULT } from './provisioning.ts'
import { BLOCKED, PARTIAL, PLAN } from './sample.ts'

const PLAIN = { detail: 'full', color: false, width: 100 } as const
const OUR_COLOURS = new RegExp(`${String.fromCodePoint(0x1b)}\\[(?:[0-2]|3[1-6])m`, 'g')

test.each(['full', 'masked', 'counts'] as const)('a plan, in detail %s', (detail) => {
  const text = terminalPlan(PLAN, { ...PLAIN, detail })
  expect(text).toBe(golden(`terminal-plan-${detail}.txt`, text))
})

test('a plan that is blocked', () => {
  const text = terminalPlan(BLOCKED, { ...PLAIN, width: 80 })
  expect(text).toBe(golden('terminal-blocked.txt', text))
})

test.each(['full', 'masked', 'counts'] as const)('a result, in detail %s', (detail) => {
  const text = terminalResult(PARTIAL, { ...PLAIN, detail })
  expect(text).toBe(golden(`terminal-result-${detail}.txt`, text))
})

test.each(['full', 'masked', 'counts'] as const)('a fleet of mailboxes, in detail %s', (detail) => {
  const text = terminalPlan(FLEET, { ...PLAIN, detail }) + terminalResult(FLEET_RESULT, { ...PLAIN, detail })
  expect(text).toBe(golden(`terminal-fleet-${detail}.txt`, text))
})

test.each(['full', 'masked', 'counts'] as const)('what is unhealthy, in detail %s', (detail) => {
  const screen = { ...PLAIN, detail }
  const text = terminalPlan(UNHEALTHY, screen) + terminalResult(UNHEALTHY_RESULT, screen)
  expect(text).toBe(golden(`terminal-unhealthy-${detail}.txt`, text))
})

test.each(['full', 'masked', 'counts'] as const)('a move of mailboxes, in detail %s', (detail) => {
  const screen = { ...PLAIN, detail }
  const text = terminalPlan(MIGRATION, screen) + terminalResult(MIGRATION_RESULT, screen)
  expect(text).toBe(golden(`terminal-migration-${detail}.txt`, text))
})

test('colours are the only difference that colour makes', () => {
  const coloured = terminalPlan(PLAN, { ...PLAIN, color: true })
  expect(coloured).toMatch(OUR_COLOURS)
  expect(stripVTControlCharacters(coloured)).toBe(terminalPlan(PLAN, PLAIN))
})

test.each([60, 80, 120])('lines about people keep within %d columns', (width) => {
  const screen = { ...PLAIN, width }
  const moving = { ...MIGRATION, profiles: [{ ...MIGRATION.profiles[0]!, changes: [REPLACING] }] }
  const lines = [PLAN, FLEET, UNHEALTHY, moving].flatMap((plan) => terminalPlan(plan, screen).split('\n'))
  const widths = lines.filter((line) => !line.startsWith('sha256')).map(columns)
  expect(Math.max(...widths)).toBeLessThanOrEqual(width)
})
