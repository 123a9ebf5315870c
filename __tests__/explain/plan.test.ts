/** What the plan makes of somebody in scope, and what stands in the target. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { explainRun } from '../../src/commands/run.ts'
import type { MailContactSeed, UserSeed } from '../../src/simulator/seed.ts'
import { Tenants, type Given } from '../people.ts'
import { ADA, asked, contact, idOf, person } from './asked.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const about = (address?: string) => asked(tenants, address)
const reasons = async (address?: string) => (await about(address)).reasons.map(({ message }) => message)
const whose = async () => (await about()).standing.map((one) => `${one.object}: ${one.whose}`)

describe('somebody whom the plan skips', () => {
  test('since another person has the address first', async () => {
    await start({
      users: [person('Ada', { mail: null })],
      fabrikam: { mailContacts: [contact('Partner', { ExternalEmailAddress: ADA })] },
      from: '{ entra: fabrikam, include: [org-contacts] }, { entra: fabrikam }',
    })
    tenants.directory.updateUser(ADA, { mail: ADA })
    const partner = (await about()).key!
    expect(await about()).toMatchObject({ verdict: 'included', label: `Partner <${ADA}>` })
    expect(await reasons()).toEqual([
      `source 1 (entra: fabrikam): Ada <${ADA}>: left out: is a member, and include has org-contacts alone`,
      `source 1 (entra: fabrikam): Partner <${ADA}>: in scope, as an organizational contact`,
      `source 2 (entra: fabrikam): Ada <${ADA}>: in scope, as a member`,
      `source 2 (entra: fabrikam): Partner <${ADA}>: left out: is an organizational contact, and include has members alone`,
    ])
    const skipped = await about(idOf('a'))
    expect(skipped).toMatchObject({ verdict: 'skipped', key: idOf('a') })
    expect(skipped.reasons.at(-1)).toEqual({
      code: 'duplicate-address',
      message: `skipped as duplicate-address: "Partner" (${partner}) is named first with ${ADA}`,
      advice: 'skipped as duplicate-address',
    })
  })

  test.each<[string, Partial<UserSeed>, Given]>([
    ['no-mail-address', { mail: null }, {}],
    ['outside-owned-domains', { mail: 'ada@elsewhere.com' }, {}],
    ['address-taken', {}, { contacts: [contact('Taken', { ExternalEmailAddress: ADA })] }],
    [
      'owned-by-another',
      {},
      { contacts: [contact('Ada', { CustomAttribute15: 'tenant-sync:sales:somebody' })] },
    ],
    ['directory-synced', {}, { contacts: [contact('Ada', { IsDirSynced: true })] }],
  ])('as %s', async (reason, more, given) => {
    await start({ users: [person('Ada', { ...more })], ...given })
    const found = await about(idOf('a'))
    expect(found).toMatchObject({ verdict: 'skipped', changes: [] })
    expect(found.reasons.map(({ code }) => code)).toEqual(['in-scope', reason])
    expect((await tenants.plan()).skipped).toMatchObject([{ key: idOf('a'), reason }])
  })

  test('since another profile of the run has the address', async () => {
    await start({
      users: [person('Ada')],
      files: {
        'also.yaml':
          'name: also\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n',
      },
    })
    const profiles = await explainRun(tenants.options, ADA)
    expect(profiles.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['also', 'included'],
      ['people', 'skipped'],
    ])
  })

  test('since tenant-sync made them', async () => {
    const ours = contact(`tenant-sync-${'0a'.repeat(16)}`, { ExternalEmailAddress: ADA })
    await start({
      fabrikam: { mailContacts: [ours] },
      from: '{ entra: fabrikam, include: [org-contacts] }',
    })
    expect(await about()).toMatchObject({ verdict: 'skipped' })
    expect((await reasons()).at(-1)).toContain('made-by-tenant-sync')
  })
})

describe('what stands in the target', () => {
  test.each<[string, Partial<MailContactSeed>, string, string]>([
    ['of another profile', { CustomAttribute15: 'tenant-sync:sales:x' }, '', 'of profile sales'],
    [
      'of another tool',
      { CustomAttribute15: 'XTSYNC|x|User|y' },
      '',
      'of somebody else: belongs to CTCS (XTSYNC)',
    ],
    [
      'of an adopted tool',
      { CustomAttribute15: `XTSYNC|6b0f8c1e-0000-4000-8000-00000000000a|User|${idOf('a')}` },
      'adopt: [ctcs]',
      'of another tool, taken over by this profile',
    ],
    ['of nobody', {}, '', 'without a mark'],
    ['of nobody, and adopted', {}, 'adopt: [unmarked]', 'without a mark, taken over by this profile'],
    ['synchronized', { IsDirSynced: true }, '', 'without a mark, synchronized from an on-premises directory'],
    [
      'of somebody else, with the address as a proxy',
      {
        ExternalEmailAddress: 'bob@fabrikam.com',
        EmailAddresses: ['SMTP:bob@fabrikam.com', `smtp:${ADA}`],
        CustomAttribute15: `tenant-sync:people:${idOf('b')}`,
      },
      '',
      'of this profile, for another person',
    ],
  ])('is told to be %s', async (_, more, profile, said) => {
    await start({ users: [person('Ada'), person('Bob')], contacts: [contact('Ada', more)], profile })
    expect(await whose()).toEqual([`mail-contact: ${said}`])
  })

  test('may be another recipient with the address', async () => {
    await start({
      users: [person('Ada')],
      contoso: { distributionGroups: [{ displayName: 'Adas', address: ADA }] },
    })
    const found = await about()
    expect(found).toMatchObject({
      verdict: 'skipped',
      standing: [{ whose: 'not a mail contact: never touched', attributes: { displayName: 'Adas' } }],
    })
  })
})
