/** Three tenants in one file: each one's people are contacts in the two others. */
import { afterEach, expect, test } from '@jest/globals'
import { validateRun } from '../../src/commands/run.ts'
import type { TenantSeed, UserSeed } from '../../src/simulator/seed.ts'
import { CONTOSO, FABRIKAM, tenant, Tenants, told, type Given } from '../people.ts'

const TAILSPIN = '6b0f8c1e-0000-4000-8000-00000000000c'
const IDS = { fabrikam: FABRIKAM, contoso: CONTOSO, tailspin: TAILSPIN }
type Name = keyof typeof IDS
const NAMES = Object.keys(IDS) as Name[]

const staff = (name: Name, ...people: string[]): UserSeed[] =>
  people.map((person) => {
    const address = `${person.toLowerCase()}@${name}.com`
    return { displayName: `${person} of ${name}`, userPrincipalName: address, mail: address }
  })
const seedOf = (name: Name, users: UserSeed[], more: Partial<TenantSeed> = {}) =>
  tenant(name, IDS[name], { users, ...more })

const TENANTS = `tenants:\n${NAMES.map(
  (name) =>
    `  ${name}: { tenantId: ${IDS[name]}, clientId: 1d2e3f40${IDS[name].slice(8)}, organization: ${name}.onmicrosoft.com, domains: [${name}.com], credential: client-secret }\n`,
).join('')}`
const MESH = `name: people
kind: mail-contacts
between: { tenants: [fabrikam, contoso, tailspin], from: { include: [members, org-contacts] } }
`

let tenants: Tenants
afterEach(() => tenants.stop())

async function start(given: Given = {}): Promise<void> {
  tenants = await Tenants.start({
    seed: {
      tenants: {
        fabrikam: seedOf('fabrikam', staff('fabrikam', 'Ada', 'Grace')),
        contoso: seedOf('contoso', staff('contoso', 'Alan')),
        tailspin: seedOf('tailspin', staff('tailspin', 'Edith', 'Kurt', 'Emmy')),
      },
    },
    ...given,
    files: { 'tenants.yaml': TENANTS, 'people.yaml': MESH, ...given.files },
  })
}

const plans = async () => (await tenants.planRun()).plan.profiles
const planned = async () => Object.fromEntries((await plans()).map((plan) => [plan.name, told(plan)]))
const addresses = (name: Name) => [...tenants.contacts(name).keys()].sort()

test('everybody is in the two other address lists, each contact marked by its pair, and then there is nothing to do', async () => {
  await start()
  expect((await tenants.apply('limits')).outcome).toBe('applied')
  expect(addresses('fabrikam')).toEqual([
    'alan@contoso.com',
    'edith@tailspin.com',
    'emmy@tailspin.com',
    'kurt@tailspin.com',
  ])
  expect(addresses('contoso')).toEqual([
    'ada@fabrikam.com',
    'edith@tailspin.com',
    'emmy@tailspin.com',
    'grace@fabrikam.com',
    'kurt@tailspin.com',
  ])
  expect(addresses('tailspin')).toEqual(['ada@fabrikam.com', 'alan@contoso.com', 'grace@fabrikam.com'])
  expect(tenants.contacts('tailspin').get('alan@contoso.com')!['CustomAttribute15']).toMatch(
    /^tenant-sync:people-contoso-to-tailspin:/,
  )
  // What the first apply made are organizational contacts now, and nobody's people.
  for (const plan of await plans())
    expect([plan.name, plan.changes, plan.warnings.map(({ code }) => code)]).toEqual([plan.name, [], []])
})

test('each tenant is read once, for all pairs alike', async () => {
  await start()
  await tenants.planRun()
  const asked = tenants.simulator.requests.map(({ operation }) => operation)
  const times = (operation: string) => asked.filter((one) => one === operation).length
  expect(['/users', '/contacts', 'Get-MailContact', 'Get-Contact'].map(times)).toEqual([3, 3, 3, 3])
})

test('contacts of others in a tenant are carried on, and only theirs', async () => {
  await start()
  await tenants.apply('limits')
  const made = tenants.contacts('fabrikam').size
  const known = (await plans()).find(({ name }) => name === 'people-fabrikam-to-contoso')!
  expect(known.skipped.map(({ reason }) => reason)).toEqual(Array(made).fill('made-by-tenant-sync'))
})

