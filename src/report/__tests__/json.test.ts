import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Plan } from '../../engine/plan.ts'
import { planJson } from '../json.ts'
import { golden } from './golden.ts'
import { hostilePlan } from './hostile.ts'
import { BLOCKED } from './sample.ts'

test('is the plan, readable', () => {
  const text = planJson(BLOCKED)
  expect(text).toBe(golden('plan.json.txt', text))
})

test('reads back as what it was, and holds nothing a terminal or a runner acts on', () => {
  fc.assert(
    fc.property(hostilePlan, (plan) => {
      const json = planJson(plan)
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(plan)))
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u)
      expect(json).not.toMatch(/^\s*::/m)
    }),
  )
})

test('the order in which the keys arose does not matter', () => {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, turned(inner)]),
          )
        : value
  expect(planJson(turned(BLOCKED) as Plan)).toBe(planJson(BLOCKED))
})
