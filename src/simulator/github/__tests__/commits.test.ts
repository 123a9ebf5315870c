import { beforeEach, describe, expect, test } from '@jest/globals'

import type { World } from '../../world.ts'
import { merge, push } from '../people.ts'
import { ask, REPO, worldOf } from './asked.ts'

let world: World
let minutes = 0
beforeEach(() => {
  minutes = 0
  const given = worldOf({ pulls: [7, 8].map((number) => ({ number, files: [`profiles/${number}.yaml`] })) })
  world = { ...given, now: () => new Date(Date.UTC(2026, 10, 21, 9, minutes++)) }
})

async function commits(query: string): Promise<string[]> {
  const { body } = await ask(world, 'GET', `${REPO}/commits?${query}`)
  return (body as { sha: string }[]).map(({ sha }) => sha)
}

describe('the commits of a branch', () => {
  test('are listed newest first, what a merge brought along too', async () => {
    const merged = merge(world, 7, { by: 'mona' })
    const pushed = push(world, 'a fix')
    const listed = await commits('')
    expect(listed.slice(0, 2)).toEqual([pushed, merged])
    expect(listed).toHaveLength(3)
  })

  test('that changed a file or a folder leave out merges, which change nothing by themselves', async () => {
    const merged = merge(world, 7, { by: 'mona' })
    const squashed = merge(world, 8, { by: 'mona', method: 'squash' })
    const fixed = push(world, 'a fix', undefined, ['profiles/7.yaml'])
    const [first, brought] = await commits('path=profiles/7.yaml')
    expect(first).toBe(fixed)
    expect(world.github.commits.get(brought!)).toEqual([7])
    expect(await commits('path=profiles/8.yaml')).toEqual([squashed])
    expect(await commits('path=profiles')).not.toContain(merged)
    expect(await commits('path=profiles')).toHaveLength(3)
    expect(await commits('path=prof')).toEqual([])
  })

  test('are those up to a commit that is named, and none of one that is not known', async () => {
    const squashed = merge(world, 8, { by: 'mona', method: 'squash' })
    push(world, 'a fix')
    expect(await commits(`sha=${squashed}`)).toEqual([squashed])
    expect((await ask(world, 'GET', `${REPO}/commits?sha=${'0'.repeat(40)}`)).status).toBe(404)
  })

  test('are not shown to a token that may not read contents', async () => {
    world.github.token.permissions = { 'pull-requests': 'read' }
    expect((await ask(world, 'GET', `${REPO}/commits`)).status).toBe(403)
  })
})
