/** What holds whatever stands in the two tenants: small worlds, drawn at random. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ProfileExplained } from '../../src/engine/explanation.ts'
import type { ProfilePlan } from '../../src/engine/plan.ts'
import type { UserSeed } from '../../src/simulator/seed.ts'
import { Tenants, user } from '../people.ts'
import { asked, contact, idOf } from './asked.ts'

const KEYS = ['a', 'b', 'c', 'd'] as const
const GROUPS = ['Staff', 'Leavers'] as const

const drawn = fc.record({
  mail: fc.constantFrom('a@fabrikam.com', 'b@fabrikam.com', 'c@fabrikam.com', 'x@elsewhere.com', null),
  guest: fc.boolean(),
  accountEnabled: fc.constantFrom(true, true, false),
  showInAddressList: fc.constantFrom(true, null, false),
  hiddenInExchange: fc.constantFrom(false, false, true),
  jobTitle: fc.constantFrom('Intern', 'Engineer'),
  department: fc.constantFrom('Sales', 'Research'),
  groups: fc.subarray([...GROUPS]),
})

const source = fc
  .record({
    include: fc.constantFrom('[members]', '[guests]', '[members, guests]'),
    groups: fc.constantFrom(undefined, '[Staff]', '[Staff, Leavers]'),
    excludeGroups: fc.constantFrom(undefined, '[Leavers]'),
    hidden: fc.constantFrom(undefined, 'include'),
    disabled: fc.constantFrom(undefined, 'include'),
    where: fc.constantFrom(undefined, `'jobTitle != "Intern"'`),
    filter: fc.constantFrom(undefined, `"department eq 'Sales'"`, `"department ne 'Sales'"`),
  })
  .map((keys) => Object.entries(keys).flatMap(([key, value]) => (value ? [`${key}: ${value}`] : [])))
  .map((keys) => `{ ${['entra: fabrikam', ...keys].join(', ')} }`)

const standing = fc.record({
  at: fc.constantFrom(...KEYS),
  whose: fc.constantFrom(...KEYS),
  mark: fc.constantFrom('people', 'people', 'other', undefined),
  IsDirSynced: fc.constantFrom(false, false, true),
})

const world = fc.record({
  people: fc.dictionary(fc.constantFrom(...KEYS), drawn, { minKeys: 1 }),
  sources: fc.array(source, { minLength: 1, maxLength: 2 }),
  contacts: fc.uniqueArray(standing, { selector: ({ at }) => at, maxLength: 4 }),
  mayReadExchange: fc.boolean(),
})
type World = typeof world extends fc.Arbitrary<infer One> ? One : never

async function started({ people, sources, contacts, mayReadExchange }: World): Promise<Tenants> {
  const upn = (key: string) => `${key}${people[key]!.guest ? '#EXT#' : ''}@fabrikam.onmicrosoft.com`
  const held = new Set<string>()
  const users = Object.entries(people).map(([key, { mail, guest: _guest, groups: _groups, ...more }]) => {
    const free = mail !== null && !held.has(mail) && held.add(mail)
    const own = { id: idOf(key), userPrincipalName: upn(key), mail: free ? mail : null }
    return user(`Person ${key}`, { ...more, ...own }) satisfies UserSeed
  })
  const groups = GROUPS.map((displayName) => ({
    displayName,
    members: Object.keys(people)
      .filter((key) => people[key]!.groups.includes(displayName))
      .map(upn),
  }))
  const tenants = await Tenants.start({
    users,
    contacts: contacts.map(({ at, whose, mark, IsDirSynced }) =>
      contact(`Contact ${at}`, {
        ExternalEmailAddress: `${at}@fabrikam.com`,
        IsDirSynced,
        ...(mark && { CustomAttribute15: `tenant-sync:${mark}:${idOf(whose)}` }),
      }),
    ),
    fabrikam: { groups },
    from: sources.join(', '),
    profile: 'limits: { creates: 1000, updates: 1000, deletes: 1000, emptySource: allow }',
  })
  const [app] = tenants.simulator.world.tenants.get('fabrikam')!.apps
  if (!mayReadExchange) app!.exchange = { manageAsApp: true, role: 'none' }
  // Exchange takes an address once; in Entra alone it may stand twice.
  for (const [key, { mail }] of Object.entries(people)) tenants.directory.updateUser(idOf(key), { mail })
  return tenants
}

function expectAgreement(explained: readonly ProfileExplained[], plan: ProfilePlan): void {
  const keysOf = (wanted: string) =>
    explained.flatMap(({ verdict, key }) => (verdict === wanted ? [key!] : [])).sort()

  const placed = plan.changes.filter(({ action }) => action !== 'delete').map(({ key }) => key)
  const { create, update, unchanged } = plan.counts
  expect(keysOf('included')).toEqual(expect.arrayContaining(placed))
  expect(keysOf('included')).toHaveLength(create + update + unchanged)
  expect(keysOf('skipped')).toEqual([...new Set(plan.skipped.map(({ key }) => key))].sort())
  expect(keysOf('unknown')).toEqual([])
  for (const { verdict, reasons, key, changes } of explained) {
    expect(reasons.some(({ code }) => code === 'in-scope')).toBe(verdict !== 'not-included')
    const own = plan.changes.filter((one) => one.key === key)
    expect(changes).toEqual(expect.arrayContaining(own))
  }
}

test('whom it calls included has a place in the plan, and nobody else has', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (one) => {
      const tenants = await started(one)
      try {
        const plan = await tenants.plan()
        expect(plan.errors).toEqual([])
        const people = Object.keys(one.people).map(idOf)
        expectAgreement(await Promise.all(people.map((id) => asked(tenants, id))), plan)
      } finally {
        await tenants.idle()
        await tenants.stop()
      }
    }),
    { numRuns: 30, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
  )
}, 60_000)
