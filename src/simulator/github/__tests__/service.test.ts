import { beforeEach, describe, expect, test } from '@jest/globals'

import type { Answer } from '../../service.ts'
import type { World } from '../../world.ts'
import { githubService } from '../github.ts'
import { seedGitHub } from '../state.ts'
import { ask as askOf, REPO, worldOf } from './asked.ts'

const SEED = {
  pulls: [{ number: 7 }, { number: 5, state: 'merged', mergeCommit: 'a'.repeat(40) }],
  issues: [{ number: 3, title: 'Hello' }],
  comments: [{ on: 7, body: 'first', author: 'ada' }],
}

let world: World
function use(seed: unknown): void {
  world = worldOf(seed)
}
beforeEach(() => use(SEED))

const ask = (method: string, path: string, body?: unknown, headers?: object): Promise<Answer> =>
  askOf(world, method, path, body, headers)

describe('who is let in', () => {
  test('nobody without a token, and nobody with another one', async () => {
    expect(await ask('GET', REPO, undefined, { authorization: undefined })).toMatchObject({
      status: 401,
      body: { message: 'Requires authentication' },
    })
    expect(await ask('GET', REPO, undefined, { authorization: 'Bearer ghs_other' })).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    })
  })

  test('nobody without a User-Agent', async () => {
    expect(await ask('GET', REPO, undefined, { 'user-agent': undefined })).toMatchObject({ status: 403 })
  })

  test('what does not exist, or is not ours, is not found', async () => {
    expect(await ask('GET', '/github/repos/contoso/other')).toMatchObject({ status: 404 })
    expect(await ask('GET', `${REPO}/wikis`)).toMatchObject({ status: 404 })
    expect(await ask('PUT', `${REPO}/issues/7`)).toMatchObject({ status: 404 })
    expect(await ask('GET', `${REPO}/issues/99/comments`)).toMatchObject({ status: 404 })
  })

  test('a write needs its permission; on a pull request, one of two', async () => {
    const comment = { body: 'hello' }
    use({ ...SEED, token: { permissions: { 'pull-requests': 'write', issues: 'read' } } })
    expect(await ask('POST', `${REPO}/issues/7/comments`, comment)).toMatchObject({ status: 201 })
    expect(await ask('POST', `${REPO}/issues/3/comments`, comment)).toMatchObject({ status: 403 })
    use({ ...SEED, token: { permissions: { contents: 'read' } } })
    expect(await ask('POST', `${REPO}/issues/7/comments`, comment)).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    })
    expect(await ask('GET', `${REPO}/issues/7/comments`)).toMatchObject({ status: 403 })
  })

  test('everybody may read a public repository, and write no more than elsewhere', async () => {
    use({ ...SEED, visibility: 'public', token: { permissions: {} } })
    expect(await ask('GET', `${REPO}/issues/7/comments`)).toMatchObject({ status: 200 })
    expect(await ask('POST', `${REPO}/issues`, { title: 'x' })).toMatchObject({ status: 403 })
  })

  test("a job's token is no user, but GraphQL knows who it is", async () => {
    expect(await ask('GET', '/github/user')).toMatchObject({ status: 403 })
    expect(await ask('POST', '/github/graphql', { query: '{ viewer { login } }' })).toMatchObject({
      body: { data: { viewer: { login: 'github-actions[bot]' } } },
    })
    use({ token: { kind: 'user', login: 'mona' } })
    expect(await ask('GET', '/github/user')).toMatchObject({ status: 200, body: { login: 'mona' } })
  })
})

describe('bodies are held to GitHub’s description', () => {
  test.each([
    [{}, `Invalid request.\n\n"body" wasn't supplied.`],
    [{ body: 12 }, `Invalid request.\n\nFor 'properties/body', 12 is not a string.`],
    [{ body: 'x', text: 'y' }, `Invalid request.\n\n"text" is not a permitted key.`],
  ])('%j is refused', async (body, message) => {
    expect(await ask('POST', `${REPO}/issues/7/comments`, body)).toMatchObject({
      status: 422,
      body: { message },
    })
    expect(world.github.comments).toHaveLength(1)
  })

  test('a state that is none, and a body that is no JSON', async () => {
    expect(await ask('PATCH', `${REPO}/issues/3`, { state: 'gone' })).toMatchObject({ status: 422 })
    expect(await ask('PATCH', `${REPO}/issues/3`, '{')).toMatchObject({
      status: 400,
      body: { message: 'Problems parsing JSON' },
    })
  })

  test('65,536 characters fit, one more does not; nothing at all neither', async () => {
    const say = (body: string) => ask('POST', `${REPO}/issues/7/comments`, { body })
    expect(await say('😀'.repeat(65_536))).toMatchObject({ status: 201 })
    expect(await say('x'.repeat(65_537))).toMatchObject({
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ message: 'Body is too long (maximum is 65536 characters)' }],
      },
    })
    expect(await say(' \n')).toMatchObject({
      status: 422,
      body: { errors: [{ message: 'Body cannot be blank' }] },
    })
  })
})

