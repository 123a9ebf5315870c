/** Who is read from a tenant of Entra, and who is not. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { GroupSeed, UserSeed } from '../../src/simulator/seed.ts'
import { Tenants, user, type Given } from '../people.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

/** Names of those who get a contact. */
const planned = async () =>
  (await tenants.plan()).changes
    .filter(({ action }) => action === 'create')
    .map(({ label }) => label.replace(/ <.*/, ''))
    .sort()
const errors = async () => {
  const plan = await tenants.plan()
  await tenants.idle()
  return plan.errors
}
const from = (more: string, users: readonly UserSeed[], fabrikam: Given['fabrikam'] = {}) =>
  start({ users, fabrikam, from: `{ entra: fabrikam, ${more} }` })

const apps = (exchange: NonNullable<NonNullable<Given['fabrikam']>['apps']>[0]['exchange']) => [
  {
    clientId: '1d2e3f40-0000-4000-8000-00000000000a',
    permissions: ['User.Read.All', 'GroupMember.Read.All', 'OrgContact.Read.All'],
    secret: 'a-secret-of-the-simulator',
    ...(exchange && { exchange }),
  },
]

describe('members and guests', () => {
  const invited = (name: string, userType?: string): UserSeed =>
    user(name, {
      userPrincipalName: `${name}_contoso.com#EXT#@fabrikam.onmicrosoft.com`,
      ...(userType !== undefined && { userType }),
    })
  const everybody = [
    user('Member'),
    user('Called a guest', { userType: 'Guest' }),
    invited('Guest', 'Guest'),
    invited('Made a member', 'Member'),
    invited('Untyped'),
  ]

  test.each([
    ['members', ['Called a guest', 'Member']],
    ['guests', ['Guest', 'Made a member', 'Untyped']],
    ['members, guests', ['Called a guest', 'Guest', 'Made a member', 'Member', 'Untyped']],
  ])('include: [%s] is told by #EXT#, whatever userType says', async (include, names) => {
    await from(`include: [${include}]`, everybody)
    expect(await planned()).toEqual(names)
  })
})

describe('organizational contacts', () => {
  const mailContacts = [
    { Name: 'Partner', ExternalEmailAddress: 'partner@fabrikam.com', Title: 'Adviser', Phone: '+49 1' },
    {
      Name: `tenant-sync-${'0a'.repeat(16)}`,
      DisplayName: 'Ours',
      ExternalEmailAddress: 'ours@fabrikam.com',
    },
  ]

  test('are people when they are included, and nobody else is', async () => {
    await from('include: [org-contacts]', [user('Ada')], { mailContacts })
    expect((await tenants.plan()).changes).toMatchObject([
      { fields: expect.arrayContaining([{ field: 'title', before: null, after: 'Adviser' }]) },
    ])
  })

  test('that tenant-sync made are never carried on', async () => {
    await from('include: [members, org-contacts]', [user('Ada')], { mailContacts })
    expect(await planned()).toEqual(['Ada', 'Partner'])
    expect((await tenants.plan()).skipped).toMatchObject([
      { label: 'Ours <ours@fabrikam.com>', reason: 'made-by-tenant-sync' },
    ])
  })

  test('do not come in a circle when both tenants carry the other one', async () => {
    await start({
      users: [user('Ada')],
      contoso: { users: [user('Cyd', { userPrincipalName: 'cyd@contoso.com', mail: 'cyd@contoso.com' })] },
      from: '{ entra: fabrikam, include: [members, org-contacts] }',
      to: 'owns: [fabrikam.com, contoso.com]',
      files: {
        'back.yaml':
          'name: back\nkind: mail-contacts\nfrom: [{ entra: contoso, include: [members, org-contacts] }]\nto: { tenant: fabrikam, owns: [contoso.com, fabrikam.com] }\n',
      },
    })
    expect((await tenants.apply()).outcome).toBe('applied')
    const { plan } = await tenants.planRun()
    expect(plan.profiles.flatMap(({ changes }) => changes)).toEqual([])
    expect([...tenants.contacts().keys()]).toEqual(['ada@fabrikam.com'])
  })
})

