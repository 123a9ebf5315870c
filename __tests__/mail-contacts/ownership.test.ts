import { afterEach, describe, expect, test } from '@jest/globals'
import type { MailContactSeed } from '../../src/simulator/seed.ts'
import { CONTOSO, FABRIKAM, Tenants, told, user, type Given } from '../people.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const ADA = user('Ada', { id: 'aaaaaaaa-0000-4000-8000-000000000001' })
const contact = (address: string, more: Partial<MailContactSeed> = {}): MailContactSeed => ({
  Name: address.replace('@', ' at '),
  DisplayName: address,
  ExternalEmailAddress: address,
  ...more,
})
const skips = async () => (await tenants.plan()).skipped.map(({ reason }) => reason)

describe('a contact made by hand', () => {
  const byHand = contact('ada@fabrikam.com', { Title: 'by hand' })

  test('makes its person `address-taken`, naming it, unless it may be adopted', async () => {
    await start({ users: [ADA], contacts: [byHand] })
    expect(await tenants.plan()).toMatchObject({
      changes: [],
      skipped: [{ reason: 'address-taken', detail: expect.stringContaining('ada@fabrikam.com') }],
    })
  })

  test('is taken over with `adopt: [unmarked]`', async () => {
    await start({ users: [ADA], contacts: [byHand], profile: 'adopt: [unmarked]' })
    expect(await tenants.plan()).toMatchObject({ changes: [{ action: 'update', reason: 'adopted' }] })
    await tenants.apply('limits')
    expect(tenants.contact('ada@fabrikam.com')).toMatchObject({
      DisplayName: 'Ada',
      CustomAttribute15: 'tenant-sync:people:aaaaaaaa-0000-4000-8000-000000000001',
    })
    expect(tenants.contact('ada@fabrikam.com')!['Title'] ?? '').toBe('')
    expect((await tenants.plan()).changes).toEqual([])
  })

  describe("that is nobody's", () => {
    const nobodys = { users: [ADA], contacts: [contact('gone@fabrikam.com')], profile: 'adopt: [unmarked]' }

    test('is deleted when somebody saw it, with `adopt: [unmarked]`', async () => {
      await start(nobodys)
      expect(told(await tenants.plan())).toContain('delete gone@fabrikam.com <gone@fabrikam.com>: left-scope')
      await tenants.apply('seen')
      expect(tenants.contact('gone@fabrikam.com')).toBeUndefined()
    })

    test('is held on a schedule', async () => {
      await start(nobodys)
      const result = await tenants.apply('limits')
      expect(result.outcome).toBe('held')
      expect(result.plan.profiles[0]!.counts.held).toBe(1)
      expect(tenants.contact('gone@fabrikam.com')).toBeDefined()
    })

    test('is never touched without it', async () => {
      await start({ ...nobodys, profile: '' })
      await tenants.apply()
      expect(tenants.contact('gone@fabrikam.com')).toMatchObject({ DisplayName: 'gone@fabrikam.com' })
    })

    test('is hidden first with grace, and held like a deletion', async () => {
      await start({ ...nobodys, to: 'grace: 30d' })
      expect((await tenants.apply('limits')).outcome).toBe('held')
      await tenants.apply('seen')
      expect(tenants.contact('gone@fabrikam.com')).toMatchObject({ HiddenFromAddressListsEnabled: true })
      expect((await tenants.plan()).changes).toEqual([])
    })
  })

  test('outside the owned domains is never touched, whatever is adopted', async () => {
    await start({
      users: [ADA],
      contacts: [contact('gone@sub.fabrikam.com'), contact('x@example.com')],
      profile: 'adopt: [unmarked, ctcs, gcch]',
    })
    await tenants.apply()
    expect(tenants.contact('gone@sub.fabrikam.com')).toBeDefined()
    expect(tenants.contact('x@example.com')).toBeDefined()
  })
})

