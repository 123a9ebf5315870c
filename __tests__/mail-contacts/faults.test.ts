/** What goes wrong on the way leads to no double, no deletion, and no half-read plan; the next run is right again. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Fault } from '../../src/simulator/faults.ts'
import { REFUSED, Tenants, user, type Given } from '../people.ts'

let tenants: Tenants
const start = async (given: Given = {}) => (tenants = await Tenants.start({ users: PEOPLE, ...given }))
afterEach(() => tenants.stop())

const NAMES = ['Ada', 'Bob', 'Cyd', 'Dan', 'Eve']
const PEOPLE = NAMES.map((name, index) => user(name, { id: `${index}0000000-0000-4000-8000-000000000001` }))
const ADDRESSES = NAMES.map((name) => `${name.toLowerCase()}@fabrikam.com`)
const LIMITLESS = 'limits: { creates: 100%, deletes: 100% }'

const fault = (operation: string, does: Fault, nth?: number) =>
  tenants.simulator.faults.add({ on: { operation, ...(nth !== undefined && { nth }) }, do: does })
/** Two pages of two, and a third with the rest. */
const inPages = (operation: string) =>
  tenants.simulator.faults.add({
    on: { operation, times: 2 },
    do: { truncated: { rows: 2, nextLink: true } },
  })
const state = () => JSON.stringify([...tenants.contacts()])
const addresses = () => [...tenants.contacts().keys()].sort()

/** @returns why the profile failed, having made sure that nothing was planned or touched. */
async function failure() {
  const [before, writes] = [state(), tenants.writes().length]
  const result = await tenants.apply()
  expect(result.outcome).toBe('failed')
  const [profile] = result.plan.profiles
  expect(profile).toMatchObject({ changes: [], errors: [{}] })
  await tenants.idle()
  expect(tenants.writes()).toHaveLength(writes)
  expect(state()).toBe(before)
  return profile!.errors[0]!
}

/** Everybody has one contact, as wanted, and there is nothing to do. */
async function expectAllRight() {
  tenants.simulator.faults.clear()
  expect((await tenants.apply()).outcome).toMatch(/^(applied|no-changes)$/)
  expect((await tenants.plan()).changes).toEqual([])
  expect(addresses()).toEqual(ADDRESSES)
  for (const contact of tenants.contacts().values())
    expect(contact['CustomAttribute15']).toMatch(/^tenant-sync:people:/)
}

describe('people who were not read whole', () => {
  const established = async (profile = LIMITLESS) => {
    await start({ profile })
    await tenants.apply()
  }

  test('(many pages, all there) are read to the end', async () => {
    await established()
    inPages('/users')
    expect(await tenants.plan()).toMatchObject({ changes: [], counts: { unchanged: 5 } })
  })

  test.each<[string, Fault, string]>([
    ['one page of many is refused', { status: 400 }, 'UnknownError'],
    ['one page of many is HTML that says 200', { html: true, status: 200 }, 'incomplete-read'],
    ['one page of many is HTML that says 404', { html: true, status: 404 }, 'not-json'],
    ['one page of many is not there at all', { status: 501 }, 'UnknownError'],
    ['the right to read is gone', { status: 403 }, 'Authorization_RequestDenied'],
  ])('(%s) make the profile fail', async (_, does, code) => {
    await established()
    inPages('/users')
    fault('/users', does, 2)
    expect(await failure()).toMatchObject({ code })
  })

  test.each<[string, Fault]>([
    ['is throttled', { status: 429, retryAfter: 0.05 }],
    ['is throttled for a decimal', { status: 503, retryAfter: '0.021' }],
    ['is lost', { lost: 'after' }],
    ['is HTML that says 502', { html: true, status: 502 }],
    ['meets a token that ran out', { expireTokens: true }],
  ])('(one page of many %s) are asked for again', async (_, does) => {
    await established()
    inPages('/users')
    fault('/users', does, 2)
    expect(await tenants.plan()).toMatchObject({ outcome: 'no-changes', changes: [] })
  })

  test('(the app may read but names and addresses) make the profile fail, rather than clear what it cannot see', async () => {
    await established()
    const [app] = tenants.simulator.world.tenants.get('fabrikam')!.apps
    app!.permissions = ['User.ReadBasic.All']
    expect(await failure()).toMatchObject({
      code: 'not-all-shown',
      message: expect.stringContaining('User.Read.All'),
    })
  })
})

test('managers of organizational contacts whom the app may not read make the profile fail, rather than clear them', async () => {
  await start({
    users: [user('Boss')],
    from: '{ entra: fabrikam, include: [org-contacts], hidden: include }',
    profile: 'mapping: { notes: "{{manager}}" }',
    fabrikam: {
      mailContacts: [
        { Name: 'p', DisplayName: 'Partner', ExternalEmailAddress: 'p@fabrikam.com', Manager: 'Boss' },
      ],
    },
  })
  const [app] = tenants.simulator.world.tenants.get('fabrikam')!.apps
  app!.permissions = ['OrgContact.Read.All', 'User.Read.All']
  expect((await tenants.plan()).changes).toMatchObject([{ action: 'create' }])
  app!.permissions = ['OrgContact.Read.All']
  expect(await failure()).toMatchObject({ code: 'not-all-shown' })
})

