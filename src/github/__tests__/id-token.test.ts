import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'

import { readJwt } from '../../simulator/jwt.ts'
import { idTokens } from '../id-token.ts'
import { workplace } from './workplace.ts'

const AUDIENCE = 'api://AzureADTokenExchange'
const before = { ...process.env }
let written = ''

beforeEach(() => {
  written = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk)
    return true
  })
})
afterEach(() => {
  jest.restoreAllMocks()
  process.env = { ...before }
})

async function job(options: object = {}) {
  const place = await workplace({ pulls: [{ number: 7, head: { repository: 'mallory/people' } }] })
  const { env } = place.job({ event: 'push', environment: 'tenant-sync', ...options })
  Object.assign(process.env, env)
  const waits: number[] = []
  let time = place.world.now().getTime()
  const token = idTokens({ env, now: () => new Date(time), wait: async (ms) => void waits.push(ms) })
  const asked = () => place.requests.filter(({ service }) => service === 'oidc').length
  return { place, token, asked, waits, pass: (seconds: number) => void (time += seconds * 1000) }
}

test('a job gets the token of its audience, and nothing is printed', async () => {
  const { token } = await job()
  const text = await token(AUDIENCE)
  expect(readJwt(text)?.claims).toMatchObject({
    aud: AUDIENCE,
    sub: 'repo:contoso/people:environment:tenant-sync',
  })
  expect(written).toBe('')
})

describe('it is asked for', () => {
  test('once, however many want it at a time', async () => {
    const { token, asked } = await job()
    const all = await Promise.all([token(AUDIENCE), token(AUDIENCE), token(AUDIENCE)])
    expect(new Set(all).size).toBe(1)
    expect(asked()).toBe(1)
  })

  test('again a minute before it expires', async () => {
    const { token, asked, pass } = await job()
    const first = await token(AUDIENCE)
    pass(230)
    expect(await token(AUDIENCE)).toBe(first)
    pass(15)
    expect(await token(AUDIENCE)).not.toBe(first)
    expect(asked()).toBe(2)
  })

  test('for each audience by itself', async () => {
    const { token } = await job()
    expect(readJwt(await token('api://AzureADTokenExchangeUSGov'))?.claims['aud']).toBe(
      'api://AzureADTokenExchangeUSGov',
    )
    expect(readJwt(await token(AUDIENCE))?.claims['aud']).toBe(AUDIENCE)
  })

  test.each([500, 429])('again after a %d', async (status) => {
    const { place, token, waits } = await job()
    place.faults.add({ on: { service: 'oidc', times: 2 }, do: { status } })
    expect(await token(AUDIENCE)).toMatch(/^ey/)
    expect(waits).toHaveLength(2)
  })

  test('again by the next who wants it, when it failed', async () => {
    const { place, token, waits } = await job()
    place.faults.add({ on: { service: 'oidc', times: 5 }, do: { status: 500 } })
    await expect(token(AUDIENCE)).rejects.toMatchObject({ name: 'IdTokenError', code: 'refused' })
    expect(waits).toHaveLength(4)
    expect(await token(AUDIENCE)).toMatch(/^ey/)
  })

  test('not again when it is refused', async () => {
    const { place, token, asked } = await job()
    place.faults.add({ on: { service: 'oidc' }, do: { status: 401 } })
    await expect(token(AUDIENCE)).rejects.toMatchObject({ code: 'refused' })
    expect(asked()).toBe(1)
  })
})

test('a token that does not say when it expires is for nobody else', async () => {
  let count = 0
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }
  const token = idTokens({ env, ask: async () => `opaque ${(count += 1)}` })
  expect(await token(AUDIENCE)).toBe('opaque 1')
  expect(await token(AUDIENCE)).toBe('opaque 2')
})

test.each([
  ['without the permission', { idToken: false }],
  ['on a pull request from a fork', { event: 'pull_request', pull: 7 }],
])('%s there is none, and the error says what to add', async (_, options) => {
  const { token, asked } = await job(options)
  const error = await token(AUDIENCE).catch((caught: unknown) => caught as Error)
  expect(error).toMatchObject({ name: 'IdTokenError', code: 'no-permission' })
  expect((error as Error).message).toContain('permissions: { id-token: write }')
  expect((error as Error).message).toMatch(/forks and from Dependabot/)
  expect(asked()).toBe(0)
})
