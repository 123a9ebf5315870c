/**
 * What `mailbox-migration` declares that it needs is what it needs: see `needs.test.ts` for the other kinds, and
 * what the doctor says of apps that lack some of it.
 */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { ProfilePlan } from '../../src/engine/plan.ts'
import type { Need } from '../../src/microsoft/need.ts'
import { permissionsOf } from '../../src/simulator/graph/contract.ts'
import { Apps, clientId, type World as Given } from './apps.ts'
import { appOf, diagnosed, told } from './asked.ts'
import { BEGUN, HALF_MOVED, migration, MOVER_APP, moverEnv, PEOPLE } from './half-moved.ts'

type World = Pick<Given, 'fabrikam' | 'contoso'>

let apps: Apps
afterEach(() => apps.stop())

const start = async (profile: string, { fabrikam, contoso }: World = HALF_MOVED) =>
  (apps = await Apps.start({
    fabrikam: { ...PEOPLE, ...fabrikam },
    ...(contoso && { contoso }),
    beside: [MOVER_APP],
    env: moverEnv(),
    profile,
  }))

async function giveAll(): Promise<void> {
  for (const purpose of ['plan', 'apply'] as const) apps.give(purpose, await apps.needs(purpose))
}

const without = (needs: readonly Need[], one: Need) =>
  needs.filter(({ tenant, privilege }) => tenant !== one.tenant || privilege !== one.privilege)
const named = ({ tenant, privilege }: Need) => `${privilege.name} in ${tenant}`
const shown = ({ outcome, changes, errors, warnings }: ProfilePlan) => ({
  outcome,
  changes: changes.map(({ action, object, key }) => [action, object, key]),
  errors: errors.map(({ code }) => code),
  warnings: warnings.map(({ code }) => code),
})

describe.each<[string, string, World]>([
  ['from nothing', migration(), {}],
  ['half begun', migration(), HALF_MOVED],
  ['to be taken down', migration('state: absent\n'), BEGUN],
])('a migration %s', (_, profile, world) => {
  test('is planned by an app with just the declared permissions, which writes nothing', async () => {
    await start(profile, world)
    apps.give('plan', await apps.needs('plan'))
    const plan = await apps.plan()
    expect(plan).toMatchObject({ outcome: 'planned', errors: [], warnings: [] })
    expect(plan.changes).not.toEqual([])
    expect(apps.refused()).toEqual([])
    expect(apps.requests.filter(({ write }) => write)).toEqual([])
  })

  test('is applied by an app with just the declared permissions, and nothing is left to be planned', async () => {
    await start(profile, world)
    await giveAll()
    expect(await apps.apply()).toMatchObject({ outcome: 'applied' })
    expect(apps.refused()).toEqual([])
    expect(await apps.plan()).toMatchObject({ outcome: 'no-changes', errors: [] })
  })

  test('sends no request that the declared permissions do not allow, as Microsoft lists them', async () => {
    await start(profile, world)
    await giveAll()
    await apps.apply()
    const held = (await apps.needs('apply')).map(({ privilege }) => privilege.name)
    for (const { method, operation } of apps.requests.filter(
      (one) => one.service === 'graph' && one.operation !== '/$batch',
    ))
      expect([operation, permissionsOf(operation, method)?.some((name) => held.includes(name))]).toEqual([
        operation,
        true,
      ])
  })

  test('cannot be planned as well with any of them less', async () => {
    await start(profile, world)
    const needs = await apps.needs('plan')
    apps.give('plan', needs)
    const whole = shown(await apps.plan())
    for (const need of needs) {
      apps.give('plan', without(needs, need))
      const less = shown(await apps.plan())
      // What is optional is missed, and stops nothing.
      const { outcome, changes } = need.optional ? whole : { outcome: 'failed', changes: [] }
      expect([named(need), less]).toMatchObject([named(need), { outcome, changes }])
    }
  })

  test('cannot be applied with any of them less, even if it could be planned', async () => {
    await start(profile, world)
    const [toPlan, toApply] = [await apps.needs('plan'), await apps.needs('apply')]
    for (const need of toApply.filter(({ optional }) => !optional)) {
      await apps.stop()
      await start(profile, world)
      const reading = toPlan.filter(({ privilege }) => privilege !== need.privilege)
      apps.give('apply', [...without(toApply, need), ...reading])
      expect([named(need), (await apps.apply()).outcome]).not.toEqual([named(need), 'applied'])
    }
  })
})

describe('the doctor', () => {
  const asked = async (tenant: 'fabrikam' | 'contoso', purpose: 'plan' | 'apply') => {
    const diagnosis = await diagnosed(apps.options)
    return { code: diagnosis.code, told: told(appOf(diagnosis, clientId(tenant, purpose))) }
  }

  test('finds apps that hold just what they need as they should be', async () => {
    await start(migration())
    await giveAll()
    expect(await diagnosed(apps.options)).toMatchObject({ code: 0, outcome: 'ok' })
  })

  test.each(['recipient-administrator', 'global-reader'] as const)(
    'misses the administrator in %s',
    async (role) => {
      await start(migration())
      await giveAll()
      Object.assign(apps.app('contoso', 'apply'), { exchange: { manageAsApp: true, role } })
      expect(await asked('contoso', 'apply')).toMatchObject({
        code: 1,
        told: expect.arrayContaining([
          'error missing: lacks the Entra role Exchange Administrator, to write relationships, mail users, endpoints and batches',
        ]),
      })
    },
  )

  test('says that what tells of licences only helps', async () => {
    await start(migration())
    await giveAll()
    Object.assign(apps.app('fabrikam', 'plan'), { permissions: [] })
    expect(await asked('fabrikam', 'plan')).toEqual({
      code: 0,
      told: [
        'note could-know-more: may be given User.Read.All (Microsoft Graph), to tell who has a licence; without it a run goes on',
      ],
    })
  })

  test('does not know what a role group of Exchange allows to write', async () => {
    await start(migration())
    await giveAll()
    Object.assign(apps.app('contoso', 'apply'), { exchange: { manageAsApp: true, role: 'none' } })
    const body = {
      error: { code: 'NotFound', details: [{ message: 'Ex1|X.ManagementObjectNotFoundException|none' }] },
    }
    apps.tenants.simulator.faults.add({ on: { service: 'exchange' }, do: { status: 404, body } })
    const { needs } = appOf(await diagnosed(apps.options), clientId('contoso', 'apply'))
    expect(needs).toMatchObject([
      { privilege: 'Exchange.ManageAsApp', state: 'held' },
      { privilege: 'Exchange Administrator', state: 'unknown' },
      { privilege: 'User.Read.All' },
    ])
  })
})
