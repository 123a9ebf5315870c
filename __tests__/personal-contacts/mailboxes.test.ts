/** Whose mailboxes: named, by group, everybody's; with a folder or without; and those that cannot be reached. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { ADA, app, BOB, CLEO, Fleet, id, told } from '../mailboxes.ts'
import { user } from '../people.ts'

let fleet: Fleet
afterEach(() => fleet.stop())

const FREE = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }'
const unavailable = (plan: Awaited<ReturnType<Fleet['plan']>>) =>
  plan.skipped.filter(({ reason }) => reason === 'mailbox-unavailable').map(({ key }) => key)

describe('mailboxes', () => {
  test.each([
    ['user principal names', 'bob.brown@fabrikam.com'],
    ['object ids', id('b')],
    ['mail addresses, in any case', 'Bob@fabrikam.com'],
    ['proxy addresses', 'bobby@fabrikam.com'],
  ])('are named by %s', async (_, name) => {
    const bob = {
      ...BOB,
      mail: 'bob@fabrikam.com',
      proxyAddresses: ['SMTP:bob@fabrikam.com', 'smtp:bobby@fabrikam.com'],
    }
    for (const where of ['', ', where: displayName != "Bob Brown"']) {
      fleet = await Fleet.start({
        users: [ADA, bob],
        mailboxes: `{ users: ["${name}"] }`,
        from: `{ entra: fabrikam${where} }`,
      })
      await fleet.apply()
      expect([fleet.names(BOB), fleet.names(ADA)]).toEqual([['Ada Lovelace'], []])
      if (where === '') await fleet.stop()
    }
  })

  test('are those of the transitive members of groups, each once', async () => {
    fleet = await Fleet.start({
      fabrikam: {
        groups: [
          { displayName: "Field Staff's", members: ['Drivers', BOB.userPrincipalName] },
          { displayName: 'Drivers', members: [CLEO.userPrincipalName, BOB.userPrincipalName] },
        ],
      },
      mailboxes: `{ groups: ["Field Staff's", Drivers], users: [${BOB.mail}] }`,
    })
    const plan = await fleet.plan()
    expect(plan.mailboxes).toBe(2)
    await fleet.apply()
    expect([fleet.names(ADA), fleet.names(BOB), fleet.names(CLEO)]).toEqual([
      [],
      ['Ada Lovelace', 'Cleo Clark'],
      ['Ada Lovelace', 'Bob Brown'],
    ])
  })

  test('of a group that is not there fail the profile', async () => {
    fleet = await Fleet.start({ mailboxes: '{ groups: [Gone] }' })
    expect(await fleet.plan()).toMatchObject({ outcome: 'failed', errors: [{ code: 'group-not-found' }] })
  })

  test('may be everybody’s: who has none is not in scope, and no reason to warn', async () => {
    const nobody = user('No Licence', { mailbox: 'inactive' })
    const guest = user('Guest', {
      userPrincipalName: 'guest_contoso.com#EXT#@fabrikam.onmicrosoft.com',
      mail: 'guest@contoso.com',
    })
    fleet = await Fleet.start({
      users: [ADA, BOB, nobody, guest, user('Shared', { mailbox: 'shared', accountEnabled: false })],
    })
    const plan = await fleet.plan()
    expect(plan.mailboxes).toBe(3)
    expect(unavailable(plan)).toEqual([])
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(fleet.names({ userPrincipalName: 'shared@fabrikam.com' })).toEqual([
      'Ada Lovelace',
      'Bob Brown',
      'No Licence',
    ])
  })

  test('that are excluded have the profile’s contacts taken out, and nothing else', async () => {
    fleet = await Fleet.start({
      users: [ADA, { ...BOB, contacts: [{ displayName: 'Aunt' }] }, CLEO],
      profile: FREE,
    })
    await fleet.apply()
    fleet.profile({ mailboxes: `{ all: true, exclude: [${BOB.mail}] }` })
    const plan = await fleet.plan()
    expect(plan).toMatchObject({ counts: { create: 0, delete: 2 }, mailboxes: 2 })
    await fleet.apply()
    expect(fleet.names(BOB)).toEqual(['Aunt'])
    expect(fleet.names(ADA)).toEqual(['Bob Brown', 'Cleo Clark'])
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('that are no longer in scope keep what they have', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    fleet.profile({ mailboxes: `{ users: [${ADA.mail}] }` })
    expect((await fleet.plan()).outcome).toBe('no-changes')
    expect(fleet.names(BOB)).toHaveLength(2)
  })

  test('are found by whoever has them, where several go by one address', async () => {
    // An administrator's account without a mailbox, with the same mail and a smaller id.
    const admin = user('Admin of Ada', {
      id: '00000000-0000-4000-8000-000000000001',
      userPrincipalName: 'admin.ada@fabrikam.onmicrosoft.com',
      mail: null,
      mailbox: 'none',
    })
    const ada = { ...ADA, mail: 'lovelace@fabrikam.com' }
    fleet = await Fleet.start({ users: [admin, ada, BOB], mailboxes: '{ users: [lovelace@fabrikam.com] }' })
    fleet.tenants.directory.updateUser(admin.userPrincipalName, { mail: ada.mail })
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(fleet.names(ADA)).toEqual(['Bob Brown'])
    fleet.profile({ mailboxes: '{ all: true, exclude: [lovelace@fabrikam.com] }', profile: FREE })
    await fleet.apply()
    expect(fleet.names(ADA)).toEqual([])
  })

  test('an excluded name that nobody goes by is told of: it may be a slip of the pen', async () => {
    fleet = await Fleet.start({ mailboxes: '{ all: true, exclude: [ceo@fabrikam.com] }' })
    const plan = await fleet.plan()
    expect(plan.warnings).toContainEqual(expect.objectContaining({ code: 'unknown-excluded-mailbox' }))
    expect(plan.warnings.find(({ code }) => code === 'unknown-excluded-mailbox')!.advice).not.toContain('ceo')
  })
})

describe('a mailbox that cannot be reached', () => {
  test.each([
    ['without a licence', { users: [ADA, { ...BOB, mailbox: 'inactive' as const }, CLEO] }, /licen/i],
    ['that nobody goes by', { users: [ADA, CLEO] }, /goes by/],
    [
      'that a policy keeps the app out of',
      { fabrikam: { apps: [app({ mailboxes: [ADA.userPrincipalName, CLEO.userPrincipalName] })] } },
      /ErrorAccessDenied/,
    ],
    [
      'with two folders of the name',
      { users: [ADA, { ...BOB, contactFolders: ['Colleagues', 'Colleagues'] }, CLEO] },
      /2 contact folders/,
    ],
  ])(
    '%s is skipped with the reason, the others go on, and an apply ends partial',
    async (_, given, reason) => {
      const mailboxes = `{ users: [${ADA.mail}, ${BOB.mail}] }`
      fleet = await Fleet.start({ ...given, mailboxes, to: 'folder: Colleagues' })
      const plan = await fleet.plan()
      expect(plan.outcome).toBe('planned')
      expect(plan.skipped.filter((one) => one.reason === 'mailbox-unavailable')).toEqual([
        {
          key: BOB.mail,
          label: BOB.mail,
          reason: 'mailbox-unavailable',
          detail: expect.stringMatching(reason),
          advice: expect.stringMatching(reason),
        },
      ])
      expect(plan.warnings).toContainEqual(expect.objectContaining({ code: 'mailbox-unavailable' }))
      expect(await fleet.apply()).toMatchObject({
        outcome: 'partial',
        profiles: [{ failed: 0, errors: [{ code: 'mailbox-unavailable' }] }],
      })
      expect(fleet.names(ADA)).not.toEqual([])
      expect((await fleet.apply()).outcome).toBe('partial')
    },
  )

  test('gives the same plan when it is made again', async () => {
    fleet = await Fleet.start({ fabrikam: { apps: [app({ mailboxes: [ADA.userPrincipalName] })] } })
    const digest = async () => (await fleet.planRun()).plan.digest
    expect(await digest()).toBe(await digest())
  })

  test('and is excluded is told of, and is no reason for an apply to end partial', async () => {
    fleet = await Fleet.start({
      fabrikam: { apps: [app({ mailboxes: [ADA.userPrincipalName] })] },
      mailboxes: `{ users: [${ADA.mail}], exclude: [${BOB.mail}] }`,
    })
    expect(unavailable(await fleet.plan())).toEqual([BOB.mail])
    expect((await fleet.apply()).outcome).toBe('applied')
  })

  test('and is reached through a group is told of, too', async () => {
    fleet = await Fleet.start({
      users: [ADA, { ...BOB, mailbox: 'inactive' }, CLEO],
      fabrikam: { groups: [{ displayName: 'All', members: [ADA.userPrincipalName, BOB.userPrincipalName] }] },
      mailboxes: '{ groups: [All] }',
    })
    expect(unavailable(await fleet.plan())).toEqual([BOB.mail])
  })

  test('for want of a permission fails the profile, with the command that grants it', async () => {
    fleet = await Fleet.start({ fabrikam: { apps: [app({ permissions: ['User.Read.All'] })] } })
    const { outcome, errors } = await fleet.plan()
    expect(outcome).toBe('failed')
    expect(errors[0]!.message).toMatch(/fabrikam.*Contacts\.Read:.*az ad app permission add/s)
  })
})

describe('a folder', () => {
  test('that is missing is created once, a change of its own, counted against no limit', async () => {
    fleet = await Fleet.start({ to: 'folder: Colleagues' })
    const plan = await fleet.plan()
    expect(told(plan)).toContain('create Colleagues: missing, in 3')
    expect(plan.changes.find(({ object }) => object === 'contact-folder')).toMatchObject({
      key: 'Colleagues',
      reason: 'missing',
    })
    expect(plan).toMatchObject({ counts: { create: 9 }, counted: { creates: 6 } })
    await fleet.apply()
    expect(fleet.mailbox(ADA).folders.map(({ displayName }) => displayName)).toEqual(['Colleagues'])
    expect(fleet.names(ADA)).toEqual(['Colleagues: Bob Brown', 'Colleagues: Cleo Clark'])
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test.each(["O'Brien's “people” & friends", '50% + more #1 / two', 'Kollégák'])(
    'may be called %s',
    async (name) => {
      fleet = await Fleet.start({ to: `folder: ${JSON.stringify(name)}` })
      await fleet.apply()
      expect(fleet.mailbox(BOB).folders.map(({ displayName }) => displayName)).toEqual([name])
      expect((await fleet.plan()).outcome).toBe('no-changes')
    },
  )

  test('of the name in another case is the one', async () => {
    fleet = await Fleet.start({
      users: [ADA, { ...BOB, contactFolders: ['COLLEAGUES'] }],
      to: 'folder: Colleagues',
    })
    await fleet.apply()
    expect(fleet.mailbox(BOB).folders).toHaveLength(1)
    expect(fleet.names(BOB)).toEqual(['COLLEAGUES: Ada Lovelace'])
  })

  test('that somebody deleted is made again, with all that was in it', async () => {
    fleet = await Fleet.start({ to: 'folder: Colleagues', profile: FREE })
    await fleet.apply()
    fleet.mailbox(BOB).removeFolder(fleet.mailbox(BOB).folderNamed('Colleagues')!)
    expect(told(await fleet.plan()).sort()).toEqual([
      'create Ada Lovelace: new-in-source, in 1',
      'create Cleo Clark: new-in-source, in 1',
      'create Colleagues: missing, in 1',
    ])
    await fleet.apply()
    expect(fleet.names(BOB)).toEqual(['Colleagues: Ada Lovelace', 'Colleagues: Cleo Clark'])
  })

  test('that bears the name of the mailbox’s own fails where it stands, and says what to do', async () => {
    fleet = await Fleet.start({ to: 'folder: Contacts' })
    const result = await fleet.apply()
    expect(result.outcome).toBe('failed')
    expect(JSON.stringify(result.profiles[0]!.changes)).toContain('leave folder out of the profile')
  })
})

describe('the owner', () => {
  test('is known by any address', async () => {
    // Bob moved from the other tenant, which still has his account.
    fleet = await Fleet.start({
      users: [ADA, { ...BOB, proxyAddresses: [`SMTP:${BOB.mail}`, 'smtp:bob@contoso.com'] }],
      contoso: {
        users: [
          user('Bob (old)', { userPrincipalName: 'bob@contoso.com', mail: 'Bob@contoso.com' }),
          user('Dora', { userPrincipalName: 'dora@contoso.com', mail: 'dora@contoso.com' }),
        ],
      },
      from: '{ entra: fabrikam }, { entra: contoso }',
    })
    await fleet.apply()
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Dora'])
    expect(fleet.names(ADA)).toEqual(['Bob (old)', 'Bob Brown', 'Dora'])
  })

  test('stands in their own mailbox where the profile says so', async () => {
    fleet = await Fleet.start({ to: 'includeOwner: true' })
    await fleet.apply()
    expect(fleet.names(ADA)).toContain('Ada Lovelace')
    fleet.profile({ to: '', profile: FREE })
    expect(told(await fleet.plan()).sort()).toEqual([
      'delete Ada Lovelace: left-scope, in 1',
      'delete Bob Brown: left-scope, in 1',
      'delete Cleo Clark: left-scope, in 1',
    ])
  })
})

test('people without a mail address are skipped, unless the profile takes them', async () => {
  fleet = await Fleet.start({ users: [ADA, BOB, user('Nomail', { mail: null })] })
  expect(await fleet.plan()).toMatchObject({
    counts: { create: 2 },
    skipped: [{ reason: 'no-mail-address' }],
  })
  fleet.profile({ to: 'withoutMail: true' })
  await fleet.apply()
  expect(fleet.names(ADA)).toEqual(['Bob Brown', 'Nomail'])
})

test('who is hidden in Exchange alone is not shown', async () => {
  fleet = await Fleet.start({ users: [ADA, BOB, { ...CLEO, hiddenInExchange: true }] })
  await fleet.apply()
  expect(fleet.names(ADA)).toEqual(['Bob Brown'])
})

test('an idle run reads each mailbox once, twenty to a request', async () => {
  const users = Array.from({ length: 45 }, (_, index) =>
    user(`Person ${String.fromCharCode(97 + (index % 26))}${index < 26 ? 'x' : 'y'}`),
  )
  fleet = await Fleet.start({ users })
  await fleet.apply()
  const before = fleet.requests.length
  expect((await fleet.plan()).outcome).toBe('no-changes')
  expect(fleet.wire(before).filter((one) => one === 'POST /$batch')).toHaveLength(3)
})
