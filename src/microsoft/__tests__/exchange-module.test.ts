/** How a cmdlet goes through Microsoft's PowerShell module: what is started, given and asked, and what comes back. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { decrypted, decryptedCredential } from '../../simulator/exchange/secure.ts'
import { Bridge, make, PASSWORD } from './exchange-module-wire.ts'
import { IDENTITY } from './wire.ts'

let bridge: Bridge
afterEach(() => bridge.stop())

describe('PowerShell', () => {
  test('is started without its profile and without questions, for one script that is there', async () => {
    bridge = await Bridge.start()
    await make(bridge.module())
    const [{ args } = { args: [] }] = bridge.ran
    expect(args).toEqual(['-NoProfile', '-NonInteractive', '-File', expect.stringMatching(/\.ps1$/)])
    expect(existsSync(args[3]!)).toBe(true)
  })

  test('is given everything by standard input, as one JSON object in ASCII', async () => {
    bridge = await Bridge.start()
    await make(bridge.module())
    const [{ input } = { input: '' }] = bridge.ran
    expect(input).toMatch(/^[\x20-\x7e]+$/)
    expect(JSON.parse(input)).toEqual({
      organization: 'fabrikam.onmicrosoft.com',
      tenantId: IDENTITY.tenantId,
      accessToken: 'exchange-1',
      exchangeUrl: bridge.url,
      cmdlet: 'New-MailUser',
      parameters: { Name: 'Zoë', RemotePowerShellEnabled: false },
      secure: { Password: PASSWORD },
    })
  })

  test('has the environment of this run, without what signs others in and what is secret', async () => {
    bridge = await Bridge.start()
    const kept = { HTTPS_PROXY: 'http://proxy:3128', PSModulePath: '/opt/modules', MY_ACTIONS_X: '1' }
    const withheld = {
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a',
      ACTIONS_RUNTIME_TOKEN: 'b',
      'INPUT_GITHUB-TOKEN': 'c',
      GITHUB_TOKEN: 'd',
      TENANT_SYNC_FABRIKAM_CLIENT_SECRET: 'e',
      MIGRATION_APP_SECRET: PASSWORD,
      SOME_TOKEN: 'exchange-1',
    }
    await make(bridge.module({ env: { ...kept, ...withheld } }))
    const [{ env } = { env: {} }] = bridge.ran
    expect(env).toMatchObject(kept)
    expect(Object.keys(withheld).filter((name) => name in env)).toEqual([])
  })

  test('runs twice at a time, and not more', async () => {
    let [under, most] = [0, 0]
    bridge = await Bridge.start(async () => {
      most = Math.max(most, ++under)
      // Long enough for a third to come, if it came.
      await delay(400)
      under--
      return { body: { value: [] } }
    })
    await Promise.all(Array.from({ length: 5 }, () => make(bridge.module())))
    expect([bridge.asked.length, most]).toEqual([5, 2])
  })
})

describe('the cmdlet', () => {
  test('is asked of the organization, its text encrypted as the simulator decrypts it', async () => {
    bridge = await Bridge.start()
    await make(bridge.module())
    const [{ parameters, ...asked } = { parameters: {} }] = bridge.asked
    expect(asked).toEqual({
      path: '/adminapi/beta/fabrikam.onmicrosoft.com/InvokeCommand',
      authorization: 'Bearer exchange-1',
      cmdlet: 'New-MailUser',
    })
    const { Password, ...others } = parameters as Record<string, unknown>
    expect(others).toEqual({ Name: 'Zoë', RemotePowerShellEnabled: false, Confirm: false })
    expect(decrypted(Password)).toBe(PASSWORD)
  })

  test('takes a credential, whose name is no secret', async () => {
    bridge = await Bridge.start()
    const Credentials = { userName: 'an app', password: PASSWORD }
    await bridge.module().run('Set-MigrationEndpoint', { Identity: 'e' }, { Credentials })
    expect(decryptedCredential(bridge.asked[0]!.parameters['Credentials'])).toEqual(['an app', PASSWORD])
  })

  test('tells what the new object is known by', async () => {
    bridge = await Bridge.start(() => ({ body: { value: [{ Guid: 'g', Name: 'Zoë', Alias: null }] } }))
    expect(await make(bridge.module())).toEqual({
      rows: [{ Guid: 'g', Name: 'Zoë' }],
      status: 200,
      attempt: 1,
    })
  })

  test.each(['chatters', 'marks'] as const)(
    'is understood also when more is said than should be: it %s',
    async (plays) => {
      bridge = await Bridge.start(() => ({ body: { value: [{ Guid: 'g' }] } }))
      expect(await make(bridge.module({ plays }))).toMatchObject({ rows: [{ Guid: 'g' }] })
    },
  )

  test('other than the few that need it is refused by the script', async () => {
    bridge = await Bridge.start()
    const removal = bridge.module().run('Remove-Mailbox', { Identity: 'ceo' }, {})
    await expect(removal).rejects.toMatchObject({ code: 'bad-request', ambiguous: false })
    expect(bridge.asked).toEqual([])
  })
})

describe('a token that is refused', () => {
  test('is renewed once: nothing was done', async () => {
    bridge = await Bridge.start(({ authorization }) =>
      authorization === 'Bearer exchange-1' ? { status: 401, body: '' } : { body: { value: [] } },
    )
    expect(await make(bridge.module())).toMatchObject({ attempt: 2 })
  })

  test('twice is the lack of a permission', async () => {
    bridge = await Bridge.start(() => ({ status: 401, body: '' }))
    await expect(make(bridge.module())).rejects.toMatchObject({
      code: 'unauthorized',
      status: 401,
      ambiguous: false,
      advice: expect.stringContaining('Exchange.ManageAsApp'),
    })
    expect(bridge.asked).toHaveLength(2)
  })
})
