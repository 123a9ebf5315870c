/** The address list in every mailbox: made, kept true, cleared, and taken away. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { ADA, BOB, CLEO, Fleet, id, MARK, told } from '../mailboxes.ts'
import { user } from '../people.ts'

let fleet: Fleet
afterEach(() => fleet.stop())

const FREE = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }'

const FULL = user('Ada Lovelace', {
  id: id('a'),
  givenName: 'Ada',
  surname: 'Lovelace',
  jobTitle: 'Engineer',
  companyName: 'Fabrikam',
  department: 'Analysis',
  officeLocation: 'B 12',
  mobilePhone: '+44 1',
  businessPhones: ['+44 2'],
  streetAddress: '12 St James Square',
  city: 'London',
  state: 'Westminster',
  postalCode: 'SW1Y',
  country: 'United Kingdom',
  manager: BOB.userPrincipalName,
})

describe('a first run', () => {
  test('makes everybody a contact in every mailbox, their own aside, and a second one has nothing to do', async () => {
    fleet = await Fleet.start()
    const plan = await fleet.plan()
    expect(plan).toMatchObject({
      outcome: 'planned',
      counts: { create: 6 },
      counted: { creates: 6 },
      mailboxes: 3,
      allowed: { creates: null },
    })
    expect(told(plan)).toEqual([
      'create Ada Lovelace: new-in-source, in 2',
      'create Bob Brown: new-in-source, in 2',
      'create Cleo Clark: new-in-source, in 2',
    ])
    const result = await fleet.apply('limits')
    expect(result).toMatchObject({ outcome: 'applied', profiles: [{ done: { create: 6 } }] })
    expect(fleet.names(ADA)).toEqual(['Bob Brown', 'Cleo Clark'])
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
    expect(await fleet.plan()).toMatchObject({
      outcome: 'no-changes',
      counts: { unchanged: 6 },
      changes: [],
      managed: 6,
    })
  })

  test('writes every attribute, and the mark in the same request', async () => {
    fleet = await Fleet.start({ users: [FULL, BOB], mailboxes: `{ users: [${BOB.userPrincipalName}] }` })
    await fleet.apply()
    const [contact] = fleet.mailbox(BOB).snapshot()
    expect(contact).toMatchObject({
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      jobTitle: 'Engineer',
      companyName: 'Fabrikam',
      department: 'Analysis',
      officeLocation: 'B 12',
      manager: 'Bob Brown',
      mobilePhone: '+44 1',
      businessPhones: ['+44 2'],
      emailAddresses: [{ address: FULL.mail, name: 'Ada Lovelace' }],
      businessAddress: {
        street: '12 St James Square',
        city: 'London',
        state: 'Westminster',
        postalCode: 'SW1Y',
        countryOrRegion: 'United Kingdom',
      },
    })
    const writes = fleet.requests.filter(({ write }) => write)
    expect(writes).toHaveLength(1)
    expect(writes[0]!.body).toMatchObject({
      singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:gal:${id('a')}` }],
    })
  })
})

describe('a change at the source', () => {
  test('is written wherever the person stands, and stands once in the plan', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    fleet.tenants.directory.updateUser(ADA.userPrincipalName, { jobTitle: 'Principal Engineer' })
    const plan = await fleet.plan()
    expect(plan.changes).toMatchObject([
      {
        action: 'update',
        key: id('a'),
        mailboxSet: 'm1',
        reason: 'source-changed',
        fields: [{ field: 'jobTitle', before: 'Engineer', after: 'Principal Engineer' }],
      },
    ])
    expect(plan.mailboxSets).toEqual([{ id: 'm1', mailboxes: [BOB.mail, CLEO.mail] }])
    await fleet.apply()
    expect(fleet.mailbox(CLEO).contactNamed('Ada Lovelace')!.properties['jobTitle']).toBe(
      'Principal Engineer',
    )
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('that leaves every attribute empty clears every attribute', async () => {
    fleet = await Fleet.start({ users: [FULL, BOB], mailboxes: `{ users: [${BOB.userPrincipalName}] }` })
    await fleet.apply()
    fleet.tenants.directory.setManager(id('a'), undefined)
    fleet.tenants.directory.updateUser(FULL.userPrincipalName, {
      givenName: null,
      surname: null,
      jobTitle: null,
      companyName: null,
      department: null,
      officeLocation: null,
      mobilePhone: null,
      businessPhones: [],
      streetAddress: null,
      city: null,
      state: null,
      postalCode: null,
      country: null,
    })
    await fleet.apply()
    const [contact] = fleet.mailbox(BOB).snapshot()
    const { displayName, emailAddresses, businessAddress, ...rest } = contact!
    expect({ displayName, emailAddresses }).toEqual({
      displayName: 'Ada Lovelace',
      emailAddresses: [{ address: FULL.mail, name: 'Ada Lovelace' }],
    })
    for (const name of [
      'givenName',
      'surname',
      'jobTitle',
      'companyName',
      'department',
      'officeLocation',
      'manager',
      'mobilePhone',
    ])
      expect(rest[name] ?? '').toBe('')
    expect(rest['businessPhones'] ?? []).toEqual([])
    expect(Object.values(businessAddress ?? {}).filter(Boolean)).toEqual([])
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('of the name keeps the display name as it is wanted, which Graph would derive anew', async () => {
    fleet = await Fleet.start({ profile: 'mapping: { displayName: "{{displayName}} (Fabrikam)" }' })
    await fleet.apply()
    fleet.tenants.directory.updateUser(ADA.userPrincipalName, { givenName: 'Augusta' })
    await fleet.apply()
    expect(fleet.names(BOB)).toContain('Ada Lovelace (Fabrikam)')
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })
})

describe('somebody who left', () => {
  test('is taken out everywhere, and kept whole before', async () => {
    fleet = await Fleet.start({ profile: FREE })
    await fleet.apply()
    fleet.tenants.directory.updateUser(CLEO.userPrincipalName, { accountEnabled: false })
    expect(told(await fleet.plan())).toEqual(['delete Cleo Clark: left-scope, in 2'])
    expect(await fleet.apply('limits')).toMatchObject({
      outcome: 'applied',
      profiles: [{ done: { delete: 2 } }],
    })
    expect(fleet.names(ADA)).toEqual(['Bob Brown'])
    expect(fleet.tenants.lines('removed.ndjson')).toMatchObject([
      {
        key: id('c'),
        mailbox: id('a'),
        removed: { displayName: 'Cleo Clark', emailAddresses: [{ address: CLEO.mail }] },
      },
      { key: id('c'), mailbox: id('b') },
    ])
  })

  test('is held where nobody reviewed it', async () => {
    fleet = await Fleet.start({ profile: FREE })
    await fleet.apply()
    fleet.tenants.directory.updateUser(CLEO.userPrincipalName, { accountEnabled: false })
    expect(await fleet.apply('nobody')).toMatchObject({
      outcome: 'held',
      profiles: [{ held: 2, done: { delete: 0 } }],
    })
    expect(fleet.names(ADA)).toContain('Cleo Clark')
  })
})

describe('what people do by hand', () => {
  test('to a managed attribute is put back, everything else stays', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    const mailbox = fleet.mailbox(BOB)
    const contact = mailbox.contactNamed('Ada Lovelace')!
    mailbox.updateContact(contact, { jobTitle: 'Boss', personalNotes: 'likes tea', emailAddresses: [] })
    expect((await fleet.plan()).changes).toMatchObject([
      {
        action: 'update',
        targetId: contact.id,
        fields: [{ field: 'jobTitle' }, { field: 'emailAddresses' }],
      },
    ])
    await fleet.apply()
    expect(contact.properties).toMatchObject({ jobTitle: 'Engineer', personalNotes: 'likes tea' })
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('to contacts of their own is no business of ours, even of the same name and address', async () => {
    const own = {
      displayName: 'Ada Lovelace',
      emailAddresses: [{ address: ADA.mail!, name: 'My Ada' }],
      folder: 'Mine',
    }
    fleet = await Fleet.start({
      users: [
        ADA,
        { ...BOB, contactFolders: ['Mine'], contacts: [own, { displayName: 'Aunt', mobilePhone: '1' }] },
        CLEO,
      ],
      profile: FREE,
    })
    const before = fleet.mailbox(BOB).snapshot()
    await fleet.apply()
    fleet.tenants.directory.removeUser(CLEO.userPrincipalName)
    await fleet.apply()
    fleet.profile({ profile: `state: absent\n${FREE}` })
    await fleet.apply()
    expect(fleet.mailbox(BOB).snapshot()).toEqual(before)
  })

  test('that moves a contact to another folder leaves it there, and makes a new one', async () => {
    fleet = await Fleet.start({ profile: FREE })
    await fleet.apply()
    const mailbox = fleet.mailbox(BOB)
    mailbox.moveContact(mailbox.contactNamed('Ada Lovelace')!, mailbox.addFolder('Archive'))
    expect(told(await fleet.plan())).toEqual(['create Ada Lovelace: new-in-source, in 1'])
    await fleet.apply()
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Archive: Ada Lovelace', 'Cleo Clark'])
  })

  test('that copies a contact makes a duplicate: the newer goes', async () => {
    fleet = await Fleet.start({ profile: FREE })
    await fleet.apply()
    const mailbox = fleet.mailbox(BOB)
    const first = mailbox.contactNamed('Ada Lovelace')!
    fleet.tenants.now = new Date('2027-01-01T00:00:00Z')
    const copy = mailbox.addContact({ ...first.properties })
    Object.assign(copy, { created: first.created + 60 })
    expect(told(await fleet.plan())).toEqual(['delete Ada Lovelace: duplicate, in 1'])
    await fleet.apply()
    expect(mailbox.contact(first.id)).toBeDefined()
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
  })
})

describe('the profile', () => {
  test('set to be absent takes out all that is its own, in every mailbox, and leaves the folder', async () => {
    fleet = await Fleet.start({
      to: 'folder: Colleagues',
      mailboxes: `{ users: [${ADA.mail}, ${BOB.mail}] }`,
    })
    await fleet.apply()
    expect(fleet.names(ADA)).toEqual(['Colleagues: Bob Brown', 'Colleagues: Cleo Clark'])
    fleet.profile({ mailboxes: `{ users: [${ADA.mail}] }`, profile: `state: absent\n${FREE}` })
    expect(told(await fleet.plan()).map((line) => line.replace(/.*: /, ''))).toEqual(
      expect.arrayContaining(['profile-absent, in 1', 'profile-absent, in 2']),
    )
    await fleet.apply()
    expect([fleet.names(ADA), fleet.names(BOB)]).toEqual([[], []])
    expect(fleet.mailbox(ADA).folders.map(({ displayName }) => displayName)).toEqual(['Colleagues'])
  })

  test('that is renamed finds its contacts by the former name, and marks them anew', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    const yaml = fleet.text('sync-profiles/people.yaml')
    fleet.tenants.write('people.yaml', yaml.replace('name: gal', 'name: colleagues\nformerly: [gal]'))
    const [plan] = (await fleet.planRun()).plan.profiles
    expect(plan).toMatchObject({ counts: { create: 0, update: 6, delete: 0 } })
    expect(plan!.changes[0]!.fields).toEqual([
      { field: 'mark', before: `tenant-sync:gal:${id('a')}`, after: `tenant-sync:colleagues:${id('a')}` },
    ])
    await fleet.apply()
    expect((await fleet.planRun()).plan.profiles[0]!.outcome).toBe('no-changes')
  })

  test('that is gone leaves contacts behind, which the next one tells of', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    fleet.tenants.write(
      'people.yaml',
      fleet.text('sync-profiles/people.yaml').replace('name: gal', 'name: other'),
    )
    const [plan] = (await fleet.planRun()).plan.profiles
    expect(plan!.counts).toMatchObject({ create: 6, delete: 0 })
    expect(plan!.warnings).toContainEqual(expect.objectContaining({ code: 'vanished-profile' }))
  })

  test('that is paused reads nothing', async () => {
    fleet = await Fleet.start({ profile: 'state: paused' })
    expect((await fleet.plan()).warnings).toMatchObject([{ code: 'paused' }])
    expect(fleet.requests).toEqual([])
  })
})

describe('limits', () => {
  test('count every mailbox', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    fleet.tenants.directory.updateUser(CLEO.userPrincipalName, { accountEnabled: false })
    fleet.profile({ profile: 'limits: { deletes: 1 }' })
    const plan = await fleet.plan()
    expect(plan).toMatchObject({ outcome: 'blocked', managed: 6 })
    expect(plan.limits).toMatchObject([{ limit: 'deletes', count: 2, allowed: 1, managed: 6 }])
    expect((await fleet.apply()).outcome).toBe('blocked')
    expect(fleet.names(ADA)).toContain('Cleo Clark')
  })

  test('refuse a source that gives nobody', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    fleet.profile({ from: '{ entra: fabrikam, where: "false" }' })
    expect((await fleet.plan()).limits).toContainEqual(expect.objectContaining({ limit: 'emptySource' }))
  })
})

test('the journal tells of each write which mailbox it was in, and no values', async () => {
  fleet = await Fleet.start({ mailboxes: `{ users: [${BOB.mail}] }` })
  await fleet.apply()
  const lines = fleet.tenants.lines('journal.ndjson').slice(1)
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatchObject({
    phase: 'before',
    profile: 'gal',
    action: 'create',
    object: 'contact',
    key: id('a'),
    mailbox: id('b'),
    fields: expect.arrayContaining(['displayName', 'emailAddresses']),
  })
  expect(lines.find(({ phase }) => phase === 'after')).toMatchObject({
    status: 201,
    attempt: 1,
    targetId: expect.stringMatching(/./),
    requestId: expect.stringMatching(/./),
  })
  expect(fleet.text('journal.ndjson')).not.toContain('Lovelace')
})
