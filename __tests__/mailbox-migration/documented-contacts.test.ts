/** What docs/mailbox-migration.md tells of mail contacts beside a move: who is skipped, and when they would come back. */
import { afterEach, expect, test } from '@jest/globals'
import type { ProfilePlan } from '../../src/engine/plan.ts'
import { terminalPlan } from '../../src/report/terminal/plan.ts'
import { blocks } from '../sources/pages.ts'
import { ADA, BOB, LIMITLESS, Migrating, MOVER, SECRET, shown } from './migrating.ts'
import { PAGE } from './page.ts'

let migrating: Migrating
afterEach(() => migrating.stop())

/** Reads groups, too. */
const APPS = [
  {
    clientId: '1d2e3f40-0000-4000-8000-00000000000a',
    permissions: ['User.Read.All', 'GroupMember.Read.All'],
    exchange: { manageAsApp: true, role: 'exchange-administrator' as const },
    secret: 'a-secret-of-the-simulator',
  },
  { clientId: MOVER, exchange: { mailboxMigration: true }, secret: SECRET },
]

/** Of Ada's, made by hand. */
const HERS = {
  displayName: 'Ada, by hand',
  address: 'ada.lovelace@fabrikam.com',
  primary: 'countess@contoso.com',
  userPrincipalName: 'countess@contoso.com',
}

function contacts(from = 'from: [{ entra: fabrikam }]'): void {
  migrating.tenants.write(
    'contacts.yaml',
    `name: contacts\nkind: mail-contacts\nto: { tenant: contoso, owns: [fabrikam.com] }\n${from}\n`,
  )
}

async function planned(): Promise<ProfilePlan> {
  const { plan } = await migrating.tenants.planRun()
  return plan.profiles.find(({ name }) => name === 'contacts')!
}

test('a contact gives way, and comes back neither before the move nor after it', async () => {
  migrating = await Migrating.start({
    members: [ADA.userPrincipalName],
    fabrikam: { apps: APPS },
    profile: 'state: paused',
  })
  contacts()
  await migrating.apply()
  migrating.profile(undefined, { batch: 'autoStart: true, autoComplete: true' })
  const { plan } = await migrating.tenants.planRun()
  expect(terminalPlan(plan, { detail: 'full', color: false, width: 100 })).toContain(
    '- mail-contact Ada Lovelace <ada.lovelace@fabrikam.com> gives way to it',
  )
  expect(PAGE.replaceAll(/\s+/g, ' ')).toContain(
    '`- mail-contact Ada Lovelace <ada.lovelace@fabrikam.com> gives way to it`',
  )
  await migrating.apply()
  expect([...migrating.tenants.contacts().values()].map(({ DisplayName }) => DisplayName)).toEqual([
    BOB.displayName,
  ])
  for (const steps of [0, 5]) {
    migrating.advance('wave-1', steps)
    expect(await planned()).toMatchObject({ changes: [], skipped: [{ reason: 'address-taken' }] })
  }
})

test.each(['primary', 'onmicrosoft'])(
  'whoever had a mail user before (external: %s) would come back, unless the group is left out',
  async (external) => {
    migrating = await Migrating.start({
      members: [ADA.userPrincipalName],
      fabrikam: { apps: APPS },
      contoso: { mailUsers: [HERS] },
    })
    migrating.profile(`external: ${external}\n${LIMITLESS}`, { batch: 'autoStart: true, autoComplete: true' })
    await migrating.apply()
    contacts()
    const back = `create mail-contact (${ADA.displayName} <${ADA.mail}>): new-in-source`
    const others = `create mail-contact (${BOB.displayName} <${BOB.mail}>): new-in-source`
    expect(shown(await planned()).includes(back)).toBe(external === 'onmicrosoft')

    migrating.advance('wave-1', 5)
    expect(shown(await planned())).toContain(back)
    contacts(blocks(PAGE, 'yaml').find((block) => block.includes('excludeGroups')))
    expect(shown(await planned())).toEqual([others])
  },
)
