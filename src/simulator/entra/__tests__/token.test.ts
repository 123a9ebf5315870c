import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, test } from '@jest/globals'

import { APP, SEED, TENANT, practice } from '../../graph/__tests__/practice.ts'
import { readJwt, signJwt } from '../../jwt.ts'
import type { AppSeed, Seed } from '../../seed.ts'

const GITHUB = 'https://token.actions.githubusercontent.com'
const SUBJECT = 'repo:contoso/people:environment:tenant-sync'
const AUDIENCE = 'api://AzureADTokenExchange'
const GRAPH = 'https://graph.microsoft.com/.default'
const SECRET = 'practice-secret'
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const certified = generateKeyPairSync('rsa', { modulusLength: 2048 })

function entra(app: Partial<AppSeed> = {}) {
  const seed: Seed = {
    tenants: {
      fabrikam: {
        ...SEED.tenants!['fabrikam']!,
        apps: [
          {
            clientId: APP,
            permissions: ['User.Read.All'],
            exchange: { manageAsApp: true, role: 'recipient-administrator' },
            secret: SECRET,
            certificate: certified.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
            federatedCredentials: [{ subject: SUBJECT }],
            ...app,
          },
        ],
      },
    },
  }
  const { world, ask } = practice(seed)
  const now = () => Math.floor(world.now().getTime() / 1000)
  return {
    world,
    ask,
    now,
    token: (form: Record<string, string>, tenant = TENANT) =>
      ask(`/${tenant}/oauth2/v2.0/token?client-request-id=mine`, {
        as: null,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: APP,
          scope: GRAPH,
          ...form,
        }).toString(),
      }),
    fromGitHub: (claims: Record<string, unknown> = {}, key = world.actionsKey) => ({
      client_assertion_type: ASSERTION,
      client_assertion: signJwt(
        { iss: GITHUB, sub: SUBJECT, aud: AUDIENCE, iat: now(), exp: now() + 300, ...claims },
        key,
      ),
    }),
  }
}

describe('discovery', () => {
  test('names the token endpoint, under the issuer that was asked', async () => {
    const { ask, world } = entra()
    const { body } = await ask(`/${TENANT}/v2.0/.well-known/openid-configuration`, { as: null })
    expect(body).toMatchObject({
      issuer: `${world.origin}/${TENANT}/v2.0`,
      token_endpoint: `${world.origin}/${TENANT}/oauth2/v2.0/token`,
      jwks_uri: `${world.origin}/${TENANT}/discovery/v2.0/keys`,
    })
  })
})

describe('a token for an app', () => {
  test('is given for its secret, with the permissions it was granted', async () => {
    const { token } = entra()
    const { status, body } = await token({ client_secret: SECRET })
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 3599])
    expect(readJwt(body.access_token)?.claims).toMatchObject({
      aud: 'https://graph.microsoft.com',
      tid: TENANT,
      appid: APP,
      roles: ['User.Read.All'],
      wids: ['31392ffb-586c-42d1-9346-e59415a2cc4e', '0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
    })
  })

  test('of Exchange carries its own roles', async () => {
    const { token } = entra()
    const { body } = await token({ client_secret: SECRET, scope: 'https://outlook.office365.com/.default' })
    expect(readJwt(body.access_token)?.claims).toMatchObject({
      aud: 'https://outlook.office365.com',
      roles: ['Exchange.ManageAsApp'],
    })
  })

  test('without any permission has no roles at all', async () => {
    const { token } = entra({ permissions: [], exchange: {} })
    const { body } = await token({ client_secret: SECRET })
    expect(readJwt(body.access_token)?.claims['roles']).toBeUndefined()
  })

  test('is given for the replaced base URL as well, and then good at both', async () => {
    const { token, world, ask } = entra()
    const { body } = await token({ client_secret: SECRET, scope: `${world.origin}/.default` })
    const reply = await ask('/v1.0/users', {
      as: null,
      headers: { authorization: `Bearer ${body.access_token}` },
    })
    expect(reply.status).toBe(200)
    expect(readJwt(body.access_token)?.claims['roles']).toEqual(['User.Read.All', 'Exchange.ManageAsApp'])
  })

  test("is given for GitHub's token of the right environment", async () => {
    const { token, fromGitHub } = entra()
    expect((await token(fromGitHub())).status).toBe(200)
  })

  test('is given for an assertion that its certificate signed', async () => {
    const { token, now } = entra()
    const claims = { iss: APP, sub: APP, aud: 'https://login', iat: now(), exp: now() + 600 }
    const assertion = signJwt(claims, { kid: 'own', ...certified })
    expect((await token({ client_assertion_type: ASSERTION, client_assertion: assertion })).status).toBe(200)
  })
})

describe('a sign-in is refused', () => {
  const { token, fromGitHub, now, world } = entra()
  const stranger = { kid: 'x', ...generateKeyPairSync('rsa', { modulusLength: 2048 }) }
  test.each([
    ['for another tenant', () => token({ client_secret: SECRET }, 'contoso.com'), 90002],
    ['for an unknown app', () => token({ client_id: 'nobody', client_secret: SECRET }), 700016],
    ['with a wrong secret', () => token({ client_secret: 'guess' }), 7000215],
    ['without any proof', () => token({}), 7000218],
    [
      'for a scope without /.default',
      () => token({ client_secret: SECRET, scope: 'User.Read.All' }),
      1002012,
    ],
    [
      'for a resource of another cloud',
      () => token({ client_secret: SECRET, scope: 'https://graph.microsoft.us/.default' }),
      500011,
    ],
    ['with another grant', () => token({ grant_type: 'password' }), 70003],
    ['for another subject', () => token(fromGitHub({ sub: 'repo:contoso/people:pull_request' })), 700213],
    ['for another audience', () => token(fromGitHub({ aud: 'https://github.com/contoso' })), 700212],
    ['for another issuer', () => token(fromGitHub({ iss: 'https://gitlab.com' })), 700211],
    ['after the assertion ended', () => token(fromGitHub({ iat: now() - 400, exp: now() - 100 })), 700024],
    ['for a forged assertion', () => token(fromGitHub({}, stranger)), 700027],
    [
      'for no assertion at all',
      () => token({ client_assertion_type: ASSERTION, client_assertion: 'x' }),
      50027,
    ],
  ])('%s', async (_, asked, code) => {
    const { status, body } = await asked()
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(402)
    expect(body).toMatchObject({
      error: expect.any(String),
      error_codes: [code],
      error_description: expect.stringMatching(
        new RegExp(
          `^AADSTS${code}: .+ Trace ID: \\S+ Correlation ID: mine Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`,
          's',
        ),
      ),
      correlation_id: 'mine',
    })
    expect(world.tenants.size).toBe(1)
  })

  test('naming the subject that was presented, so that it can be registered', async () => {
    const { body } = await token(fromGitHub({ sub: 'repo:contoso/people:ref:refs/heads/main' }))
    expect(body.error_description).toContain("assertion subject 'repo:contoso/people:ref:refs/heads/main'")
  })
})
