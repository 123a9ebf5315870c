/** `state: absent` spares what others use: other profiles, and batches that people made. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { ADA, BOB, LIMITLESS, Migrating, MOVER, shown, type Starting } from './migrating.ts'
import { batches } from './seen.ts'

let migrating: Migrating
afterEach(() => migrating.stop())

/** Applied from nothing, and then to be taken down. */
async function established(given: Starting = {}): Promise<void> {
  migrating = await Migrating.start({ users: [ADA], ...given })
  await migrating.apply()
  migrating.profile(`${LIMITLESS}\nstate: absent`)
}

/** Another profile of the same tenants, with another group and batch. */
const BESIDE = (endpoint: string, more = '') => ({
  'beside.yaml': `name: beside
kind: mailbox-migration
from: { tenant: fabrikam, group: Migrating to Contoso }
to: { tenant: contoso, domain: contoso.com, deliveryDomain: contoso.mail.onmicrosoft.com }
application: { clientId: ${MOVER}, secretEnv: MIGRATION_APP_SECRET }
endpoint: ${endpoint}
batch: { name: their-wave }
${more}
`,
})

describe('what others use', () => {
  const spared = async () => (await migrating.plan()).warnings.map(({ message }) => message)

  test('an endpoint of that name that is of another tenant stays, with its batches', async () => {
    await established()
    const { endpoints } = migrating.target.migration
    const one = endpoints.find('fabrikam-to-contoso')!
    const values = { ...one.values, remoteTenant: 'northwind.onmicrosoft.com' }
    endpoints.change(one, { values }, migrating.tenants.now)
    expect((await migrating.plan()).warnings).toMatchObject([
      { code: 'endpoint-elsewhere', message: expect.stringContaining('it stays, with its batches') },
    ])
    await migrating.apply()
    expect([...endpoints]).toHaveLength(1)
    expect(Object.keys(batches(migrating))).toEqual(['wave-1'])
  })

  test.each(['present', 'paused'])(
    'another profile of the pair that is %s: the endpoint and relationships stay',
    async (state) => {
      await established()
      for (const [name, text] of Object.entries(BESIDE('Fabrikam-to-Contoso', `state: ${state}`)))
        migrating.tenants.write(name, text)
      expect(await spared()).toEqual([
        'The migration endpoint fabrikam-to-contoso of tenant contoso stays: profile beside uses it.',
        'What tenants fabrikam and contoso let each other do stays: profile beside uses it.',
      ])
      expect(shown(await migrating.plan())).toEqual([
        'delete mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): profile-absent',
        'delete migration-batch (contoso: migration batch wave-1): profile-absent',
      ])
    },
  )

  test('another profile of the pair with an endpoint of its own: relationships alone stay', async () => {
    await established()
    for (const [name, text] of Object.entries(BESIDE('another'))) migrating.tenants.write(name, text)
    expect(await spared()).toEqual([
      'What tenants fabrikam and contoso let each other do stays: profile beside uses it.',
    ])
    expect(shown(await migrating.plan())).toContain(
      'delete migration-endpoint (contoso: migration endpoint fabrikam-to-contoso): profile-absent',
    )
  })

  test('a batch of others: the endpoint stays, and so does a mail user whom it moves', async () => {
    await established({ users: [ADA, BOB] })
    const { batches: all } = migrating.target.migration
    const { values } = all.find('wave-1')!
    all.remove(all.find('wave-1')!)
    all.add('by hand', { ...values, users: values.users.slice(0, 1) }, migrating.tenants.now)
    const { skipped } = await migrating.plan()
    expect(await spared()).toContain(
      'The migration endpoint fabrikam-to-contoso of tenant contoso stays: another migration batch uses it.',
    )
    expect(skipped).toMatchObject([{ reason: 'in-a-batch', label: expect.stringContaining('Ada') }])
    await migrating.apply()
    expect([...migrating.mailUsers().keys()]).toEqual(['ada.lovelace@contoso.com'])
    expect(Object.keys(batches(migrating))).toEqual(['by hand'])
  })
})
