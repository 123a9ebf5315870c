import { request } from 'node:https'
import { existsSync, readFileSync } from 'node:fs'

import { afterEach, describe, expect, test } from '@jest/globals'

import { startSimulator } from '../simulator.ts'
import type { Simulator, SimulatorOptions } from '../simulator.ts'

const SEED = `
clock: 2026-11-20T21:00:00Z
tenants:
  fabrikam:
    tenantId: 6b0f8c1e-0000-4000-8000-00000000000a
    organization: fabrikam.onmicrosoft.com
    domains: [fabrikam.com]
    apps:
      - clientId: 1d2e3f40-0000-4000-8000-00000000000a
        permissions: [User.Read.All, OrgContact.Read.All]
        exchange: { manageAsApp: true, role: recipient-administrator }
        secret: practice-secret
    users:
      - { userPrincipalName: ada@fabrikam.com, displayName: Ada Lovelace, mail: ada@fabrikam.com }
`

const open: Simulator[] = []

async function start(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: SEED, tls: false, ...options })
  open.push(simulator)
  return simulator
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()))
})

const users = (simulator: Simulator, path = '/v1.0/users') =>
  fetch(`${simulator.origin}${path}`, {
    headers: { authorization: `Bearer ${simulator.token('fabrikam', 'graph')}` },
  })

const cmdlet = (simulator: Simulator, CmdletName: string, Parameters: object = {}) =>
  fetch(`${simulator.origin}/adminapi/beta/fabrikam.onmicrosoft.com/InvokeCommand`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${simulator.token('fabrikam', 'exchange')}`,
      'content-type': 'application/json',
      'x-anchormailbox': 'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@fabrikam.onmicrosoft.com',
    },
    body: JSON.stringify({ CmdletInput: { CmdletName, Parameters } }),
  })

describe('a simulator', () => {
  test('answers as Entra, Graph and Exchange on one port', async () => {
    const simulator = await start()
    const signIn = await fetch(`${simulator.origin}/fabrikam.com/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: '1d2e3f40-0000-4000-8000-00000000000a',
        client_secret: simulator.env['TENANT_SYNC_FABRIKAM_CLIENT_SECRET'] ?? '',
        scope: 'https://graph.microsoft.com/.default',
      }),
    })
    expect(signIn.status).toBe(200)
    expect((await users(simulator)).status).toBe(200)
    expect((await cmdlet(simulator, 'Get-MailContact')).status).toBe(200)
    expect((await fetch(`${simulator.origin}/elsewhere`)).status).toBe(404)
  })

  test('a mail contact that Exchange makes is an organizational contact of Graph', async () => {
    const simulator = await start()
    const made = await cmdlet(simulator, 'New-MailContact', {
      Name: 'grace',
      ExternalEmailAddress: 'grace@navy.mil',
    })
    expect(made.status).toBe(200)
    const { value } = (await (await users(simulator, '/v1.0/contacts?$select=mail')).json()) as any
    expect(value).toEqual([{ mail: 'grace@navy.mil' }])
  })

  test('keeps a record of every request', async () => {
    const simulator = await start()
    await users(simulator, '/v1.0/users/ada@fabrikam.com?$select=id')
    await cmdlet(simulator, 'New-MailContact', { Name: 'x', ExternalEmailAddress: 'x@y.org' })
    expect(simulator.requests).toMatchObject([
      {
        seq: 1,
        service: 'graph',
        tenant: 'fabrikam',
        method: 'GET',
        operation: '/users/{id}',
        path: '/v1.0/users/ada@fabrikam.com?%24select=id',
        write: false,
        status: 200,
      },
      {
        seq: 2,
        service: 'exchange',
        tenant: 'fabrikam',
        method: 'POST',
        operation: 'New-MailContact',
        write: true,
        status: 200,
        body: { CmdletInput: { CmdletName: 'New-MailContact' } },
      },
    ])
  })

  test('is reached over TLS by who trusts the certificate it names, until it is closed', async () => {
    const simulator = await start({ tls: true })
    const file = simulator.env['NODE_EXTRA_CA_CERTS'] ?? ''
    const discovery = `${simulator.origin}/fabrikam.com/v2.0/.well-known/openid-configuration`
    const status = (options: object) =>
      new Promise((resolve, reject) => {
        request(discovery, { ...options, rejectUnauthorized: true }, (answer) => {
          resolve(answer.statusCode)
          answer.resume()
        })
          .on('error', reject)
          .end()
      })
    expect(await status({ ca: readFileSync(file) })).toBe(200)
    await expect(status({})).rejects.toThrow(/self-signed/)
    await simulator.close()
    expect(existsSync(file)).toBe(false)
  })

  test('names what a program needs in its environment', async () => {
    const { env, origin } = await start()
    expect(env).toMatchObject({
      TENANT_SYNC_LOGIN_URL: origin,
      TENANT_SYNC_GRAPH_URL: origin,
      TENANT_SYNC_EXCHANGE_URL: origin,
      TENANT_SYNC_FABRIKAM_CLIENT_SECRET: 'practice-secret',
      GITHUB_API_URL: `${origin}/github`,
    })
  })

  test("starts at the seed's time, or keeps the time it is given", async () => {
    const seeded = await start()
    expect(seeded.world.now().toISOString()).toMatch(/^2026-11-20T21:0/)
    const fixed = await start({ clock: () => new Date('2027-01-01T00:00:00Z') })
    expect((await users(fixed)).headers.get('date')).toBe('Fri, 01 Jan 2027 00:00:00 GMT')
  })

  test('says when its port is taken', async () => {
    const simulator = await start()
    await expect(start({ port: Number(new URL(simulator.origin).port) })).rejects.toThrow('EADDRINUSE')
  })
})

