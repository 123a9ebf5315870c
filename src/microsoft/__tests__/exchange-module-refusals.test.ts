/** What becomes of a cmdlet that Microsoft's PowerShell module refuses or does not answer, and of its secrets. */
import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { standIn, type Play } from '../../../__tests__/pwsh/stand-in.ts'
import type { ServiceError } from '../errors.ts'
import { isNameTaken, isNotFound } from '../exchange-errors.ts'
import { moduleRefusal } from '../exchange-module-errors.ts'
import { exchangeModule } from '../exchange-module.ts'
import { Bridge, make } from './exchange-module-wire.ts'
import { IDENTITY, refusal, tokens } from './wire.ts'

let bridge: Bridge | undefined
afterEach(async () => {
  await bridge?.stop()
  bridge = undefined
})

const SOON = { answer: 1_000, end: 200 }
const refused = async (plays: Play, patience?: typeof SOON) => {
  bridge = await Bridge.start()
  return (await refusal(make(bridge.module({ plays, ...(patience && { patience }) })))) as ServiceError
}

describe('an answer that is lost leaves open whether the cmdlet ran', () => {
  test.each<[string, Play, string]>([
    ['it was ended before it had read anything', 'dies', 'was ended by SIGKILL'],
    ['it was ended after Exchange had done it', 'dies-late', 'was ended by SIGKILL'],
    ['it wrote no answer', 'nonsense', 'ended with code 0'],
    ['it complained instead', 'complains', 'ended with code 64'],
  ])('%s', async (_, plays, how) => {
    const error = await refused(plays)
    expect(error).toMatchObject({ code: 'no-answer', ambiguous: true, operation: 'New-MailUser' })
    expect(error.message).toContain(`PowerShell ${how}, and gave no answer`)
    for (const noise of ['second line', '\u001b']) expect(error.message).not.toContain(noise)
  })

  test.each<Play>(['dawdles', 'hangs'])('it never came, and the process is no more: it %s', async (plays) => {
    const error = await refused(plays, SOON)
    expect(error).toMatchObject({ code: 'no-answer', ambiguous: true })
    expect(error.detail).toContain('did not end in 1 seconds')
  })
})

describe('what is known not to have run', () => {
  test('without PowerShell', async () => {
    const module = exchangeModule(
      IDENTITY,
      'fabrikam',
      'https://outlook.office365.com',
      tokens(),
      {},
      new Set(),
    )
    const error = (await refusal(make(module))) as ServiceError
    expect(error).toMatchObject({ code: 'powershell-missing', ambiguous: false })
    expect(error.advice).toContain('TENANT_SYNC_PWSH')
  })

  test('with a PowerShell that does not start', async () => {
    const broken = join(tmpdir(), `not-pwsh-${process.pid}`)
    writeFileSync(broken, '#!/no/such/interpreter\n', { mode: 0o755 })
    const env = { ...standIn(), TENANT_SYNC_PWSH: broken }
    const module = exchangeModule(
      IDENTITY,
      'fabrikam',
      'https://outlook.office365.com',
      tokens(),
      env,
      new Set(),
    )
    const error = await refusal(make(module))
    rmSync(broken)
    expect(error).toMatchObject({ code: 'powershell-missing', ambiguous: false })
  })

  test('without the module, and how to get it', async () => {
    const error = await refused('module-missing')
    expect(error).toMatchObject({ code: 'module-missing', ambiguous: false })
    expect(error.advice).toContain('Install-Module ExchangeOnlineManagement -Scope CurrentUser -Force')
  })
})