describe('groups', () => {
  const grouped = (more: Partial<Given> = {}): Given => ({
    from: '{ entra: fabrikam, groups: [All Staff] }',
    profile: LIMITLESS,
    fabrikam: {
      groups: [{ displayName: 'All Staff', id: 'f0000000-0000-4000-8000-000000000001', members: ADDRESSES }],
    },
    ...more,
  })
  const MEMBERS = '/groups/{id}/transitiveMembers'

  test.each<[string, () => void]>([
    ['deleted', () => tenants.directory.removeGroup('f0000000-0000-4000-8000-000000000001')],
    [
      'renamed',
      () =>
        tenants.directory.addGroup({ id: 'f0000000-0000-4000-8000-000000000001', displayName: 'Everybody' }),
    ],
  ])('that were %s make the profile fail, and nobody is deleted', async (_, vanish) => {
    await start(grouped())
    await tenants.apply()
    vanish()
    expect(await failure()).toMatchObject({
      code: 'group-not-found',
      message: expect.stringContaining('"All Staff"'),
    })
  })

  test('whose members are throttled are asked again', async () => {
    await start(grouped())
    await tenants.apply()
    inPages(MEMBERS)
    fault(MEMBERS, { status: 429, retryAfter: 0.05 }, 2)
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('whose members cannot be read make the profile fail', async () => {
    await start(grouped())
    await tenants.apply()
    fault(MEMBERS, { status: 429, retryAfter: 0.001 })
    expect(await failure()).toMatchObject({ code: 'TooManyRequests' })
  })

  test('without a member are a source without people', async () => {
    await start(grouped())
    await tenants.apply()
    tenants.directory.setMembers('f0000000-0000-4000-8000-000000000001', [])
    expect((await tenants.apply()).outcome).toBe('blocked')
    expect(addresses()).toEqual(ADDRESSES)
  })
})

describe('contacts that were not read whole', () => {
  const established = async () => {
    await start({ profile: LIMITLESS })
    await tenants.apply()
  }

  test('(many pages, all there) are read to the end', async () => {
    await established()
    for (const cmdlet of ['Get-MailContact', 'Get-Contact']) inPages(cmdlet)
    expect(await tenants.plan()).toMatchObject({ changes: [], counts: { unchanged: 5 } })
  })

  test.each<[string, string, Fault]>([
    ['cut, with a warning', 'Get-MailContact', { truncated: { rows: 2, warning: true } }],
    ['cut, with a warning', 'Get-Contact', { truncated: { rows: 2, warning: true } }],
    ['warned of on every page', 'Get-MailContact', { truncated: { rows: 2, warning: true, nextLink: true } }],
    ['cut in silence', 'Get-Contact', { truncated: { rows: 2 } }],
    ['HTML that says 200', 'Get-MailContact', { html: true, status: 200 }],
  ])('(%s: %s) make the profile fail', async (_, cmdlet, does) => {
    await established()
    fault(cmdlet, does)
    expect(await failure()).toMatchObject({ code: 'incomplete-read' })
  })

  test('(other recipients, cut with a warning) make the profile fail when somebody needs an address', async () => {
    await established()
    tenants.directory.updateUser('ada@fabrikam.com', { mail: 'ada.king@fabrikam.com' })
    fault('Get-Recipient', { truncated: { rows: 1, warning: true } })
    expect(await failure()).toMatchObject({ code: 'incomplete-read' })
  })

  test('(mail contacts, cut in silence) lead to no deletion and to no double', async () => {
    await established()
    const before = state()
    fault('Get-MailContact', { truncated: { rows: 2 } }, 1)
    await tenants.apply()
    expect(state()).toBe(before)
  })

  test('(the role is gone) make the profile fail, and say which', async () => {
    await established()
    tenants.simulator.faults.add({ on: { operation: 'Get-Contact', tenant: 'contoso' }, do: { status: 403 } })
    expect(await failure()).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('Exchange Recipient Administrator'),
    })
  })
})

