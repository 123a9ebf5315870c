import { describe, expect, test } from '@jest/globals'

import { marker } from '../../report/markdown/marker.ts'
import { addComment, upsertComment } from '../comment.ts'
import { editComment } from '../../simulator/github/people.ts'
import { GitHubError } from '../errors.ts'
import { workplace, writesOf } from './workplace.ts'

const BOT = 'github-actions[bot]'
const OPEN = { pulls: [{ number: 7 }] }

function body(text: string, id = 'default'): string {
  return `${marker('plan', id, { digest: 'sha256:1' })}\n### ${text}`
}

async function planned(seed: object = OPEN) {
  const place = await workplace(seed)
  const { run } = place.job({ event: 'pull_request', pull: 7 })
  const write = (text: string, options: Partial<Parameters<typeof upsertComment>[2]> = {}) =>
    upsertComment(place.client, run, {
      id: 'default',
      body: body(text),
      when: 'on-change',
      hasChanges: true,
      ...options,
    })
  const texts = () => place.world.github.comments.map((comment) => comment.body)
  return { place, run, write, texts }
}

describe('the plan comment', () => {
  test('is made once, and edited in place', async () => {
    const { place, write, texts } = await planned()
    const made = await write('one')
    expect(made).toMatch(/\/pull\/7#issuecomment-\d+$/)
    expect(await write('two')).toBe(made)
    expect(texts()).toEqual([body('two')])
    expect(writesOf(place).map((each) => each.split(' ')[0])).toEqual(['POST', 'PATCH'])
  })

  test('is not written when it is the same, also after GitHub’s page has saved it', async () => {
    const { place, write } = await planned()
    const made = await write('one\nmore')
    place.world.github.comments[0]!.body = body('one\r\nmore').replace('-->\n', '-->\r\n')
    expect(await write('one\nmore')).toBe(made)
    expect(writesOf(place)).toHaveLength(1)
  })

  test('is made anew when somebody else edited it, be it to the same text', async () => {
    const { place, write, texts } = await planned()
    await write('one')
    editComment(place.world, place.world.github.comments[0]!, 'mona', body('one'))
    // GitHub counts whole seconds: this edit is later than the comment.
    place.world.github.comments[0]!.updatedAt = new Date(Date.now() + 5000)
    const made = await write('one', { hasChanges: false })
    expect(texts()).toEqual([body('one')])
    expect(place.world.github.comments).toMatchObject([{ author: { login: BOT } }])
    expect(place.world.github.comments[0]).not.toHaveProperty('editor')
    expect(await write('one')).toBe(made)
  })

  test('is found on a later page', async () => {
    const others = Array.from({ length: 130 }, (_, index) => ({ on: 7, body: `chat ${index}` }))
    const { write, texts } = await planned({
      ...OPEN,
      comments: [...others, { on: 7, author: BOT, body: body('one') }, ...others],
    })
    await write('two')
    expect(texts()).toHaveLength(261)
    expect(texts()[130]).toBe(body('two'))
  })

  test('of somebody else is left alone, whatever it says', async () => {
    const { write, texts } = await planned({
      ...OPEN,
      comments: [{ on: 7, author: 'mallory', body: body('forged') }],
    })
    await write('two')
    expect(texts()).toEqual([body('forged'), body('two')])
  })

  test('of ours is left alone when the marker is not its first line', async () => {
    const quoted = `see below\n${body('one')}`
    const { write, texts } = await planned({ ...OPEN, comments: [{ on: 7, author: BOT, body: quoted }] })
    await write('two')
    expect(texts()).toEqual([quoted, body('two')])
  })

  test('of another id is another comment, also when one id begins with the other', async () => {
    const { write, texts } = await planned()
    await write('prod', { id: 'prod', body: body('prod', 'prod') })
    await write('prod-eu', { id: 'prod-eu', body: body('prod-eu', 'prod-eu') })
    await write('prod again', { id: 'prod', body: body('prod again', 'prod') })
    expect(texts()).toEqual([body('prod again', 'prod'), body('prod-eu', 'prod-eu')])
  })

  test('of a user’s token is that user’s', async () => {
    const { write, texts } = await planned({
      ...OPEN,
      token: { kind: 'user', login: 'hubot' },
      comments: [
        { on: 7, author: BOT, body: body('a job’s') },
        { on: 7, author: 'hubot', body: body('one') },
      ],
    })
    await write('two')
    expect(texts()).toEqual([body('a job’s'), body('two')])
  })

  test('stands once: of two that were made at once, the newest stays', async () => {
    const { write, texts } = await planned({
      ...OPEN,
      comments: [
        { on: 7, author: BOT, body: body('older') },
        { on: 7, author: 'mallory', body: body('forged') },
        { on: 7, author: BOT, body: body('newer') },
      ],
    })
    expect(await write('newer')).toMatch(/1003$/)
    expect(texts()).toEqual([body('forged'), body('newer')])
  })
})

describe('when', () => {
  const nothing = { hasChanges: false }

  test('on-change makes none without changes, but keeps an existing one right', async () => {
    const { write, texts } = await planned()
    expect(await write('nothing', nothing)).toBeUndefined()
    expect(texts()).toEqual([])
    await write('one')
    await write('nothing', nothing)
    expect(texts()).toEqual([body('nothing')])
  })

  test('always makes one without changes', async () => {
    const { write, texts } = await planned()
    await write('nothing', { ...nothing, when: 'always' })
    expect(texts()).toEqual([body('nothing')])
  })

  test('never does not even ask', async () => {
    const { place, write } = await planned()
    expect(await write('one', { when: 'never' })).toBeUndefined()
    expect(place.requests).toEqual([])
  })
})

describe('a pull request that is closed', () => {
  test.each(['closed', 'merged'])('keeps its comments as they are (%s)', async (state) => {
    const { place, write, texts } = await planned({
      pulls: [{ number: 7, state }],
      comments: [
        { on: 7, author: BOT, body: body('older') },
        { on: 7, author: BOT, body: body('reviewed') },
      ],
    })
    expect(await write('later')).toMatch(/1002$/)
    expect(texts()).toEqual([body('older'), body('reviewed')])
    expect(writesOf(place)).toEqual([])
  })

  test('also when it is closed while the run is under way', async () => {
    const { place, write, texts } = await planned()
    await write('reviewed')
    place.faults.add({
      on: { operation: '/repos/{owner}/{repo}/issues/{issue_number}/comments', method: 'GET' },
      do: { when: 'after', call: () => void (place.world.github.issues[0]!.state = 'closed') },
    })
    await write('later')
    expect(texts()).toEqual([body('reviewed')])
  })

  test('gets the result as a new comment', async () => {
    const { place, run, texts } = await planned({ pulls: [{ number: 7, state: 'merged' }] })
    const first = await addComment(place.client, run.repository, 7, 'applied')
    expect(await addComment(place.client, run.repository, 7, 'applied')).not.toBe(first)
    expect(texts()).toEqual(['applied', 'applied'])
  })
})

test('a token that may not write says what to add, and not itself', async () => {
  const { place, write } = await planned({ ...OPEN, token: { permissions: { 'pull-requests': 'read' } } })
  const error = await write('one').catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(GitHubError)
  expect(error).toMatchObject({ status: 403, permissions: ['pull-requests: write'] })
  expect(String(error)).toContain('permissions: { pull-requests: write }')
  expect(String(error)).not.toContain(place.world.github.token.value)
})

test('outside of a pull request nothing is written', async () => {
  const place = await workplace()
  const { run } = place.job({ event: 'schedule' })
  expect(
    await upsertComment(place.client, run, {
      id: 'default',
      body: body('x'),
      when: 'always',
      hasChanges: true,
    }),
  ).toBeUndefined()
  expect(place.requests).toEqual([])
})
