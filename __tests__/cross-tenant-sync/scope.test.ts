/** Who is synchronized, who no longer is, and how many people that is. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Approval } from '../../src/engine/approval.ts'
import { user } from '../people.ts'
import { assigned, assignments, configured, groupId, writes } from './standing.ts'
import { ADA, app, BOB, CLEO, FABRIKAM, LIMITLESS, Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting = {}) => (between = await Synchronized.start(given))
afterEach(() => between.stop())

const plan = () => between.tenants.plan()
const apply = (approval?: Approval) => between.tenants.apply(approval)
const refuse = (method: string, path: string) =>
  between.tenants.simulator.faults.add({ on: { method, path }, do: { status: 403 } })

/** What signs in to the source. */
const APP = app(FABRIKAM).clientId
const scoped = (scope: string, more = LIMITLESS) => `scope: ${scope}\n${more}`
const everyone = '{ everyone: true }'
const staff = '{ groups: [Staff] }'

/** Two names by which people are known, and an id. */
const DORA = user('Dora Dent', {
  userPrincipalName: 'dd@fabrikam.com',
  mail: 'dora.dent@fabrikam.com',
  id: 'd07ad3e7-0000-4000-8000-000000000001',
})

const crowd = (size: number) => Array.from({ length: size }, (_, index) => user(`Person ${numeral(index)}`))
const numeral = (index: number) => String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))
const names = (users: ReturnType<typeof crowd>) => users.map(({ userPrincipalName }) => userPrincipalName)

describe('users and groups', () => {
  test.each([
    ['user principal name', 'DD@fabrikam.com'],
    ['mail address', 'Dora.Dent@fabrikam.com'],
    ['object id', DORA.id!],
  ])('are assigned: a user by %s', async (_, name) => {
    await start({ users: [ADA, DORA], groups: [], profile: scoped(`{ users: ["${name}"] }`) })
    expect(assignments(await plan())).toEqual(['create Dora Dent <dora.dent@fabrikam.com>: new-in-source'])
    expect((await apply()).outcome).toBe('applied')
    expect(assigned(between)).toEqual(['Dora Dent'])
    between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
    expect(between.arrived()).toEqual(['Dora Dent'])
  })

  test('a user whom several of the names mean is assigned once', async () => {
    const three = `{ users: [dd@fabrikam.com, dora.dent@fabrikam.com, ${DORA.id!}] }`
    await start({ users: [DORA], groups: [], profile: scoped(three) })
    expect(await apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { create: 7 } }] })
    expect(assigned(between)).toEqual(['Dora Dent'])
    expect((await plan()).changes).toEqual([])
  })

  test('a group is assigned by its id, and its people arrive', async () => {
    await start()
    between.profile(scoped(`{ groups: ["${groupId(between, 'Staff')}"] }`))
    await apply()
    expect(assigned(between)).toEqual(['Staff'])
    between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
    expect(between.arrived()).toEqual(['Ada Lovelace', 'Bob Brown'])
  })

  test("a group's name is nobody's, a person's is theirs", async () => {
    await start()
    const named = (await plan()).changes.filter(({ object }) => object === 'assignment')
    expect(named.map(({ label, configuration }) => [label, configuration])).toEqual(
      expect.arrayContaining([
        ['Staff', true],
        ['Cleo Clark <cleo.clark@fabrikam.com>', undefined],
      ]),
    )
  })

  test('whoever joins a group needs no change of the plan', async () => {
    await start({ profile: scoped(staff) })
    await apply()
    const { directory, simulator } = between.tenants
    directory.setMembers(groupId(between, 'Staff'), [directory.user(CLEO.userPrincipalName)!.id])
    expect((await plan()).changes).toEqual([])
    simulator.runCycle('fabrikam', 'To Contoso')
    expect(between.arrived()).toEqual(['Cleo Clark'])
  })
})

