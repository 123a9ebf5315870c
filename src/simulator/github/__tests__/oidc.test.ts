import { describe, expect, test } from '@jest/globals'

import { isSignedBy, readJwt } from '../../jwt.ts'
import { signingKey } from '../../keys.ts'
import type { World } from '../../world.ts'
import { answerIdToken, subjectOf } from '../oidc.ts'
import { seedGitHub } from '../state.ts'

const world = {
  github: seedGitHub(),
  actionsKey: signingKey('actions'),
  now: () => new Date(1_800_000_000_000),
} as World

function ask(authorization: string | undefined, query = 'audience=api%3A%2F%2FAzureADTokenExchange') {
  return answerIdToken(
    {
      method: 'GET',
      path: '/oidc/token',
      query: new URLSearchParams(query),
      headers: { authorization },
      text: '',
    },
    world,
  )
}

test('a job gets a token that is signed, lives five minutes and names its audience', () => {
  const { value } = ask('Bearer practice-request-token').body as { value: string }
  expect(isSignedBy(value, world.actionsKey.publicKey)).toBe(true)
  expect(readJwt(value)?.claims).toMatchObject({
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'api://AzureADTokenExchange',
    sub: 'repo:contoso/people:ref:refs/heads/main',
    iat: 1_800_000_000,
    exp: 1_800_000_300,
  })
})

test('without an audience it is for the owner', () => {
  const { value } = ask('Bearer practice-request-token', '').body as { value: string }
  expect(readJwt(value)?.claims['aud']).toBe('https://github.com/contoso')
})

test.each([undefined, 'Bearer other', 'practice-request-token'])('%s gets none', (authorization) => {
  expect(ask(authorization).status).toBe(401)
})

describe('the subject', () => {
  const subject = (job: object, seed: object = {}) => {
    const state = seedGitHub(seed)
    Object.assign(state.job, job)
    return subjectOf(state)
  }
  test.each([
    [{ event: 'pull_request', ref: 'refs/pull/7/merge' }, 'repo:contoso/people:pull_request'],
    [{ event: 'schedule' }, 'repo:contoso/people:ref:refs/heads/main'],
    [{ event: 'pull_request', environment: 'tenant-sync' }, 'repo:contoso/people:environment:tenant-sync'],
    [{ environment: 'a:b' }, 'repo:contoso/people:environment:a%3Ab'],
  ])('of %j is %s', (job, expected) => expect(subject(job)).toBe(expected))

  test('has ids in it for a newer repository', () => {
    expect(subject({}, { immutableSubject: true })).toBe(
      'repo:contoso@6844498/people@812003411:ref:refs/heads/main',
    )
  })
})