test('runs a cycle of synchronization when it is told to, and not at its time', async () => {
  const simulator = await start({
    seed: `
tenants:
  fabrikam:
    tenantId: 6b0f8c1e-0000-4000-8000-00000000000a
    organization: fabrikam.onmicrosoft.com
    users: [{ userPrincipalName: ada@fabrikam.com, displayName: Ada Lovelace, mail: ada@fabrikam.com }]
    crossTenant:
      default: { automaticUserConsentSettings: { outboundAllowed: true } }
      applications:
        - displayName: To Contoso
          assigned: [ada@fabrikam.com]
          secrets: { CompanyId: 6b0f8c1e-0000-4000-8000-00000000000b, AuthenticationType: SyncPolicy }
          job: { state: active }
  contoso:
    tenantId: 6b0f8c1e-0000-4000-8000-00000000000b
    organization: contoso.onmicrosoft.com
    crossTenant:
      partners:
        - tenantId: 6b0f8c1e-0000-4000-8000-00000000000a
          automaticUserConsentSettings: { inboundAllowed: true }
          identitySynchronization: { userSyncInbound: { isSyncAllowed: true } }
`,
  })
  const { directory } = simulator.world.tenants.get('contoso')!
  expect(directory.userCount).toBe(0)
  expect(simulator.runCycle('fabrikam', 'To Contoso')).toMatchObject({ exported: 1, state: 'Succeeded' })
  expect(directory.user('ada_fabrikam.com#EXT#@contoso.onmicrosoft.com')).toBeDefined()
  expect(() => simulator.runCycle('fabrikam', 'To Tailspin')).toThrow(RangeError)
})

test('a migration batch moves on when a test says so', async () => {
  const migration = `
    migration:
      endpoints:
        - { name: from-fabrikam, remoteTenant: fabrikam.com, applicationId: mover, secret: x }
      batches:
        - name: wave-1
          endpoint: from-fabrikam
          targetDeliveryDomain: contoso.com
          status: Syncing
          users: [{ address: ada@contoso.com }]
        - { name: old, endpoint: from-fabrikam, targetDeliveryDomain: contoso.com, status: Removing, users: [] }
  contoso:
    tenantId: 7a1f8c1e-0000-4000-8000-00000000000b
    organization: contoso.onmicrosoft.com
`
  const simulator = await start({ seed: SEED + migration })
  expect(simulator.advanceMigration('fabrikam', 'wave-1')).toBe('Synced')
  expect(simulator.advanceMigration('fabrikam', 'wave-1')).toBe('Synced')
  expect(simulator.advanceMigration('fabrikam', 'old')).toBeUndefined()
  expect(() => simulator.advanceMigration('fabrikam', 'old')).toThrow(RangeError)
  expect(() => simulator.advanceMigration('contoso', 'wave-1')).toThrow(RangeError)
})
