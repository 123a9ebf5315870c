/** What the apps were given, held against what the profiles need: missing, too much, or as it should be. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Purpose } from '../../src/microsoft/identity.ts'
import type { AppSeed } from '../../src/simulator/seed.ts'
import { Apps, clientId, type TenantName, type World } from './apps.ts'
import { appOf, diagnosed, printed, told } from './asked.ts'
import { synchronization } from './half-built.ts'

let apps: Apps
afterEach(() => apps.stop())

const MAIL_CONTACTS =
  'name: people\nkind: mail-contacts\nfrom: [{ entra: fabrikam, groups: [Staff], hidden: include }]\nto: { tenant: contoso }\n'
const PERSONAL_CONTACTS =
  'name: people\nkind: personal-contacts\nfrom: [{ entra: fabrikam, include: [org-contacts], hidden: include }]\nto: { tenant: fabrikam, mailboxes: { all: true } }\n'

/** Every app holds just what it needs. */
async function start(profile: string, world: Partial<World> = {}): Promise<Apps> {
  apps = await Apps.start({ profile, ...world })
  for (const purpose of ['plan', 'apply'] as const) apps.give(purpose, await apps.needs(purpose))
  return apps
}

const given = (tenant: TenantName, purpose: Purpose, more: Partial<AppSeed>) =>
  Object.assign(apps.app(tenant, purpose), more)
const more = (tenant: TenantName, purpose: Purpose, ...permissions: string[]) =>
  given(tenant, purpose, {
    permissions: [...(apps.app(tenant, purpose).permissions ?? []), ...permissions],
  })
async function asked(tenant: TenantName, purpose: Purpose) {
  const diagnosis = await diagnosed(apps.options)
  const app = appOf(diagnosis, clientId(tenant, purpose))
  return { code: diagnosis.code, verdict: app.verdict, told: told(app), app }
}

test.each([MAIL_CONTACTS, PERSONAL_CONTACTS, synchronization()])(
  'apps that hold just what they need are as they should be (%#)',
  async (profile) => {
    await start(profile)
    const { code, outcome, tenants } = await diagnosed(apps.options)
    expect({ code, outcome }).toEqual({ code: 0, outcome: 'ok' })
    for (const { apps: each } of tenants)
      for (const app of each) expect(app).toMatchObject({ verdict: 'ok', findings: [] })
    expect(apps.requests.filter(({ service }) => service === 'graph')).toEqual([])
    expect(apps.requests.filter(({ write }) => write)).toEqual([])
  },
)

