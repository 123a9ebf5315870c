/** Microsoft's module as the stand-in plays it, against the simulator: through the clients of a whole run. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { connections, type Writers } from '../../src/microsoft/connections.ts'
import { isNameTaken } from '../../src/microsoft/exchange-errors.ts'
import type { Parameters } from '../../src/microsoft/exchange.ts'
import { decryptedCredential } from '../../src/simulator/exchange/secure.ts'
import { startSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import { CONTOSO, tenant } from '../people.ts'
import { standIn, type Play } from './stand-in.ts'

const APP = '1d2e3f40-0000-4000-8000-0000000000aa'
const role = (name: 'exchange-administrator' | 'global-reader') => ({
  clientId: APP,
  exchange: { manageAsApp: true, role: name },
  secret: 'a-secret-of-the-simulator',
})

let simulator: Simulator
let writers: Writers
async function start(app = role('exchange-administrator'), plays?: Play): Promise<void> {
  const contoso = tenant('contoso', CONTOSO, { apps: [app] })
  simulator = await startSimulator({ seed: { tenants: { contoso } } })
  const identity = { name: 'contoso', tenantId: CONTOSO, clientId: APP, domains: ['contoso.com'] }
  const more = {
    cloud: 'global',
    organization: 'contoso.onmicrosoft.com',
    credential: 'client-secret',
  } as const
  writers = connections(new Map([['contoso', { ...identity, ...more }]]), {
    env: { ...simulator.env, ...standIn({ ...(plays && { plays }) }) },
    idToken: () => Promise.reject(new Error('no workflow')),
    inWorkflow: false,
    purpose: 'apply',
    concurrency: 4,
  })
}
beforeEach(() => start())
afterEach(() => simulator.close())

const ADA = {
  Name: 'ada',
  MicrosoftOnlineServicesID: 'ada@contoso.com',
  PrimarySmtpAddress: 'ada@contoso.com',
  ExternalEmailAddress: 'ada@fabrikam.com',
}
const make = (parameters: Parameters = ADA) =>
  writers.exchangeModuleWriter('contoso').run('New-MailUser', parameters, { Password: 'Pa55 wörd "of" none' })
async function mailUsers(): Promise<unknown[]> {
  const names: unknown[] = []
  for await (const page of writers.exchange('contoso').pages('Get-MailUser', {}))
    names.push(...page.map((row) => row['Name']))
  return names
}

test('planning sees that it is there, and is given nothing that writes', () => {
  const module: { unavailable: string | undefined } = writers.exchangeModule('contoso')
  expect(module.unavailable).toBeUndefined()
  expect(simulator.requests).toEqual([])
})

test('a mail user is made', async () => {
  const { rows } = await make()
  expect(rows).toMatchObject([
    { Name: 'ada', Guid: expect.any(String), PrimarySmtpAddress: 'ada@contoso.com' },
  ])
  expect(await mailUsers()).toEqual(['ada'])
})

test('a server that others are not led to may know it sooner than they', async () => {
  await simulator.close()
  await start(undefined, 'elsewhere')
  await make()
  expect(await mailUsers()).toEqual([])
})

test('the name of another is refused as Exchange refuses it', async () => {
  await make()
  const again = await make({ ...ADA, MicrosoftOnlineServicesID: 'a@contoso.com' }).catch(
    (error: unknown) => error,
  )
  expect(again).toMatchObject({ ambiguous: false })
  expect(isNameTaken(again)).toBe(true)
})

test('an endpoint has the secret of the application', async () => {
  const RemoteTenant = 'fabrikam.onmicrosoft.com'
  const endpoint = { Name: 'e', RemoteServer: 'outlook.office.com', RemoteTenant, ApplicationId: APP }
  const Credentials = { userName: APP, password: 'S8~of the application' }
  await writers
    .exchangeModuleWriter('contoso')
    .run('New-MigrationEndpoint', { ...endpoint, ExchangeRemoteMove: true }, { Credentials })
  const sent = simulator.requests.map(
    ({ body }) => body as { CmdletInput?: { Parameters: Record<string, unknown> } },
  )
  const credentials = sent.flatMap(({ CmdletInput }) => CmdletInput?.Parameters['Credentials'] ?? [])
  expect(credentials.map(decryptedCredential)).toEqual([[APP, 'S8~of the application']])
})

test('an answer that is lost leaves open whether it was made, and here it was', async () => {
  simulator.faults.add({ on: { operation: 'New-MailUser' }, do: { lost: 'after' } })
  await expect(make()).rejects.toMatchObject({ ambiguous: true })
  expect(await mailUsers()).toEqual(['ada'])
})

test('what an app has no role for does not exist for it', async () => {
  await simulator.close()
  await start(role('global-reader'))
  await expect(make()).rejects.toMatchObject({ status: 403, ambiguous: false })
})
