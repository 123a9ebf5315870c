import { describe, expect, test } from '@jest/globals'
import { reviewRecord } from '../../report/markdown/record.ts'
import { marker } from '../../report/markdown/marker.ts'
import { reviewsIn } from '../reviews.ts'
import { workplace } from './workplace.ts'

const A = { name: 'a', file: 'sync-profiles/a.yaml' }
const TENANTS = 'sync-profiles/tenants.yaml'

/** A merged pull request that changed these files; later ones are merged later. */
const merged = (number: number, ...files: string[]) => ({
  number,
  state: 'merged',
  files,
  mergedAt: `2026-11-02T09:0${number}:00Z`,
})

function plan(on: number, ...names: string[]) {
  const profiles = names.map((name) => ({
    name,
    digest: 'd',
    counts: { create: 0, update: 0, delete: 0 },
    removals: [],
  }))
  const body = `${marker('plan', 'default')}\n${reviewRecord({ salt: '', profiles }).line}`
  return { on, author: 'github-actions[bot]', body }
}

async function newest(seed: object) {
  const place = await workplace(seed)
  const { run } = place.job({ event: 'schedule' })
  const reviews = reviewsIn(place.client, run.repository, 'refs/heads/main', 'default')
  const found = (await reviews.newest(A)).map(({ where }) => where)
  return { found, place, reviews }
}

describe('the newest reviews of a profile are those that saw it', () => {
  test.each<[string, object[], object[], string[]]>([
    [
      'in the last change of its file',
      [merged(1, A.file), merged(2, A.file)],
      [plan(1, 'a'), plan(2, 'a')],
      ['#2'],
    ],
    [
      'not in a change of another',
      [merged(1, A.file), merged(2, 'README.md')],
      [plan(1, 'a'), plan(2, 'a')],
      ['#1'],
    ],
    [
      'in the last change of the tenants, too',
      [merged(1, A.file), merged(2, TENANTS)],
      [plan(1, 'a'), plan(2, 'a')],
      ['#1', '#2'],
    ],
    [
      'where the last change kept no record of it',
      [merged(1, A.file), merged(2, A.file)],
      [plan(1, 'a'), plan(2, 'b')],
      ['#1'],
    ],
    ['where the last change was not planned', [merged(1, A.file), merged(2, A.file)], [plan(1, 'a')], ['#1']],
    ['nowhere', [merged(1, A.file)], [], []],
    ['not in a change that is only proposed', [{ number: 1, files: [A.file] }], [plan(1, 'a')], []],
    ['not on another branch', [{ ...merged(1, A.file), base: 'release' }], [plan(1, 'a')], []],
  ])('%s', async (_, pulls, comments, expected) => {
    expect((await newest({ pulls, comments })).found).toEqual(expected)
  })

  test('whatever the order of their numbers', async () => {
    const pulls = [{ ...merged(9, A.file), mergedAt: '2026-11-01T09:00:00Z' }, merged(2, A.file)]
    expect((await newest({ pulls, comments: [plan(9, 'a'), plan(2, 'a')] })).found).toEqual(['#2'])
  })
})

test('each pull request is asked about once', async () => {
  const { place, reviews } = await newest({
    pulls: [merged(1, A.file, TENANTS)],
    comments: [plan(1, 'a', 'b')],
  })
  await reviews.newest({ name: 'b', file: A.file })
  const asked = place.requests.filter(({ method }) => method === 'GET').map(({ operation }) => operation)
  expect(asked.filter((one) => /files|comments|pulls$/.test(one)).sort()).toEqual([
    '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    '/repos/{owner}/{repo}/pulls',
    '/repos/{owner}/{repo}/pulls/{pull_number}/files',
  ])
})