describe('what is missing', () => {
  test('fails, with what it is for and the command that grants it', async () => {
    await start(MAIL_CONTACTS)
    given('fabrikam', 'plan', { permissions: ['User.Read.All'] })
    const { code, verdict, app } = await asked('fabrikam', 'plan')
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'missing' })
    expect(app.findings).toEqual([
      {
        severity: 'error',
        verdict: 'missing',
        code: 'missing',
        message: 'lacks GroupMember.Read.All (Microsoft Graph), to read who belongs to groups',
        commands: [
          `az ad app permission add --id ${clientId('fabrikam', 'plan')} --api 00000003-0000-0000-c000-000000000000 --api-permissions 98830695-27a2-44f7-8c18-0c3ebc9698f6=Role && az ad app permission admin-consent --id ${clientId('fabrikam', 'plan')}`,
        ],
      },
    ])
    expect(app.needs.map(({ privilege, state }) => [privilege, state])).toEqual([
      ['User.Read.All', 'held'],
      ['GroupMember.Read.All', 'missing'],
    ])
  })

  test.each<[string, NonNullable<AppSeed['exchange']>, string[]]>([
    [
      'nothing of Exchange',
      { manageAsApp: false, role: 'none' },
      [
        'error missing: lacks Exchange.ManageAsApp (Exchange Online), to reach Exchange',
        'error missing: lacks the Entra role Exchange Recipient Administrator, to write mail contacts',
      ],
    ],
    [
      'Exchange.ManageAsApp alone',
      { manageAsApp: true, role: 'none' },
      ['error missing: lacks the Entra role Exchange Recipient Administrator, to write mail contacts'],
    ],
    [
      'what reads alone',
      { manageAsApp: true, role: 'global-reader' },
      ['error missing: lacks the Entra role Exchange Recipient Administrator, to write mail contacts'],
    ],
  ])('an app that is to write mail contacts, and has %s', async (_, exchange, findings) => {
    await start(MAIL_CONTACTS)
    given('contoso', 'apply', { exchange })
    expect(await asked('contoso', 'apply')).toMatchObject({ code: 1, verdict: 'missing', told: findings })
  })

  test('a role group of Exchange is found by asking, and what it allows is not known', async () => {
    await start(MAIL_CONTACTS)
    given('contoso', 'plan', { exchange: { manageAsApp: true, role: 'none' } })
    const body = {
      error: { code: 'NotFound', details: [{ message: 'Ex1|X.ManagementObjectNotFoundException|none' }] },
    }
    apps.tenants.simulator.faults.add({ on: { operation: 'Get-MailContact' }, do: { status: 404, body } })
    const { verdict, told: findings, app } = await asked('contoso', 'plan')
    expect(verdict).toBe('ok')
    expect(findings).toEqual([
      expect.stringContaining('warning role-group: may use Exchange by a role group'),
    ])
    expect(app.needs.at(-1)).toMatchObject({ privilege: 'Global Reader', state: 'held' })
  })

  test('what only helps is told, and fails nothing', async () => {
    await start(MAIL_CONTACTS.replace(', hidden: include', ''))
    given('fabrikam', 'plan', { exchange: { manageAsApp: false, role: 'none' } })
    expect(await asked('fabrikam', 'plan')).toMatchObject({
      code: 0,
      verdict: 'ok',
      told: [
        'note could-know-more: may be given Exchange.ManageAsApp (Exchange Online), to know who is hidden in Exchange alone; without it a run goes on',
        'note could-know-more: may be given the Entra role Global Reader, to know who is hidden in Exchange alone; without it a run goes on',
      ],
    })
  })
})

describe('what is too much', () => {
  test('to read: a warning, with what is enough', async () => {
    await start(MAIL_CONTACTS)
    given('fabrikam', 'plan', { permissions: ['Directory.Read.All', 'Sites.Read.All'] })
    expect(await asked('fabrikam', 'plan')).toMatchObject({
      code: 0,
      verdict: 'too-much',
      told: [
        'warning wider-than-needed: has Directory.Read.All (Microsoft Graph): User.Read.All (Microsoft Graph) and GroupMember.Read.All (Microsoft Graph) are enough',
        'warning not-needed: has Sites.Read.All (Microsoft Graph): no profile needs it',
      ],
    })
  })

  test('what reads as little under another name is as good', async () => {
    await start(MAIL_CONTACTS)
    given('fabrikam', 'plan', { permissions: ['User.Read.All', 'Group.ReadBasic.All'] })
    expect(await asked('fabrikam', 'plan')).toMatchObject({ code: 0, verdict: 'ok', told: [] })
  })

  test.each<[string, string[], string]>([
    [
      'wider than needed',
      ['User.ReadWrite.All'],
      'error plan-could-write: has User.ReadWrite.All (Microsoft Graph), which can write: User.Read.All (Microsoft Graph) is enough',
    ],
    [
      'what an apply needs',
      ['Contacts.ReadWrite'],
      'error plan-could-write: has Contacts.ReadWrite (Microsoft Graph), which can write: Contacts.Read (Microsoft Graph) is enough',
    ],
    [
      'of no use',
      ['Mail.Send'],
      'error plan-could-write: has Mail.Send (Microsoft Graph), which can write: no profile needs it',
    ],
  ])('an app that plans and could write fails: %s', async (_, permissions, finding) => {
    await start(PERSONAL_CONTACTS)
    more('fabrikam', 'plan', ...permissions)
    expect(await asked('fabrikam', 'plan')).toMatchObject({ code: 1, verdict: 'too-much', told: [finding] })
  })

  test.each([
    ['recipient-administrator', 'Exchange Recipient Administrator'],
    ['exchange-administrator', 'Exchange Administrator'],
  ] as const)('an app that plans and has the role of an administrator fails: %s', async (role, name) => {
    await start(MAIL_CONTACTS)
    given('contoso', 'plan', { exchange: { manageAsApp: true, role } })
    expect(await asked('contoso', 'plan')).toMatchObject({
      code: 1,
      verdict: 'too-much',
      told: [
        `error plan-could-write: has the Entra role ${name}, which can write: the Entra role Global Reader is enough`,
      ],
    })
  })

  test('an app that applies, and could write what no profile needs written, fails', async () => {
    await start(MAIL_CONTACTS)
    more('contoso', 'apply', 'Directory.ReadWrite.All')
    given('contoso', 'apply', { exchange: { manageAsApp: true, role: 'exchange-administrator' } })
    expect(await asked('contoso', 'apply')).toMatchObject({
      code: 1,
      verdict: 'too-much',
      told: [
        'error not-needed: has Directory.ReadWrite.All (Microsoft Graph), which can write: no profile needs it',
        'error wider-than-needed: has the Entra role Exchange Administrator, which can write: the Entra role Exchange Recipient Administrator is enough',
      ],
    })
  })

  test('what another profile needs, or a paused one, is not too much', async () => {
    await start(MAIL_CONTACTS)
    apps.tenants.write(
      'more.yaml',
      PERSONAL_CONTACTS.replace('people', 'gal').replace('limits', 'limits') + 'state: paused\n',
    )
    more('fabrikam', 'plan', 'Contacts.Read', 'OrgContact.Read.All')
    more('fabrikam', 'apply', 'Contacts.ReadWrite', 'OrgContact.Read.All')
    expect(await diagnosed({ ...apps.options, only: ['people'] })).toMatchObject({ code: 0, outcome: 'ok' })
    expect(await asked('fabrikam', 'plan')).toMatchObject({ verdict: 'ok', told: [] })
  })
})

