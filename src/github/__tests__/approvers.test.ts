import { expect, test } from '@jest/globals'
import { approversOf } from '../approvers.ts'
import { workplace } from './workplace.ts'

const REVIEWS = [
  { by: 'zoe', state: 'APPROVED' },
  { by: 'ada', state: 'CHANGES_REQUESTED' },
  { by: 'ada', state: 'APPROVED' },
  { by: 'ada', state: 'COMMENTED' },
  { by: 'bob', state: 'APPROVED' },
  { by: 'bob', state: 'DISMISSED' },
  { by: 'cyd', state: 'APPROVED' },
  { by: 'cyd', state: 'CHANGES_REQUESTED' },
  { by: 'eve', state: 'COMMENTED' },
]
const merged = { number: 7, state: 'merged', mergedBy: 'mona', reviews: REVIEWS }

async function approvers(seed: object) {
  const place = await workplace(seed)
  const { run } = place.job({ event: 'push' })
  return approversOf(place.client, run.repository, 7)
}

test('who merged, and whose newest review approves', async () => {
  expect(await approvers({ pulls: [merged] })).toEqual({ by: 'mona', approvedBy: ['ada', 'zoe'] })
})

test.each([
  ['is not merged', { pulls: [{ number: 7, reviews: REVIEWS }] }],
  ['may not be read', { pulls: [merged], token: { permissions: { contents: 'read' } } }],
])('nobody of a pull request that %s', async (_, seed) => expect(await approvers(seed)).toBeUndefined())