describe('what is not found', () => {
  const twice = [
    { displayName: 'Staff', members: [] },
    { displayName: 'Staff', id: '57aff000-0000-4000-8000-000000000002', members: [] },
  ]
  test.each<[string, Starting, string]>([
    ['a group of this name', { profile: scoped('{ groups: [Stuff] }') }, 'group-not-found'],
    [
      'a group of this id',
      { profile: scoped('{ groups: [57aff000-0000-4000-8000-000000000001] }') },
      'group-not-found',
    ],
    ['only one group of this name', { groups: twice, profile: scoped(staff) }, 'group-ambiguous'],
  ])('%s: the profile fails, and nothing is written', async (_, given, code) => {
    await start(given)
    const failed = { code, advice: expect.stringContaining('in tenant fabrikam') }
    expect(await plan()).toMatchObject({ outcome: 'failed', changes: [], errors: [failed] })
    expect(await apply()).toMatchObject({ outcome: 'failed', profiles: [{ errors: [failed] }] })
    expect(writes(between)).toEqual([])
  })

  test('a user: skipped by name, and nobody else with them', async () => {
    await start({ profile: scoped('{ users: [gone@fabrikam.com, gone-too, ada.lovelace@fabrikam.com] }') })
    expect((await plan()).skipped).toEqual([
      expect.objectContaining({ key: 'gone-too', reason: 'user-not-found' }),
      {
        key: 'gone@fabrikam.com',
        label: 'gone@fabrikam.com',
        reason: 'user-not-found',
        detail:
          'no one user goes by gone@fabrikam.com in tenant fabrikam: left, renamed, misspelt, or several',
      },
    ])
    expect((await apply()).outcome).toBe('applied')
    expect(assigned(between)).toEqual(['Ada Lovelace'])
  })

  describe('a user who was assigned, and bears another name by now', () => {
    const renamed = async (more: object) => {
      await start({ profile: scoped('{ groups: [Staff], users: [cleo.clark@fabrikam.com] }') })
      await apply()
      between.tenants.directory.updateUser(CLEO.userPrincipalName, {
        displayName: 'Cleo Dale',
        userPrincipalName: 'cleo.dale@fabrikam.com',
        mail: 'cleo.dale@fabrikam.com',
        ...more,
      })
    }

    test('is known by an address of before', async () => {
      await renamed({ proxyAddresses: ['SMTP:cleo.dale@fabrikam.com', 'smtp:Cleo.Clark@fabrikam.com'] })
      expect(await plan()).toMatchObject({ changes: [], skipped: [] })
    })

    test('else keeps their access until that is cleared up', async () => {
      await renamed({ proxyAddresses: ['SMTP:cleo.dale@fabrikam.com'] })
      const { changes, skipped } = await plan()
      expect(changes).toEqual([])
      expect(skipped.map(({ label, reason }) => `${label}: ${reason}`).sort()).toEqual([
        'Cleo Dale <cleo.dale@fabrikam.com>: scope-incomplete',
        'cleo.clark@fabrikam.com: user-not-found',
      ])
      between.profile(scoped('{ groups: [Staff], users: [cleo.dale@fabrikam.com] }'))
      expect(await plan()).toMatchObject({ changes: [], skipped: [] })

      between.profile(scoped(staff))
      expect(assignments(await plan())).toEqual(['delete Cleo Dale <cleo.dale@fabrikam.com>: left-scope'])
    })
  })

  test('an address in quotes is looked for as it is', async () => {
    await start({ profile: scoped(`{ users: ["o'hara@fabrikam.com", "x' or mail ne '@"] }`) })
    expect(await plan()).toMatchObject({ outcome: 'planned', counts: { skipped: 2 } })
  })
})

describe('assignments that the profile does not list', () => {
  const others = {
    groups: [
      { displayName: 'Staff', members: [ADA.userPrincipalName] },
      // Provisioning looks at direct members alone.
      { displayName: 'Nested', members: [CLEO.userPrincipalName] },
      { displayName: 'Others', members: [ADA.userPrincipalName, BOB.userPrincipalName, 'Nested'] },
    ],
    source: {
      applications: [
        { displayName: 'To Contoso', owners: [APP], assigned: ['Others', CLEO.userPrincipalName] },
      ],
    },
  } satisfies Starting

  test('are removed, and count as many people as they give access to', async () => {
    await start({ ...others, profile: scoped(staff) })
    const planned = await plan()
    expect(assignments(planned).sort()).toEqual([
      'create Staff: new-in-source',
      'delete Cleo Clark <cleo.clark@fabrikam.com>: left-scope',
      'delete Others: left-scope',
    ])
    expect(planned).toMatchObject({
      counts: { create: expect.any(Number), delete: 2 },
      counted: { creates: 1, deletes: 3 },
      managed: 3,
    })
    await apply()
    expect(assigned(between)).toEqual(['Staff'])
  })

  test('stay with `exact: false`', async () => {
    await start({ ...others, profile: scoped('{ groups: [Staff], exact: false }') })
    expect(assignments(await plan())).toEqual(['create Staff: new-in-source'])
    await apply()
    expect(assigned(between)).toEqual(['Cleo Clark', 'Others', 'Staff'])
    expect((await plan()).changes).toEqual([])
  })

  test('stay on a merge that nobody reviewed, and the job is not started for them', async () => {
    await start({ ...others, profile: scoped(staff) })
    expect(await apply('nobody')).toMatchObject({ outcome: 'held', profiles: [{ held: 3, failed: 0 }] })
    expect(assigned(between)).toEqual(['Cleo Clark', 'Others', 'Staff'])
    expect(between.principal.job).toMatchObject({ isStarted: false })
    await apply('limits')
    expect(assigned(between)).toEqual(['Staff'])
    expect(between.principal.job).toMatchObject({ isStarted: true })
  })

  test('stay in what was removed: the whole assignment is kept before it goes', async () => {
    await start({ ...others, profile: scoped(staff) })
    await apply()
    expect(between.tenants.lines('removed.ndjson')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          object: 'assignment',
          removed: expect.objectContaining({ principalDisplayName: 'Others', principalType: 'Group' }),
        }),
      ]),
    )
  })

  test('one whose group is gone goes, and counts as one: nobody knows who it was', async () => {
    await start({ ...others, profile: scoped(staff) })
    between.tenants.directory.removeGroup(groupId(between, 'Others'))
    expect((await plan()).counted.deletes).toBe(2)
    await apply()
    expect(assigned(between)).toEqual(['Staff'])
  })
})