describe('groups', () => {
  const NAMES = ['Ada', 'Bob', 'Cyd', 'Dan']
  const users = NAMES.map((name) => user(name))
  const ID = 'f0000000-0000-4000-8000-000000000001'
  const groups: GroupSeed[] = [
    { displayName: 'Inner', members: ['cyd@fabrikam.com', 'bob@fabrikam.com'] },
    { displayName: 'All Staff', id: ID, members: ['ada@fabrikam.com', 'Inner'] },
    { displayName: 'Leavers', members: ['Inner leavers'] },
    { displayName: 'Inner leavers', members: ['bob@fabrikam.com'] },
    { displayName: "R&D: Dan's 100% C++ #1", members: ['dan@fabrikam.com'] },
    { displayName: 'Twice', members: [] },
    { displayName: 'Twice', id: 'f0000000-0000-4000-8000-000000000002', members: ['dan@fabrikam.com'] },
  ]

  test.each([
    ['by name, with nested ones', 'groups: [All Staff]', ['Ada', 'Bob', 'Cyd']],
    ['by name, without regard to case', 'groups: [all staff]', ['Ada', 'Bob', 'Cyd']],
    ['by id', `groups: [${ID}]`, ['Ada', 'Bob', 'Cyd']],
    ['by any of several', 'groups: [Inner leavers, Inner]', ['Bob', 'Cyd']],
    ['by a name full of signs', `groups: ["R&D: Dan's 100% C++ #1"]`, ['Dan']],
    ['without those of others', 'groups: [All Staff], excludeGroups: [Leavers]', ['Ada', 'Cyd']],
    ['everybody without those of a group', 'excludeGroups: [Leavers]', ['Ada', 'Cyd', 'Dan']],
  ])('are taken %s', async (_, more, names) => {
    await from(more, users, { groups })
    expect(await planned()).toEqual(names)
  })

  test('of contacts are taken too', async () => {
    await from('include: [members, org-contacts], groups: [Mixed]', users, {
      mailContacts: [
        { Name: 'In', ExternalEmailAddress: 'in@fabrikam.com' },
        { Name: 'Out', ExternalEmailAddress: 'out@fabrikam.com' },
      ],
      groups: [{ displayName: 'Mixed', members: ['ada@fabrikam.com', 'in@fabrikam.com'] }],
    })
    expect(await planned()).toEqual(['Ada', 'In'])
  })

  test.each([
    ['groups: [No such]', 'group-not-found', '"No such"'],
    ['excludeGroups: [No such]', 'group-not-found', '"No such"'],
    [
      'groups: [f0000000-0000-4000-8000-0000000000ff]',
      'group-not-found',
      'f0000000-0000-4000-8000-0000000000ff',
    ],
    ['groups: [Twice]', 'group-ambiguous', 'f0000000-0000-4000-8000-000000000002'],
  ])('(%s) make the profile fail: %s', async (more, code, named) => {
    await from(more, users, { groups })
    expect(await errors()).toMatchObject([{ code, message: expect.stringContaining(named) }])
  })

  test('that may not be read make the profile fail, with the permission', async () => {
    await from('groups: [All Staff]', users, {
      groups,
      apps: [{ ...apps(undefined)[0]!, permissions: ['User.Read.All'] }],
    })
    expect(await errors()).toMatchObject([
      { code: 'Authorization_RequestDenied', advice: expect.stringContaining('GroupMember.Read.All') },
    ])
  })
})

describe('a filter', () => {
  const users = [
    user('Ada', { department: 'R&D', companyName: 'Fabrikam', mobilePhone: '+49 1' }),
    user('Bob', { department: 'Sales', companyName: 'Fabrikam', mobilePhone: '+44 1' }),
    user('Cyd', { department: 'Sales', companyName: 'Tailspin' }),
  ]

  test.each([
    ['of equality', "department eq 'Sales'", ['Bob', 'Cyd']],
    ['with an ampersand', "department eq 'R&D'", ['Ada']],
    ['with a plus', "startsWith(mobilePhone,'+49')", ['Ada']],
    ['of inequality', "department ne 'Sales'", ['Ada']],
    ['that takes an advanced query', "companyName eq 'Tailspin'", ['Cyd']],
  ])('%s is evaluated by Graph', async (_, filter, names) => {
    await from(`filter: ${JSON.stringify(filter)}`, users)
    expect(await planned()).toEqual(names)
  })

  test('that is none makes the profile fail, in the words of Graph', async () => {
    await from('filter: "departmnt eq \'Sales\'"', users)
    expect(await errors()).toMatchObject([
      { code: 'BadRequest', message: expect.stringContaining('departmnt') },
    ])
  })
})

describe('a condition', () => {
  test('is asked of each person, with what it reads', async () => {
    await from(`where: 'jobTitle != "Intern" && extensionAttribute3 != "x" && size(proxyAddresses) < 2'`, [
      user('Ada', { jobTitle: 'Engineer' }),
      user('Bob', { jobTitle: 'Intern' }),
      user('Cyd', { onPremisesExtensionAttributes: { extensionAttribute3: 'x' } }),
      user('Dan', { proxyAddresses: ['SMTP:dan@fabrikam.com', 'smtp:d@fabrikam.com'] }),
      user('Eve'),
    ])
    expect(await planned()).toEqual(['Ada', 'Eve'])
  })
})