describe('a contact of CTCS', () => {
  const marked = (mark: string, address = 'old-ada@fabrikam.com') =>
    contact(address, { CustomAttribute15: mark })

  test.each([
    ['the mark of today', `XTSYNC|${FABRIKAM}|User|${ADA.id}`],
    ['the older mark', `XTSYNC|${FABRIKAM}|${ADA.id}`],
    ['a mark in capitals', `XTSYNC|${FABRIKAM.toUpperCase()}|User|${ADA.id!.toUpperCase()}`],
  ])('is found by %s, and taken over', async (_, mark) => {
    await start({ users: [ADA], contacts: [marked(mark)], profile: 'adopt: [ctcs]' })
    expect(await tenants.plan()).toMatchObject({ changes: [{ action: 'update', reason: 'adopted' }] })
    await tenants.apply()
    expect([...tenants.contacts().values()]).toMatchObject([
      { ExternalEmailAddress: 'ada@fabrikam.com', CustomAttribute15: `tenant-sync:people:${ADA.id}` },
    ])
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('leaves no mark of CTCS behind when ours stands elsewhere', async () => {
    await start({
      users: [ADA],
      contacts: [marked(`XTSYNC|${FABRIKAM}|User|${ADA.id}`)],
      to: 'mark: customAttribute7',
      profile: 'adopt: [ctcs]',
    })
    await tenants.apply()
    const [taken] = tenants.contacts().values()
    expect(taken).toMatchObject({ CustomAttribute7: `tenant-sync:people:${ADA.id}` })
    expect(taken!['CustomAttribute15'] ?? '').toBe('')
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('of another source tenant is not', async () => {
    await start({
      users: [ADA],
      contacts: [marked(`XTSYNC|${CONTOSO}|User|${ADA.id}`, 'ada@fabrikam.com')],
      profile: 'adopt: [ctcs]',
    })
    expect(await skips()).toEqual(['owned-by-another'])
  })

  test('is not touched without `adopt: [ctcs]`', async () => {
    await start({
      users: [ADA],
      contacts: [marked(`XTSYNC|${FABRIKAM}|User|${ADA.id}`, 'ada@fabrikam.com')],
      profile: 'adopt: [unmarked]',
    })
    expect(await tenants.plan()).toMatchObject({
      changes: [],
      skipped: [{ reason: 'owned-by-another', detail: expect.stringContaining('CTCS') }],
    })
  })
})

test('a contact of GCCH-COMM-GalSync is found by the id in customAttribute13', async () => {
  await start({
    users: [ADA],
    contacts: [contact('ada@fabrikam.com', { CustomAttribute15: 'GALSYNC', CustomAttribute13: ADA.id! })],
    profile: 'adopt: [gcch]',
  })
  expect(await tenants.plan()).toMatchObject({ changes: [{ reason: 'adopted' }] })
  await tenants.apply()
  expect((await tenants.plan()).changes).toEqual([])
})

describe('a contact that belongs to somebody else', () => {
  test.each([
    ['another profile', 'tenant-sync:other:1'],
    ['whoever wrote something there', 'EMP-4711'],
  ])('(%s) is not touched, whatever is adopted', async (_, mark) => {
    await start({
      users: [ADA],
      contacts: [contact('ada@fabrikam.com', { CustomAttribute15: mark })],
      profile: 'adopt: [unmarked, ctcs, gcch]',
    })
    expect(await tenants.plan()).toMatchObject({ changes: [], skipped: [{ reason: 'owned-by-another' }] })
  })

  test('in another attribute is known too', async () => {
    await start({
      users: [ADA],
      contacts: [contact('ada@fabrikam.com', { CustomAttribute3: 'tenant-sync:other:1' })],
      profile: 'adopt: [unmarked]',
    })
    expect(await skips()).toEqual(['owned-by-another'])
  })

  test('synchronized from a directory on premises is skipped', async () => {
    await start({
      users: [ADA],
      contacts: [contact('ada@fabrikam.com', { IsDirSynced: true })],
      profile: 'adopt: [unmarked]',
    })
    expect(await skips()).toEqual(['directory-synced'])
  })
})

describe('an address that stands elsewhere in the tenant', () => {
  test.each([
    [
      'a distribution group',
      { distributionGroups: [{ displayName: 'Helpdesk', address: 'ada@fabrikam.com' }] },
      'Helpdesk',
    ],
    [
      'a mail user',
      { mailUsers: [{ displayName: 'Ada (external)', address: 'ada@fabrikam.com' }] },
      'Ada (external)',
    ],
    [
      'a Microsoft 365 group',
      { groups: [{ displayName: 'Team Ada', mail: 'ada@fabrikam.com', groupTypes: ['Unified'] }] },
      'Team Ada',
    ],
    [
      'a mailbox',
      {
        users: [
          user('Ada of Contoso', {
            userPrincipalName: 'ada@contoso.com',
            mail: 'ada@contoso.com',
            proxyAddresses: ['SMTP:ada@contoso.com', 'smtp:ada@fabrikam.com'],
          }),
        ],
      },
      'Ada of Contoso',
    ],
  ])('(%s) makes the person `address-taken`, before anything is written', async (_, contoso, name) => {
    await start({ users: [ADA, user('Bob')], contoso })
    const plan = await tenants.plan()
    expect(plan.skipped).toMatchObject([
      { label: 'Ada <ada@fabrikam.com>', reason: 'address-taken', detail: expect.stringContaining(name) },
    ])
    expect((await tenants.apply()).outcome).toBe('applied')
    expect([...tenants.contacts().keys()]).toEqual(['bob@fabrikam.com'])
  })

  test('as a proxy of a contact made by hand is taken too', async () => {
    await start({
      users: [ADA],
      contacts: [
        contact('hand@fabrikam.com', { EmailAddresses: ['SMTP:hand@fabrikam.com', 'smtp:ada@fabrikam.com'] }),
      ],
    })
    expect(await skips()).toEqual(['address-taken'])
  })
})

test('of two contacts with one mark the newer goes', async () => {
  const mark = { CustomAttribute15: `tenant-sync:people:${ADA.id}` }
  await start({
    users: [ADA],
    contacts: [
      contact('newer@fabrikam.com', { ...mark, WhenCreated: '2026-02-01T00:00:00Z' }),
      contact('ada@fabrikam.com', { ...mark, WhenCreated: '2026-01-01T00:00:00Z' }),
    ],
  })
  expect(await tenants.plan()).toMatchObject({
    changes: [
      { action: 'update' },
      { action: 'delete', reason: 'duplicate', label: 'newer@fabrikam.com <newer@fabrikam.com>' },
    ],
  })
  await tenants.apply('limits')
  expect([...tenants.contacts().keys()]).toEqual(['ada@fabrikam.com'])
})

test('also when it stands at the address of somebody without one, and the id was written in other letters', async () => {
  const mark = { CustomAttribute15: 'tenant-sync:people:E-77a' }
  await start({
    from: '{ csv: partners.csv }',
    to: 'owns: [fabrikam.com]',
    files: {
      'partners.csv': 'id,mail,displayName\ne-77A,ada@fabrikam.com,Ada\nB1,bob@fabrikam.com,Bob\n',
    },
    contacts: [
      contact('ada@fabrikam.com', { ...mark, WhenCreated: '2026-01-01T00:00:00Z' }),
      contact('bob@fabrikam.com', { ...mark, WhenCreated: '2026-02-01T00:00:00Z' }),
    ],
  })
  expect(told(await tenants.plan())).toEqual([
    'create Bob <bob@fabrikam.com>: new-in-source',
    'update Ada <ada@fabrikam.com>: source-changed',
    'delete bob@fabrikam.com <bob@fabrikam.com>: duplicate',
  ])
  await tenants.apply('limits')
  expect((await tenants.plan()).changes).toEqual([])
  expect(tenants.contact('bob@fabrikam.com')!['CustomAttribute15']).toBe('tenant-sync:people:B1')
})

test('a person whose id changed (made anew, or from another source) keeps the contact by the address', async () => {
  await start({
    users: [ADA],
    contacts: [contact('ada@fabrikam.com', { CustomAttribute15: 'tenant-sync:people:former-id' })],
  })
  expect(await tenants.plan()).toMatchObject({ changes: [{ action: 'update' }] })
  await tenants.apply()
  expect(tenants.contact('ada@fabrikam.com')).toMatchObject({
    CustomAttribute15: `tenant-sync:people:${ADA.id}`,
  })
})

test('a mark moves when the profile keeps it elsewhere', async () => {
  await start({ users: [ADA] })
  await tenants.apply()
  tenants.profile({ to: 'mark: customAttribute9' })
  await tenants.apply()
  const moved = tenants.contact('ada@fabrikam.com')!
  expect(moved).toMatchObject({ CustomAttribute9: `tenant-sync:people:${ADA.id}` })
  expect(moved['CustomAttribute15'] ?? '').toBe('')
  expect((await tenants.plan()).changes).toEqual([])
})

test.each(['customAttribute3', 'customAttribute14'])(
  'what a person writes into a directory is no mark, though it looks like that of somebody else (%s)',
  async (attribute) => {
    const bob = user('Bob', {
      onPremisesExtensionAttributes: { extensionAttribute1: `tenant-sync:people:${ADA.id}` },
    })
    await start({ users: [ADA, bob], profile: `mapping: { ${attribute}: "{{extensionAttribute1}}" }` })
    await tenants.apply()
    expect((await tenants.plan()).changes).toEqual([])
    expect(tenants.contacts().size).toBe(2)
  },
)

describe('who is skipped', () => {
  test.each([
    ['no-mail-address', { mail: null }],
    ['no-mail-address', { mail: 'not an address' }],
    ['outside-owned-domains', { mail: 'ada@elsewhere.com' }],
    ['outside-owned-domains', { mail: 'ada@sub.fabrikam.com' }],
  ])('is told with the reason: %s', async (reason, more) => {
    await start({ users: [user('Ada', more)] })
    expect(await skips()).toEqual([reason])
  })
})

describe('a mark that is not where this profile keeps it', () => {
  const forged = 'tenant-sync:people:nobody'

  test.each([
    ['the mark of another profile', 'tenant-sync:other:1'],
    ['the mark of CTCS', `XTSYNC|${FABRIKAM}|User|1`],
    ['something else', 'EMP-4711'],
  ])('is not believed beside %s', async (_, mark) => {
    await start({
      users: [ADA],
      contacts: [contact('vip@fabrikam.com', { CustomAttribute15: mark, CustomAttribute1: forged })],
    })
    await tenants.apply()
    expect(tenants.contact('vip@fabrikam.com')).toMatchObject({
      CustomAttribute15: mark,
      CustomAttribute1: forged,
    })
  })

  test('is not written by a mapping, whatever the directory holds', async () => {
    await start({
      users: [user('Ada', { jobTitle: 'tenant-sync:other:1' })],
      profile: 'mapping: { customAttribute1: "{{jobTitle}}" }',
    })
    const plan = await tenants.plan()
    expect(plan.warnings).toContainEqual(expect.objectContaining({ code: 'value-refused' }))
    await tenants.apply()
    expect(tenants.contact('ada@fabrikam.com')!['CustomAttribute1'] ?? '').toBe('')
  })
})

describe('a contact of ours outside the owned domains', () => {
  const outside = contact('ada@elsewhere.com', { CustomAttribute15: `tenant-sync:people:${ADA.id}` })
  const name = () => tenants.contact('ada@elsewhere.com')?.['DisplayName']

  test('is never touched, and its person is told of', async () => {
    await start({ users: [ADA], contacts: [outside] })
    expect(await tenants.plan()).toMatchObject({
      changes: [],
      skipped: [{ reason: 'outside-owned-domains', detail: expect.stringContaining('elsewhere.com') }],
      warnings: [{ code: 'marked-outside-owned-domains' }],
    })
    await tenants.apply()
    expect(name()).toBe('ada@elsewhere.com')
  })

  test('is never touched as a leaver either', async () => {
    await start({ users: [user('Bob')], contacts: [outside] })
    await tenants.apply()
    expect(name()).toBe('ada@elsewhere.com')
  })
})

test('two profiles for the same people in one tenant plan each of them once', async () => {
  await start({
    users: [ADA],
    files: {
      'twin.yaml': 'name: twin\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n',
    },
  })
  const { plan } = await tenants.planRun()
  expect(plan.profiles.map(({ counts }) => counts.create)).toEqual([1, 0])
  expect(plan.profiles[1]!.skipped).toMatchObject([
    { reason: 'address-taken', detail: expect.stringContaining('people') },
  ])
  expect((await tenants.apply()).outcome).toBe('applied')
})