describe('who moves from one assignment to another', () => {
  test('has access all the time', async () => {
    await start({ profile: scoped('{ users: [ada.lovelace@fabrikam.com] }') })
    await apply()
    between.profile(scoped(staff))
    const before = between.tenants.simulator.requests.length
    await apply()
    expect(assigned(between)).toEqual(['Staff'])
    expect(writes(between, before)).toEqual([
      'fabrikam: POST /servicePrincipals/{id}/appRoleAssignedTo',
      'fabrikam: DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}',
    ])
  })

  test('keeps the one when the other cannot be made', async () => {
    await start({ profile: scoped('{ users: [ada.lovelace@fabrikam.com] }') })
    await apply()
    between.profile(scoped(staff))
    refuse('POST', '/appRoleAssignedTo')
    await apply()
    expect(assigned(between)).toEqual(['Ada Lovelace'])
  })
})

describe('everyone', () => {
  const secrets = () => between.principal.secrets

  test('is synchronized without a single assignment', async () => {
    await start({ profile: scoped(everyone) })
    expect(assignments(await plan())).toEqual([])
    await apply()
    expect(secrets().get('SyncAll')).toBe('true')
    expect(assigned(between)).toEqual([])
    between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
    expect(between.arrived()).toEqual(['Ada Lovelace', 'Bob Brown', 'Cleo Clark'])
    expect((await plan()).changes).toEqual([])
  })

  test('in place of a group: nobody loses access on the way', async () => {
    await start({ profile: scoped(staff) })
    await apply()
    between.profile(scoped(everyone))
    const before = between.tenants.simulator.requests.length
    expect(configured(await plan())).toEqual(['update credentials: profile-changed'])
    await apply()
    expect(secrets().get('SyncAll')).toBe('true')
    expect(writes(between, before).at(-1)).toBe(
      'fabrikam: DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}',
    )
  })

  test('in place of a group that keeps its access when the other cannot be given', async () => {
    await start({ profile: scoped(staff) })
    await apply()
    between.profile(scoped(everyone))
    refuse('PUT', '/secrets')
    await apply()
    expect(assigned(between)).toEqual(['Staff'])
  })

  describe('and then a group instead', () => {
    const narrowed = async (more = LIMITLESS) => {
      await start({ profile: scoped(everyone) })
      await apply()
      between.profile(scoped(staff, more))
    }

    test('takes access from every user, and is held against the limit', async () => {
      await narrowed('')
      expect(await plan()).toMatchObject({
        outcome: 'planned',
        counted: { deletes: 3 },
        managed: 3,
        allowed: { deletes: 3 },
      })
      for (const one of crowd(30))
        between.tenants.directory.addUser({ ...one, id: `c0${one.userPrincipalName.slice(7, 9)}` })
      expect(await plan()).toMatchObject({
        outcome: 'blocked',
        limits: [{ limit: 'deletes', count: 33, allowed: 4, managed: 33 }],
      })
    })

    test('says what it removes', async () => {
      await narrowed()
      const planned = await plan()
      expect(assignments(planned)).toEqual(['create Staff: new-in-source', 'delete everyone: left-scope'])
      expect(planned.changes.find(({ key }) => key === 'everyone')).toMatchObject({
        configuration: true,
        fields: expect.arrayContaining([{ field: 'SyncAll', before: 'true', after: 'false' }]),
      })
    })

    test('is held when nobody reviewed it; the group is assigned all the same', async () => {
      await narrowed()
      expect((await apply('nobody')).outcome).toBe('held')
      expect(secrets().get('SyncAll')).toBe('true')
      expect(assigned(between)).toEqual(['Staff'])
    })

    test('is done when it was seen, after the group is assigned', async () => {
      await narrowed()
      const before = between.tenants.simulator.requests.length
      expect((await apply()).outcome).toBe('applied')
      expect(secrets().get('SyncAll')).toBe('false')
      expect(writes(between, before).filter((one) => /appRoleAssignedTo|secrets/.test(one))).toEqual([
        'fabrikam: POST /servicePrincipals/{id}/appRoleAssignedTo',
        'fabrikam: PUT /servicePrincipals/{id}/synchronization/secrets',
      ])
      expect((await plan()).changes).toEqual([])
    })

    test('is not done when the group cannot be assigned', async () => {
      await narrowed()
      refuse('POST', '/appRoleAssignedTo')
      await apply()
      expect(secrets().get('SyncAll')).toBe('true')
    })

    test('with another change of the secrets is one change still', async () => {
      await narrowed(`${LIMITLESS}\nnotify: it@fabrikam.com`)
      expect(configured(await plan())).toEqual([])
      await apply()
      expect(secrets().get('SyncNotificationSettings')).toContain('it@fabrikam.com')
      expect((await plan()).changes).toEqual([])
    })
  })
})

