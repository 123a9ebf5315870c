/** Who is in scope, and why somebody is not. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { GroupSeed, UserSeed } from '../../src/simulator/seed.ts'
import { Tenants, told, user, type Given } from '../people.ts'
import { ADA, asked, contact, idOf, person } from './asked.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const about = (address?: string) => asked(tenants, address)
const verdict = async (address?: string) => (await about(address)).verdict
const reasons = async (address?: string) => (await about(address)).reasons.map(({ message }) => message)

describe('somebody in scope', () => {
  test.each([
    ['the mail address', 'ada@fabrikam.com'],
    ['the mail address in another case', 'ADA@Fabrikam.com'],
    ['the user principal name', 'a.lovelace@corp.fabrikam.com'],
    ['a proxy address', 'countess@fabrikam.com'],
    ['the object id', idOf('a').toUpperCase()],
  ])('is known by %s', async (_, address) => {
    await start({
      users: [
        {
          ...person('Ada'),
          userPrincipalName: 'a.lovelace@corp.fabrikam.com',
          proxyAddresses: ['SMTP:ada@fabrikam.com', 'smtp:countess@fabrikam.com'],
        },
        person('Bob'),
      ],
    })
    const found = await about(address)
    expect(found).toMatchObject({ verdict: 'included', key: idOf('a'), label: 'Ada <ada@fabrikam.com>' })
    expect(told(found)).toEqual(['create Ada <ada@fabrikam.com>: new-in-source'])
    expect(found.reasons).toMatchObject([
      { code: 'in-scope', message: 'source 1 (entra: fabrikam): in scope, as a member' },
    ])
  })

  test('is said to be of the group that brings them', async () => {
    await start({
      users: [person('Ada')],
      fabrikam: {
        groups: [
          { displayName: 'All Staff', members: ['Inner'] },
          { displayName: 'Inner', members: [ADA] },
          { displayName: 'Others', members: [] },
        ],
      },
      from: '{ entra: fabrikam, groups: [Others, All Staff] }',
    })
    expect(await reasons()).toEqual([
      'source 1 (entra: fabrikam): in scope, as a member of the group All Staff',
    ])
  })

  test('is shown with their contact, and with the change that the plan has', async () => {
    await start({ users: [person('Ada')] })
    await tenants.apply()
    expect(await about()).toMatchObject({
      verdict: 'included',
      standing: [
        {
          object: 'mail-contact',
          whose: 'of this profile',
          key: idOf('a'),
          attributes: { displayName: 'Ada', customAttribute15: `tenant-sync:people:${idOf('a')}` },
        },
      ],
      changes: [],
    })
    tenants.directory.updateUser(ADA, { jobTitle: 'Countess' })
    expect((await about()).changes).toEqual((await tenants.plan()).changes)
  })

  test('with an address full of signs is found', async () => {
    const address = "o'brien+%26&x@fabrikam.com"
    await start({ users: [user("O'Brien", { mail: address, userPrincipalName: 'obrien@fabrikam.com' })] })
    expect(await verdict(address)).toBe('included')
  })
})

describe('somebody who is not in scope', () => {
  const ada = (more: Partial<UserSeed>): UserSeed => person('Ada', { ...more })
  const groups = ({ userPrincipalName }: UserSeed): GroupSeed[] => [
    { displayName: 'All Staff', members: ['bob@fabrikam.com'] },
    { displayName: 'Field', members: ['bob@fabrikam.com'] },
    { displayName: 'Leavers', members: ['Gone'] },
    { displayName: 'Gone', members: [userPrincipalName] },
  ]

  test.each<[string, string, Partial<UserSeed>, string]>([
    [
      'not-in-include',
      '',
      { userPrincipalName: 'ada_contoso.com#EXT#@fabrikam.onmicrosoft.com' },
      'is a guest, and include has members alone',
    ],
    ['not-in-include', 'include: [guests]', {}, 'is a member, and include has guests alone'],
    ['not-in-include', 'include: [org-contacts]', {}, 'is a member, and include has org-contacts alone'],
    ['disabled', '', { accountEnabled: false }, 'the account is disabled, and disabled is exclude'],
    [
      'outside-groups',
      'groups: [All Staff, Field]',
      {},
      'is no transitive member of any of: All Staff, Field',
    ],
    ['in-excluded-group', 'excludeGroups: [Field, Leavers]', {}, 'is a member of the excluded group Leavers'],
    [
      'where-not-true',
      `where: 'jobTitle != "Intern"'`,
      { jobTitle: 'Intern' },
      'where: jobTitle != "Intern" is not true of them',
    ],
    [
      'filtered-out',
      `filter: "department eq 'Sales' or department eq 'Board'"`,
      { department: 'R&D' },
      "the filter department eq 'Sales' or department eq 'Board' leaves them out, as Graph evaluates it",
    ],
    [
      'filtered-out',
      `filter: "companyName ne 'Tailspin'"`,
      { companyName: 'Tailspin' },
      "the filter companyName ne 'Tailspin' leaves them out, as Graph evaluates it",
    ],
    [
      'hidden',
      '',
      { hiddenInExchange: true },
      'is hidden from address lists (Exchange says so), and hidden is exclude',
    ],
  ])('is told so: %s (%s)', async (code, more, seed, said) => {
    await start({
      users: [ada(seed), person('Bob')],
      fabrikam: { groups: groups(ada(seed)) },
      from: `{ entra: fabrikam${more && `, ${more}`} }`,
    })
    const found = await about()
    expect(found).toMatchObject({ verdict: 'not-included', key: idOf('a'), changes: [] })
    expect(found.reasons).toMatchObject([{ code, message: `source 1 (entra: fabrikam): left out: ${said}` }])
    expect(told(await tenants.plan()).join()).not.toContain('Ada')
  })

  test('is hidden in Graph, where Exchange may not be asked', async () => {
    await start({
      users: [ada({ showInAddressList: false })],
      fabrikam: {
        apps: [
          {
            clientId: '1d2e3f40-0000-4000-8000-00000000000a',
            permissions: ['User.Read.All'],
            secret: 'a-secret-of-the-simulator',
          },
        ],
      },
    })
    expect(await reasons()).toEqual([
      'source 1 (entra: fabrikam): left out: is hidden from address lists (showInAddressList is false in Graph), and hidden is exclude',
    ])
  })

  test('is looked for among organizational contacts too, and one who may not be seen is not known', async () => {
    const mailContacts = [contact('Partner')]
    await start({ users: [person('Ada')], fabrikam: { mailContacts } })
    expect(await reasons('partner@fabrikam.com')).toEqual([
      'source 1 (entra: fabrikam): left out: is an organizational contact, and include has members alone',
    ])
    tenants.simulator.world.tenants.get('fabrikam')!.apps[0]!.permissions = ['User.Read.All']
    expect(await verdict('partner@fabrikam.com')).toBe('unknown')
  })

  test('is unknown to every source', async () => {
    await start({ users: [person('Ada')] })
    const found = await about('nobody@fabrikam.com')
    expect(found).toMatchObject({ verdict: 'unknown', standing: [], changes: [] })
    expect(found.reasons.map(({ message }) => message)).toEqual([
      'source 1 (entra: fabrikam): nobody goes by this address',
    ])
    expect(found).not.toHaveProperty('key')
  })

  test('has left, and their contact goes', async () => {
    await start({ users: [person('Ada'), person('Bob')] })
    await tenants.apply()
    tenants.directory.removeUser(ADA)
    const found = await about()
    expect(found).toMatchObject({ verdict: 'unknown', standing: [{ whose: 'of this profile' }] })
    expect(told(found)).toEqual(['delete Ada <ada@fabrikam.com>: left-scope'])
    expect(await about(idOf('a'))).toMatchObject({
      verdict: 'unknown',
      standing: [{ whose: 'of this profile' }],
      changes: found.changes,
    })
  })

  test('has left, and is hidden for the time of grace', async () => {
    await start({ users: [person('Ada'), person('Bob')], to: 'grace: 30d' })
    await tenants.apply()
    tenants.directory.removeUser(ADA)
    await tenants.apply()
    expect(await about(idOf('a'))).toMatchObject({
      standing: [{ whose: 'of this profile, hidden as a leaver since 2026-11-21' }],
      changes: [],
    })
  })

  test('has left, and the profile keeps their contact', async () => {
    await start({ users: [person('Ada'), person('Bob')], to: 'unlisted: keep' })
    await tenants.apply()
    tenants.directory.removeUser(ADA)
    expect((await reasons(idOf('a'))).at(-1)).toBe(
      'Ada <ada@fabrikam.com>: skipped as kept-unlisted: no person for it, and unlisted: keep',
    )
  })
})
