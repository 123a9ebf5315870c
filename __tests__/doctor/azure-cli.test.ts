/** The commands, run by a shell with a stand-in for the Azure CLI that tells what it was called with. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  distrustCommands,
  giveCommand,
  signInCommands,
  takeCommands,
  trustCommand,
} from '../../src/commands/doctor/azure-cli.ts'
import { READ_EXCHANGE, READ_USERS } from '../../src/microsoft/permissions.ts'
import { Apps, clientId } from './apps.ts'
import { appOf, diagnosed, told } from './asked.ts'

const APP = '1d2e3f40-0000-4000-8000-00000000000a'
const GRAPH = '00000003-0000-0000-c000-000000000000'
const ROLES = 'https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments'
const ASSIGNMENTS = 'https://graph.microsoft.com/v1.0/servicePrincipals/the-principal/appRoleAssignments'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenant-sync-az-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** @param script Node's, with the arguments in `args`; what it logs is the answer. */
function azure(script: string): string {
  const file = join(folder, 'az')
  const log = join(folder, 'log')
  writeFileSync(log, '')
  writeFileSync(
    file,
    `#!${process.execPath}\nconst args = process.argv.slice(2)\nrequire('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(args) + '\\n')\n${script}\n`,
  )
  chmodSync(file, 0o755)
  return log
}

/** What the Azure CLI was called with, in the order in which it was done with; what is in `$( )` comes first. */
function ran(commands: readonly string[]): string[][] {
  const log = azure(`
    if (args.includes('sp')) console.log(args.includes('id') ? 'the-principal' : 'the-role')
    else if (args.includes('--query')) console.log('the-id')`)
  for (const command of commands)
    execFileSync('sh', ['-c', command], { env: { PATH: `${folder}:/usr/bin:/bin` } })
  return readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as string[])
}

describe('what gives', () => {
  test('an application permission: registered, and consented to', () => {
    expect(ran([giveCommand(READ_USERS, APP, 'global')])).toEqual([
      [
        'ad',
        'app',
        'permission',
        'add',
        '--id',
        APP,
        '--api',
        GRAPH,
        '--api-permissions',
        `${READ_USERS.id}=Role`,
      ],
      ['ad', 'app', 'permission', 'admin-consent', '--id', APP],
    ])
  })

  test('a directory role: to the service principal, in the whole tenant', () => {
    const [principal, post] = ran([giveCommand(READ_EXCHANGE, APP, 'global')])
    expect(principal).toEqual(['ad', 'sp', 'show', '--id', APP, '--query', 'id', '-o', 'tsv'])
    expect(post!.slice(0, -1)).toEqual(['rest', '--method', 'POST', '--url', ROLES, '--body'])
    expect(JSON.parse(post!.at(-1)!)).toEqual({
      principalId: 'the-principal',
      roleDefinitionId: READ_EXCHANGE.id,
      directoryScopeId: '/',
    })
  })
})

describe('what takes away', () => {
  test('an application permission: the assignment itself, and then the registration of it', () => {
    const calls = ran(takeCommands({ of: 'Microsoft Graph', name: 'Mail.Send' }, APP, 'global'))
    expect(calls).toContainEqual([
      'ad',
      'sp',
      'show',
      '--id',
      GRAPH,
      '--query',
      "appRoles[?value=='Mail.Send'].id | [0]",
      '-o',
      'tsv',
    ])
    expect(calls.filter(([what]) => what === 'rest')).toEqual([
      ['rest', '--url', ASSIGNMENTS, '--query', "value[?appRoleId=='the-role'].id | [0]", '-o', 'tsv'],
      ['rest', '--method', 'DELETE', '--url', `${ASSIGNMENTS}/the-id`],
    ])
    expect(calls.at(-1)).toEqual([
      'ad',
      'app',
      'permission',
      'delete',
      '--id',
      APP,
      '--api',
      GRAPH,
      '--api-permissions',
      'the-role',
    ])
  })

  test('a directory role: its assignment to the service principal', () => {
    expect(ran(takeCommands(READ_EXCHANGE, APP, 'global')).slice(-2)).toEqual([
      [
        'rest',
        '--url',
        `${ROLES}?$filter=principalId%20eq%20'the-principal'%20and%20roleDefinitionId%20eq%20'${READ_EXCHANGE.id}'`,
        '--query',
        'value[0].id',
        '-o',
        'tsv',
      ],
      ['rest', '--method', 'DELETE', '--url', `${ROLES}/the-id`],
    ])
  })

  test('nothing whose name a command could not hold', () => {
    const name = "x'; reboot; '"
    expect(takeCommands({ of: 'Microsoft Graph', name }, APP, 'global')).toEqual([])
    expect(takeCommands({ of: 'Microsoft Entra', name, id: name }, APP, 'global')).toEqual([])
    expect(distrustCommands(`repo:o/r:environment:${name}`, APP)).toEqual([])
  })
})

test('a cloud has its own sign-in, and its own Graph', () => {
  expect(signInCommands('the-tenant', 'china')).toEqual([
    'az cloud set --name AzureChinaCloud',
    'az login --tenant the-tenant --allow-no-subscriptions',
  ])
  expect(ran([giveCommand(READ_EXCHANGE, APP, 'china')]).at(-1)).toContain(
    'https://microsoftgraph.chinacloudapi.cn/v1.0/roleManagement/directory/roleAssignments',
  )
})

test('a federated credential arrives as it is, whatever an environment is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      // No argument of a program can hold it.
      fc.pre(!name.includes('\0'))
      const credential = {
        name: 'tenant-sync-apply',
        issuer: 'https://i',
        subject: `repo:o/r:environment:${name}`,
      }
      const [call] = ran([trustCommand({ ...credential, audience: 'api://a' }, APP)])
      expect(JSON.parse(call!.at(-1)!)).toEqual({ ...credential, audiences: ['api://a'] })
    }),
    { numRuns: 15 },
  )
})

describe('where the Azure CLI signs in', () => {
  const path = process.env['PATH']
  let apps: Apps
  beforeEach(async () => {
    apps = await Apps.start({
      profile: 'name: people\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n',
      tenant: 'cloud: global',
    })
  })
  afterEach(async () => {
    process.env['PATH'] = path
    await apps.stop()
  })

  function signedInWith(claims: object): void {
    const token = `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
    azure(
      `console.log(JSON.stringify({ accessToken: '${token}', expires_on: ${Math.floor(Date.now() / 1000) + 3000} }))`,
    )
    process.env['PATH'] = `${folder}:${path}`
  }

  test.each([
    [
      'a user',
      { scp: 'User.Read.All', wids: [], appid: 'the-cli' },
      'a user is signed in here, whose token tells nothing of the app',
    ],
    [
      'another app',
      { roles: ['User.Read.All'], appid: 'the-deployer' },
      'another app is signed in here (the-deployer)',
    ],
  ])('as %s, nothing is told of the app but what it needs, and how to check it', async (_, claims, why) => {
    signedInWith(claims)
    const diagnosis = await diagnosed(apps.options)
    const app = appOf(diagnosis, clientId('contoso', 'plan'))
    expect(diagnosis).toMatchObject({ code: 0, outcome: 'ok' })
    expect(app).toMatchObject({
      verdict: 'not-checked',
      needs: [
        { privilege: 'Exchange.ManageAsApp', state: 'unknown' },
        { privilege: 'Global Reader', state: 'unknown' },
      ],
    })
    expect(told(app)).toEqual([
      `note signed-in-as-${why.startsWith('a user') ? 'user' : 'other'}: could not be checked: ${why}. Run doctor in the workflow that uses it`,
    ])
  })
})
