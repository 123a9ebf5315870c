/** People of several sources, and people whose source changes: who is one person, and whose contact stays. */
import { mkdirSync } from 'node:fs'
import { afterEach, describe, expect, test } from '@jest/globals'
import { Tenants, told, user, type Given } from '../people.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const ADA_ID = 'aaaaaaaa-0000-4000-8000-000000000001'
const ADA = user('Ada', { id: ADA_ID, jobTitle: 'Countess' })
const OWNS = 'owns: [fabrikam.com]'
const CSV = '{ csv: partners.csv }'
const ENTRA = '{ entra: fabrikam }'
const files = {
  'partners.csv':
    'mail,displayName,jobTitle\nada@fabrikam.com,Ada,Countess\nkurt@fabrikam.com,Kurt,Logician\n',
}
const fieldsOf = async () =>
  (await tenants.plan()).changes.map(({ label, reason, fields }) => [
    label,
    reason,
    fields.map(({ field }) => field),
  ])

describe('a person whose source changes', () => {
  test('keeps the contact by its address, and is marked anew: a file yesterday, Entra today', async () => {
    await start({ users: [ADA], from: CSV, to: OWNS, files })
    await tenants.apply('limits')
    const before = tenants.contact('ada@fabrikam.com')!
    expect(before['CustomAttribute15']).toBe('tenant-sync:people:ada@fabrikam.com')

    tenants.profile({ from: `${ENTRA}, ${CSV}`, to: OWNS })
    expect(await fieldsOf()).toEqual([['Ada <ada@fabrikam.com>', 'source-changed', ['customAttribute15']]])
    expect((await tenants.plan()).skipped).toMatchObject([
      { key: 'ada@fabrikam.com', reason: 'duplicate-address' },
    ])
    await tenants.apply('limits')
    expect(tenants.contact('ada@fabrikam.com')).toMatchObject({
      Guid: before['Guid'],
      CustomAttribute15: `tenant-sync:people:${ADA_ID}`,
    })
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('and back again: nobody is deleted on the way', async () => {
    await start({ users: [ADA], from: ENTRA, to: OWNS, files })
    await tenants.apply('limits')
    const before = tenants.contact('ada@fabrikam.com')!['Guid']
    tenants.profile({ from: CSV, to: OWNS })
    expect(told(await tenants.plan()).map((line) => line.split(' ')[0])).toEqual(['create', 'update'])
    await tenants.apply('limits')
    expect(tenants.contact('ada@fabrikam.com')!['Guid']).toBe(before)
    expect(told(await tenants.plan())).toEqual([])
  })

  test('and comes back by the id of old, which names a contact of somebody else by now', async () => {
    const ofFile = (rows: string) => tenants.write('partners.csv', `id,mail,displayName\n${rows}`)
    await start({
      from: CSV,
      to: OWNS,
      files: { 'partners.csv': 'id,mail,displayName\n1,ada@fabrikam.com,Ada\n' },
    })
    await tenants.apply('limits')
    const ada = tenants.contact('ada@fabrikam.com')!['Guid']
    // Ada's number is another one now, and her old one is Bob's.
    ofFile('2,ada@fabrikam.com,Ada\n')
    await tenants.apply('limits')
    ofFile('2,ada@fabrikam.com,Ada\n1,bob@fabrikam.com,Bob\n')
    expect((await tenants.apply('limits')).outcome).toBe('applied')
    expect(tenants.contact('ada@fabrikam.com')).toMatchObject({
      Guid: ada,
      CustomAttribute15: 'tenant-sync:people:2',
    })
    expect(tenants.contact('bob@fabrikam.com')).toMatchObject({
      DisplayName: 'Bob',
      CustomAttribute15: 'tenant-sync:people:1',
    })
    expect(told(await tenants.plan())).toEqual([])
  })

  test('by an id in other letters is the same person: the contact is marked with it', async () => {
    const row = (id: string) => `id,mail,displayName,jobTitle\n${id},ada@fabrikam.com,Ada,Countess\n`
    await start({ from: CSV, to: OWNS, files: { 'partners.csv': row('E-77a') } })
    await tenants.apply('limits')
    tenants.write('partners.csv', row('e-77A'))
    expect(await fieldsOf()).toEqual([['Ada <ada@fabrikam.com>', 'source-changed', ['customAttribute15']]])
    // An object id of Entra, as a spreadsheet may write it.
    tenants.write('partners.csv', row(ADA_ID.toUpperCase()))
    await tenants.apply('limits')
    expect(tenants.contact('ada@fabrikam.com')!['CustomAttribute15']).toBe(`tenant-sync:people:${ADA_ID}`)
  })
})

describe('several sources', () => {
  test('are merged: the first that names an address wins', async () => {
    await start({ users: [{ ...ADA, jobTitle: 'of Entra' }], from: `${CSV}, ${ENTRA}`, to: OWNS, files })
    const { changes, skipped } = await tenants.plan()
    expect(changes.map(({ key }) => key)).toEqual(['ada@fabrikam.com', 'kurt@fabrikam.com'])
    expect(skipped).toMatchObject([{ key: ADA_ID, reason: 'duplicate-address' }])
  })

  test('that know somebody by one id know one person: told of nowhere', async () => {
    const rows = `id,mail,displayName\n${ADA_ID.toUpperCase()},ada.other@fabrikam.com,Ada of the file\n`
    await start({ users: [ADA], from: `${ENTRA}, ${CSV}`, to: OWNS, files: { 'partners.csv': rows } })
    const { changes, skipped } = await tenants.plan()
    expect(told({ changes })).toEqual(['create Ada <ada@fabrikam.com>: new-in-source'])
    expect(skipped).toEqual([])
  })

  test('are read in the order of rows, where there is one: the earlier row wins', async () => {
    const rows = 'id,mail,displayName\nz,ada@fabrikam.com,First\na,ada@fabrikam.com,Second\n'
    await start({ from: CSV, to: OWNS, files: { 'partners.csv': rows } })
    const { changes, skipped } = await tenants.plan()
    expect(told({ changes })).toEqual(['create First <ada@fabrikam.com>: new-in-source'])
    expect(skipped).toMatchObject([{ key: 'a', reason: 'duplicate-address' }])
  })

  test('one that gives nobody, beside others, is warned of', async () => {
    await start({ users: [ADA], from: `${ENTRA}, ${CSV}`, to: OWNS, files: { 'partners.csv': 'mail\n' } })
    expect((await tenants.plan()).warnings).toEqual([
      expect.objectContaining({
        code: 'source-empty',
        message: 'The source partners.csv (csv) gave nobody: whoever came from it counts as left.',
      }),
    ])
  })

  test('that give no addresses any more are no list: nobody has left', async () => {
    await start({ from: CSV, to: OWNS, files: { 'partners.csv': 'id,mail\n1,ada@fabrikam.com\n' } })
    await tenants.apply('limits')
    tenants.write('partners.csv', 'id,displayName\n1,Ada\n')
    const { outcome, changes, errors } = await tenants.plan()
    expect({ outcome, changes }).toEqual({ outcome: 'failed', changes: [] })
    expect(errors).toMatchObject([
      {
        code: 'required-field-unknown',
        message: expect.stringMatching(
          /^sync-profiles\/people.yaml:3:8 The source partners.csv does not tell the mail/,
        ),
      },
    ])
  })

  test('of which one cannot be read are no list at all', async () => {
    await start({ users: [ADA], from: `${ENTRA}, ${CSV}`, to: OWNS, files })
    await tenants.apply('limits')
    tenants.write('partners.csv', 'mail,displayName\nada@fabrikam.com\n')
    const { outcome, errors, changes } = await tenants.plan()
    expect({ outcome, changes }).toEqual({ outcome: 'failed', changes: [] })
    expect(errors[0]!.message).toContain('partners.csv:2')
  })

  test("a file is the profile's own: a run of an older commit than its newest is known by it", async () => {
    await start({ from: `${ENTRA}, { csv: people/../partners.csv }`, to: OWNS, files })
    mkdirSync(tenants.path('sync-profiles/people'))
    expect((await tenants.planRun()).tasks[0]!.task.files).toEqual(['sync-profiles/partners.csv'])
  })

  test('what one does not carry is left alone in the target, with one warning', async () => {
    await start({ from: CSV, to: OWNS, files })
    await tenants.apply('limits')
    tenants.write('partners.csv', 'mail,displayName\nada@fabrikam.com,Ada\nkurt@fabrikam.com,Kurt\n')
    const { changes, warnings } = await tenants.plan()
    expect(changes).toEqual([])
    expect(warnings).toMatchObject([{ code: 'unknown-field' }])
    expect(warnings[0]!.message).toContain('title')
    tenants.write(
      'partners.csv',
      'mail,displayName,jobTitle\nada@fabrikam.com,Ada,\nkurt@fabrikam.com,Kurt,Logician\n',
    )
    expect(await fieldsOf()).toEqual([['Ada <ada@fabrikam.com>', 'source-changed', ['title']]])
  })
})

test('an expression that fails for somebody names the line of the profile, the person and the reason', async () => {
  await start({
    users: [ADA],
    profile: "mapping:\n  title: Mr.\n  notes:\n    value: '{{ jobTitle.substring(0, 99) }}'",
  })
  const { errors, outcome } = await tenants.plan()
  expect(outcome).toBe('failed')
  expect(errors).toEqual([
    {
      code: 'expression-failed',
      message:
        'sync-profiles/people.yaml:8:12 The expression ` jobTitle.substring(0, 99) ` failed for Ada <ada@fabrikam.com> (aaaaaaaa-0000-4000-8000-000000000001): string.substring(start, end): end index out of range',
      advice:
        'sync-profiles/people.yaml:8:12 The expression ` jobTitle.substring(0, 99) ` failed for somebody; detail: full tells whom.',
    },
  ])
  tenants.profile({ from: "{ entra: fabrikam, where: 'businessPhones.map(p, int(p))[0] > 0' }" })
  tenants.directory.updateUser(ADA_ID, { businessPhones: ['none'] })
  const [error] = (await tenants.plan()).errors
  expect(error!.message).toMatch(/^sync-profiles\/people.yaml:3:\d+ The expression .* failed for Ada/)
})
