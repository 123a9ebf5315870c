import { afterEach, describe, expect, test } from '@jest/globals'
import { Tenants, told, user, type Given } from '../people.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const PEOPLE = Array.from({ length: 40 }, (_, index) =>
  user(`Person ${'abcdefghijklmnopqrstuvwxyzabcdefghijklmn'[index]}${index}x`, {
    mail: `p${index}@fabrikam.com`,
    userPrincipalName: `p${index}@fabrikam.com`,
  }),
)

const established = async (given: Given = {}) => {
  await start({ users: PEOPLE, ...given })
  await tenants.apply()
}

describe('a person who left', () => {
  test('loses the contact, and what it held is kept', async () => {
    await established()
    tenants.directory.removeUser('p0@fabrikam.com')
    expect((await tenants.plan()).changes).toMatchObject([{ action: 'delete', reason: 'left-scope' }])
    await tenants.apply()
    expect(tenants.contact('p0@fabrikam.com')).toBeUndefined()
    expect(tenants.contacts().size).toBe(39)
    expect(tenants.lines('removed.ndjson')).toMatchObject([
      {
        removed: {
          mailContact: { ExternalEmailAddress: 'SMTP:p0@fabrikam.com' },
          contact: { DisplayName: PEOPLE[0]!.displayName },
        },
      },
    ])
  })

  test('with groups in the target leaves a trace of them', async () => {
    await start({
      users: PEOPLE.slice(0, 2),
      contoso: {
        groups: [
          {
            displayName: 'Partners',
            mail: 'partners@contoso.com',
            mailEnabled: true,
            members: ['gone@fabrikam.com'],
          },
        ],
        mailContacts: [
          {
            Name: 'gone',
            ExternalEmailAddress: 'gone@fabrikam.com',
            CustomAttribute15: 'tenant-sync:people:gone',
          },
        ],
      },
    })
    await tenants.apply()
    expect(tenants.lines('removed.ndjson')).toMatchObject([{ removed: { memberOf: [{ Name: 'Partners' }] } }])
  })

  test('is one of at most ten in a hundred', async () => {
    await established()
    for (let index = 0; index < 5; index++) tenants.directory.removeUser(`p${index}@fabrikam.com`)
    expect(await tenants.plan()).toMatchObject({
      outcome: 'blocked',
      limits: [{ limit: 'deletes', count: 5, allowed: 4, managed: 40 }],
    })
    expect((await tenants.apply()).outcome).toBe('blocked')
    expect(tenants.contacts().size).toBe(40)
  })

  test('keeps the contact with `unlisted: keep`', async () => {
    await established({ to: 'unlisted: keep' })
    tenants.directory.removeUser('p0@fabrikam.com')
    expect(await tenants.plan()).toMatchObject({ changes: [], skipped: [{ reason: 'kept-unlisted' }] })
  })
})

