import { describe, expect, test } from '@jest/globals'

import { githubClient } from '../client.ts'
import { GitHubError } from '../errors.ts'
import { viewerLogin } from '../viewer.ts'
import { workplace } from './workplace.ts'
import type { Workplace } from './workplace.ts'

const REPO = { owner: 'contoso', repo: 'people' }
const read = ({ client }: Workplace) => client.rest.repos.get(REPO)
const write = ({ client }: Workplace) => client.rest.issues.create({ ...REPO, title: 'x' })

describe('a read', () => {
  test.each([500, 502, 503, 504])('that is answered %d is repeated', async (status) => {
    const place = await workplace()
    place.faults.add({ on: { service: 'github', nth: 1, times: 2 }, do: { status } })
    expect((await read(place)).status).toBe(200)
    expect(place.waits).toHaveLength(2)
  })

  test('whose connection breaks is repeated', async () => {
    const place = await workplace()
    place.faults.add({ on: { service: 'github', nth: 1 }, do: { lost: 'before' } })
    expect((await read(place)).status).toBe(200)
  })

  test('that is not found is not', async () => {
    const place = await workplace()
    await expect(place.client.rest.repos.get({ owner: 'contoso', repo: 'other' })).rejects.toMatchObject({
      status: 404,
    })
    expect(place.requests).toHaveLength(1)
  })

  test('is given up in the end', async () => {
    const place = await workplace()
    place.faults.add({ on: { service: 'github' }, do: { status: 503 } })
    await expect(read(place)).rejects.toMatchObject({ name: 'GitHubError', status: 503, permissions: [] })
    expect(place.requests).toHaveLength(4)
  })
})

describe('a rate limit', () => {
  test.each([
    [429, '7', 7000],
    [403, '2.5', 2500],
  ])('(%d) is waited for as Retry-After says, before a write too', async (status, retryAfter, waited) => {
    const place = await workplace()
    place.faults.add({ on: { service: 'github', nth: 1 }, do: { status, retryAfter } })
    expect((await write(place)).status).toBe(201)
    expect(place.waits).toEqual([waited])
    expect(place.world.github.issues).toHaveLength(1)
  })

  test('that names no time is waited for a minute', async () => {
    const place = await workplace()
    place.faults.add({ on: { service: 'github', nth: 1 }, do: { status: 403 } })
    await read(place)
    expect(place.waits).toEqual([60_000])
  })

  test('that would take an hour fails at once, and is no matter of permissions', async () => {
    const place = await workplace()
    place.faults.add({ on: { service: 'github' }, do: { status: 403, retryAfter: 3600 } })
    await expect(read(place)).rejects.toMatchObject({ status: 403, permissions: [] })
    expect(place.waits).toEqual([])
  })
})

describe('a write', () => {
  test.each([{ status: 502 }, { lost: 'after' as const }])(
    'that may have happened is not repeated (%j)',
    async (fault) => {
      const place = await workplace()
      place.faults.add({ on: { service: 'github', write: true }, do: fault })
      await expect(write(place)).rejects.toBeInstanceOf(GitHubError)
      expect(place.requests).toHaveLength(1)
    },
  )
})

test('an error says what was tried, and never the token', async () => {
  const place = await workplace()
  const { origin } = place
  const token = 'ghs_secretOfSomebodyElse'
  const client = githubClient(token, { apiUrl: `${origin}/github` })
  const error = await client.rest.repos.get(REPO).catch((caught: unknown) => caught as GitHubError)
  expect(error).toMatchObject({
    name: 'GitHubError',
    message: 'Could not read the repository: GitHub answered 401 (Bad credentials).',
  })
  expect(
    JSON.stringify({ ...(error as object), stack: (error as Error).stack, cause: (error as Error).cause }),
  ).not.toContain(token)
})

describe('who we are', () => {
  test('is asked once', async () => {
    const place = await workplace()
    expect(await viewerLogin(place.client)).toBe('github-actions[bot]')
    expect(await viewerLogin(place.client)).toBe('github-actions[bot]')
    expect(place.requests.map(({ operation }) => operation)).toEqual(['/user', '/graphql'])
  })

  test('of an app is that app', async () => {
    const place = await workplace({ token: { login: 'contoso-people[bot]' } })
    expect(await viewerLogin(place.client)).toBe('contoso-people[bot]')
  })

  test('is the job’s own identity when GraphQL does not say', async () => {
    const place = await workplace()
    place.faults.add({ on: { operation: '/graphql' }, do: { status: 400 } })
    expect(await viewerLogin(place.client)).toBe('github-actions[bot]')
  })

  test('is an error when the token is none', async () => {
    const place = await workplace()
    const client = githubClient('ghs_other', { apiUrl: `${place.origin}/github` })
    await expect(viewerLogin(client)).rejects.toMatchObject({ status: 401 })
  })
})