describe('an app that applies a synchronization', () => {
  const application = async (...permissions: string[]) => {
    await start(synchronization())
    const others = apps
      .app('fabrikam', 'apply')
      .permissions!.filter((name) => !/^(Application|Synchronization)\.ReadWrite\./.test(name))
    given('fabrikam', 'apply', { permissions: [...others, ...permissions] })
    return asked('fabrikam', 'apply')
  }

  test('needs to write what it owns alone: the synchronization of its application is part of that', async () => {
    const { code, verdict, told: findings, app } = await application('Application.ReadWrite.OwnedBy')
    expect({ code, verdict, findings }).toEqual({ code: 0, verdict: 'ok', findings: [] })
    expect(app.needs.map(({ privilege, state }) => [privilege, state])).toEqual([
      ['Policy.ReadWrite.CrossTenantAccess', 'held'],
      ['Application.ReadWrite.OwnedBy', 'held'],
      ['AppRoleAssignment.ReadWrite.All', 'held'],
      ['Application.Read.All', 'held'],
      ['User.Read.All', 'held'],
      ['GroupMember.Read.All', 'held'],
      ['AuditLog.Read.All', 'held'],
    ])
  })

  test('may have what writes the synchronization of an application that it does not own', async () => {
    expect(await application('Application.ReadWrite.OwnedBy', 'Synchronization.ReadWrite.All')).toMatchObject(
      { code: 0, verdict: 'ok', told: [] },
    )
  })

  test('lacks to make an application, where it has no more than that', async () => {
    expect(await application('Synchronization.ReadWrite.All')).toMatchObject({
      code: 1,
      verdict: 'missing',
      told: [
        'error missing: lacks Application.ReadWrite.OwnedBy (Microsoft Graph), to write the application and its synchronization',
      ],
    })
  })

  test('that could write every application has more than it needs', async () => {
    expect(await application('Application.ReadWrite.All', 'Synchronization.ReadWrite.All')).toMatchObject({
      code: 1,
      verdict: 'too-much',
      told: [
        expect.stringMatching(
          /^error wider-than-needed: has Application\.ReadWrite\.All .*Application\.ReadWrite\.OwnedBy/,
        ),
      ],
    })
  })

  test('knows more of how it fares with the logs, and goes on without', async () => {
    await start(synchronization())
    const permissions = apps
      .app('fabrikam', 'plan')
      .permissions!.filter((name) => name !== 'AuditLog.Read.All')
    given('fabrikam', 'plan', { permissions })
    expect(await asked('fabrikam', 'plan')).toMatchObject({
      code: 0,
      verdict: 'ok',
      told: [
        'note could-know-more: may be given AuditLog.Read.All (Microsoft Graph), to show whom provisioning failed; without it a run goes on',
      ],
    })
  })
})

