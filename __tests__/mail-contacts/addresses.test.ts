import { afterEach, describe, expect, test } from '@jest/globals'
import { REFUSED, Tenants, user, type Given } from '../people.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const person = (name: string) => user(name, { id: `${name.toLowerCase()}-0000-4000-8000-000000000001` })
const established = async (...names: string[]) => {
  await start({ users: names.map(person) })
  await tenants.apply()
}
const moves = (name: string, to: string) =>
  tenants.directory.updateUser(`${name}@fabrikam.com`, { mail: `${to}@fabrikam.com` })
const addresses = (of: string) => {
  const found = [...tenants.contacts().values()].find(({ DisplayName }) => DisplayName === of)!
  return {
    guid: found['Guid'],
    to: found['ExternalEmailAddress'],
    proxies: found['EmailAddresses'] as string[],
  }
}

test('a person whose address changed keeps the contact, and the old address as a proxy', async () => {
  await established('Ada')
  const before = addresses('Ada')
  moves('ada', 'ada.king')
  expect(await tenants.plan()).toMatchObject({
    counts: { create: 0, update: 1, delete: 0 },
    changes: [
      {
        fields: [
          { field: 'externalEmailAddress', before: 'ada@fabrikam.com', after: 'ada.king@fabrikam.com' },
        ],
      },
    ],
  })
  expect((await tenants.apply()).outcome).toBe('applied')
  expect(addresses('Ada')).toEqual({
    guid: before.guid,
    to: 'ada.king@fabrikam.com',
    proxies: ['SMTP:ada.king@fabrikam.com', 'smtp:ada@fabrikam.com'],
  })
  expect((await tenants.plan()).changes).toEqual([])
})

test('an address that differs in case alone is the same', async () => {
  await established('Ada')
  tenants.directory.updateUser('ada@fabrikam.com', { mail: 'Ada@Fabrikam.com' })
  expect((await tenants.plan()).changes).toEqual([])
})

test('x500 addresses survive a move', async () => {
  await established('Ada')
  const { recipients } = tenants.simulator.world.tenants.get('contoso')!
  recipients.update(
    String(addresses('Ada').guid),
    { EmailAddresses: ['SMTP:ada@fabrikam.com', 'X500:/o=Old/cn=ada'] },
    tenants.now,
  )
  moves('ada', 'ada.king')
  await tenants.apply()
  expect(addresses('Ada').proxies).toEqual(
    ['SMTP:ada.king@fabrikam.com', 'smtp:ada@fabrikam.com', 'X500:/o=Old/cn=ada'].sort(
      (a, b) => addresses('Ada').proxies.indexOf(a) - addresses('Ada').proxies.indexOf(b),
    ),
  )
})

