/** What readers of a repository learn of the people whose mailboxes it moves. */
import { join } from 'node:path'
import type { AppSeed, MailContactSeed, TenantSeed, UserSeed } from '../../src/simulator/seed.ts'
import { GROUP, LICENSED, MOVER, SECRET } from '../mailbox-migration/migrating.ts'
import { CONTOSO, FABRIKAM } from '../people.ts'
import { standIn } from '../pwsh/stand-in.ts'
import { app, Repository } from '../review/repository.ts'
import { canary, TELLTALE } from './canaries.ts'
import type { Case } from './cases.ts'
import { Watched } from './watched.ts'

export const PROFILE = `name: people
kind: mailbox-migration
from: { tenant: fabrikam, group: ${GROUP} }
to: { tenant: contoso, domain: contoso.com, deliveryDomain: contoso.onmicrosoft.com }
application: { clientId: ${MOVER}, secretEnv: MIGRATION_APP_SECRET }
endpoint: fabrikam-to-contoso
batch: { name: wave-1, autoStart: true }
`

/** Those that plan and apply, as administrators of Exchange, beside the one that moves. */
export function appsOf(tenantId: string, mover: Partial<AppSeed> = {}): NonNullable<TenantSeed['apps']> {
  return [
    ...app(tenantId).map((one) => ({
      ...one,
      exchange: { manageAsApp: true, role: 'exchange-administrator' as const },
    })),
    { clientId: MOVER, exchange: { mailboxMigration: true }, secret: SECRET, ...mover },
  ]
}

const moving = (index: number, more: Partial<UserSeed> = {}): UserSeed =>
  canary(index, { ...LICENSED, country: 'Germany', ...more })
const USERS = [
  ...[0, 1, 2, 3].map((index) => moving(index)),
  moving(4, { exchange: { LitigationHoldEnabled: true } }),
  moving(5),
  moving(6),
  moving(7),
  // Without a mailbox.
  moving(8, { mailbox: 'on-premises' }),
  ...[10, 11, 12, 13, 14, 15, 16].map((index) => moving(index)),
]
const upn = (index: number) => canary(index).userPrincipalName

const contact = (index: number, mark: string): MailContactSeed => ({
  Name: `Namecanary${index}`,
  DisplayName: `Qcanary${index} Zcanary${index}`,
  ExternalEmailAddress: `mailcanary${index}@fabrikam.com`,
  CustomAttribute15: mark,
})
const IN_THE_WAY = {
  mailContacts: [contact(5, 'another tool of the tenant'), contact(3, `tenant-sync:people:${canary(3).id!}`)],
  mailUsers: [
    {
      displayName: 'Qcanary6 Zcanary6',
      address: 'mailcanary6@fabrikam.com',
      primary: 'othercanary6@contoso.com',
      exchange: { ExchangeGuid: 'ca9a5006-c0de-4bad-8fee-000000000d06' },
    },
  ],
  groups: [{ displayName: 'Qcanary7 Zcanary7', mail: 'mailcanary7@contoso.com' }],
}

const refusal = (message: string) => ({
  status: 400,
  body: { error: { code: 'BadRequest', message: 'Error executing cmdlet', details: [{ message }] } },
})
const TYPED = `Ex1|Microsoft.Exchange.Data.RecipientTaskException|${TELLTALE}`
const FAILURES = [
  `MigrationPermanentException: ${TELLTALE}`,
  TELLTALE,
  `WhoKnowsPermanentException: ${TELLTALE}`,
]

/**
 * A plan on a machine without PowerShell, a merge and a schedule that fail in part, a schedule over its limits,
 * a reading that is refused.
 */
export async function mailboxMigration(given: Case): Promise<Watched> {
  const repository = await Repository.start({
    users: USERS,
    contacts: [],
    profile: PROFILE,
    fabrikam: {
      apps: appsOf(FABRIKAM),
      groups: [
        {
          displayName: GROUP,
          mail: 'migrating@fabrikam.com',
          securityEnabled: true,
          members: USERS.slice(0, 9).map(({ userPrincipalName }) => userPrincipalName),
        },
      ],
    },
    contoso: { apps: appsOf(CONTOSO), ...IN_THE_WAY },
    env: { TENANT_SYNC_PWSH: join(import.meta.dirname, 'no-powershell-here') },
  })
  const { tenants } = repository
  const { simulator } = tenants
  const target = simulator.world.tenants.get('contoso')!
  const watched = new Watched(given, repository)
  const run = (event: string) => watched.run({ event })
  const strike: typeof simulator.faults.add = (rule) => simulator.faults.add(rule)
  try {
    await run('pull_request')

    tenants.env = { ...standIn(), MIGRATION_APP_SECRET: SECRET }
    for (const message of [TELLTALE, TYPED])
      strike({ on: { operation: 'Set-User', nth: 1 }, do: refusal(message) })
    strike({ on: { operation: 'Set-MailUser', nth: 2 }, do: refusal(TYPED) })
    repository.merge(7)
    await run('push')

    for (const [index, failure] of FAILURES.entries())
      target.migration.failures.set(`mailcanary${index}@contoso.com`, failure)
    for (const { name } of target.migration.batches) simulator.advanceMigration('contoso', name)
    strike({ on: { operation: 'Test-MigrationServerAvailability' }, do: refusal(TELLTALE) })
    strike({ on: { operation: 'New-MailUser', nth: 1 }, do: refusal(TYPED) })
    joinGroup(simulator, [10])
    await run('schedule')

    simulator.faults.clear()
    joinGroup(simulator, [11, 12, 13, 14, 15, 16])
    await run('schedule')

    strike({ on: { operation: 'Get-Mailbox' }, do: refusal(TELLTALE) })
    await run('schedule')
    return watched
  } finally {
    await repository.stop()
  }
}

/** They come into the group. */
function joinGroup({ world }: Repository['tenants']['simulator'], indices: readonly number[]): void {
  const { recipients, directory } = world.tenants.get('fabrikam')!
  const { guid, members } = [...recipients.ofType('MailUniversalSecurityGroup')][0]!
  const joining = indices.map((index) => directory.user(upn(index))!.id)
  Object.assign(recipients.update(guid, {}, world.now()), { members: [...members, ...joining] })
}
