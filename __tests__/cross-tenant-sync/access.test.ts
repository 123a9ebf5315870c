/** Nobody's access is taken, or given, without being counted, held, and told. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { assign } from '../../src/simulator/graph/cross-tenant/application/assignments.ts'
import { groupId, partners } from './standing.ts'
import { CONTOSO, FABRIKAM, LIMITLESS, SCOPE, Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting = {}) => (between = await Synchronized.start(given))
afterEach(() => between.stop())

const EVERYONE = `scope: { everyone: true }\n${LIMITLESS}`
const STRICT = 'limits: { deletes: 0 }'
const SECRETS = { CompanyId: CONTOSO, AuthenticationType: 'SyncPolicy', SyncAll: 'false' }

const plan = () => between.tenants.plan()
const apply = (approval?: Parameters<typeof between.tenants.apply>[0]) => between.tenants.apply(approval)
const objects = async () => (await plan()).changes.map(({ action, object }) => `${action} ${object}`)
const syncsAll = () => between.principal.secrets.get('SyncAll')
const refuse = (method: string, operation: string, status = 403) =>
  between.tenants.simulator.faults.add({ on: { method, operation }, do: { status } })

describe('a scoping filter', () => {
  const filtered = (limits: string) =>
    'scope: { groups: [Staff], users: [cleo.clark@fabrikam.com], where: [{ attribute: department, operator: EQUALS, values: [Sales] }] }\n' +
    limits

  test('counts as everybody who has access', async () => {
    await start()
    await apply()
    between.profile(filtered(STRICT))
    expect(await plan()).toMatchObject({ outcome: 'blocked', limits: [{ limit: 'deletes', count: 3 }] })
    expect((await apply('limits')).outcome).toBe('blocked')
    expect(between.arrived()).toHaveLength(3)
  })

  test('is held by a merge that nobody reviewed', async () => {
    await start()
    await apply()
    between.profile(filtered(LIMITLESS))
    expect(await apply('nobody')).toMatchObject({ outcome: 'held', profiles: [{ held: 1 }] })
    expect(await objects()).toEqual(['update scoping-filter'])
  })

  test('beside a new mapping leaves the mapping to itself', async () => {
    await start()
    await apply()
    between.profile(`${filtered(LIMITLESS)}\nmapping: { userType: { constant: Guest } }`)
    expect(await apply('nobody')).toMatchObject({ outcome: 'held', profiles: [{ done: { update: 1 } }] })
    expect(await objects()).toEqual(['update scoping-filter'])
    await apply()
    expect(await objects()).toEqual([])
  })

  test('of a new configuration counts nobody', async () => {
    await start({ profile: filtered(STRICT) })
    expect((await apply('limits')).outcome).toBe('applied')
    expect(between.arrived()).toEqual(['Bob Brown'])
  })
})

test('a filter and an unassignment count each person once', async () => {
  await start()
  await apply()
  const where = 'where: [{ attribute: department, operator: EQUALS, values: [Sales] }]'
  between.profile(`scope: { groups: [Staff], ${where} }\nlimits: { deletes: 100% }`)
  expect(await plan()).toMatchObject({ outcome: 'planned', managed: 3, counted: { deletes: 3 } })
})

test('groups that others let in stay: users alone are refused', async () => {
  await start({
    target: {
      partners: [
        {
          tenantId: FABRIKAM,
          automaticUserConsentSettings: { inboundAllowed: true },
          identitySynchronization: {
            userSyncInbound: { isSyncAllowed: true },
            groupSyncInbound: { isSyncAllowed: true },
          },
        },
      ],
    },
    profile: `${SCOPE}\nstate: absent\n${LIMITLESS}`,
  })
  await apply()
  expect(partners(between.target)).toMatchObject([
    {
      identitySynchronization: {
        userSyncInbound: { isSyncAllowed: false },
        groupSyncInbound: { isSyncAllowed: true },
      },
    },
  ])
  expect(await objects()).toEqual([])
})

describe('secrets whose mark could not be written', () => {
  const saved = async (first: string, second: string) => {
    await start({ profile: first })
    await apply()
    between.profile(second)
    // The mark says first that something is being saved.
    between.tenants.simulator.faults.add({
      on: { method: 'PATCH', operation: '/servicePrincipals/{id}', nth: 2, times: 1 },
      do: { status: 400 },
    })
    expect((await apply()).outcome).toBe('partial')
    between.tenants.simulator.faults.clear()
    between.profile(first)
  }

  test('are written again when the profile is turned back', async () => {
    await saved(`${SCOPE}\n${LIMITLESS}`, EVERYONE)
    expect(syncsAll()).toBe('true')
    expect((await plan()).outcome).toBe('planned')
    await apply()
    expect(syncsAll()).toBe('false')
    expect(await objects()).toEqual([])
  })

  test('and no assignment goes on their word', async () => {
    await saved(EVERYONE, `${SCOPE}\n${LIMITLESS}`)
    expect(syncsAll()).toBe('false')
    await apply()
    expect(syncsAll()).toBe('true')
    expect(await objects()).toEqual([])
  })
})

test('everyone keeps access until those in scope are assigned by hand', async () => {
  await start({ profile: EVERYONE })
  await apply()
  between.profile(`${SCOPE}\nassign: manual\n${LIMITLESS}`)
  expect(await plan()).toMatchObject({ changes: [], skipped: [{}, {}, { key: 'everyone' }] })
  await apply()
  expect(syncsAll()).toBe('true')
})

test('assignments where everyone has access go after it is saved again that everyone has', async () => {
  await start({ profile: `${SCOPE}\n${LIMITLESS}` })
  await apply()
  between.profile(EVERYONE)
  await apply()
  // By hand, in the portal: the scope is the assigned ones again.
  between.principal.secrets.set('SyncAll', 'false')
  assign(between.tenants, between.principal, groupId(between, 'Staff'), between.tenants.now)
  expect(await objects()).toEqual(['update credentials', 'delete assignment'])
  await apply()
  expect(syncsAll()).toBe('true')
  expect(await objects()).toEqual([])
})

test('whoever has access through two groups counts once: all of them is 100 %', async () => {
  const both = ['ada.lovelace@fabrikam.com', 'bob.brown@fabrikam.com']
  await start({
    groups: [
      { displayName: 'One', members: both },
      { displayName: 'Two', members: both },
    ],
    profile: `scope: { groups: [One, Two] }\n${LIMITLESS}`,
  })
  await apply()
  between.profile('scope: { groups: [One, Two] }\nstate: absent\nlimits: { deletes: 100% }')
  expect(await plan()).toMatchObject({ outcome: 'planned', managed: 2, counted: { deletes: 2 } })
})

test('somebody who cannot be assigned keeps nobody else waiting', async () => {
  await start()
  refuse('POST', '/servicePrincipals/{id}/appRoleAssignedTo', 400)
  expect((await apply()).profiles[0]).toMatchObject({ outcome: 'partial', failed: 2, skipped: 0 })
  expect(between.principal.job?.isStarted).toBe(true)
})

describe('what is taken over', () => {
  const byHand = {
    applications: [{ displayName: 'To Contoso', assigned: ['Staff'], secrets: SECRETS, job: {} }],
  }

  test('is told of, for it may have led elsewhere', async () => {
    await start({ source: byHand })
    expect((await plan()).warnings).toMatchObject([{ code: 'taken-over' }])
  })

  test('is told of when its target changes', async () => {
    await start()
    await apply()
    const notes = String(between.principal.properties['notes'])
    between.principal.properties = {
      ...between.principal.properties,
      notes: notes.replace(/to[0-9a-f]{8}/, 'to00000000'),
    }
    expect((await plan()).warnings).toMatchObject([{ code: 'other-target' }])
  })

  test('has room for the mark, or nothing is written', async () => {
    await start({ source: { applications: [{ ...byHand.applications[0]!, notes: 'x'.repeat(1000) }] } })
    expect(await plan()).toMatchObject({ outcome: 'failed', errors: [{ code: 'notes-full' }] })
  })
})

describe('policies', () => {
  const besides = (notes?: string): Starting => ({
    source: {
      partners: [{ tenantId: CONTOSO, automaticUserConsentSettings: { outboundAllowed: true } }],
      applications: [{ displayName: 'Another', secrets: SECRETS, job: {}, ...(notes && { notes }) }],
    },
    profile: `${SCOPE}\nstate: absent\n${LIMITLESS}`,
  })

  test('that a configuration of nobody’s may live on go only when somebody saw it', async () => {
    await start(besides())
    expect(await plan()).toMatchObject({ warnings: [{ code: 'other-configurations' }] })
    expect((await apply('limits')).profiles[0]).toMatchObject({ outcome: 'held', held: 1 })
    expect(partners(between.source)).toMatchObject([
      { automaticUserConsentSettings: { outboundAllowed: true } },
    ])
  })

  test('go where the others are profiles’: those lead elsewhere', async () => {
    await start(besides('tenant-sync:elsewhere:assigned-0'))
    expect((await plan()).warnings).toEqual([])
    expect((await apply('limits')).outcome).toBe('applied')
    expect(partners(between.source)).toEqual([])
  })
})
