/**
 * Tokens and secrets, with the runner's and GitHub's debugging switched on: whatever a service says back, none of
 * them stands anywhere but in the commands by which a runner learns what to hide.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Runner, RunnerOptions } from '../../src/simulator/github/runner.ts'
import { Repository, TENANTS } from '../review/repository.ts'
import { placesOf } from './places.ts'

const SECRET = 'secret~canary/of+this=job'
const ACCESS_TOKEN = 'opaque-canary~of/an+access=token'
const JWT = 'eyJjYW5hcnkiOjF9.eyJjYW5hcnkiOjJ9.Y2FuYXJ5'

let repository: Repository
beforeEach(async () => {
  repository = await Repository.start()
})
afterEach(() => repository.stop())

const strike: Repository['tenants']['simulator']['faults']['add'] = (rule) =>
  repository.tenants.simulator.faults.add(rule)

/** @returns every place in which one of the texts stands, as it is or as part of an address. */
async function leaks(
  hidden: () => readonly string[],
  options: RunnerOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<{ leaks: string[]; outcome: string | undefined; log: string }> {
  const runner = repository.job({ ...options, inputs: { detail: 'full', ...options.inputs } })
  const debugging = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true', ACTIONS_RUNNER_DEBUG: 'true' }
  const job: Runner = { ...runner, env: { ...runner.env, ...debugging, ...env } }
  const finished = await repository.run(job)
  const places = placesOf(finished, repository.github)
  const forms = hidden().flatMap((text) => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
  ])
  return {
    leaks: [...places]
      .filter(([, text]) => forms.some((form) => text.includes(form)))
      .map(([place]) => place),
    outcome: finished.outputs['outcome'],
    log: places.get('log')!,
  }
}

/** Refuses, and says the whole request back. */
const echo = (said: string) => ({
  status: 400,
  headers: { 'request-id': said },
  body: {
    error: {
      code: said,
      message: `Bad request. You sent: authorization: Bearer ${said}`,
      details: [{ message: `Ex1|Microsoft.Exchange.RecipientTaskException|Bearer ${said}, ${said}` }],
    },
  },
})

describe('an access token', () => {
  test('is not told of when Graph and Exchange say it back', async () => {
    strike({
      on: { service: 'entra', operation: 'token' },
      do: { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: ACCESS_TOKEN } },
    })
    for (const service of ['graph', 'exchange'] as const) strike({ on: { service }, do: echo(ACCESS_TOKEN) })
    expect(await leaks(() => [ACCESS_TOKEN], { event: 'pull_request', pull: 7 })).toMatchObject({
      leaks: [],
      outcome: 'failed',
    })
  })

  test('is not told of when a write is refused with it', async () => {
    repository.joins([20, 21])
    strike({ on: { operation: 'New-MailContact' }, do: echo(JWT) })
    expect(await leaks(() => [JWT], { event: 'schedule' })).toMatchObject({ leaks: [], outcome: 'failed' })
    expect(repository.attention()[0]!.body).toContain('***')
  })
})

describe('a sign-in that is refused', () => {
  /** What was sent is known only once it was. */
  let sent = ''
  beforeEach(() => {
    sent = ''
    const refused = {
      error: 'invalid_client',
      get error_description() {
        return `AADSTS700027: Refused. You sent: ${sent}. Trace ID: 1`
      },
    }
    strike({
      on: { service: 'entra', operation: 'token' },
      do: { when: 'before', call: ({ body }) => void (sent = String(body)) },
    })
    strike({ on: { service: 'entra', operation: 'token' }, do: { status: 401, body: refused } })
  })

  test('tells of no ID token that it quotes', async () => {
    const assertion = () => new URLSearchParams(sent).get('client_assertion') ?? ''
    const run = await leaks(() => [assertion()], { event: 'pull_request', pull: 7 })
    expect(assertion()).toMatch(/^eyJ/)
    expect(run).toMatchObject({ leaks: [], outcome: 'failed' })
    expect(run.log).toContain('AADSTS700027')
  })

  test('tells of no client secret that it quotes', async () => {
    repository.write('tenants.yaml', TENANTS.replaceAll('domains:', 'credential: client-secret, domains:'))
    const env = { TENANT_SYNC_FABRIKAM_CLIENT_SECRET: SECRET, TENANT_SYNC_CONTOSO_CLIENT_SECRET: SECRET }
    const run = await leaks(() => [SECRET], { event: 'pull_request', pull: 7 }, env)
    expect(new URLSearchParams(sent).get('client_secret')).toBe(SECRET)
    expect(run).toMatchObject({ leaks: [], outcome: 'failed' })
  })
})

test('a certificate that cannot be read is not told of', async () => {
  repository.write('tenants.yaml', TENANTS.replaceAll('domains:', 'credential: certificate, domains:'))
  const path = join(repository.tenants.root, 'app.pem')
  writeFileSync(path, `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n${SECRET}\n`)
  const env = { TENANT_SYNC_FABRIKAM_CERTIFICATE_PATH: path, TENANT_SYNC_CONTOSO_CERTIFICATE_PATH: path }
  expect(await leaks(() => [SECRET], { event: 'pull_request', pull: 7 }, env)).toMatchObject({
    leaks: [],
    outcome: 'failed',
  })
})

test('the token of the job is not told of when GitHub says it back', async () => {
  const { value } = repository.github.token
  strike({
    on: { service: 'github', method: 'POST' },
    do: { status: 403, body: { message: `Forbidden for token ${value}` } },
  })
  const run = await leaks(() => [value], { event: 'pull_request', pull: 7 })
  expect(run.leaks).toEqual([])
  expect(run.log).toContain('Forbidden for')
})

test('neither is the token with which the job asks for its ID tokens', async () => {
  const { requestToken } = repository.github.job
  strike({ on: { service: 'oidc' }, do: { status: 403, body: { message: `Not with ${requestToken}` } } })
  const run = await leaks(() => [requestToken!], { event: 'pull_request', pull: 7 })
  expect(run).toMatchObject({ leaks: [], outcome: 'failed' })
})

test('a run in which nothing goes wrong holds no token either', async () => {
  repository.joins([20])
  const run = await leaks(() => [repository.github.token.value], { event: 'schedule' })
  expect(run).toMatchObject({ leaks: [], outcome: 'applied' })
  expect(run.log).not.toMatch(/eyJ[\w-]+\.[\w-]+/)
})
