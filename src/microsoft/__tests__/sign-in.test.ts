import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { signJwt } from '../../simulator/jwt.ts'
import type { AppSeed } from '../../simulator/seed.ts'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { endpointsOf } from '../clouds.ts'
import { SignInError } from '../sign-in-errors.ts'
import { secretVariable, signIn, type Environment, type Identity } from '../sign-in.ts'
import { refusal } from './wire.ts'

const TENANT = '6b0f8c1e-0000-4000-8000-00000000000a'
const APP = '1d2e3f40-0000-4000-8000-00000000000a'
const SUBJECT = 'repo:fabrikam/people:environment:production'
const SECRET = 'a-secret-of-the-simulator'
const SECRET_VARIABLE = 'TENANT_SYNC_FABRIKAM_CLIENT_SECRET'

let simulator: Simulator
let idTokens: string[]
let secrets: string[]

beforeEach(() => {
  idTokens = []
  secrets = []
})
afterEach(() => simulator.close())

async function start(app: Partial<AppSeed> = {}, tokenLifetime = 3599) {
  simulator = await startSimulator({
    seed: {
      tenants: {
        fabrikam: {
          tenantId: TENANT,
          organization: 'fabrikam.onmicrosoft.com',
          apps: [{ clientId: APP, permissions: ['User.Read.All'], ...app }],
        },
      },
      behaviour: { tokenLifetime },
    },
  })
}

/** GitHub's token for this subject. */
function idToken(subject = SUBJECT, audience = 'api://AzureADTokenExchange', issued = Date.now() / 1000) {
  const token = signJwt(
    {
      iss: 'https://token.actions.githubusercontent.com',
      sub: subject,
      aud: audience,
      iat: issued,
      nbf: issued,
      exp: issued + 300,
      jti: randomUUID(),
    },
    simulator.world.actionsKey,
  )
  idTokens.push(token)
  return Promise.resolve(token)
}

function session(identity: Partial<Identity> = {}, environment: Partial<Environment> = {}) {
  const full: Environment = {
    env: { ...simulator.env, [SECRET_VARIABLE]: SECRET },
    idToken: (audience) => idToken(SUBJECT, audience),
    onSecret: (secret) => secrets.push(secret),
    ...environment,
  }
  return signIn(
    { tenant: 'fabrikam', tenantId: TENANT, clientId: APP, credential: 'client-secret', ...identity },
    endpointsOf('global', full.env),
    full,
  )
}

const issued = () =>
  simulator.requests.filter(({ operation, status }) => operation === 'token' && status === 200).length
const asked = () => simulator.requests.filter(({ operation }) => operation === 'token')

describe('with a client secret', () => {
  test('each service gets a token of its own, once, however many ask', async () => {
    await start({ secret: SECRET })
    const one = session()
    const [graph, again] = await Promise.all([one.token('graph'), one.token('graph')])
    const exchange = await one.token('exchange')
    expect(again).toBe(graph)
    expect(exchange).not.toBe(graph)
    expect(issued()).toBe(2)
    expect(new Set(one.tokens())).toEqual(new Set([graph, exchange]))
  })

  test('tokens and the secret are told, to be masked', async () => {
    await start({ secret: SECRET })
    const token = await session().token('graph')
    expect(secrets).toEqual([SECRET, token])
  })

  test('nothing is asked for before a token is', async () => {
    await start({ secret: SECRET })
    session()
    expect(simulator.requests).toEqual([])
  })

  test('that is not there names the variable, and asks nobody', async () => {
    await start({ secret: SECRET })
    const error = await refusal(
      session({}, { env: { ...simulator.env, [SECRET_VARIABLE]: '' } }).token('graph'),
    )
    expect(error).toBeInstanceOf(SignInError)
    expect(error).toMatchObject({ code: 'missing-variable' })
    expect(error.message).toContain(SECRET_VARIABLE)
    expect(asked()).toEqual([])
  })

  test('the variable is named after the tenant', () => {
    expect(secretVariable('fabrikam-emea', 'CERTIFICATE_PATH')).toBe(
      'TENANT_SYNC_FABRIKAM_EMEA_CERTIFICATE_PATH',
    )
  })
})

describe('a token', () => {
  test('that was refused is followed by a new one, of that service alone', async () => {
    await start({ secret: SECRET })
    const one = session()
    const [graph, exchange] = [await one.token('graph'), await one.token('exchange')]
    one.forget('graph', graph)
    const next = await one.token('graph')
    expect(next).not.toBe(graph)
    expect(await one.token('exchange')).toBe(exchange)
    // Somebody who was refused with the old one later takes nothing away.
    one.forget('graph', graph)
    expect(await one.token('graph')).toBe(next)
    expect(issued()).toBe(3)
  })

  test('that is about to run out is renewed, once for all who wait', async () => {
    await start({ secret: SECRET }, 2)
    const one = session()
    const first = await one.token('graph')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const [second, third] = await Promise.all([one.token('graph'), one.token('graph')])
    expect(second).not.toBe(first)
    expect(third).toBe(second)
    expect(issued()).toBe(2)
  })

  test('that could not be had is asked for again the next time', async () => {
    await start({ secret: SECRET })
    const env: Record<string, string> = { ...simulator.env, [SECRET_VARIABLE]: '' }
    const one = session({}, { env })
    await refusal(one.token('graph'))
    env[SECRET_VARIABLE] = SECRET
    expect(await one.token('graph')).toEqual(expect.any(String))
  })
})