describe('an address that changes hands', () => {
  test('from one who moves away is let go first', async () => {
    await established('Ada', 'Bob')
    moves('ada', 'ada.king')
    moves('bob', 'ada')
    expect((await tenants.apply()).outcome).toBe('applied')
    expect(addresses('Ada')).toMatchObject({
      to: 'ada.king@fabrikam.com',
      proxies: ['SMTP:ada.king@fabrikam.com'],
    })
    expect(addresses('Bob')).toMatchObject({ to: 'ada@fabrikam.com' })
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('along a chain of people does so in its order', async () => {
    await established('Ada', 'Bob', 'Cyd', 'Dan')
    moves('dan', 'cyd')
    moves('cyd', 'bob')
    moves('bob', 'ada')
    moves('ada', 'new')
    expect((await tenants.apply()).outcome).toBe('applied')
    expect(['Ada', 'Bob', 'Cyd', 'Dan'].map((name) => addresses(name).to)).toEqual(
      ['new', 'ada', 'bob', 'cyd'].map((name) => `${name}@fabrikam.com`),
    )
    expect((await tenants.plan()).changes).toEqual([])
  })

  test.each([
    ['swapped by two', ['ada', 'bob']],
    ['passed round by three', ['ada', 'bob', 'cyd']],
    ['passed round by five', ['ada', 'bob', 'cyd', 'dan', 'eve']],
  ])('%s ends as it should, and nobody loses the contact', async (_, names) => {
    const titled = names.map((name) => name[0]!.toUpperCase() + name.slice(1))
    await established(...titled)
    const before = titled.map((name) => addresses(name).guid)
    for (const [index, name] of names.entries()) moves(name, names[(index + 1) % names.length]!)
    expect((await tenants.apply()).outcome).toBe('applied')
    expect(titled.map((name) => addresses(name).to)).toEqual(
      names.map((_name, index) => `${names[(index + 1) % names.length]}@fabrikam.com`),
    )
    expect(titled.map((name) => addresses(name).guid)).toEqual(before)
    expect(titled.flatMap((name) => addresses(name).proxies)).toHaveLength(names.length)
    expect((await tenants.plan()).changes).toEqual([])
  })

  test.each([
    ['ada', 'bob'],
    ['bob', 'ada'],
  ])('in a circle that goes over a proxy of %s, kept from before, ends as it should', async (one, other) => {
    await established('Ada', 'Bob')
    moves(one, `${one}.king`)
    await tenants.apply()
    moves(one, other)
    moves(other, one)
    expect((await tenants.apply()).outcome).toBe('applied')
    expect([addresses('Ada').to, addresses('Bob').to]).toEqual(['bob@fabrikam.com', 'ada@fabrikam.com'])
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('from a leaver to a newcomer is free when the leaver is gone', async () => {
    await start({
      users: [
        ...Array.from({ length: 20 }, (_, index) => person(`P${'abcdefghijklmnopqrst'[index]}`)),
        person('Ada'),
      ],
    })
    await tenants.apply()
    tenants.directory.removeUser('ada@fabrikam.com')
    tenants.directory.updateUser('pa@fabrikam.com', { mail: 'ada@fabrikam.com' })
    expect((await tenants.plan()).counts).toMatchObject({ update: 1, delete: 1 })
    expect((await tenants.apply()).outcome).toBe('applied')
    expect(addresses('Pa').to).toBe('ada@fabrikam.com')
  })

  test('is not given while its holder may not be deleted', async () => {
    await start({
      users: [
        ...Array.from({ length: 20 }, (_, index) => person(`P${'abcdefghijklmnopqrst'[index]}`)),
        person('Ada'),
      ],
    })
    await tenants.apply()
    tenants.directory.removeUser('ada@fabrikam.com')
    tenants.directory.updateUser('pa@fabrikam.com', { mail: 'ada@fabrikam.com' })
    const result = await tenants.apply('nobody')
    expect(result).toMatchObject({ outcome: 'held', profiles: [{ held: 2, failed: 0 }] })
    expect(addresses('Pa').to).toBe('pa@fabrikam.com')
  })

  test('kept as a proxy is released for the person who gets it', async () => {
    await established('Ada')
    moves('ada', 'ada.king')
    await tenants.apply()
    tenants.directory.addUser({
      ...person('Bob'),
      id: 'bob-0000',
      userPrincipalName: 'bob@fabrikam.com',
      mail: 'ada@fabrikam.com',
      accountEnabled: true,
    })
    expect(await tenants.plan()).toMatchObject({
      counts: { create: 1, update: 1 },
      changes: [{}, { fields: [{ field: 'emailAddresses', after: ['ada.king@fabrikam.com'] }] }],
    })
    expect((await tenants.apply()).outcome).toBe('applied')
    expect(addresses('Ada').proxies).toEqual(['SMTP:ada.king@fabrikam.com'])
    expect(addresses('Bob').to).toBe('ada@fabrikam.com')
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('and whose new holder cannot be written leaves the one who stepped aside as before', async () => {
    await established('Ada', 'Bob')
    moves('ada', 'bob')
    moves('bob', 'ada')
    const before = [addresses('Ada'), addresses('Bob')]
    tenants.simulator.faults.add({
      on: { operation: 'Set-MailContact', nth: 2, times: 1 },
      do: REFUSED,
    })
    expect((await tenants.apply()).outcome).toBe('partial')
    expect([addresses('Ada').to, addresses('Bob').to]).toEqual(before.map(({ to }) => to))
    tenants.simulator.faults.clear()
    expect((await tenants.apply()).outcome).toBe('applied')
    expect([addresses('Ada').to, addresses('Bob').to]).toEqual(['bob@fabrikam.com', 'ada@fabrikam.com'])
  })
})
