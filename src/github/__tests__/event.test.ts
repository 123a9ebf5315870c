import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { readPayload, readRun } from '../event.ts'
import { withRepository } from '../repository.ts'
import { merge } from '../../simulator/github/people.ts'
import { workplace } from './workplace.ts'

const ENV = { GITHUB_REPOSITORY: 'contoso/people', GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' }

describe('a run that a runner started', () => {
  test('on a pull request', async () => {
    const place = await workplace({ pulls: [{ number: 7, head: { sha: 'a'.repeat(40) } }] })
    expect(place.job({ event: 'pull_request' }).run).toEqual({
      event: 'pull_request',
      repository: { owner: 'contoso', name: 'people', id: '812003411' },
      visibility: 'private',
      pullRequest: {
        number: 7,
        headSha: 'a'.repeat(40),
        baseRef: 'main',
        fork: false,
        dependabot: false,
        open: true,
        merged: false,
      },
      ref: 'refs/pull/7/merge',
      defaultBranch: 'main',
      isDefaultBranch: false,
      sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      commits: [],
      actor: 'mona',
      runId: '490',
      runUrl: 'https://github.com/contoso/people/actions/runs/490',
      attempt: 1,
      publicServer: true,
    })
  })

  test.each(['push', 'schedule', 'workflow_dispatch'])('by %s', async (event) => {
    const { run } = (await workplace({ visibility: 'internal' })).job({ event })
    expect(run).toMatchObject({
      event,
      visibility: 'internal',
      isDefaultBranch: true,
      ref: 'refs/heads/main',
    })
    expect(run.pullRequest).toBeUndefined()
  })

  test('by a push of several commits', async () => {
    const place = await workplace({ pulls: [{ number: 7 }, { number: 8 }] })
    const commits = [7, 8].map((number) => merge(place.world, number, { by: 'mona', method: 'queue' }))
    expect(place.job({ event: 'push' }).run).toMatchObject({ sha: commits[1], commits })
  })

  test('on a pull request that is merged', async () => {
    const place = await workplace({ pulls: [{ number: 7, state: 'merged' }] })
    expect(place.job({ event: 'pull_request' }).run.pullRequest).toMatchObject({ open: false, merged: true })
  })
})

describe('who has no identity', () => {
  test.each([
    ['a fork', { head: { repository: 'mallory/people' } }, {}, { fork: true, dependabot: false }],
    ['Dependabot', { author: 'dependabot[bot]' }, {}, { fork: false, dependabot: true }],
    [
      'a person’s change that Dependabot started',
      {},
      { actor: 'dependabot[bot]' },
      { fork: false, dependabot: true },
    ],
  ])('%s', async (_, pull, options, expected) => {
    const place = await workplace({ pulls: [{ number: 7, ...pull }] })
    const { env, run } = place.job({ event: 'pull_request', ...options })
    expect(run.pullRequest).toMatchObject(expected)
    expect(env['ACTIONS_ID_TOKEN_REQUEST_URL']).toBeUndefined()
  })

  test('a fork that is gone', async () => {
    const pull = { number: 7, head: { repo: null }, state: 'open' }
    expect(readRun(ENV, { pull_request: pull }).pullRequest).toMatchObject({ fork: true })
  })
})

describe('what is missing is unknown', () => {
  test.each([undefined, null, [], 'text', { repository: null, pull_request: { number: '7' } }])(
    'in the payload %j',
    (payload) => {
      const run = readRun(ENV, payload)
      expect(run).toMatchObject({ visibility: 'unknown', isDefaultBranch: false })
      expect(run).not.toHaveProperty('defaultBranch')
      expect(run).not.toHaveProperty('pullRequest')
    },
  )

  test('no payload whatever makes it throw', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('repository', 'pull_request', 'head', 'repo', 'number', 'x') }),
        (payload) => {
          expect(readRun(ENV, payload).repository).toEqual({ owner: 'contoso', name: 'people' })
        },
      ),
    )
  })

  test('no file, or one that is no JSON', () => {
    expect(readPayload({})).toEqual({})
    expect(readPayload({ GITHUB_EVENT_PATH: '/nowhere/event.json' })).toEqual({})
    expect(readPayload({ GITHUB_EVENT_PATH: import.meta.filename })).toEqual({})
  })

  test('and may be asked for', async () => {
    const place = await workplace({ visibility: 'internal' })
    const run = readRun(ENV, {})
    expect(await withRepository(place.client, run)).toEqual({
      ...run,
      visibility: 'internal',
      defaultBranch: 'main',
      isDefaultBranch: true,
    })
  })

  test('and stays so when GitHub does not say', async () => {
    const place = await workplace()
    place.faults.add({ on: { service: 'github' }, do: { status: 404 } })
    expect(await withRepository(place.client, readRun(ENV, {}))).toMatchObject({ visibility: 'unknown' })
  })

  test('and is asked for again when the run is repeated: it may be public by now', async () => {
    const place = await workplace({ visibility: 'private' })
    const { run } = place.job({ event: 'push' })
    place.world.github.repository.visibility = 'public'
    expect(await withRepository(place.client, { ...run, attempt: 2 })).toMatchObject({ visibility: 'public' })
    place.world.github.repository.visibility = 'private'
    const was = { ...run, attempt: 2, visibility: 'public' as const }
    expect(await withRepository(place.client, was)).toMatchObject({ visibility: 'public' })
  })

  test('nothing is asked when nothing is missing', async () => {
    const place = await workplace()
    const { run } = place.job({ event: 'push' })
    expect(await withRepository(place.client, run)).toBe(run)
    expect(place.requests).toEqual([])
  })
})

describe('the visibility', () => {
  test.each([
    [{ visibility: 'public', private: false }, 'public'],
    [{ visibility: 'private', private: true }, 'private'],
    [{ private: true }, 'private'],
    [{ private: false }, 'public'],
    [{ visibility: 'private', private: false }, 'public'],
    [{ visibility: 'secret' }, 'unknown'],
  ])('of %j is %s', (repository, expected) => {
    expect(readRun(ENV, { repository }).visibility).toBe(expected)
  })
})

test('a later attempt has its own address', () => {
  const run = readRun(
    { ...ENV, GITHUB_RUN_ID: '490', GITHUB_RUN_ATTEMPT: '2', GITHUB_SERVER_URL: 'https://git.contoso.com' },
    {},
  )
  expect(run.runUrl).toBe('https://git.contoso.com/contoso/people/actions/runs/490/attempts/2')
  expect(run.publicServer).toBe(false)
})

test('pull_request_target is refused', () => {
  expect(() => readRun({ ...ENV, GITHUB_EVENT_NAME: 'pull_request_target' }, {})).toThrow(
    expect.objectContaining({ name: 'RunRefused', code: 'pull-request-target' }),
  )
})

test.each([undefined, '', 'people', 'a/b/c'])('outside of a workflow (%j) there is no run', (repository) => {
  expect(() => readRun({ ...ENV, GITHUB_REPOSITORY: repository }, {})).toThrow(
    expect.objectContaining({ code: 'no-workflow' }),
  )
})