describe('lists', () => {
  test('come in pages of at most 100, which lead to the next', async () => {
    const comments = Array.from({ length: 250 }, (_, index) => ({ on: 7, body: `n${index}` }))
    use({ ...SEED, comments })
    const first = await ask('GET', `${REPO}/issues/7/comments?per_page=500`)
    expect(first.body).toHaveLength(100)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers?.['link'] ?? '')?.[1] ?? ''
    expect(next).toContain('/github/repositories/')
    const { pathname, search } = new URL(next)
    expect((await ask('GET', pathname + search)).body).toMatchObject([
      { body: 'n100' },
      ...Array(99).fill({}),
    ])
    const last = await ask('GET', `${REPO}/issues/7/comments?per_page=100&page=3`)
    expect(last.body).toHaveLength(50)
    expect(last.headers?.['link']).not.toContain('rel="next"')
    expect((await ask('GET', `${REPO}/issues/7/comments`)).body).toHaveLength(30)
  })

  test('pull requests are among the issues', async () => {
    expect((await ask('GET', `${REPO}/issues?state=open`)).body).toMatchObject([
      { number: 7, pull_request: {} },
      { number: 3 },
    ])
  })

  test('the files of a pull request', async () => {
    use({ pulls: [{ number: 7, files: ['sync-profiles/a.yaml'] }] })
    expect((await ask('GET', `${REPO}/pulls/7/files`)).body).toMatchObject([
      { filename: 'sync-profiles/a.yaml' },
    ])
    expect(await ask('GET', `${REPO}/pulls/8/files`)).toMatchObject({ status: 404 })
  })

  test('the pull requests of a commit', async () => {
    expect((await ask('GET', `${REPO}/commits/${'a'.repeat(40)}/pulls`)).body).toMatchObject([
      { number: 5, merged_at: '2026-11-01T09:00:00Z', base: { ref: 'main' } },
    ])
    expect(await ask('GET', `${REPO}/commits/${'b'.repeat(40)}/pulls`)).toMatchObject({
      status: 200,
      body: [],
    })
    expect(await ask('GET', `${REPO}/commits/zzz/pulls`)).toMatchObject({ status: 422 })
  })
})

describe('writes', () => {
  test('a comment is made by the token, and says who edited it', async () => {
    const { body } = await ask('POST', `${REPO}/issues/7/comments`, { body: 'hello' })
    expect(body).toMatchObject({
      user: { login: 'github-actions[bot]', type: 'Bot' },
      created_at: '2026-11-20T21:00:00Z',
      html_url: expect.stringMatching(/\/contoso\/people\/pull\/7#issuecomment-\d+$/),
    })
    await ask('PATCH', `${REPO}/issues/comments/1001`, { body: 'changed' })
    expect(world.github.comments[0]).toMatchObject({
      body: 'changed',
      author: { login: 'ada' },
      editor: { login: 'github-actions[bot]' },
    })
    expect(await ask('DELETE', `${REPO}/issues/comments/1001`)).toEqual({ status: 204 })
    expect(await ask('GET', `${REPO}/issues/comments/1001`)).toMatchObject({ status: 404 })
  })

  test('an issue is made under the next number, and closed with a reason', async () => {
    expect(await ask('POST', `${REPO}/issues`, { title: 'Trouble', body: 'b' })).toMatchObject({
      status: 201,
      body: { number: 8, state: 'open' },
    })
    expect(await ask('PATCH', `${REPO}/issues/8`, { state: 'closed' })).toMatchObject({
      body: { state: 'closed', state_reason: 'completed', closed_at: '2026-11-20T21:00:00Z' },
    })
  })
})

test('a request is described for faults and records', () => {
  const service = githubService(world)
  const describeIt = (method: string, path: string, text = '') =>
    service.describe({ method, path, query: new URLSearchParams(), headers: {}, text }, world)
  expect(describeIt('POST', `${REPO}/issues/7/comments`)).toEqual({
    service: 'github',
    operation: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    write: true,
  })
  expect(describeIt('POST', '/github/graphql', '{"query":"{viewer{login}}"}')).toMatchObject({ write: false })
  expect(describeIt('GET', '/oidc/token')).toMatchObject({ service: 'oidc', write: false })
})

test('a seed that is none says where', () => {
  expect(() => seedGitHub({ pulls: [{ number: 'seven' }] })).toThrow(
    /github\.pulls\.0\.number must be integer/,
  )
})
