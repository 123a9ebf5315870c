/**
 * What each kind declares that it needs is what it needs: with just that, plan and apply work end to end
 * against services that enforce permissions; and with anything less, they do not.
 */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { ProfilePlan } from '../../src/engine/plan.ts'
import type { Need } from '../../src/microsoft/need.ts'
import { claimsOf, mayWrite } from '../../src/microsoft/token-claims.ts'
import { KIND_NAMES, type KindName } from '../../src/profiles/kind.ts'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { permissionsOf } from '../../src/simulator/graph/contract.ts'
import { user } from '../people.ts'
import { ADA, BOB, CLEO, id, MARK } from '../mailboxes.ts'
import { Apps, clientId } from './apps.ts'
import { HALF_BUILT, synchronization } from './half-built.ts'
import { HALF_MOVED, migration, MOVING } from './half-moved.ts'

let apps: Apps
afterEach(() => apps.stop())

const HIDDEN = user('Hidden Hannah', { id: id('d'), hiddenInExchange: true })
const PARTNER = {
  Name: 'Partner',
  DisplayName: 'Partner',
  ExternalEmailAddress: 'partner@fabrikam.com',
  Manager: 'Ada Lovelace',
}

/** What a run finds to update and to delete. */
const left = (profile: string) => `tenant-sync:${profile}:${id('f')}`
const FABRIKAM: Partial<TenantSeed> = {
  users: [
    { ...ADA, manager: BOB.userPrincipalName, photo: 'a picture of Ada' },
    {
      ...BOB,
      contacts: [
        { displayName: 'Long Gone', singleValueExtendedProperties: [{ id: MARK, value: left('gal') }] },
        {
          displayName: 'Ada, before',
          singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:gal:${ADA.id}` }],
        },
      ],
    },
    CLEO,
    HIDDEN,
  ],
  groups: [
    { displayName: 'Staff', members: [ADA.userPrincipalName, BOB.userPrincipalName] },
    { displayName: 'Leavers', members: [CLEO.userPrincipalName] },
    MOVING,
  ],
  mailContacts: [PARTNER],
  crossTenant: HALF_BUILT.fabrikam,
}
const CONTOSO: Partial<TenantSeed> = {
  users: [user('Zoe Zander', { userPrincipalName: 'zoe@contoso.com', mail: 'zoe@contoso.com' })],
  crossTenant: HALF_BUILT.contoso,
  ...HALF_MOVED.contoso,
  mailContacts: [
    {
      Name: 'gone',
      DisplayName: 'Long Gone',
      ExternalEmailAddress: 'gone@fabrikam.com',
      CustomAttribute15: left('list'),
    },
    {
      Name: 'ada',
      DisplayName: 'Ada, before',
      ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
      CustomAttribute15: `tenant-sync:list:${ADA.id}`,
    },
  ],
}

const mailContacts = (from: string, more = '') =>
  `name: list\nkind: mail-contacts\nfrom: [${from}]\nto: { tenant: contoso }\n${LIMITS}${more}`
const personalContacts = (from: string, to: string, more = '') =>
  `name: gal\nkind: personal-contacts\nfrom: [${from}]\nto: { tenant: fabrikam, ${to} }\n${LIMITS}${more}`
const LIMITS = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }\n'

const PROFILES: readonly (readonly [what: string, profile: string])[] = [
  ['mail-contacts of members', mailContacts('{ entra: fabrikam }')],
  [
    'mail-contacts of members of groups, with managers, whoever is hidden',
    mailContacts(
      '{ entra: fabrikam, groups: [Staff], excludeGroups: [Leavers], hidden: include }',
      'mapping: { notes: "{{manager}}" }\n',
    ),
  ],
  [
    'mail-contacts of organizational contacts',
    mailContacts('{ entra: fabrikam, include: [org-contacts], hidden: include }'),
  ],
  [
    'mail-contacts of organizational contacts with managers',
    mailContacts(
      '{ entra: fabrikam, include: [org-contacts], hidden: include }',
      'mapping: { notes: "{{manager}}" }\n',
    ),
  ],
  [
    'mail-contacts of whoever’s manager is known',
    mailContacts('{ entra: fabrikam, include: [org-contacts], hidden: include, where: "manager != \'\'" }'),
  ],
  ['mail-contacts that are absent', mailContacts('{ entra: fabrikam }', 'state: absent\n')],
  [
    'personal-contacts in all mailboxes',
    personalContacts('{ entra: fabrikam }', 'mailboxes: { all: true, exclude: [cleo.clark@fabrikam.com] }'),
  ],
  [
    'personal-contacts in mailboxes of groups, in a folder, with photos',
    personalContacts(
      '{ entra: fabrikam, hidden: include }',
      'mailboxes: { groups: [Staff] }, folder: Colleagues, photos: true',
    ),
  ],
  [
    'personal-contacts in named mailboxes, of people of another tenant, with photos',
    personalContacts(
      '{ entra: contoso, groups: [All Contoso] }',
      'mailboxes: { users: [bob.brown@fabrikam.com] }, photos: true',
    ),
  ],
  [
    'personal-contacts that are absent',
    personalContacts('{ entra: fabrikam }', 'mailboxes: { all: true }', 'state: absent\n'),
  ],
]

const start = async (profile: string) =>
  (apps = await Apps.start({
    fabrikam: FABRIKAM,
    contoso: { ...CONTOSO, groups: [{ displayName: 'All Contoso', members: ['zoe@contoso.com'] }] },
    profile,
  }))

const without = (needs: readonly Need[], one: Need) =>
  needs.filter(({ tenant, privilege }) => tenant !== one.tenant || privilege !== one.privilege)
const named = ({ tenant, privilege }: Need) => `${privilege.name} in ${tenant}`
/** What a plan would do, and what it failed at. */
const told = ({ outcome, changes, errors, warnings }: ProfilePlan) => ({
  outcome,
  changes: changes.map(({ action, key, fields }) => [action, key, fields]),
  errors: errors.map(({ code }) => code),
  warnings: warnings.map(({ code }) => code),
})

describe.each(PROFILES)('%s', (_, profile) => {
  test('are planned by an app with just the declared permissions, which writes nothing', async () => {
    await start(profile)
    apps.give('plan', await apps.needs('plan'))
    const plan = await apps.plan()
    expect(plan).toMatchObject({ outcome: 'planned', errors: [], warnings: [] })
    expect(plan.changes).not.toEqual([])
    expect(apps.refused()).toEqual([])
    expect(apps.requests.filter(({ write }) => write)).toEqual([])
  })

  test('are applied by an app with just the declared permissions', async () => {
    await start(profile)
    apps.give('apply', await apps.needs('apply'))
    expect(await apps.apply()).toMatchObject({ outcome: 'applied' })
    expect(apps.refused()).toEqual([])
  })

  test('send no request that the declared permissions do not allow, as Microsoft lists them', async () => {
    await start(profile)
    for (const purpose of ['plan', 'apply'] as const) {
      const needs = await apps.needs(purpose)
      apps.give(purpose, needs)
      const since = apps.requests.length
      await (purpose === 'plan' ? apps.plan() : apps.apply())
      for (const { service, tenant, method, operation } of apps.requests.slice(since)) {
        if (service !== 'graph' || operation === '/$batch') continue
        const held = needs.filter((need) => need.tenant === tenant).map(({ privilege }) => privilege.name)
        const sufficient = permissionsOf(operation, method) ?? []
        expect([operation, sufficient.some((name) => held.includes(name))]).toEqual([operation, true])
      }
    }
  })

  test('cannot be planned as well with any of them less', async () => {
    await start(profile)
    const needs = await apps.needs('plan')
    apps.give('plan', needs)
    const whole = told(await apps.plan())
    for (const need of needs) {
      apps.give('plan', without(needs, need))
      const less = told(await apps.plan())
      expect([named(need), less]).not.toEqual([named(need), whole])
      // What is optional is missed, and stops nothing.
      expect([named(need), less.warnings.includes('hidden-in-exchange-unknown')]).toEqual([
        named(need),
        need.optional === true,
      ])
    }
  })

  test('cannot be applied with any of those less that an apply needs besides', async () => {
    await start(profile)
    const [toPlan, toApply] = [await apps.needs('plan'), await apps.needs('apply')]
    const besides = toApply.filter(
      ({ privilege, tenant }) => !toPlan.some((one) => one.privilege === privilege && one.tenant === tenant),
    )
    expect(besides).toHaveLength(1)
    for (const need of besides) {
      apps.give('apply', [...without(toApply, need), ...toPlan])
      expect(await apps.apply()).not.toMatchObject({ outcome: 'applied' })
    }
  })
})

describe('a plan needs no permission to write', () => {
  const ALL = ['create', 'update', 'delete']
  const OF_EACH_KIND: Readonly<Record<KindName, readonly [profile: string, actions: readonly string[]]>> = {
    'mail-contacts': [mailContacts('{ entra: fabrikam }'), ALL],
    'personal-contacts': [personalContacts('{ entra: fabrikam }', 'mailboxes: { all: true }'), ALL],
    'cross-tenant-sync': [synchronization(), ALL],
    // Nobody is removed for leaving.
    'mailbox-migration': [migration(), ['create', 'update']],
  }

  test.each(KIND_NAMES)(
    '%s: creations, updates and deletions are planned by an app that only reads',
    async (kind) => {
      const [profile, actions] = OF_EACH_KIND[kind]
      await start(profile)
      apps.give('plan', await apps.needs('plan'))
      for (const tenant of ['fabrikam', 'contoso'] as const)
        for (const audience of ['graph', 'exchange'] as const) {
          const token = apps.tenants.simulator.token(tenant, audience, clientId(tenant, 'plan'))
          expect(mayWrite(claimsOf(token))).toBe(false)
        }
      const planned = await apps.tenants.planRun()
      const [plan] = planned.plan.profiles
      expect(new Set(plan!.changes.map(({ action }) => action))).toEqual(new Set(actions))
      expect(planned.writable).toEqual([])
      expect(apps.refused()).toEqual([])
      expect(apps.requests.filter(({ write }) => write)).toEqual([])
    },
  )
})
