/** What a profile says: its kind, its defaults and limits, and the digest of all that counts. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { TENANTS } from './repository.ts'
import { folder, load, profile } from './small-kind.ts'

describe('a kind', () => {
  test.each([
    ['name: a', '1:1 missing key `kind`'],
    [
      'name: a\nkind:',
      '2:1 `kind` is empty: expected one of mail-contacts, personal-contacts, cross-tenant-sync, mailbox-migration',
    ],
    [
      'name: a\nkind: mail-contact',
      '2:7 `kind` is "mail-contact": expected one of mail-contacts, personal-contacts, cross-tenant-sync, mailbox-migration; did you mean mail-contacts?',
    ],
    ['kind: mail-contacts\nto: contoso', '1:1 missing key `name`'],
    [
      'kind: toString\nname: a',
      '1:7 `kind` is "toString": expected one of mail-contacts, personal-contacts, cross-tenant-sync, mailbox-migration',
    ],
  ])('%j', async (content, fault) => {
    expect((await load(folder({ 'a.yaml': content }))).faults).toEqual([`sync-profiles/a.yaml:${fault}`])
  })

  test('checks what its schema cannot say, with the other profiles at hand', async () => {
    const { faults } = await load(folder({ 'a.yaml': profile('a', 'colour: mauve'), 'b.yaml': profile('b') }))
    expect(faults).toEqual(['sync-profiles/a.yaml:4:9 no mauve beside b'])
  })
})

describe('a profile', () => {
  test('comes with its defaults', async () => {
    const { profiles } = await load(folder({ 'a.yaml': profile('a', 'limits: { deletes: 5 }') }))
    expect(profiles[0]!.profile).toEqual({
      name: 'a',
      kind: 'mail-contacts',
      to: 'contoso',
      colour: 'blue',
      state: 'present',
      limits: { creates: '50%', updates: '100%', deletes: 5, emptySource: 'refuse' },
    })
  })

  test('tells a fault of its own, at its place', async () => {
    const { profiles } = await load(folder({ 'a.yaml': profile('a') }))
    expect(profiles[0]!.fault(['to'], 'too far', { offset: 3 })).toEqual({
      file: 'sync-profiles/a.yaml',
      line: 3,
      column: 8,
      message: 'too far',
      path: 'to',
    })
  })

  test.each([
    ['deletes: 10%', '10%'],
    ['deletes: 0', 0],
    ['deletes: 12.5%', '12.5%'],
    ['deletes: { max: 450, until: 2026-11-30 }', { max: 450, until: '2026-11-30' }],
  ])('has limits: %s', async (limit, deletes) => {
    const { profiles, faults } = await load(folder({ 'a.yaml': profile('a', `limits: { ${limit} }`) }))
    expect(faults).toEqual([])
    expect(profiles[0]!.profile.limits.deletes).toEqual(deletes)
  })

  test.each([
    [
      'deletes: many',
      '`limits.deletes` is "many": expected a number, a percentage like 10%, or { max, until }',
    ],
    ['deletes: 1.5', '`limits.deletes` is 1.5: expected a number, a percentage like 10%, or { max, until }'],
    ['deletes: -1', '`limits.deletes` is -1: expected a number, a percentage like 10%, or { max, until }'],
    [
      'deletes: .inf',
      '`limits.deletes` is "Infinity": expected a number, a percentage like 10%, or { max, until }',
    ],
    ['deletes: ~', '`limits.deletes` is empty: expected a number, a percentage like 10%, or { max, until }'],
    [
      'deletes: [1]',
      '`limits.deletes` is a list: expected a number, a percentage like 10%, or { max, until }',
    ],
    ['deletes: { max: 4 }', 'missing key `until` in `limits.deletes`'],
    [
      'deletes: { max: 4, until: 2026-02-30 }',
      '`limits.deletes.until` is "2026-02-30": expected a day that exists, as yyyy-mm-dd',
    ],
    [
      'deletes: { max: 4, until: soon }',
      '`limits.deletes.until` is "soon": expected a day that exists, as yyyy-mm-dd',
    ],
    ['emptySource: ignore', '`limits.emptySource` is "ignore": expected one of refuse, allow'],
  ])('has no such limits: %s', async (limit, message) => {
    const { faults } = await load(folder({ 'a.yaml': profile('a', `limits: { ${limit} }`) }))
    expect(faults).toEqual([expect.stringContaining(` ${message}`)])
  })
})

describe('the digest of a profile', () => {
  const digest = async (content: string, tenants = TENANTS) => {
    const { profiles, faults } = await load(folder({ 'a.yaml': content, 'tenants.yaml': tenants }))
    expect(faults).toEqual([])
    return profiles[0]!.digest
  }

  test('does not count comments, layout, the order of keys, or defaults that are written out', async () => {
    const data = {
      name: 'a',
      kind: 'mail-contacts',
      to: 'contoso',
      limits: { deletes: 5, creates: '50%' },
      description: 'x: "y"',
    }
    const plain = await digest(stringify(data))
    const shuffled = fc.shuffledSubarray(Object.entries({ ...data, colour: 'blue', state: 'present' }), {
      minLength: 7,
    })
    await fc.assert(
      fc.asyncProperty(
        shuffled,
        fc.constantFrom('block', 'flow'),
        fc.stringMatching(/^[a-z :{}"']{0,9}$/),
        async (entries, layout, comment) => {
          const content = stringify(Object.fromEntries(entries), {
            collectionStyle: layout as 'block',
            indent: 4,
            defaultStringType: 'QUOTE_DOUBLE',
          })
          expect(await digest(`# ${comment}\n\n${content}# ${comment}\n`)).toBe(plain)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('counts every value, and the tenants it names', async () => {
    const digests = [
      await digest(profile('a')),
      await digest(profile('b')),
      await digest(profile('a', 'colour: red')),
      await digest(profile('a', 'limits: { deletes: 11% }')),
      await digest(profile('a'), TENANTS.replace('usgov', 'china')),
      await digest(profile('a'), TENANTS.replace('00000000000b', '00000000000d')),
    ]
    expect(new Set(digests).size).toBe(digests.length)
    expect(digests[0]).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  test('does not count tenants that it does not name', async () => {
    expect(await digest(profile('a'), TENANTS.replace('Fabrikam.com', 'other.com'))).toBe(
      await digest(profile('a')),
    )
  })
})
