/** Limits count people's mail users: made, changed, replaced. What is nobody's (configuration) counts for nothing. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { UserSeed } from '../../src/simulator/seed.ts'
import { ADA, mailbox, Migrating, type Starting } from './migrating.ts'
import { written } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

const people = (count: number): UserSeed[] =>
  Array.from({ length: count }, (_, index) => mailbox(`Person ${'abcdefghijkl'[index]!}`))
const upns = (users: readonly UserSeed[]) => users.map(({ userPrincipalName }) => userPrincipalName)

test('do not bind creations while nothing is prepared yet', async () => {
  await start({ users: people(6), profile: 'limits: { creates: 1 }' })
  expect(await migrating.plan()).toMatchObject({
    outcome: 'planned',
    limits: [],
    counted: { creates: 6, updates: 0, deletes: 0 },
  })
})

test('bind whoever comes later: half of those who are prepared, unless the profile says otherwise', async () => {
  const users = people(10)
  await start({ users, members: upns(users).slice(0, 4), profile: '' })
  await migrating.apply()
  for (const upn of upns(users).slice(4)) migrating.join(upn)
  expect(await migrating.plan()).toMatchObject({
    outcome: 'blocked',
    managed: 4,
    limits: [{ limit: 'creates', count: 6, allowed: 3, managed: 4 }],
  })
  // Nothing is written, configuration neither.
  expect(await written(migrating)).toEqual([])
  migrating.profile('limits: { creates: 6 }')
  expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
})

test('bind changes of mail users', async () => {
  await start({ users: people(3), profile: 'limits: { updates: 1 }' })
  await migrating.apply()
  for (const { guid } of migrating.mailUsers().values())
    migrating.target.recipients.update(guid, { Title: 'somebody else’s' }, migrating.tenants.now)
  expect(await migrating.plan()).toMatchObject({
    outcome: 'blocked',
    limits: [{ limit: 'updates', count: 3, allowed: 1 }],
  })
})

test('bind mail contacts that give way, as deletions', async () => {
  const mailContacts = upns(people(3)).map((address) => ({
    Name: address,
    ExternalEmailAddress: address,
    CustomAttribute15: `tenant-sync:people:${address}`,
  }))
  await start({
    users: people(3),
    contoso: { mailContacts },
    profile: 'limits: { creates: 0, deletes: 2 }',
  })
  expect(await migrating.plan()).toMatchObject({
    outcome: 'blocked',
    limits: [{ limit: 'deletes', count: 3, allowed: 2 }],
  })
})

test('count no relationship, endpoint or batch', async () => {
  await start({ users: [ADA] })
  await migrating.apply()
  const { migration } = migrating.target
  for (const relationship of migration.relationships) migration.relationships.remove(relationship)
  migrating.profile('limits: { creates: 0, updates: 0, deletes: 0 }', { batch: 'autoStart: true' })
  expect(await migrating.plan()).toMatchObject({ outcome: 'planned', changes: { length: 2 }, limits: [] })
})

describe('a group that is empty', () => {
  test('sets up the tenants, before anybody is to move', async () => {
    await start({ members: [] })
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { create: 3 } }] })
  })

  test('that had members blocks the profile, unless that is meant; whoever left keeps the mail user', async () => {
    await start({ users: [ADA] })
    await migrating.apply()
    migrating.leave(ADA.userPrincipalName)
    expect(await migrating.plan()).toMatchObject({ outcome: 'blocked', limits: [{ limit: 'emptySource' }] })
    migrating.profile('limits: { emptySource: allow }')
    expect(await migrating.plan()).toMatchObject({
      outcome: 'no-changes',
      warnings: [{ code: 'no-longer-members' }],
    })
  })
})