test('each pair has limits of its own: one that is over them stops no other', async () => {
  await start({ files: { 'people.yaml': `${MESH}limits: { deletes: 1 }\n` } })
  await tenants.apply('limits')
  const { directory } = tenants.simulator.world.tenants.get('tailspin')!
  for (const gone of ['kurt@tailspin.com', 'emmy@tailspin.com']) directory.removeUser(gone)
  tenants.directory.removeUser('ada@fabrikam.com')
  const result = await tenants.apply('seen')
  expect(Object.fromEntries(result.profiles.map(({ name, outcome }) => [name, outcome]))).toEqual({
    'people-fabrikam-to-contoso': 'applied',
    'people-fabrikam-to-tailspin': 'applied',
    'people-contoso-to-fabrikam': 'no-changes',
    'people-contoso-to-tailspin': 'no-changes',
    'people-tailspin-to-fabrikam': 'blocked',
    'people-tailspin-to-contoso': 'blocked',
  })
})

test('a profile of one pair becomes a mesh with `formerly`, and its contacts stay', async () => {
  const pair =
    'name: fabrikam-in-contoso\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n'
  await start({ files: { 'people.yaml': pair } })
  await tenants.apply('limits')
  const before = tenants.contact('ada@fabrikam.com')!['Guid']
  tenants.write('people.yaml', `${MESH}formerly: [fabrikam-in-contoso]\n`)
  expect((await planned())['people-fabrikam-to-contoso']).toEqual([
    'update Ada of fabrikam <ada@fabrikam.com>: source-changed',
    'update Grace of fabrikam <grace@fabrikam.com>: source-changed',
  ])
  expect((await tenants.apply('limits')).outcome).toBe('applied')
  expect(tenants.contact('ada@fabrikam.com')).toMatchObject({
    Guid: before,
    CustomAttribute15: expect.stringMatching(/^tenant-sync:people-fabrikam-to-contoso:/),
  })
  for (const plan of await plans())
    expect([plan.name, plan.changes, plan.warnings.map(({ code }) => code)]).toEqual([plan.name, [], []])
})

test('it may keep its name, and then nothing but the marks changes', async () => {
  const pair = 'name: people\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n'
  await start({ files: { 'people.yaml': pair } })
  await tenants.apply('limits')
  tenants.write('people.yaml', `${MESH}formerly: [people]\n`)
  const profiles = await plans()
  const { changes } = profiles.find(({ name }) => name === 'people-fabrikam-to-contoso')!
  expect(changes.map(({ action, fields }) => [action, fields.map(({ field }) => field)])).toEqual([
    ['update', ['customAttribute15']],
    ['update', ['customAttribute15']],
  ])
  expect(profiles.flatMap(({ warnings }) => warnings)).toEqual([])
})

test('a former name that pairs share counts for each in its own domains alone', async () => {
  const both =
    'name: everybody\nkind: mail-contacts\nfrom: [{ entra: fabrikam }, { entra: tailspin }]\nto: { tenant: contoso }\n'
  await start({ files: { 'people.yaml': both } })
  await tenants.apply('limits')
  tenants.write('people.yaml', `${MESH}formerly: [everybody]\nstate: absent\nlimits: { deletes: 100% }\n`)
  const profiles = await plans()
  expect(profiles.flatMap(({ warnings }) => warnings)).toEqual([])
  expect(Object.fromEntries(profiles.map((plan) => [plan.name, told(plan).length]))).toEqual({
    'people-fabrikam-to-contoso': 2,
    'people-fabrikam-to-tailspin': 0,
    'people-contoso-to-fabrikam': 0,
    'people-contoso-to-tailspin': 0,
    'people-tailspin-to-fabrikam': 0,
    'people-tailspin-to-contoso': 3,
  })
})

test('a pair can be left alone or taken down by a file of its own', async () => {
  await start()
  await tenants.apply('limits')
  tenants.write('people.yaml', MESH.replace(', tailspin]', ']'))
  tenants.write(
    'gone.yaml',
    'name: people-fabrikam-to-tailspin\nkind: mail-contacts\nstate: absent\nfrom: [{ entra: fabrikam }]\nto: { tenant: tailspin }\nlimits: { deletes: 100% }\n',
  )
  expect((await validateRun(tenants.options)).profiles.map(({ profile }) => profile.name)).toEqual([
    'people-fabrikam-to-tailspin',
    'people-fabrikam-to-contoso',
    'people-contoso-to-fabrikam',
  ])
  await tenants.apply('seen')
  expect(addresses('tailspin')).toEqual(['alan@contoso.com'])
})
