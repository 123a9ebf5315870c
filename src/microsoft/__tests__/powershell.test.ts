/** Whether PowerShell and Microsoft's module are there: told from files alone. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { exchangeModule } from '../exchange-module.ts'
import { powerShellOf, whyWithout } from '../powershell.ts'
import { IDENTITY, tokens } from './wire.ts'

const MODULE = 'ExchangeOnlineManagement'
const MISSING = `PowerShell's module ${MODULE} is not installed`

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'powershell-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** That would fail, if it were run. */
function program(path: string, mode = 0o755): string {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '#!/bin/false\n', { mode })
  return file
}
function folder(path: string): string {
  mkdirSync(join(root, path), { recursive: true })
  return join(root, path)
}
/** As a package lays it out: a link in a folder of PATH, to a folder with PowerShell's own modules. */
function installed(): Record<string, string> {
  const real = program('opt/microsoft/powershell/7/pwsh')
  folder('opt/microsoft/powershell/7/Modules/PSReadLine')
  symlinkSync(real, join(folder('bin'), 'pwsh'))
  return { PATH: [folder('empty'), join(root, 'bin')].join(delimiter), HOME: folder('home') }
}
const why = (env: Record<string, string>) => whyWithout(MODULE, env)

describe('PowerShell is missing', () => {
  test.each([[{}], [{ PATH: '' }]])('without a PATH: %j', (env) => {
    expect(why(env)).toBe('PowerShell (pwsh) is not found')
  })

  test('where no folder of PATH has it, or only a file or folder that does not run', () => {
    program('text/pwsh', 0o644)
    folder('folder/pwsh')
    const PATH = [join(root, 'text'), join(root, 'folder'), join(root, 'none')].join(delimiter)
    expect(why({ PATH })).toBe('PowerShell (pwsh) is not found')
  })

  test('where TENANT_SYNC_PWSH names nothing that runs, wherever else one is', () => {
    const env = installed()
    for (const named of [join(root, 'none'), program('text/pwsh', 0o644), root, 'pwsh-preview'])
      expect(why({ ...env, TENANT_SYNC_PWSH: named })).toBe(
        'PowerShell is not found where TENANT_SYNC_PWSH says',
      )
  })
})

describe('PowerShell is there', () => {
  test('as the first in PATH that runs', () => {
    program('text/pwsh', 0o644)
    const [first] = [program('first/pwsh'), program('second/pwsh')]
    const PATH = ['text', 'first', 'second'].map((each) => join(root, each)).join(delimiter)
    expect(powerShellOf({ PATH })).toBe(first)
    expect(powerShellOf({ PATH, TENANT_SYNC_PWSH: '' })).toBe(first)
  })

  test('under another name, or at a path', () => {
    const other = program('bin/pwsh-preview')
    expect(powerShellOf({ PATH: join(root, 'bin'), TENANT_SYNC_PWSH: 'pwsh-preview' })).toBe(other)
    expect(powerShellOf({ TENANT_SYNC_PWSH: other })).toBe(other)
  })
})

describe('the module', () => {
  test('is missing where none of its folders stands', () => {
    const env = installed()
    folder('home/.local/share/powershell/Modules/Az.Accounts')
    expect(why({ ...env, PSModulePath: join(root, 'gone') })).toBe(MISSING)
  })

  test.each<[string, string, (root: string) => Record<string, string>]>([
    ['beside PowerShell', 'opt/microsoft/powershell/7/Modules', () => ({})],
    ['of the user', 'home/.local/share/powershell/Modules', () => ({})],
    ["where the user's data is", 'data/powershell/Modules', (at) => ({ XDG_DATA_HOME: join(at, 'data') })],
    [
      'in one of PSModulePath',
      'modules',
      (at) => ({ PSModulePath: [join(at, 'other'), join(at, 'modules')].join(delimiter) }),
    ],
  ])('is there: %s', (_, path, env) => {
    const found = installed()
    folder(join(path, MODULE, '3.9.0'))
    expect(why({ ...found, ...env(root) })).toBeUndefined()
  })

  test('is taken to be there where only PowerShell could tell', () => {
    expect(why({ TENANT_SYNC_PWSH: program('snap/bin/pwsh') })).toBeUndefined()
  })
})

test('a run looks once', () => {
  const env = installed()
  const module = exchangeModule(
    IDENTITY,
    'fabrikam',
    'https://outlook.office365.com',
    tokens(),
    env,
    new Set(),
  )
  expect(module.unavailable).toBe(MISSING)
  folder(`home/.local/share/powershell/Modules/${MODULE}`)
  expect(module.unavailable).toBe(MISSING)
})
