import { expect, test } from '@jest/globals'

import { pullRequestsOf } from '../pushed.ts'
import { merge } from '../../simulator/github/people.ts'
import { workplace } from './workplace.ts'

const SHA = 'c'.repeat(40)
const merged = (number: number, more: object = {}) => ({ number, state: 'merged', ...more })

async function found(seed: object, options: object = {}) {
  const place = await workplace(seed)
  const { run } = place.job({ event: 'push', sha: SHA, ...options })
  return (await pullRequestsOf(place.client, run)).map(({ number }) => number)
}

test('the pull request whose merge made the commit', async () => {
  const pulls = [merged(5, { mergeCommit: SHA }), merged(9)]
  expect(await found({ pulls, commits: [{ sha: SHA, pulls: [9] }] })).toEqual([5])
})

test('else one that was merged with it', async () =>
  expect(await found({ pulls: [merged(9)], commits: [{ sha: SHA, pulls: [9] }] })).toEqual([9]))

test('on a later page', async () => {
  const open = Array.from({ length: 120 }, (_, index) => ({ number: index + 10, head: { sha: SHA } }))
  expect(await found({ pulls: [...open, merged(5, { mergeCommit: SHA })] })).toEqual([5])
})

test.each([
  ['open', [{ number: 5, head: { sha: SHA } }]],
  ['closed', [{ number: 5, state: 'closed', head: { sha: SHA } }]],
  ['merged into another branch', [merged(5, { mergeCommit: SHA, base: 'release' })]],
  ['of another commit', [merged(5)]],
])('none that is %s', async (_, pulls) => expect(await found({ pulls })).toEqual([]))

test('one that GitHub does not yet list for its commit', async () => {
  const place = await workplace({ pulls: [merged(4), merged(5, { mergeCommit: SHA })] })
  place.faults.add({
    on: { service: 'github', path: `/commits/${SHA}/pulls` },
    do: { truncated: { rows: 0 } },
  })
  const { run } = place.job({ event: 'push', sha: SHA })
  expect(await pullRequestsOf(place.client, run)).toMatchObject([{ number: 5 }])
})

test('on another branch, the one merged there', async () => {
  const pulls = [merged(5, { mergeCommit: SHA, base: 'release' })]
  expect(await found({ pulls }, { branch: 'release' })).toEqual([5])
})

test('all that a merge queue pushed at once, the last first', async () => {
  const place = await workplace({ pulls: [{ number: 4 }, { number: 5 }, { number: 6 }] })
  merge(place.world, 4, { by: 'mona', method: 'squash' })
  for (const number of [5, 6]) merge(place.world, number, { by: 'mona', method: 'queue' })
  const { run } = place.job({ event: 'push' })
  expect((await pullRequestsOf(place.client, run)).map(({ number }) => number)).toEqual([6, 5])
})
