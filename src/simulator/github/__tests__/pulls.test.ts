import { beforeEach, describe, expect, test } from '@jest/globals'

import type { World } from '../../world.ts'
import { ask, REPO, worldOf } from './asked.ts'

const SEED = {
  pulls: [
    { number: 4, state: 'merged', mergedBy: 'ada', mergedAt: '2026-11-03T10:00:00Z' },
    { number: 5, state: 'merged', mergedAt: '2026-11-02T10:00:00Z', updatedAt: '2026-11-09T10:00:00Z' },
    { number: 6, state: 'closed', base: 'release' },
    {
      number: 7,
      reviews: [
        { by: 'bob', state: 'CHANGES_REQUESTED' },
        { by: 'eve', state: 'PENDING' },
        { by: 'bob', state: 'APPROVED' },
      ],
    },
  ],
  issues: [{ number: 3, title: 'Hello' }],
}

let world: World
beforeEach(() => {
  world = worldOf(SEED)
})

async function numbers(query: string): Promise<number[]> {
  const { body } = await ask(world, 'GET', `${REPO}/pulls?${query}`)
  return (body as { number: number }[]).map(({ number }) => number)
}

describe('the list of pull requests', () => {
  test.each([
    ['', [7]],
    ['state=closed', [6, 5, 4]],
    ['state=closed&base=main', [5, 4]],
    ['state=all', [7, 6, 5, 4]],
    ['state=all&direction=asc', [4, 5, 6, 7]],
    ['state=closed&sort=updated', [6, 4, 5]],
    ['state=closed&sort=updated&direction=desc', [5, 4, 6]],
  ])('for `%s` is %j', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected)
  })

  test('has one that was just commented upon first, by its last update', async () => {
    await ask(world, 'POST', `${REPO}/issues/6/comments`, { body: 'hello' })
    expect(await numbers('state=closed&sort=updated&direction=desc')).toEqual([6, 5, 4])
  })
})

test('a merged one says when and by whom; whom, only when it is asked for alone', async () => {
  const { body } = await ask(world, 'GET', `${REPO}/pulls/4`)
  expect(body).toMatchObject({
    state: 'closed',
    merged: true,
    merged_at: '2026-11-03T10:00:00Z',
    merged_by: { login: 'ada', type: 'User' },
  })
  const listed = (await ask(world, 'GET', `${REPO}/pulls?state=closed`)).body
  expect(listed).not.toContainEqual(expect.objectContaining({ merged_by: expect.anything() }))
  expect((await ask(world, 'GET', `${REPO}/pulls/7`)).body).toMatchObject({ merged: false, merged_by: null })
})

describe('reviews', () => {
  const reviews = (number: number, query = '') => ask(world, 'GET', `${REPO}/pulls/${number}/reviews${query}`)

  test('come in the order of their submission, without those that others have not submitted', async () => {
    expect((await reviews(7)).body).toEqual([
      expect.objectContaining({
        user: expect.objectContaining({ login: 'bob' }),
        state: 'CHANGES_REQUESTED',
        submitted_at: '2026-11-01T09:00:00Z',
      }),
      expect.objectContaining({ user: expect.objectContaining({ login: 'bob' }), state: 'APPROVED' }),
    ])
  })

  test('that are one’s own are seen before they are submitted', async () => {
    world = worldOf({ ...SEED, token: { kind: 'user', login: 'eve' } })
    expect((await reviews(7)).body).toMatchObject([{}, { state: 'PENDING' }, {}])
  })

  test('come in pages', async () => {
    const { body, headers } = await reviews(7, '?per_page=1')
    expect(body).toHaveLength(1)
    expect(headers?.['link']).toContain('rel="next"')
  })

  test('are of pull requests alone, and take the permission to read them', async () => {
    expect(await reviews(3)).toMatchObject({ status: 404 })
    world.github.token.permissions = { issues: 'write' }
    expect(await reviews(7)).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    })
  })
})
