import { describe, expect, test } from '@jest/globals'
import { reviewRecord } from '../../report/markdown/record.ts'
import { marker } from '../../report/markdown/marker.ts'
import { comment, deleteComment, editComment, merge } from '../../simulator/github/people.ts'
import { pullRequestsOf } from '../pushed.ts'
import { reviewOfPull, reviewSalt } from '../review.ts'
import { viewerLogin } from '../viewer.ts'
import { workplace } from './workplace.ts'

const BOT = 'github-actions[bot]'
const FILE = 'sync-profiles/people.yaml'
const counts = { create: 1, update: 2, delete: 3 }

function body(over: { id?: string; name?: string } = {}): string {
  const { id = 'default', name = 'people' } = over
  const profiles = [{ name, file: FILE, digest: 'd', counts, removals: ['r-------'] }]
  return `${marker('plan', id)}\n### Plan\n\n${reviewRecord({ salt: '', profiles }).line}`
}

/** A pull request whose plan was written a minute ago; it is merged when it is asked for. */
async function planned(written: Parameters<typeof body>[0] = {}, by = BOT) {
  const place = await workplace({ pulls: [{ number: 7 }] })
  let minutes = 0
  const start = Date.now()
  const world = { ...place.world, now: () => new Date(start + minutes * 60_000) }
  const plan = comment(world, 7, by, body(written))
  const later = () => void (minutes += 1)
  later()
  const mergeIt = () => {
    const sha = merge(world, 7, { by: 'mona' })
    return { sha, run: place.job({ event: 'push', sha }).run }
  }
  async function review(run = mergeIt().run, id = 'default') {
    const [pull] = await pullRequestsOf(place.client, run)
    return reviewOfPull(place.client, run.repository, pull!, id)
  }
  return { place, world, plan, later, mergeIt, review }
}

test('what the plan comment recorded before the merge', async () => {
  const { review } = await planned()
  expect(await review()).toEqual({
    salt: '812003411#7',
    where: '#7',
    plannedAt: expect.stringMatching(/Z$/),
    mergedAt: expect.stringMatching(/Z$/),
    profiles: [{ name: 'people', file: FILE, digest: 'd', counts, removals: ['r-------'] }],
  })
})

test('a repository is known by its id, whatever it is called', () => {
  const salt = (name: string) => reviewSalt({ owner: 'contoso', name, id: '812' }, 7)
  expect(salt('people')).toBe(salt('renamed'))
})

test('the salt knows neither case nor another place', () => {
  const salt = (owner: string, name: string, pull: number) => reviewSalt({ owner, name }, pull)
  expect(salt('Contoso', 'People', 7)).toBe(salt('contoso', 'people', 7))
  expect(new Set([salt('a', 'b', 7), salt('a', 'b', 8), salt('a', 'c', 7)]).size).toBe(3)
})

describe('a comment that was edited before the merge', () => {
  test('by this identity counts as it then was', async () => {
    const { world, plan, review } = await planned()
    editComment(world, plan, BOT, body({ name: 'others' }))
    expect(await review()).toMatchObject({ profiles: [{ name: 'others' }] })
  })

  test('by anybody else counts no more', async () => {
    const { world, plan, review } = await planned()
    editComment(world, plan, 'mona', body({ name: 'others' }))
    expect(await review()).toEqual({ why: 'The plan in #7 was last edited by somebody else.', inDoubt: true })
  })

  test('by a person of the bot’s name counts no more', async () => {
    const { world, plan, review } = await planned()
    editComment(world, plan, 'github-actions', body())
    expect(await review()).toEqual({ why: 'The plan in #7 was last edited by somebody else.', inDoubt: true })
  })
})

describe('what was written after the merge counts for nothing', () => {
  test('an edit by this identity', async () => {
    const { world, plan, later, mergeIt, review } = await planned()
    const { run } = mergeIt()
    later()
    editComment(world, plan, BOT, body({ name: 'others' }))
    expect(await review(run)).toEqual({ why: 'The plan in #7 was edited after the merge.', inDoubt: true })
  })

  test('a comment', async () => {
    const { world, plan, later, mergeIt, review } = await planned()
    deleteComment(world, plan)
    const { run } = mergeIt()
    later()
    comment(world, 7, BOT, body())
    expect(await review(run)).toEqual({ why: 'The plan in #7 was written after the merge.', inDoubt: true })
  })
})

describe('no review', () => {
  test('of a comment that somebody else wrote', async () => {
    const { review } = await planned({}, 'mona')
    expect(await review()).toEqual({ why: 'No plan of github-actions[bot] stands in #7.', inDoubt: false })
  })

  test('of a comment with another id', async () => {
    const { review } = await planned({ id: 'other' })
    expect(await review()).toEqual({ why: 'No plan of github-actions[bot] stands in #7.', inDoubt: false })
  })

  test('of a comment without a record', async () => {
    const { world, plan, review } = await planned()
    editComment(world, plan, BOT, `${marker('plan', 'default')}\n### Faults`)
    expect(await review()).toEqual({ why: 'The plan in #7 records no review.', inDoubt: false })
  })
})

describe('where nobody tells who edits', () => {
  const graphql = { service: 'github' as const, operation: '/graphql' }

  test.each([404, 502])('a comment that was never edited counts (%d)', async (status) => {
    const { place, mergeIt } = await planned()
    const { run } = mergeIt()
    const [pull] = await pullRequestsOf(place.client, run)
    // GraphQL tells who asks, too.
    await viewerLogin(place.client)
    place.faults.add({ on: graphql, do: { status } })
    expect(await reviewOfPull(place.client, run.repository, pull!, 'default')).toMatchObject({ where: '#7' })
  })

  test('for want of GraphQL, one that was edited before the merge counts, and after it does not', async () => {
    const { place, world, plan, later, mergeIt, review } = await planned()
    editComment(world, plan, BOT, body({ name: 'others' }))
    const { run } = mergeIt()
    place.faults.add({ on: graphql, do: { status: 404 } })
    expect(await review(run)).toMatchObject({ profiles: [{ name: 'others' }] })
    later()
    editComment(world, plan, BOT, body())
    expect(await review(run)).toMatchObject({ inDoubt: true })
  })
})

test('a comment that is gone before GitHub says who edited it is an error', async () => {
  const { place, world, plan, review } = await planned()
  editComment(world, plan, BOT, body())
  const gone = { call: () => deleteComment(world, plan), when: 'after' as const }
  place.faults.add({ on: { service: 'github', path: '/issues/7/comments' }, do: gone })
  await expect(review()).rejects.toThrow('Could not ask who edited a comment last: GitHub refused the query.')
})
