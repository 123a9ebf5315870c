/** Further batches, for who comes later; and those of others, which are left alone. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { ADA, BOB, CLEO, LIMITLESS, mailbox, Migrating, MOVER, SECRET, type Starting } from './migrating.ts'
import { batches, mailboxes, written } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start({ users: [ADA], ...given }))
afterEach(() => migrating.stop())

const batch = (keys: string) => migrating.profile(LIMITLESS, { batch: keys })
const HERE = ['ada.lovelace@contoso.com: Queued']

type MigrationSeed = NonNullable<TenantSeed['migration']>
const OTHER_ENDPOINT = {
  name: 'elsewhere',
  remoteTenant: 'fabrikam.onmicrosoft.com',
  applicationId: MOVER,
  secret: SECRET,
}
const OURS = { ...OTHER_ENDPOINT, name: 'fabrikam-to-contoso' }
const made = (name: string, endpoint = OURS.name): NonNullable<MigrationSeed['batches']>[number] => ({
  name,
  endpoint,
  targetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
  users: [{ address: `somebody.of.${name}@contoso.com` }],
})
const standing = (...all: NonNullable<MigrationSeed['batches']>): Starting => ({
  contoso: { migration: { endpoints: [OURS, OTHER_ENDPOINT], batches: all } },
})

describe('a further batch', () => {
  test('is made of members who come later', async () => {
    await start({ users: [ADA, BOB, CLEO], members: [ADA.userPrincipalName] })
    await migrating.apply()
    migrating.join(BOB.userPrincipalName)
    await migrating.apply()
    migrating.join(CLEO.userPrincipalName)
    await migrating.apply()
    expect(batches(migrating)).toEqual({
      'wave-1': { status: 'Created', users: HERE },
      'wave-1-2': { status: 'Created', users: ['bob.brown@contoso.com: Queued'] },
      'wave-1-3': { status: 'Created', users: ['cleo.clark@contoso.com: Queued'] },
    })
    batch('autoStart: true')
    expect(await written(migrating)).toEqual(Array(3).fill('contoso: Start-MigrationBatch'))
  })

  test.each<[string, string, Starting]>([
    ['the first name that is free', 'wave-1-2', standing(made('wave-1'), made('wave-1-3'))],
    ['the profile’s own name, where it has gone', 'wave-1', standing(made('wave-1-2'))],
    ['another name than that of a batch of others', 'wave-1-2', standing(made('Wave-1', 'elsewhere'))],
  ])('has %s', async (_, name, given) => {
    await start(given)
    await migrating.apply()
    expect(batches(migrating)[name]!.users).toEqual(HERE)
  })

  test('of others, though it is called so, is neither started nor told of', async () => {
    await start(standing(made('wave-1', 'elsewhere'), made('wave-1-one'), made('wave-1-07')))
    batch('autoStart: true')
    await migrating.apply()
    expect(Object.entries(batches(migrating)).map(([name, { status }]) => `${name} ${status}`)).toEqual([
      'wave-1 Created',
      'wave-1-one Created',
      'wave-1-07 Created',
      'wave-1-2 Syncing',
    ])
    const { health } = await migrating.plan()
    expect(health.filter(({ what }) => what === 'batch').map(({ key }) => key)).toEqual(['wave-1-2'])
  })

  test('takes nobody whom a batch of others moves', async () => {
    const theirs = { ...made('their wave', 'elsewhere'), users: [{ address: 'ada.lovelace@contoso.com' }] }
    await start({ ...standing(theirs), users: [ADA, BOB] })
    await migrating.apply()
    expect(batches(migrating)['wave-1']!.users).toEqual(['bob.brown@contoso.com: Queued'])
    expect(mailboxes(await migrating.plan())['Ada Lovelace']).toBe('ok Queued in their wave.')
  })
})

test('who leaves the group keeps the mail user, and is told of', async () => {
  await start({ users: [ADA, mailbox('Dora Dale')] })
  await migrating.apply()
  migrating.leave('dora.dale@fabrikam.com')
  const { changes, warnings, health } = await migrating.plan()
  expect(changes).toEqual([])
  expect(warnings).toMatchObject([
    { code: 'no-longer-members', message: expect.stringMatching(/^One mail user .*: it stays\.$/) },
  ])
  expect(mailboxes({ health })).toEqual({
    'Ada Lovelace': 'ok Queued in wave-1.',
    'dora.dale@contoso.com': 'warning Queued in wave-1. It is no member of the group, or no longer.',
  })
})
