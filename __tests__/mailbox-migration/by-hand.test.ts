/** Without PowerShell: what carries a secret is left to somebody's hand, with a script, and all else goes on. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Change } from '../../src/engine/plan.ts'
import { encrypted, encryptedCredential } from '../../src/simulator/exchange/secure.ts'
import { standIn } from '../pwsh/stand-in.ts'
import { ADA, BOB, CONTOSO, LIMITLESS, Migrating, MOVER, SECRET, type Starting } from './migrating.ts'
import { batches, mailboxes, relationships, writes } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) =>
  (migrating = await Migrating.start({ users: [ADA], powershell: null, ...given }))
afterEach(() => migrating.stop())

const manual = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await migrating.plan()).changes.flatMap(({ object, manual: script }: Change) =>
      script === undefined ? [] : [[object, script]],
    ),
  )

/**
 * An admin pastes the script's one cmdlet, as Microsoft's module sends it.
 * @param secrets what the admin gives when asked.
 */
async function paste(script: string, secrets: Readonly<Record<string, unknown>>): Promise<void> {
  const [, cmdlet = '', line = ''] = /^((?:New|Set)-\w+) (.*)$/m.exec(script)!
  const given = Array.from(line.matchAll(/-(\w+)(?: '((?:[^']|'')*)'| \$\w+)?/g), ([, name, text]) => [
    name!,
    text === undefined ? (secrets[name!] ?? true) : text.replaceAll("''", "'"),
  ])
  const { origin, env: _, token } = migrating.tenants.simulator
  const response = await fetch(`${origin}/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token('contoso', 'exchange')}`,
      'content-type': 'application/json',
      'x-anchormailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${CONTOSO}`,
    },
    body: JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: Object.fromEntries(given) } }),
  })
  expect([response.status, await response.text()]).toEqual([200, expect.anything()])
}
const pasteAll = async (): Promise<void> => {
  const scripts = await manual()
  if (scripts['mail-user']) await paste(scripts['mail-user'], { Password: encrypted('Paste-me-1') })
  const endpoint = scripts['migration-endpoint']
  if (endpoint) await paste(endpoint, { Credentials: encryptedCredential(MOVER, SECRET) })
}

const CONNECT = [
  `if ((Get-ConnectionInformation).TenantID -notcontains '${CONTOSO}') {`,
  '  Disconnect-ExchangeOnline -Confirm:$false',
  "  Connect-ExchangeOnline -Organization 'contoso.onmicrosoft.com'",
  '}',
]

