import { beforeEach, describe, expect, test } from '@jest/globals'

import type { World } from '../../world.ts'
import { close, comment, deleteComment, editComment, merge, push, review } from '../people.ts'
import { ask, REPO, worldOf } from './asked.ts'

let world: World
beforeEach(() => {
  world = worldOf({ pulls: [{ number: 7 }, { number: 8 }], comments: [{ on: 7, body: 'first' }] })
})

async function pullsOf(sha: string): Promise<number[]> {
  const { body } = await ask(world, 'GET', `${REPO}/commits/${sha}/pulls`)
  return (body as { number: number }[]).map(({ number }) => number)
}
const pull = async (number: number) => (await ask(world, 'GET', `${REPO}/pulls/${number}`)).body

describe('a merge', () => {
  test.each(['merge', 'squash', 'rebase', 'queue'] as const)(
    'by %s closes the pull request, says who and when, and moves the branch to its commit',
    async (method) => {
      const sha = merge(world, 7, { by: 'ada', method })
      expect(await pull(7)).toMatchObject({
        state: 'closed',
        merged: true,
        merged_at: '2026-11-20T21:00:00Z',
        closed_at: '2026-11-20T21:00:00Z',
        updated_at: '2026-11-20T21:00:00Z',
        merged_by: { login: 'ada' },
        merge_commit_sha: sha,
      })
      expect(world.github.job.sha).toBe(sha)
      expect(await pullsOf(sha)).toEqual([7])
    },
  )

  test('brings all its commits along; squashed, only the new one', () => {
    merge(world, 7, { by: 'ada', method: 'rebase', commits: 3 })
    expect([...world.github.commits.values()]).toEqual([[7], [7]])
    merge(world, 8, { by: 'ada', method: 'squash', commits: 3 })
    expect(world.github.commits.size).toBe(2)
  })

  test('into another branch leaves the default branch where it is', () => {
    world = worldOf({ pulls: [{ number: 7, base: 'release' }] })
    const before = world.github.job.sha
    merge(world, 7, { by: 'ada' })
    expect(world.github.job.sha).toBe(before)
  })

  test('is of an open pull request', () => {
    close(world, 7)
    expect(() => merge(world, 7, { by: 'ada' })).toThrow('no open pull request 7')
    expect(() => merge(world, 99, { by: 'ada' })).toThrow('no open pull request 99')
  })
})

test('a pull request that is closed without a merge is not merged', async () => {
  close(world, 7)
  expect(await pull(7)).toMatchObject({ state: 'closed', merged: false, merged_at: null, merged_by: null })
})

test('a push past all pull requests is of none', async () => {
  const sha = push(world, 'a fix')
  expect(world.github.job.sha).toBe(sha)
  expect(await pullsOf(sha)).toEqual([])
})

test('a push to a pull request moves its head', async () => {
  const sha = push(world, 'a second thought', 7)
  expect(await pull(7)).toMatchObject({ head: { sha } })
  expect(await pullsOf(sha)).toEqual([7])
})

test('a review is of the head that its author had before them', async () => {
  const head = push(world, 'a second thought', 7)
  review(world, 7, 'bob', 'APPROVED').state = 'DISMISSED'
  expect((await ask(world, 'GET', `${REPO}/pulls/7/reviews`)).body).toMatchObject([
    {
      user: { login: 'bob' },
      state: 'DISMISSED',
      commit_id: head,
      submitted_at: '2026-11-20T21:00:00Z',
    },
  ])
})

describe('a comment', () => {
  const shown = () => ask(world, 'GET', `${REPO}/issues/7/comments`)

  test('is written by anybody', async () => {
    comment(world, 7, 'eve', 'mine')
    expect((await shown()).body).toMatchObject([{}, { body: 'mine', user: { login: 'eve' } }])
  })

  test('is edited by somebody else, and stays its author’s', async () => {
    editComment(world, world.github.comments[0]!, 'eve', 'changed')
    expect((await shown()).body).toMatchObject([
      {
        body: 'changed',
        user: { login: 'mona' },
        created_at: '2026-11-01T09:00:00Z',
        updated_at: '2026-11-20T21:00:00Z',
      },
    ])
    expect(world.github.comments[0]!.editor).toEqual({ login: 'eve', type: 'User' })
  })

  test('is deleted', async () => {
    deleteComment(world, world.github.comments[0]!)
    expect((await shown()).body).toEqual([])
  })
})
