/**
 * What `cross-tenant-sync` declares that it needs is what it needs, from two empty tenants, from a half-built
 * state and back to nothing: see `needs.test.ts` for the other kinds.
 */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { ProfilePlan } from '../../src/engine/plan.ts'
import type { Need } from '../../src/microsoft/need.ts'
import { alsoNeeded, permissionsOf } from '../../src/simulator/graph/contract.ts'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { Apps, clientId, type TenantName } from './apps.ts'
import { CONSENTING, HALF_BUILT, PEOPLE, synchronization } from './half-built.ts'

let apps: Apps
afterEach(() => apps.stop())

type Settings = Partial<Record<TenantName, NonNullable<TenantSeed['crossTenant']>>>

const start = async (profile: string, settings: Settings) =>
  (apps = await Apps.start({
    fabrikam: { ...PEOPLE, ...(settings.fabrikam && { crossTenant: settings.fabrikam }) },
    contoso: settings.contoso ? { crossTenant: settings.contoso } : {},
    seed: { behaviour: { auditLogRequests: 1000, provisionOnDemandRequests: 1000 } },
    profile,
  }))

const VERIFIED = 'verify: [ada.lovelace@fabrikam.com]\n'
const FROM_NOTHING: readonly (readonly [what: string, profile: string, settings: Settings])[] = [
  ['of groups and users, from nothing', synchronization(undefined, VERIFIED), {}],
  ['of everyone, from nothing', synchronization('{ everyone: true }'), {}],
]
const FROM_HALF_BUILT: typeof FROM_NOTHING = [
  ['of groups and users', synchronization(undefined, VERIFIED), HALF_BUILT],
  ['of everyone', synchronization('{ everyone: true }'), HALF_BUILT],
  ['of everyone, whoever is assigned', synchronization('{ everyone: true, exact: false }'), HALF_BUILT],
  ['whose consents are left alone', synchronization(undefined, 'redeem: manual\n'), CONSENTING],
  ['that assigns nobody itself', synchronization(undefined, 'assign: manual\n'), HALF_BUILT],
  ['that is absent', synchronization(undefined, 'state: absent\n'), HALF_BUILT],
]

const without = (needs: readonly Need[], one: Need) =>
  needs.filter(({ tenant, privilege }) => tenant !== one.tenant || privilege !== one.privilege)
const named = ({ tenant, privilege }: Need) => `${privilege.name} in ${tenant}`
const declares = (needs: readonly Need[], one: Need) => without(needs, one).length < needs.length
/** Another of them allows as much. */
const isCovered = (one: Need, needs: readonly Need[]) =>
  needs.some(
    ({ tenant, privilege }) => tenant === one.tenant && one.privilege.within?.includes(privilege.name),
  )
/** What a plan would do, what it failed at, and what it knows of how the job fares. */
const told = ({ outcome, changes, errors, health }: ProfilePlan) => ({
  outcome,
  changes: changes.map(({ action, object, key }) => [action, object, key]),
  errors: errors.map(({ code }) => code),
  health: health.map(({ what, state }) => [what, state]),
})

