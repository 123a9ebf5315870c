/** How several tenants are written in one file, and what is told of a wrong one. */
import { describe, expect, test } from '@jest/globals'
import { formatFault } from '../../../profiles/fault.ts'
import { loadProfiles, type Loaded } from '../../../profiles/load.ts'
import { repository } from '../../../profiles/__tests__/repository.ts'
import { PROFILE_KINDS } from '../../kinds.ts'

const tenant = (name: string, digit: string, more = `, domains: [${name}.com]`) =>
  `  ${name}: { tenantId: 6b0f8c1e-0000-4000-8000-00000000000${digit}, clientId: 1d2e3f40-0000-4000-8000-00000000000${digit}${more} }\n`
const TENANTS = `tenants:\n${tenant('fabrikam', 'a')}${tenant('contoso', 'b')}${tenant('tailspin', 'c')}`

const MESH = `name: people
kind: mail-contacts
between: [fabrikam, contoso, tailspin]
`

const load = (
  profile: string,
  { tenants = TENANTS, only = [], files = {} }: { tenants?: string; only?: string[]; files?: object } = {},
): Promise<Loaded> =>
  loadProfiles({
    root: repository({ 'tenants.yaml': tenants, 'mesh.yaml': profile, ...files }),
    globs: ['*.yaml'],
    kinds: PROFILE_KINDS,
    only,
  })
const names = ({ profiles }: Loaded) => profiles.map(({ profile }) => profile.name)
const faults = async (...given: Parameters<typeof load>) => (await load(...given)).faults.map(formatFault)

const PAIRS = [
  'people-fabrikam-to-contoso',
  'people-fabrikam-to-tailspin',
  'people-contoso-to-fabrikam',
  'people-contoso-to-tailspin',
  'people-tailspin-to-fabrikam',
  'people-tailspin-to-contoso',
]

describe('tenants in `between`', () => {
  test('are a profile for each pair, both ways', async () => {
    const loaded = await load(MESH)
    expect(loaded.faults).toEqual([])
    expect(names(loaded)).toEqual(PAIRS)
  })

  test('each pair is just what a file of its own would be', async () => {
    const own = `name: people-contoso-to-tailspin
kind: mail-contacts
description: everybody
from: [{ entra: contoso, include: [members, org-contacts], where: 'jobTitle != "Intern"' }]
to: { tenant: tailspin, grace: 30d }
mapping: { company: '{{domain(mail)}}' }
adopt: [unmarked]
limits: { deletes: 5 }
`
    const mesh = `name: people
kind: mail-contacts
description: everybody
between:
  tenants: [fabrikam, contoso, tailspin]
  from: { include: [members, org-contacts], where: 'jobTitle != "Intern"' }
  to: { grace: 30d }
mapping: { company: '{{domain(mail)}}' }
adopt: [unmarked]
limits: { deletes: 5 }
`
    const [alone] = (await load(own)).profiles
    const pair = (await load(mesh)).profiles.find(({ profile }) => profile.name === alone!.profile.name)
    expect(pair!.settings).toEqual(alone!.settings)
    expect(pair!.digest).toBe(alone!.digest)
  })

  test('two are enough', async () => {
    expect(names(await load(MESH.replace(', tailspin', '')))).toEqual([PAIRS[0], PAIRS[2]])
  })

  test('`only` takes the name of the file for all of them, and that of a pair for one', async () => {
    expect(names(await load(MESH, { only: ['people'] }))).toEqual(PAIRS)
    expect(names(await load(MESH, { only: [PAIRS[3]!] }))).toEqual([PAIRS[3]])
    expect(await faults(MESH, { only: ['people-fabrikam-to-contosso'] })).toEqual([
      'there is no profile `people-fabrikam-to-contosso`: did you mean `people-fabrikam-to-contoso`?',
    ])
  })

  test('marks bear the names of pairs, never that of the file', async () => {
    expect((await load(MESH)).names).toEqual(new Set(PAIRS))
  })

  test('former names are those of the mesh, and of a profile that became one', async () => {
    const { profiles, names: all } = await load(`${MESH}formerly: [everybody]\n`)
    expect(profiles[0]!.profile.formerly).toEqual(['everybody', 'everybody-fabrikam-to-contoso'])
    expect(all).toContain('everybody')
    expect(all).toContain('everybody-tailspin-to-contoso')
  })

  test('its own name may be a former one: a profile that became a mesh keeps its name', async () => {
    const { profiles, names: all, faults: none } = await load(`${MESH}formerly: [people]\n`)
    expect(none).toEqual([])
    expect(profiles[0]!.profile.formerly).toEqual(['people'])
    expect(all).toEqual(new Set(['people', ...PAIRS]))
  })
})