describe('where PowerShell is missing', () => {
  test('the plan has a script for the mail user and one for the endpoint', async () => {
    await start()
    const scripts = await manual()
    expect(Object.keys(scripts)).toEqual(['mail-user', 'migration-endpoint'])
    expect(scripts['mail-user']!.split('\n')).toEqual([
      ...CONNECT,
      "$password = ConvertTo-SecureString -String ([guid]::NewGuid().ToString() + 'aA1!') -AsPlainText -Force",
      expect.stringMatching(
        /^New-MailUser -Name 'tenant-sync-[0-9a-f]{32}' -DisplayName 'Ada Lovelace' -MicrosoftOnlineServicesID 'ada\.lovelace@contoso\.com' -PrimarySmtpAddress 'ada\.lovelace@contoso\.com' -ExternalEmailAddress 'ada\.lovelace@fabrikam\.com' -Password \$password$/,
      ),
    ])
    expect(scripts['migration-endpoint']!.split('\n')).toEqual([
      ...CONNECT,
      `$credentials = Get-Credential -UserName '${MOVER}' -Message 'The secret of the migration application'`,
      `New-MigrationEndpoint -Name 'fabrikam-to-contoso' -ExchangeRemoteMove -RemoteServer 'outlook.office.com' -RemoteTenant 'fabrikam.onmicrosoft.com' -ApplicationId '${MOVER}' -Credentials $credentials`,
    ])
  })

  test('it says so, with the reason and the number', async () => {
    await start({ users: [ADA, BOB] })
    expect((await migrating.plan()).warnings).toEqual([
      {
        code: 'by-hand',
        message:
          "3 changes need Microsoft's PowerShell module, for they carry a secret: PowerShell is not found where TENANT_SYNC_PWSH says. Each has a script to paste; what it leaves, the next apply completes.",
        advice: expect.stringContaining('3 changes need'),
      },
    ])
  })

  test('who waits for a script is told of as not ready', async () => {
    await start()
    expect(mailboxes(await migrating.plan())).toEqual({
      'Ada Lovelace':
        'warning Not ready. contoso: its mail user is to be made by hand, the plan has the script.',
    })
  })

  test('an apply does all else, and ends partial until they are done', async () => {
    const mailUsers = [
      { displayName: 'Bob There', address: 'bob.brown@fabrikam.com', primary: 'bob.brown@contoso.com' },
    ]
    await start({ users: [ADA, BOB], contoso: { mailUsers } })
    for (const _ of ['at first', 'and again']) {
      const { outcome, profiles } = await migrating.apply()
      expect({ outcome, failed: profiles[0]!.failed }).toEqual({ outcome: 'partial', failed: 0 })
      expect(profiles[0]!.changes).toContainEqual({
        status: 'skipped',
        why: 'to be done by hand: the plan has the script',
      })
    }
    expect([relationships(migrating.source).length, relationships(migrating.target).length]).toEqual([1, 1])
    expect(migrating.mailUsers().get('bob.brown@contoso.com')!.values).toHaveProperty('ExchangeGuid')
    // Through an endpoint that is not there nobody moves.
    expect(batches(migrating)).toEqual({})
    expect(writes(migrating).filter((write) => /New-(MailUser|MigrationEndpoint)/.test(write))).toEqual([])
  })

  test('once somebody has run the scripts, the next apply completes what they leave', async () => {
    await start()
    await migrating.apply()
    await pasteAll()
    expect(await manual()).toEqual({})
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(migrating.mailUsers().get('ada.lovelace@contoso.com')!.values).toMatchObject({
      CustomAttribute15: expect.stringMatching(/^tenant-sync:people:/),
      ExchangeGuid: expect.anything(),
      ArchiveGuid: 'a5c4d2b8-0000-4000-8000-00000000a5c4',
      EmailAddresses: expect.arrayContaining(['X500:/o=Before/cn=ada.lovelace']),
    })
    expect(batches(migrating)).toEqual({
      'wave-1': { status: 'Created', users: ['ada.lovelace@contoso.com: Queued'] },
    })
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('a mail contact that is to be replaced goes in the apply after the script', async () => {
    const contact = {
      Name: 'Ada, a contact',
      ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
      CustomAttribute15: 'tenant-sync:people:1',
    }
    await start({ contoso: { mailContacts: [contact] } })
    expect((await manual())['mail-user']).toMatch(
      /-ExternalEmailAddress 'tenant-sync-[0-9a-f]{32}@contoso\.mail\.onmicrosoft\.com'/,
    )
    await migrating.apply()
    expect([...migrating.target.recipients.ofType('MailContact')]).toHaveLength(1)
    await pasteAll()
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect([...migrating.target.recipients.ofType('MailContact')]).toEqual([])
    expect(migrating.mailUsers().get('ada.lovelace@contoso.com')!.values).toMatchObject({
      ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
    })
  })

  test('the secret is rotated by a script that sets it', async () => {
    await start()
    await pasteAll()
    await migrating.apply()
    migrating.profile(LIMITLESS, { application: 'rotate: true' })
    const { 'migration-endpoint': script } = await manual()
    expect(script!.split('\n').at(-1)).toBe(
      "Set-MigrationEndpoint -Identity 'fabrikam-to-contoso' -Credentials $credentials",
    )
    expect(await migrating.apply()).toMatchObject({ outcome: 'partial' })
    await paste(script!, { Credentials: encryptedCredential(MOVER, 'a newer one') })
    expect(migrating.target.migration.endpoints.find('fabrikam-to-contoso')!.values.credential).toEqual([
      MOVER,
      'a newer one',
    ])
  })

  test('names in a script are quoted, and the secret stands in none', async () => {
    const displayName = "O'Hara $(Remove-Item *) `n “x”\nGet-Mailbox"
    await start({ users: [{ ...ADA, displayName }] })
    const scripts = await manual()
    expect(scripts['mail-user']).toContain("-DisplayName 'O''Hara $(Remove-Item *) `n “x” Get-Mailbox' ")
    expect(JSON.stringify(scripts)).not.toContain(SECRET.slice(0, 12))
    await pasteAll()
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect([...migrating.mailUsers().values()][0]!.values['DisplayName']).toBe(displayName)
  })

  test('the plan is that of a machine that has it, and so is its digest', async () => {
    await start()
    const digest = async () => (await migrating.tenants.planRun()).plan.digest
    const without = await digest()
    migrating.tenants.env = { ...migrating.tenants.env, ...standIn() }
    expect(await digest()).toBe(without)
    expect(await manual()).toEqual({})
  })
})