describe.each([...FROM_NOTHING, ...FROM_HALF_BUILT])('a synchronization %s', (_, profile, settings) => {
  test('is planned by an app with just the declared permissions, which writes nothing', async () => {
    await start(profile, settings)
    apps.give('plan', await apps.needs('plan'))
    const plan = await apps.plan()
    expect(plan).toMatchObject({ outcome: 'planned', errors: [] })
    expect(plan.changes).not.toEqual([])
    expect(plan.health.filter(({ what }) => what === 'provisioning')).toEqual([])
    expect(apps.refused()).toEqual([])
    expect(apps.requests.filter(({ write }) => write)).toEqual([])
  })

  test('is applied by an app with just the declared permissions, and nothing is left to be planned', async () => {
    await start(profile, settings)
    for (const purpose of ['plan', 'apply'] as const) apps.give(purpose, await apps.needs(purpose))
    expect(await apps.apply()).toMatchObject({ outcome: 'applied' })
    expect(await apps.plan()).toMatchObject({ outcome: 'no-changes', errors: [] })
    expect(apps.refused()).toEqual([])
  })

  test('sends no request that the declared permissions do not allow, as Microsoft lists them', async () => {
    await start(profile, settings)
    for (const purpose of ['plan', 'apply'] as const) {
      const needs = await apps.needs(purpose)
      apps.give(purpose, needs)
      const since = apps.requests.length
      await (purpose === 'plan' ? apps.plan() : apps.apply())
      for (const { service, tenant, method, operation } of apps.requests.slice(since)) {
        if (service !== 'graph' || operation === '/$batch') continue
        const held = needs.filter((need) => need.tenant === tenant).map(({ privilege }) => privilege.name)
        const sufficient = [permissionsOf(operation, method) ?? [], alsoNeeded(operation, method) ?? held]
        const allowed = sufficient.every((names) => names.some((name) => held.includes(name)))
        expect([method, operation, allowed]).toEqual([method, operation, true])
      }
    }
  })
})

describe.each(FROM_HALF_BUILT)('a synchronization %s', (_, profile, settings) => {
  test('cannot be planned as well with any of them less', async () => {
    await start(profile, settings)
    const needs = await apps.needs('plan')
    apps.give('plan', needs)
    const whole = told(await apps.plan())
    for (const need of needs) {
      apps.give('plan', without(needs, need))
      const less = told(await apps.plan())
      expect([named(need), less]).not.toEqual([named(need), whole])
      // What is optional is missed, and stops nothing.
      expect([named(need), less.outcome]).toEqual([named(need), need.optional ? 'planned' : 'failed'])
      expect([named(need), less.changes]).toEqual([named(need), need.optional ? whole.changes : []])
    }
  })

  test('cannot be applied with any of them less, even if it could be planned', async () => {
    await start(profile, settings)
    const [toPlan, toApply] = [await apps.needs('plan'), await apps.needs('apply')]
    for (const need of toApply) {
      const rest = without(toApply, need)
      const isSpare = need.optional === true || isCovered(need, rest)
      for (const held of declares(toPlan, need) ? [rest] : [rest, [...rest, ...toPlan]]) {
        await apps.stop()
        await start(profile, settings)
        apps.give('apply', held)
        const { outcome } = await apps.apply()
        expect([named(need), outcome === 'applied']).toEqual([named(need), isSpare])
      }
    }
  })
})

describe('an application that somebody else made', () => {
  const [application] = HALF_BUILT.fabrikam.applications!
  const startOwned = (owners: string[]) =>
    start(synchronization(), {
      ...HALF_BUILT,
      fabrikam: { ...HALF_BUILT.fabrikam, applications: [{ ...application!, owners }] },
    })
  const essential = (needs: readonly Need[]) => needs.filter((need) => !isCovered(need, needs))

  test('is not written by an app that may write its own, which is told what would do', async () => {
    await startOwned([])
    apps.give('apply', essential(await apps.needs('apply')))
    const { outcome, profiles } = await apps.apply()
    expect(outcome).not.toBe('applied')
    expect(JSON.stringify(profiles)).toContain(
      'make the app an owner of it and of its service principal, or give it Application.ReadWrite.All for the application and Synchronization.ReadWrite.All for its synchronization.',
    )
  })

  test('is written by an app that was made its owner', async () => {
    await startOwned([clientId('fabrikam', 'apply')])
    apps.give('apply', essential(await apps.needs('apply')))
    expect(await apps.apply()).toMatchObject({ outcome: 'applied' })
  })

  test('is written with what else would do', async () => {
    await startOwned([])
    apps.give('apply', await apps.needs('apply'))
    const app = apps.app('fabrikam', 'apply')
    const permissions = app.permissions!.map((name) =>
      name === 'Application.ReadWrite.OwnedBy' ? 'Application.ReadWrite.All' : name,
    )
    expect(permissions).toContain('Synchronization.ReadWrite.All')
    Object.assign(app, { permissions })
    expect(await apps.apply()).toMatchObject({ outcome: 'applied' })
  })
})