describe('people who are hidden from address lists', () => {
  const users = [
    user('Shown', { showInAddressList: true }),
    user('Unsaid', { showInAddressList: null }),
    user('Hidden in Graph', { showInAddressList: false }),
    user('Hidden in Exchange', { hiddenInExchange: true }),
  ]
  const codes = async () => (await tenants.plan()).warnings.map(({ code }) => code)

  test.each([['recipient-administrator'], ['global-reader']] as const)(
    'are those whom Exchange hides, whatever Graph says, where it may be read (%s)',
    async (role) => {
      await from('hidden: exclude', users, { apps: apps({ manageAsApp: true, role }) })
      expect(await planned()).toEqual(['Hidden in Graph', 'Shown', 'Unsaid'])
      expect(await codes()).toEqual([])
    },
  )

  test.each([
    ['the app role is missing', { role: 'global-reader' }],
    ['the directory role is missing', { manageAsApp: true, role: 'none' }],
    ['both are', undefined],
  ] as const)('in Exchange alone are not known where %s, and a warning says so', async (_, exchange) => {
    await from('hidden: exclude', users, { apps: apps(exchange) })
    expect(await planned()).toEqual(['Hidden in Exchange', 'Shown', 'Unsaid'])
    expect(await codes()).toEqual(['hidden-in-exchange-unknown'])
  })

  test.each<[string, () => void]>([
    [
      'since Exchange stops in the middle',
      () =>
        tenants.simulator.faults.add({
          on: { operation: 'Get-Recipient', tenant: 'fabrikam' },
          do: { truncated: { rows: 1, warning: true } },
        }),
    ],
    [
      'since the sign-in fails for the moment',
      () =>
        // The first token is for Graph.
        tenants.simulator.faults.add({
          on: { service: 'entra', operation: 'token', tenant: 'fabrikam', nth: 2, times: 100 },
          do: { status: 400 },
        }),
    ],
  ])('but cannot be told (%s) make the profile fail: nobody hidden is shown', async (_, hinder) => {
    await from('hidden: exclude', users)
    hinder()
    expect(await tenants.plan()).toMatchObject({ outcome: 'failed', changes: [] })
  })

  test('are taken with hidden: include, and Exchange is not asked', async () => {
    await from('hidden: include', users)
    expect(await planned()).toEqual(['Hidden in Exchange', 'Hidden in Graph', 'Shown', 'Unsaid'])
    expect(await codes()).toEqual([])
    expect(
      tenants.simulator.requests.filter(
        ({ service, tenant }) => service === 'exchange' && tenant === 'fabrikam',
      ),
    ).toEqual([])
  })
})

test.each([
  ['exclude', ['Enabled']],
  ['include', ['Disabled', 'Enabled']],
])('disabled: %s', async (disabled, names) => {
  await from(`disabled: ${disabled}`, [user('Enabled'), user('Disabled', { accountEnabled: false })])
  expect(await planned()).toEqual(names)
})

describe('a manager', () => {
  const users = [
    user('Boss', { department: 'Board' }),
    user('Ada', { manager: 'boss@fabrikam.com', department: 'Sales' }),
    user('Bob', { department: 'Sales' }),
  ]
  const notes = async () =>
    Object.fromEntries(
      (await tenants.plan()).changes.map(({ label, fields }) => [
        label.replace(/ <.*/, ''),
        fields.find(({ field }) => field === 'notes')?.after ?? null,
      ]),
    )
  const mapped = (more = '') =>
    start({ users, from: `{ entra: fabrikam${more} }`, profile: 'mapping: { notes: "{{manager}}" }' })

  test('is read with the people', async () => {
    await mapped()
    expect(await notes()).toEqual({ Boss: null, Ada: 'Boss', Bob: null })
  })

  test.each(["department eq 'Sales'", "department ne 'Board'"])(
    'is read beside a filter too: %s',
    async (filter) => {
      await mapped(`, filter: "${filter}"`)
      expect(await notes()).toEqual({ Ada: 'Boss', Bob: null })
    },
  )

  test('is not asked for when nobody reads it', async () => {
    await start({ users })
    await tenants.plan()
    expect(tenants.simulator.requests.some(({ path }) => path.includes('manager'))).toBe(false)
  })
})

test('people beyond a page of 999 are read', async () => {
  const users = Array.from({ length: 1050 }, (_, index) =>
    user(`Person ${index}`, { userPrincipalName: `p${index}@fabrikam.com`, mail: `p${index}@fabrikam.com` }),
  )
  await start({ users })
  expect((await tenants.plan()).counts.create).toBe(1050)
  expect(tenants.simulator.requests.filter(({ operation }) => operation === '/users')).toHaveLength(2)
})

describe('people of two sources', () => {
  test('are one person when they share an address: the first source wins', async () => {
    await start({
      users: [user('Ada', { jobTitle: 'Engineer' })],
      fabrikam: { mailContacts: [{ Name: 'Bob', ExternalEmailAddress: 'bob@fabrikam.com' }] },
      from: '{ entra: fabrikam, include: [org-contacts] }, { entra: fabrikam, where: "true" }',
    })
    expect(await planned()).toEqual(['Ada', 'Bob'])
  })
})