describe('one app for both', () => {
  const ONE = (tenant: TenantName) => clientId(tenant, 'apply')

  test('fails where it writes, with the advice to split it', async () => {
    await start(MAIL_CONTACTS, { clientId: ONE })
    expect(await asked('contoso', 'apply')).toMatchObject({
      code: 1,
      verdict: 'too-much',
      app: { purposes: ['plan', 'apply'] },
      told: [
        `error one-app-for-both: plans, and can write (the Entra role Exchange Recipient Administrator): whoever can push a branch could use it. Register a second app that may only read, and name both in tenants.yaml: clientId: { plan: <the new one>, apply: ${ONE('contoso')} }`,
      ],
    })
  })

  test('is well where it only reads', async () => {
    await start(MAIL_CONTACTS, { clientId: ONE })
    expect(await asked('fabrikam', 'apply')).toMatchObject({ verdict: 'ok', told: [] })
  })

  test('named twice is one', async () => {
    await start(MAIL_CONTACTS, { clientId: (name) => `{ plan: ${ONE(name)}, apply: ${ONE(name)} }` })
    expect((await asked('contoso', 'apply')).told).toEqual([expect.stringContaining('one-app-for-both')])
  })
})

describe('an app that nobody can sign in to', () => {
  test('fails, and the others are told of all the same', async () => {
    await start(MAIL_CONTACTS)
    given('fabrikam', 'plan', { secret: 'another' })
    const { code, verdict, told: findings, app } = await asked('fabrikam', 'plan')
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'no-sign-in' })
    expect(findings).toEqual([expect.stringContaining('error AADSTS7000215: Sign-in to tenant fabrikam')])
    expect(app.needs.map(({ state }) => state)).toEqual(['unknown', 'unknown'])
    expect((await asked('contoso', 'plan')).verdict).toBe('ok')
  })
})

describe('at a terminal', () => {
  test('every need, every finding with its command whole on a line, and the verdict last', async () => {
    await start(MAIL_CONTACTS)
    given('fabrikam', 'plan', { permissions: ['User.Read.All'] })
    const { code, text } = await printed(apps.options)
    expect(code).toBe(1)
    const lines = text.split('\n')
    expect(lines.slice(0, 8)).toEqual([
      'fabrikam  6b0f8c1e-0000-4000-8000-00000000000a',
      '      az login --tenant 6b0f8c1e-0000-4000-8000-00000000000a --allow-no-subscriptions',
      `app ${clientId('fabrikam', 'plan')} plans  missing`,
      '  = User.Read.All (Microsoft Graph), to read people',
      '  - GroupMember.Read.All (Microsoft Graph), to read who belongs to groups',
      '  x missing: lacks GroupMember.Read.All (Microsoft Graph), to read who belongs to groups',
      expect.stringMatching(/^ {6}az ad app permission add .* admin-consent --id [-0-9a-f]{36}$/),
      `app ${clientId('fabrikam', 'apply')} applies  ok`,
    ])
    expect(lines.at(-2)).toBe('Doctor: 1 app of 4 is not as it should be.')
  })

  test('no token and no secret is shown', async () => {
    await start(MAIL_CONTACTS)
    for (const json of [false, true]) {
      const { text } = await printed(apps.options, json)
      expect(text).not.toMatch(/eyJ[\w-]+\.|a-secret-of-the-simulator/)
    }
  })

  test('a name of a permission that is hostile text stays text, and gets no command', async () => {
    await start(MAIL_CONTACTS)
    more('fabrikam', 'plan', "x'$(reboot)\u001b[31m\n::error::")
    const { text } = await printed(apps.options)
    expect(text).not.toContain('\u001b')
    expect(text).not.toMatch(/^\s*::/m)
    expect(text.split('\n').filter((line) => line.includes('az ') && line.includes('reboot'))).toEqual([])
    expect((await asked('fabrikam', 'plan')).app.findings[0]).toMatchObject({
      severity: 'error',
      commands: [],
    })
  })
})
