import { expect, test } from '@jest/globals'
import { isUnhealthy, type Health } from '../plan.ts'

const entry = (state: Health['state']): Health => ({ what: 'job', key: 'Sync', state, message: '' })

test.each<[readonly Health['state'][], boolean]>([
  [[], false],
  [['ok', 'warning'], false],
  [['ok', 'error', 'warning'], true],
])('a profile with %j is unhealthy: %p', (states, unhealthy) => {
  expect(isUnhealthy({ health: states.map(entry) })).toBe(unhealthy)
})