describe('an answer that is lost', () => {
  test.each<[string, Fault]>([
    ['before it was done', { lost: 'before' }],
    ['after it was done', { lost: 'after' }],
    ['and a proxy answers 502 instead', { html: true, status: 502 }],
    ['and a proxy says 200 instead', { html: true, status: 200 }],
    ['since the service is busy', { status: 503, retryAfter: 0.05 }],
  ])('(%s) leaves no double of a contact that was being made', async (_, does) => {
    await start()
    for (const nth of [1, 4]) fault('New-MailContact', does, nth)
    const { outcome } = await tenants.apply()
    expect(outcome).toBe('applied')
    await expectAllRight()
  })

  test.each([
    ['Set-MailContact', 'before'],
    ['Set-MailContact', 'after'],
    ['Set-Contact', 'before'],
    ['Set-Contact', 'after'],
  ] as const)('(%s, %s) is asked for again', async (cmdlet, lost) => {
    await start({ users: PEOPLE.map((person) => ({ ...person, jobTitle: 'Engineer' })) })
    fault(cmdlet, { lost }, 2)
    expect((await tenants.apply()).outcome).toBe('applied')
    await expectAllRight()
    for (const contact of tenants.contacts().values()) expect(contact['Title']).toBe('Engineer')
  })

  test.each(['before', 'after'] as const)(
    '(Remove-MailContact, %s) leaves the contact removed',
    async (lost) => {
      await start({ profile: LIMITLESS })
      await tenants.apply()
      tenants.directory.removeUser('ada@fabrikam.com')
      fault('Remove-MailContact', { lost }, 1)
      expect((await tenants.apply()).outcome).toBe('applied')
      expect(addresses()).toEqual(ADDRESSES.slice(1))
      expect((await tenants.plan()).changes).toEqual([])
    },
  )

  test('for good leaves what the next run completes', async () => {
    await start()
    fault('Set-MailContact', REFUSED)
    expect((await tenants.apply()).outcome).toBe('partial')
    expect(tenants.contact('ada@fabrikam.com')).toBeDefined()
    expect((await tenants.plan()).changes.map(({ action }) => action)).toEqual(Array(5).fill('update'))
    await expectAllRight()
  })
})

test('a new contact that the next server does not know at once is completed all the same', async () => {
  await start({ users: PEOPLE.slice(0, 2), seed: { behaviour: { replicationReads: 2 } } })
  expect((await tenants.apply()).outcome).toBe('applied')
  expect((await tenants.plan()).changes).toEqual([])
  expect(addresses()).toEqual(ADDRESSES.slice(0, 2))
})

test('a new contact whose answer is lost, and that is not known at once, is not made twice', async () => {
  await start({ users: PEOPLE.slice(0, 1), seed: { behaviour: { replicationReads: 3 } } })
  fault('New-MailContact', { lost: 'after' }, 1)
  expect((await tenants.apply()).outcome).toBe('applied')
  expect(addresses()).toEqual(ADDRESSES.slice(0, 1))
  expect((await tenants.plan()).changes).toEqual([])
})

describe('tokens that run out', () => {
  test.each(['New-MailContact', 'Set-MailContact', 'Get-Contact'])('at %s are renewed', async (operation) => {
    await start()
    fault(operation, { expireTokens: true }, 1)
    expect((await tenants.apply()).outcome).toBe('applied')
    await expectAllRight()
  })
})

describe('one person who cannot be written', () => {
  test('does not stop the others, is told, and is tried again', async () => {
    await start()
    fault('New-MailContact', REFUSED, 3)
    const result = await tenants.apply()
    expect(result.profiles[0]).toMatchObject({ outcome: 'partial', done: { create: 4 }, failed: 1 })
    const errors = result.profiles[0]!.changes.filter((change) => change.status === 'failed')
    expect(errors).toMatchObject([
      { error: { code: 'RecipientTaskException', message: expect.stringContaining('This one is poison.') } },
    ])
    expect((await tenants.plan()).counts).toMatchObject({ create: 1, update: 0, delete: 0 })
    await expectAllRight()
  })

  test('since a deleted mailbox still holds the address does not stop the others', async () => {
    await start({ contoso: { softDeleted: [{ address: 'ada@fabrikam.com' }] } })
    expect(await tenants.apply()).toMatchObject({ outcome: 'partial', profiles: [{ failed: 1 }] })
    expect(addresses()).toEqual(ADDRESSES.slice(1))
  })
})

describe('two runs at a time', () => {
  test('make nobody twice', async () => {
    await start()
    const results = await Promise.all([tenants.apply(), tenants.apply()])
    for (const { outcome } of results) expect(outcome).toBe('applied')
    await expectAllRight()
  })

  test('delete nobody but those who left', async () => {
    await start({ profile: LIMITLESS })
    await tenants.apply()
    tenants.directory.removeUser('ada@fabrikam.com')
    tenants.directory.updateUser('bob@fabrikam.com', { jobTitle: 'Director' })
    const results = await Promise.all([tenants.apply(), tenants.apply()])
    for (const { outcome } of results) expect(outcome).toBe('applied')
    expect(addresses()).toEqual(ADDRESSES.slice(1))
    expect((await tenants.plan()).changes).toEqual([])
  })
})

test('a contact that changed hands after it was planned is not deleted', async () => {
  await start({ profile: LIMITLESS })
  await tenants.apply()
  tenants.directory.removeUser('ada@fabrikam.com')
  const { recipients } = tenants.simulator.world.tenants.get('contoso')!
  const guid = String(tenants.contact('ada@fabrikam.com')!['Guid'])
  const other = { CustomAttribute15: 'tenant-sync:other:1' }
  tenants.simulator.faults.add({
    on: { operation: 'Get-MailContact', path: /InvokeCommand$/, times: 1 },
    do: { when: 'before', call: () => void recipients.update(guid, other, tenants.now) },
  })
  expect((await tenants.apply()).profiles[0]).toMatchObject({
    failed: 1,
    changes: [{ error: { code: 'changed-since-plan' } }],
  })
  expect(tenants.contact('ada@fabrikam.com')).toMatchObject(other)
})