describe('`assign: manual`', () => {
  const manual = `assign: manual\n${LIMITLESS}`
  const byHand = { detail: expect.stringContaining('assign: manual'), reason: 'assigned-by-hand' }

  test('shows who is to be assigned, writes none of it, and starts the job', async () => {
    await start({ profile: scoped(staff, manual) })
    expect(await plan()).toMatchObject({
      skipped: [{ ...byHand, label: 'Staff', detail: expect.stringContaining('to be assigned') }],
    })
    const result = await apply()
    expect(result.outcome).toBe('applied')
    expect(assigned(between)).toEqual([])
    expect(between.principal.job).toMatchObject({ isStarted: true })
    expect(writes(between).filter((one) => one.includes('appRoleAssignedTo'))).toEqual([])
  })

  test('shows who is to be unassigned, and says nothing more once both is done', async () => {
    await start({
      source: { applications: [{ displayName: 'To Contoso', owners: [APP], assigned: ['Leavers'] }] },
      profile: scoped(staff, manual),
    })
    await apply()
    const told = async () => (await plan()).skipped.map(({ label, detail }) => `${label} ${detail}`)
    expect((await told()).map((line) => line.replace(/ by hand.*/, ''))).toEqual(
      expect.arrayContaining(['Staff to be assigned', 'Leavers to be unassigned']),
    )
    between.profile(scoped(staff))
    await apply()
    between.profile(scoped(staff, manual))
    expect(await told()).toEqual([])
    expect((await plan()).changes).toEqual([])
  })

  test('needs no permission to assign', async () => {
    const permissions = app(FABRIKAM).permissions.filter((one) => !one.startsWith('AppRoleAssignment'))
    await start({ fabrikam: { apps: [app(FABRIKAM, permissions)] }, profile: scoped(staff, manual) })
    expect((await apply()).outcome).toBe('applied')
  })
})