describe('what is wrong with one', () => {
  test('stands where it is written, and is told once', async () => {
    expect(
      await faults(`name: people
kind: mail-contacts
between:
  tenants: [fabrikam, contosso, tailspin]
  from: { includ: [members], where: 'jobTitel == "x"' }
  to: { tenant: contoso, grace: soon }
mapping: { customAttribute15: x }
`),
    ).toEqual([
      'mesh.yaml:5:11 unknown key `includ` in `between.from`: did you mean `include`?',
      'mesh.yaml:5:38 a person has no field `jobTitel`: did you mean `jobTitle`?',
      expect.stringMatching(/^mesh.yaml:6:9 unknown key `tenant` in `between.to`: known here: /),
      'mesh.yaml:6:33 `between.to.grace` is "soon": expected a number of days, like 30d',
    ])
    expect(
      await faults(`name: people
kind: mail-contacts
between: { tenants: [fabrikam, contosso, tailspin], from: { include: [org-contacts], filter: "x" } }
mapping: { customAttribute15: x }
`),
    ).toEqual([
      'mesh.yaml:3:32 there is no tenant `contosso` in tenants.yaml: did you mean `contoso`?',
      'mesh.yaml:3:86 this has no effect: it filters users, and only org-contacts are read',
      'mesh.yaml:4:12 `customAttribute15` holds the ownership mark: map another attribute, or set `to.mark` to another one',
    ])
  })

  test.each([
    [
      'a tenant alone',
      'between: [fabrikam]',
      '3:10 `between` is a list: expected a list of two tenants or more, each once, or { tenants, from, to }',
    ],
    [
      'a tenant twice',
      'between: [fabrikam, fabrikam]',
      '3:10 `between` is a list: expected a list of two tenants or more, each once, or { tenants, from, to }',
    ],
    [
      'no list',
      'between: fabrikam',
      '3:10 `between` is "fabrikam": expected a list of two tenants or more, each once, or { tenants, from, to }',
    ],
  ])('%s', async (_what, between, fault) => {
    expect(await faults(`name: people\nkind: mail-contacts\n${between}\n`)).toEqual([`mesh.yaml:${fault}`])
  })

  test('`from` or `to` beside it', async () => {
    expect(await faults(`${MESH}from: [{ entra: fabrikam }]\nto: { tenant: contoso }\n`)).toEqual([
      'mesh.yaml:4:7 `from` is a list: expected none beside `between`',
      'mesh.yaml:5:5 `to` is a mapping: expected none beside `between`',
    ])
  })

  test('a tenant whose domains nobody knows', async () => {
    const tenants = `tenants:\n${tenant('fabrikam', 'a')}${tenant('contoso', 'b')}${tenant('tailspin', 'c', '')}`
    expect(await faults(MESH, { tenants })).toEqual([
      'mesh.yaml:3:30 `tailspin` has no `domains` in tenants.yaml: the contacts of its people are known by them',
    ])
  })

  test('tenants that share a domain: its contacts would be of both pairs', async () => {
    const tenants = `tenants:\n${tenant('fabrikam', 'a', ', domains: [fabrikam.com, Group.com]')}${tenant('contoso', 'b')}${tenant('tailspin', 'c', ', domains: [group.com]')}`
    expect(await faults(MESH, { tenants })).toEqual([
      "mesh.yaml:3:30 `tailspin` and `fabrikam` both have the domain group.com in tenants.yaml: its contacts would be both pairs' own",
    ])
  })

  test('two names of one tenant', async () => {
    const tenants = `tenants:\n${tenant('fabrikam', 'a')}${tenant('contoso', 'b')}${tenant('tailspin', 'b')}`
    expect(await faults(MESH, { tenants })).toEqual([
      'mesh.yaml:3:21 `contoso` and `tailspin` are one tenant: its people would become contacts in it',
      'mesh.yaml:3:30 `tailspin` and `contoso` are one tenant: its people would become contacts in it',
    ])
  })

  test('names of pairs that are too long for a mark', async () => {
    const named = (length: number) => MESH.replace('people', 'p'.repeat(length))
    const longest = await load(named(42))
    expect(longest.faults).toEqual([])
    expect(Math.max(...names(longest).map((name) => name.length))).toBe(63)
    expect(await faults(named(43))).toEqual([
      `mesh.yaml:1:7 \`${'p'.repeat(43)}-fabrikam-to-tailspin\`, the name of a pair, has 64 characters: expected lower-case letters, digits and hyphens, beginning with a letter or digit, at most 63`,
    ])
  })

  test("a pair's name that another profile has", async () => {
    const other = `name: people-contoso-to-fabrikam
kind: mail-contacts
from: [{ entra: contoso }]
to: { tenant: fabrikam }
`
    expect(await faults(MESH, { files: { 'other.yaml': other } })).toEqual([
      'mesh.yaml:1:7 the name `people-contoso-to-fabrikam` is that of other.yaml already: names are unique',
    ])
  })
})