describe("with GitHub's OIDC token", () => {
  const oidc = { credential: 'oidc' } as const
  const federated = { federatedCredentials: [{ subject: SUBJECT }] }

  test('it is asked for when a token is, and not with every request', async () => {
    await start(federated)
    const one = session(oidc)
    expect(idTokens).toHaveLength(0)
    await one.token('graph')
    const once = idTokens.length
    expect(once).toBeGreaterThan(0)
    for (let call = 0; call < 10; call++) await one.token('graph')
    expect(idTokens).toHaveLength(once)
  })

  test('a new access token is given for a new assertion: the first one may have run out', async () => {
    await start(federated)
    const one = session(oidc)
    one.forget('graph', await one.token('graph'))
    await one.token('graph')
    const assertions = asked().map(({ body }) => new URLSearchParams(String(body)).get('client_assertion'))
    expect(assertions).toHaveLength(2)
    expect(assertions[0]).not.toBe(assertions[1])
  })

  test('no secret is sent, whatever the environment holds', async () => {
    await start(federated)
    await session(oidc).token('graph')
    for (const { body } of asked()) expect(String(body)).not.toContain('client_secret')
  })

  test('a missing permission of the workflow is told in its own words', async () => {
    await start(federated)
    class NoIdTokenError extends Error {
      readonly code = 'no-id-token'
    }
    const idToken = () => Promise.reject(new NoIdTokenError('add `permissions: id-token: write`'))
    const error = await refusal(session(oidc, { idToken }).token('graph'))
    expect(error).toMatchObject({ name: 'SignInError', code: 'no-id-token' })
    expect(error.message).toContain('add `permissions: id-token: write`')
  })

  test.each<[string, Partial<AppSeed>, () => Promise<string>, string, RegExp]>([
    [
      'another subject',
      federated,
      () => idToken('repo:fabrikam/people:pull_request'),
      'AADSTS700213',
      /repo:fabrikam\/people:pull_request.*no federated credential with exactly this subject/,
    ],
    ['another audience', federated, () => idToken(SUBJECT, 'api://other'), 'AADSTS700212', /audience/],
    [
      'another issuer',
      { federatedCredentials: [{ subject: SUBJECT, issuer: 'https://other' }] },
      () => idToken(),
      'AADSTS700211',
      /issuer https:\/\/token\.actions/,
    ],
    ['no federated credential', {}, () => idToken(), 'AADSTS70025', /no federated credential at all/],
    ['a token out of its time', federated, () => idToken(SUBJECT, undefined, 1000), 'AADSTS700024', /clock/],
  ])('%s is refused with the cure', async (_, app, token, code, cure) => {
    await start(app)
    const error = await refusal(session(oidc, { idToken: token }).token('graph'))
    expect(error).toMatchObject({ name: 'SignInError', code, tenant: 'fabrikam' })
    expect(error.message).toMatch(cure)
    expect(error.message).not.toMatch(/Trace ID|Correlation/)
  })
})

describe('what Entra refuses', () => {
  test.each<[string, Partial<Identity>, Partial<AppSeed>, string, RegExp]>([
    ['another secret', {}, { secret: 'another' }, 'AADSTS7000215', /renew it/],
    [
      'another app',
      { clientId: randomUUID() },
      { secret: SECRET },
      'AADSTS700016',
      /compare tenantId and clientId/,
    ],
    [
      'another tenant',
      { tenantId: randomUUID() },
      { secret: SECRET },
      'sign-in-failed',
      /Check tenantId and cloud of fabrikam/,
    ],
  ])('(%s) is told with the cure', async (_, identity, app, code, cure) => {
    await start(app)
    const error = await refusal(session(identity).token('graph'))
    expect(error).toMatchObject({ name: 'SignInError', code })
    expect(error.message).toMatch(cure)
    expect(error.message).toContain('tenant fabrikam')
    expect(error.message).not.toContain(SECRET)
  })
})

test('a login URL that nobody answers at is told as such', async () => {
  await start({ secret: SECRET })
  const env = { ...simulator.env, [SECRET_VARIABLE]: SECRET, TENANT_SYNC_LOGIN_URL: 'https://localhost:1' }
  const error = await refusal(session({}, { env }).token('graph'))
  expect(error).toMatchObject({ name: 'SignInError', code: 'sign-in-failed' })
  expect(error.message).toContain('that the login URL can be reached')
}, 30_000)
