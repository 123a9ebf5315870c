/** What each profile answers, and how it is shown. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Detail } from '../../src/report/detail.ts'
import { Tenants, told, type Given } from '../people.ts'
import { ADA, asked, contact, idOf, person, printed } from './asked.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const about = (address?: string) => asked(tenants, address)
const shown = (address: string, detail?: Detail, json?: boolean) => printed(tenants, address, detail, json)

describe('a profile', () => {
  test('that is paused is said to be so, and nothing is read', async () => {
    await start({ users: [person('Ada')], profile: 'state: paused' })
    expect(await about()).toMatchObject({ state: 'paused', verdict: 'paused', reasons: [] })
    expect(tenants.simulator.requests).toEqual([])
  })

  test('that is absent includes nobody, and what bears its mark goes', async () => {
    await start({ users: [person('Ada')] })
    await tenants.apply()
    tenants.profile({ profile: 'state: absent\nlimits: { deletes: 100% }' })
    const found = await about()
    expect(found).toMatchObject({ state: 'absent', verdict: 'not-included' })
    expect(found.reasons).toMatchObject([{ code: 'profile-absent' }])
    expect(told(found)).toEqual(['delete Ada <ada@fabrikam.com>: profile-absent'])
  })

  test('that cannot be read is told with its error, and the others still answer', async () => {
    await start({
      users: [person('Ada')],
      files: {
        'broken.yaml':
          'name: broken\nkind: mail-contacts\nfrom: [{ entra: fabrikam, groups: [No such] }]\nto: { tenant: contoso }\n',
      },
    })
    const { code, text } = await shown(ADA)
    expect(code).toBe(1)
    expect(text).toMatch(/^broken .* failed$/m)
    expect(text).toContain('group-not-found: There is no group "No such"')
    expect(text).toMatch(/^people .* included$/m)
    expect(text).toContain('1 of 2 profiles: people. 1 profile could not be read: broken.')
  })

  test('that is over a limit is told to be blocked', async () => {
    await start({ users: [person('Ada')], profile: 'limits: { creates: 100%, updates: 0 }' })
    await tenants.apply()
    tenants.directory.updateUser(ADA, { jobTitle: 'Countess' })
    expect((await shown(ADA)).text).toContain('blocked, so nothing of it is written: 1 update')
  })

  test('is asked with a few requests beside those of a plan, and nothing is written', async () => {
    await start({
      users: [person('Ada'), person('Bob')],
      fabrikam: { groups: [{ displayName: 'All', members: [ADA] }] },
      from: "{ entra: fabrikam, groups: [All], filter: displayName ne 'x' }",
    })
    const operations = () =>
      tenants.simulator.requests
        .filter(({ service }) => service !== 'entra')
        .map(({ operation }) => operation)
    await tenants.plan()
    const planned = operations()
    expect(planned.toSorted()).toEqual([
      '/groups',
      '/groups/{id}/transitiveMembers',
      '/users',
      'Get-Contact',
      'Get-MailContact',
      'Get-Recipient',
      'Get-Recipient',
      'Get-Recipient',
    ])
    await about()
    const more = operations().slice(planned.length)
    expect(more.toSorted()).toEqual(
      [...planned, '/users', '/users', '/contacts', 'Get-Recipient', 'Get-Recipient'].sort(),
    )
    expect(tenants.writes()).toEqual([])
  })
})

describe('at a terminal', () => {
  const expectInert = (text: string) => {
    for (const sign of ['\u001b', '\n::', '\u202e', '##[']) expect(text).not.toContain(sign)
  }

  test('it is told profile by profile', async () => {
    await start({ users: [person('Ada', { jobTitle: 'Countess' })] })
    await tenants.apply()
    tenants.directory.updateUser(ADA, { jobTitle: 'Engineer' })
    const guid = String(tenants.contact(ADA)!['Guid'])
    expect(await shown(ADA)).toEqual({
      code: 0,
      text: `people  fabrikam -> contoso  included
  Ada <ada@fabrikam.com>
  · source 1 (entra: fabrikam): in scope, as a member
  = stands in contoso: mail-contact ${guid}, of this profile
      externalEmailAddress: "ada@fabrikam.com"
      emailAddresses: "SMTP:ada@fabrikam.com"
      displayName: "Ada"
      title: "Countess"
      customAttribute15: "tenant-sync:people:${idOf('a')}"
  an apply would make 1 change
  ~ Ada <ada@fabrikam.com>  changed at the source
      title: "Countess" -> "Engineer"

ada@fabrikam.com is included in 1 of 1 profile: people.
`,
    })
  })

  test('that nobody knows them is an answer', async () => {
    await start({ users: [person('Ada')] })
    const { code, text } = await shown('nobody@fabrikam.com')
    expect(code).toBe(0)
    expect(text).toMatch(/nobody@fabrikam\.com is included in no profile\.\n$/)
  })

  test('masked or counted, it names nobody and shows no value', async () => {
    await start({
      users: [person('Ada', { displayName: 'Ada Lovelace', jobTitle: 'Countess', mail: null })],
      fabrikam: { mailContacts: [contact('Partner', { ExternalEmailAddress: ADA })] },
      from: '{ entra: fabrikam, include: [org-contacts] }, { entra: fabrikam }',
    })
    await tenants.apply()
    tenants.directory.updateUser(ADA, { jobTitle: 'Engineer', mail: ADA })
    const masked = (await shown(ADA, 'masked')).text
    expect(masked).toContain('P. @fabrikam.com')
    expect(masked).toContain('in scope, as an organizational contact')
    expect(masked).not.toMatch(/Ada|Partner|ada@|Countess|Engineer/)
    const counted = (await shown(ADA, 'counts')).text
    expect(counted).toContain('This person is included in 1 of 1 profile: people.')
    expect(counted).not.toMatch(/Ada|Partner|fabrikam\.com|Countess|Engineer/)
  })

  test('what a directory holds is text, and nothing else', async () => {
    const hostile = 'Ada\u001b[31m\n::error::\u202e##[group]'
    await start({ users: [person('Ada', { displayName: hostile, jobTitle: hostile })] })
    const texts = [await shown(ADA)]
    await tenants.apply()
    texts.push(await shown(ADA), await shown(`${ADA}\u001b[2J`))
    for (const { text } of texts) expectInert(text)
    const json = (await shown(ADA, 'full', true)).text
    expectInert(json)
    expect(JSON.parse(json)).toMatchObject({ profiles: [{ label: `${hostile} <${ADA}>` }] })
  })

  test('as data is all that is printed', async () => {
    await start({ users: [person('Ada')] })
    const { code, text } = await shown(ADA, 'full', true)
    expect(code).toBe(0)
    expect(JSON.parse(text)).toEqual({ address: ADA, profiles: [await about()] })
  })
})