describe('a refusal in the words of the module', () => {
  const told = (code: string, message: string, cmdlet = 'New-MailUser') =>
    moduleRefusal(IDENTITY, cmdlet, { code, message }, 1)
  const NOT_FOUND = "The operation couldn't be performed because object 'x' couldn't be found on 'DB6PR06'."

  test('is known by the type and the text that Exchange gave', () => {
    const error = told(
      'ManagementObjectNotFoundException',
      `Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|${NOT_FOUND}`,
    )
    expect(error).toMatchObject({
      code: 'ManagementObjectNotFoundException',
      detail: NOT_FOUND,
      ambiguous: false,
    })
    expect(isNotFound(error)).toBe(true)
  })

  test.each(['ADObjectAlreadyExistsException', 'Microsoft.Exchange.Data.ADObjectAlreadyExistsException'])(
    'or by the code alone: %s',
    (code) => {
      const error = told(code, 'It is there.')
      expect(error).toMatchObject({ code: 'ADObjectAlreadyExistsException', ambiguous: false })
      expect(isNameTaken(error)).toBe(true)
    },
  )

  test.each([
    ['HttpRequestException', 'Connection reset by peer'],
    ['System.Threading.Tasks.TaskCanceledException', 'A task was canceled.'],
    ['HttpRequestException', 'Response status code does not indicate success: 503 (Service Unavailable).'],
    ['Exception', 'A server side error has occurred because of which the operation could not be completed.'],
    ['Exception', 'Something unforeseen'],
    ['X', 'Ex1|Microsoft.Exchange.Data.Directory.ADTransientException|Wait.'],
    [
      'X',
      'Ex1|System.InvalidOperationException|maximum number of concurrent requests per tenant has been exceeded',
    ],
  ])('leaves open whether it ran: %s, %s', (code, message) => {
    expect(told(code, message).ambiguous).toBe(true)
  })

  test.each([
    ['CommandNotFoundException', "The term 'New-MailUser' is not recognized as a name of a cmdlet."],
    ['Exception', "The role assigned to application 1 isn't supported in this scenario."],
  ])('says that a role lacks: %s, %s', (code, message) => {
    const error = told(code, message)
    expect(error).toMatchObject({ status: 403, code: 'unauthorized', ambiguous: false })
    expect(error.advice).toContain('Exchange Recipient Administrator')
    expect(told(code, message, 'New-MigrationEndpoint').advice).toContain('"Exchange Administrator"')
  })

  test('that only speaks of numbers says nothing of rights', () => {
    expect(told('ParameterBindingException', 'Room 403 is no address, nor is 401')).toMatchObject({
      status: undefined,
      ambiguous: false,
    })
  })
})

/** Marked, so that it cannot stand in a message by chance. */
const secret = fc
  .string({
    unit: fc.constantFrom('"', '\\', '\n', "'", '/', 'ü', '€', '𝄞', '\u2028', '\u007f', '*', '$&', 'a'),
  })
  .map((text) => `§${text}§`)

describe('no secret stands in an error', () => {
  test.each<Play>(['complains', 'quotes'])(
    'of a process that says what it was given: it %s',
    async (plays) => {
      bridge = await Bridge.start()
      const module = bridge.module({ plays })
      await fc.assert(
        fc.asyncProperty(secret, secret, async (Password, password) => {
          const secure = { Password, Credentials: { userName: 'an app', password } }
          const error = (await refusal(module.run('New-MigrationEndpoint', {}, secure))) as ServiceError
          const said = [error.message, error.detail, error.code, error.advice, String(error.stack)].join('\n')
          expect(said).toContain('***')
          for (const each of [Password, password, 'exchange-1']) {
            expect(said).not.toContain(each)
            const written = JSON.stringify(each).slice(1, -1)
            expect(said).not.toContain(written)
          }
          // In ASCII, as it was given.
          expect(said).not.toContain('\\u00a7')
        }),
        { numRuns: 12 },
      )
    },
  )

  test('nor as a code', async () => {
    bridge = await Bridge.start()
    const module = bridge.module({ plays: 'quotes' })
    expect(await refusal(module.run('New-MailUser', {}, { Password: 'LooksLikeACode' }))).toMatchObject({
      code: 'unreadable-code',
    })
  })
})