describe('with grace', () => {
  const left = async () => {
    await established({ to: 'grace: 30d' })
    tenants.directory.removeUser('p0@fabrikam.com')
    await tenants.apply()
  }

  test('a leaver is hidden first, and the mark says since when', async () => {
    await left()
    expect(tenants.contact('p0@fabrikam.com')).toMatchObject({
      HiddenFromAddressListsEnabled: true,
      CustomAttribute15: expect.stringMatching(/^tenant-sync:people:.*:leaver:2026-11-21$/),
    })
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('hiding counts as a deletion', async () => {
    await established({ to: 'grace: 30d' })
    tenants.directory.removeUser('p0@fabrikam.com')
    const plan = await tenants.plan()
    expect(plan.changes).toMatchObject([{ action: 'update', reason: 'left-scope' }])
    expect(plan.counted).toMatchObject({ updates: 0, deletes: 1 })
    expect((await tenants.apply('nobody')).outcome).toBe('held')
  })

  test('a leaver is deleted when the time is over, not a day before', async () => {
    await left()
    tenants.now = new Date('2026-12-20T23:59:59Z')
    expect((await tenants.plan()).changes).toEqual([])
    tenants.now = new Date('2026-12-21T00:00:00Z')
    expect((await tenants.plan()).changes).toMatchObject([{ action: 'delete', reason: 'left-scope' }])
  })

  test('a leaver who is back in time is shown again', async () => {
    await left()
    tenants.directory.addUser({ ...tenantsUser(), id: idOf('p0') })
    const plan = await tenants.plan()
    expect(plan.changes).toMatchObject([{ action: 'update', reason: 'source-changed' }])
    await tenants.apply()
    expect(tenants.contact('p0@fabrikam.com')).toMatchObject({
      HiddenFromAddressListsEnabled: false,
      CustomAttribute15: expect.not.stringContaining('leaver'),
    })
  })

  test.each(['create', 'empty'])(
    'and is shown again too when the mapping writes `hiddenFromAddressListsEnabled` on %s alone',
    async (when) => {
      const mapping = `mapping: { hiddenFromAddressListsEnabled: { value: false, when: ${when} } }`
      await established({ to: 'grace: 30d', profile: mapping })
      tenants.directory.removeUser('p0@fabrikam.com')
      await tenants.apply()
      tenants.directory.addUser({ ...tenantsUser(), id: idOf('p0') })
      await tenants.apply()
      expect(tenants.contact('p0@fabrikam.com')).toMatchObject({ HiddenFromAddressListsEnabled: false })
    },
  )

  const idOf = (name: string) =>
    String(tenants.contact(`${name}@fabrikam.com`)!['CustomAttribute15']).split(':')[2]!
  const tenantsUser = () => ({ ...PEOPLE[0]!, userPrincipalName: 'p0@fabrikam.com', accountEnabled: true })
})

describe('`state: absent`', () => {
  test('removes what bears the mark, and nothing else', async () => {
    await established({ contacts: [{ Name: 'hand', ExternalEmailAddress: 'hand@fabrikam.com' }] })
    tenants.profile({ profile: 'state: absent\nlimits: { deletes: 100% }\nadopt: [unmarked]' })
    const plan = await tenants.plan()
    expect(plan.counts).toMatchObject({ delete: 40 })
    expect(plan.changes[0]!.reason).toBe('profile-absent')
    await tenants.apply()
    expect([...tenants.contacts().keys()]).toEqual(['hand@fabrikam.com'])
  })

  test('is bound by the limits', async () => {
    await established()
    tenants.profile({ profile: 'state: absent' })
    expect((await tenants.apply()).outcome).toBe('blocked')
  })
})

describe('a source without people', () => {
  test('is refused while the profile manages contacts', async () => {
    await established()
    tenants.profile({
      from: '{ entra: fabrikam, where: "displayName == \\"nobody\\"" }',
      profile: 'limits: { deletes: 100% }',
    })
    expect(await tenants.plan()).toMatchObject({
      outcome: 'blocked',
      limits: [{ limit: 'emptySource', managed: 40 }],
    })
  })
})

test('a renamed profile that names its former name keeps its contacts and marks them anew', async () => {
  await established()
  tenants.write(
    'people.yaml',
    'name: staff\nformerly: [people]\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n',
  )
  const { plan } = await tenants.planRun()
  expect(plan.profiles[0]!.counts).toMatchObject({ create: 0, update: 40, delete: 0 })
  await tenants.apply()
  expect(tenants.contact('p0@fabrikam.com')!['CustomAttribute15']).toMatch(/^tenant-sync:staff:/)
  expect((await tenants.planRun()).plan.profiles[0]!.changes).toEqual([])
})

test('a renamed profile that does not leaves the old contacts alone, and says so', async () => {
  await established()
  tenants.write(
    'people.yaml',
    'name: staff\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n',
  )
  const [plan] = (await tenants.planRun()).plan.profiles
  expect(told(plan!)).toEqual([])
  expect(plan!.skipped).toHaveLength(40)
  expect(plan!.skipped[0]!.reason).toBe('owned-by-another')
  expect(plan!.warnings).toMatchObject(
    [{}, { code: 'vanished-profile', message: expect.stringContaining('40 mail contacts') }].slice(-1),
  )
})