describe('limits', () => {
  const people = crowd(40)
  const big = {
    users: people,
    groups: [
      { displayName: 'Crowd', members: names(people.slice(0, 34)) },
      { displayName: 'Nobody', members: [] },
    ],
  }
  const six = names(people.slice(34)).join(', ')

  test('creates do not bind until somebody has access', async () => {
    await start({ ...big, profile: scoped(`{ users: [${names(people).join(', ')}] }`, '') })
    expect(await plan()).toMatchObject({ outcome: 'planned', allowed: { creates: null }, managed: 0 })
    await apply()
    expect((await plan()).allowed).toEqual({ creates: 20, updates: 40, deletes: 4 })
  })

  test('deletes are one in ten of the people who have access now', async () => {
    await start({ ...big, profile: scoped(`{ groups: [Crowd], users: [${six}] }`) })
    await apply()
    between.profile(scoped(`{ groups: [Crowd], users: [${names(people.slice(38)).join(', ')}] }`, ''))
    expect(await plan()).toMatchObject({ outcome: 'planned', counted: { deletes: 4 }, managed: 40 })

    between.profile(scoped(`{ groups: [Crowd], users: [${names(people.slice(39)).join(', ')}] }`, ''))
    expect(await plan()).toMatchObject({
      outcome: 'blocked',
      limits: [{ limit: 'deletes', count: 5, allowed: 4, managed: 40 }],
    })
    const before = between.tenants.simulator.requests.length
    expect((await apply()).outcome).toBe('blocked')
    expect(writes(between, before)).toEqual([])

    between.profile(scoped(`{ users: [${six}] }`, ''))
    expect((await plan()).limits).toMatchObject([{ limit: 'deletes', count: 34, managed: 40 }])
  })

  test('somebody with access twice is one person', async () => {
    const both = `{ groups: [Crowd], users: [${names(people.slice(30)).join(', ')}] }`
    await start({ ...big, profile: scoped(both) })
    await apply()
    expect((await plan()).managed).toBe(40)
  })

  test('groups that are empty all at once are a source that gives nobody', async () => {
    await start({ ...big, profile: scoped('{ groups: [Crowd] }') })
    await apply()
    const cycle = () => between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
    cycle()
    between.tenants.directory.setMembers(groupId(between, 'Crowd'), [])
    // The assignment stands, and the next cycle takes away whoever was synchronized.
    expect(await plan()).toMatchObject({
      outcome: 'blocked',
      changes: [],
      limits: [{ limit: 'emptySource', count: 0, managed: 34 }],
    })
    cycle()
    expect(between.arrived()).toEqual([])
    expect((await plan()).outcome).toBe('no-changes')

    between.tenants.directory.setMembers(
      groupId(between, 'Crowd'),
      people.map(({ userPrincipalName }) => between.tenants.directory.user(userPrincipalName)!.id),
    )
    between.profile(scoped('{ groups: [Nobody] }'))
    expect(await plan()).toMatchObject({
      outcome: 'blocked',
      limits: [{ limit: 'emptySource', count: 0, managed: 40 }],
    })
    between.profile(scoped('{ groups: [Nobody] }', 'limits: { deletes: 100%, emptySource: allow }'))
    expect((await plan()).outcome).toBe('planned')
  })
})

describe('`where`', () => {
  const engineers = '[{ attribute: department, operator: EQUALS, values: [Engines] }]'
  const arrivals = () => {
    between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
    return between.arrived()
  }

  test.each([
    ['a group', `{ groups: [Staff], where: ${engineers} }`],
    ['users', `{ users: [ada.lovelace@fabrikam.com, bob.brown@fabrikam.com], where: ${engineers} }`],
    ['everyone', `{ everyone: true, where: ${engineers} }`],
  ])('of %s leaves out whoever does not meet it', async (_, scope) => {
    await start({ profile: scoped(scope) })
    const filter = (await plan()).changes.find(({ object }) => object === 'scoping-filter')
    expect(filter?.fields).toEqual([
      { field: 'scope.where', before: null, after: ['department EQUALS Engines'] },
    ])
    await apply()
    expect(arrivals()).toEqual(['Ada Lovelace'])
    expect((await plan()).changes).toEqual([])
  })

  describe('that comes later', () => {
    const narrowed = async (limits = LIMITLESS) => {
      await start({ profile: scoped(staff) })
      await apply()
      arrivals()
      between.profile(scoped(`{ groups: [Staff], where: ${engineers} }`, limits))
    }

    test('counts as everybody who has access, for Entra alone evaluates it', async () => {
      await narrowed('limits: { deletes: 1 }')
      expect(await plan()).toMatchObject({
        outcome: 'blocked',
        limits: [{ limit: 'deletes', count: 2, managed: 2 }],
      })
    })

    test('is held when nobody reviewed it', async () => {
      await narrowed()
      expect((await apply('nobody')).outcome).toBe('held')
      expect(arrivals()).toEqual(['Ada Lovelace', 'Bob Brown'])
      await apply('limits')
      expect(arrivals()).toEqual(['Ada Lovelace'])
    })
  })

  test('that is taken out again lets everybody through', async () => {
    await start({ profile: scoped(`{ groups: [Staff], where: ${engineers} }`) })
    await apply()
    between.profile(scoped(staff))
    expect((await plan()).changes).toMatchObject([
      {
        object: 'scoping-filter',
        fields: [{ field: 'scope.where', before: ['department EQUALS Engines'], after: null }],
      },
    ])
    await apply()
    expect(arrivals()).toEqual(['Ada Lovelace', 'Bob Brown'])
  })
})
