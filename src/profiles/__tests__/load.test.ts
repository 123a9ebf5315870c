import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { Type, type Static } from '@sinclair/typebox'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { formatFault } from '../fault.ts'
import type { KindName, ProfileKind } from '../kind.ts'
import { loadProfiles, type LoadOptions } from '../load.ts'
import { commonKeys } from '../profile.ts'
import { keys, text } from '../shapes.ts'
import { repository, TENANTS } from './repository.ts'

/** As small as a kind can be. */
const schema = keys({
  ...commonKeys,
  kind: Type.String(),
  to: text(),
  colour: text({ default: 'blue' }),
})
const kind = (name: KindName, built: boolean): ProfileKind<Static<typeof schema>> => ({
  name,
  schema,
  built,
  sharded: false,
  tenants: ({ to }) => [{ tenant: to, path: ['to'] }],
  between: ({ to }) => ({ from: [], to }),
  check({ colour }, { report, others }) {
    if (colour === 'mauve') report(['colour'], `no mauve beside ${others.map((one) => one.name).join(', ')}`)
  },
})
const kinds: LoadOptions['kinds'] = {
  'mail-contacts': kind('mail-contacts', true),
  'personal-contacts': kind('personal-contacts', false),
  'cross-tenant-sync': kind('cross-tenant-sync', false),
  'mailbox-migration': kind('mailbox-migration', false),
}

const profile = (name: string, rest = '') => `name: ${name}\nkind: mail-contacts\nto: contoso\n${rest}`

async function load(files: Readonly<Record<string, string>>, options: Partial<LoadOptions> = {}) {
  const loaded = await loadProfiles({ root: repository(files), kinds, ...options })
  return { ...loaded, faults: loaded.faults.map(formatFault), names: [...loaded.names].sort() }
}

/** Files of `sync-profiles`, the tenants among them. */
const folder = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ 'tenants.yaml': TENANTS, ...files }).map(([file, content]) => [
      `sync-profiles/${file}`,
      content,
    ]),
  )

describe('the files under the globs', () => {
  test('are profiles and tenants.yaml, in the order of their names', async () => {
    const { profiles, tenants, faults } = await load(
      folder({ 'b.yml': profile('b'), 'a/z.yaml': profile('z'), 'README.md': 'not YAML: [' }),
    )
    expect(faults).toEqual([])
    expect(profiles.map(({ file }) => file)).toEqual(['sync-profiles/a/z.yaml', 'sync-profiles/b.yml'])
    expect([...tenants.keys()]).toEqual(['fabrikam', 'contoso'])
  })

  test('may stand elsewhere', async () => {
    const files = {
      'x/one.yaml': profile('one'),
      'y/tenants.yaml': TENANTS,
      'z/other.yaml': 'not: a profile',
    }
    const { profiles, faults } = await load(files, { globs: ['x/*.yaml', '{y,z}/*', '!z/*'] })
    expect(faults).toEqual([])
    expect(profiles.map(({ profile: { name } }) => name)).toEqual(['one'])
  })

  test('are all read, though one of them is broken', async () => {
    const { faults } = await load(
      folder({ 'a.yaml': 'a: [', 'b.yaml': profile('B'), 'c.yaml': profile('c', 'x: 1') }),
    )
    expect(faults).toEqual([
      expect.stringMatching(/^sync-profiles\/a.yaml:1:5 not valid YAML/),
      expect.stringMatching(/^sync-profiles\/b.yaml:1:7 `name` is "B"/),
      'sync-profiles/c.yaml:4:1 unknown key `x`: known here: name, formerly, description, state, limits, kind, to, colour',
    ])
  })

  test('none at all: the globs are named', async () => {
    expect((await load({ 'sync-profiles/tenants.yaml': TENANTS })).faults).toEqual([
      'no profile was found; looked for sync-profiles/**/*.yaml, sync-profiles/**/*.yml',
    ])
    expect((await load({}, { globs: ['x/*'], only: ['y'] })).faults).toEqual([
      'no profile was found; looked for x/*',
    ])
  })

  test('without tenants.yaml: told where it goes', async () => {
    expect((await load({ 'p/a.yaml': profile('a') }, { globs: ['p/*'] })).faults).toEqual([
      'there is no tenants.yaml: put it beside the profiles, as p/tenants.yaml (looked for p/*)',
    ])
  })

  test.each([
    ['a list', '- a', 'this file is neither tenants.yaml nor a profile, which has a `name` and a `kind`'],
    [
      'nothing',
      '# only a comment',
      'this file is neither tenants.yaml nor a profile, which has a `name` and a `kind`',
    ],
    [
      'something else',
      'on: push',
      'this file is neither tenants.yaml nor a profile, which has a `name` and a `kind`',
    ],
    ['tenants', TENANTS, 'this file is not a profile; the one with the tenants is called tenants.yaml'],
  ])('one that holds %s is a fault', async (_what, content, message) => {
    const { faults } = await load(folder({ 'a.yaml': profile('a'), 'b.yaml': content }))
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^sync-profiles/b.yaml:\\d+:1 ${message}$`))])
  })

  test('a second tenants.yaml is one too many', async () => {
    const { faults } = await load(folder({ 'a.yaml': profile('a'), 'x/tenants.yaml': TENANTS }))
    expect(faults).toEqual([
      'sync-profiles/x/tenants.yaml:1:1 a second tenants.yaml: the first is sync-profiles/tenants.yaml',
    ])
  })

  test('one that stands elsewhere is read at a terminal, where whoever names it decides', async () => {
    const elsewhere = repository(folder({ 'a.yaml': profile('a') }))
    const globs = [path.posix.join(elsewhere, 'sync-profiles/*.yaml')]
    const { faults, profiles } = await loadProfiles({ root: repository({}), kinds, globs, confined: false })
    expect(faults).toEqual([])
    expect(profiles.map((one) => one.profile.name)).toEqual(['a'])
  })

  test('one that stands outside the repository is refused, by whatever way it is named', async () => {
    const outside = repository({ 'evil.yaml': profile('evil') })
    const root = repository(folder({ 'a.yaml': profile('a') }))
    symlinkSync(path.join(outside, 'evil.yaml'), path.join(root, 'sync-profiles/link.yaml'))
    const way = path.posix.join('..', path.basename(outside), 'evil.yaml')
    const { faults, profiles } = await loadProfiles({ root, kinds, globs: ['sync-profiles/*.yaml', way] })
    expect(faults.map(formatFault)).toEqual([
      `${way}:1:1 this file stands outside the repository`,
      'sync-profiles/link.yaml:1:1 this file stands outside the repository',
    ])
    expect(profiles.map(({ profile: { name } }) => name)).toEqual(['a'])
  })
})

describe('tenants', () => {
  test('come with their defaults', async () => {
    const { tenants } = await load(folder({ 'a.yaml': profile('a') }))
    expect(tenants.get('fabrikam')).toEqual({
      name: 'fabrikam',
      tenantId: '6b0f8c1e-0000-4000-8000-00000000000a',
      clientId: '1d2e3f40-0000-4000-8000-00000000000a',
      cloud: 'global',
      organization: '6b0f8c1e-0000-4000-8000-00000000000a',
      domains: ['fabrikam.com'],
    })
    expect(tenants.get('contoso')).toMatchObject({
      clientId: {
        plan: '1d2e3f40-0000-4000-8000-00000000000b',
        apply: '1d2e3f40-0000-4000-8000-00000000000c',
      },
      cloud: 'usgov',
      organization: 'contoso.onmicrosoft.us',
      domains: [],
      credential: 'oidc',
    })
  })

  test('that are not there are faults of whoever names them', async () => {
    const { faults } = await load(
      folder({
        'a.yaml': profile('a').replace('to: contoso', 'to: contosso'),
        'b.yaml': profile('b').replace('to: contoso', 'to: nobody'),
      }),
    )
    expect(faults).toEqual([
      'sync-profiles/a.yaml:3:5 there is no tenant `contosso` in tenants.yaml: did you mean `contoso`?',
      'sync-profiles/b.yaml:3:5 there is no tenant `nobody` in tenants.yaml: there are fabrikam, contoso',
    ])
  })

  test('are not missed while tenants.yaml has faults of its own', async () => {
    const broken = 'tenants:\n  contoso: { tenantId: x }\n'
    const { faults } = await load(folder({ 'tenants.yaml': broken, 'a.yaml': profile('a') }))
    expect(faults).toEqual([
      'sync-profiles/tenants.yaml:2:12 missing key `clientId` in `tenants.contoso`',
      'sync-profiles/tenants.yaml:2:24 `tenants.contoso.tenantId` is "x": expected a GUID, like 6b0f8c1e-0000-4000-8000-00000000000a',
    ])
    expect(
      (await load(folder({ 'tenants.yaml': 'tenants: [', 'a.yaml': profile('a') }))).faults,
    ).toHaveLength(1)
  })

  test.each([
    ['tenants: {}', '1:10 `tenants` is an empty mapping: expected at least one tenant, by its name'],
    ['tenants: []', '1:10 `tenants` is an empty list: expected at least one tenant, by its name'],
    ['tenant: {}', '1:1 unknown key `tenant`: did you mean `tenants`?'],
    ['', '1:1 the file is empty: expected a mapping of keys'],
    [
      TENANTS.replace('fabrikam:', 'Fabrikam Ltd:'),
      '2:3 the name `Fabrikam Ltd`: expected lower-case letters, digits and hyphens, beginning with a letter or digit, at most 63',
    ],
    [
      TENANTS.replace('cloud: usgov', 'cloud: us-gov'),
      '9:12 `tenants.contoso.cloud` is "us-gov": expected one of global, usgov, usgov-dod, china; did you mean usgov?',
    ],
    [
      TENANTS.replace('apply:', 'aply:'),
      '8:61 unknown key `aply` in `tenants.contoso.clientId`: did you mean `apply`?',
    ],
    [
      TENANTS.replace(/clientId: 1d.*/, 'clientId: 12'),
      '4:15 `tenants.fabrikam.clientId` is 12: expected a GUID, or { plan: <reading app>, apply: <writing app> }',
    ],
    [
      TENANTS.replace('[Fabrikam.com]', '["@fabrikam.com"]'),
      '5:15 `tenants.fabrikam.domains[0]` is "@fabrikam.com": expected a domain name, like fabrikam.com',
    ],
    [
      TENANTS.replace('contoso.onmicrosoft.us', '../other'),
      '10:19 `tenants.contoso.organization` is "../other": expected a domain of the tenant, like fabrikam.onmicrosoft.com, or its id',
    ],
  ])('%j', async (tenants, fault) => {
    const { faults } = await load(folder({ 'tenants.yaml': tenants, 'a.yaml': profile('a') }))
    expect(faults).toContain(`sync-profiles/tenants.yaml:${fault}`)
  })
})

describe('names', () => {
  test('are known with the former ones', async () => {
    const { names } = await load(
      folder({ 'a.yaml': profile('a', 'formerly: [b, c]'), 'd.yaml': profile('d') }),
    )
    expect(names).toEqual(['a', 'b', 'c', 'd'])
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'twice',
      { 'a.yaml': profile('x'), 'b.yaml': profile('x') },
      'b.yaml:1:7 the name `x` is that of sync-profiles/a.yaml already: names are unique',
    ],
    [
      'by one that is broken',
      { 'a.yaml': profile('x'), 'b.yaml': 'name: x' },
      'b.yaml:1:7 the name `x` is that of sync-profiles/a.yaml already: names are unique',
    ],
    [
      'as a former one of another',
      { 'a.yaml': profile('x', 'formerly: [y]'), 'b.yaml': profile('y') },
      'a.yaml:4:12 `y` is the name of sync-profiles/b.yaml',
    ],
    [
      'as a former one of two',
      { 'a.yaml': profile('x', 'formerly: [z]'), 'b.yaml': profile('y', 'formerly: [z]') },
      'b.yaml:4:12 `z` is a former name of sync-profiles/a.yaml already',
    ],
    [
      'as its own former one',
      { 'a.yaml': profile('x', 'formerly: [x]') },
      'a.yaml:4:12 `x` is the name that this profile has now',
    ],
  ])('may not be borne %s', async (_how, files, fault) => {
    expect((await load(folder(files))).faults).toContain(`sync-profiles/${fault}`)
  })
})

describe('`only`', () => {
  const files = folder({ 'a.yaml': profile('a-one', 'formerly: [a-zero]'), 'b.yaml': profile('b-one') })

  test('selects profiles, and leaves all names known', async () => {
    const { profiles, names, faults } = await load(files, { only: ['b-one'] })
    expect(profiles.map((one) => one.profile.name)).toEqual(['b-one'])
    expect(names).toEqual(['a-one', 'a-zero', 'b-one'])
    expect(faults).toEqual([])
  })

  test('does not hide faults of the others', async () => {
    expect(
      (await load({ ...files, 'sync-profiles/c.yaml': profile('c', 'x: 1') }, { only: ['b-one'] })).faults,
    ).toHaveLength(1)
  })

  test.each([
    ['b-on', 'there is no profile `b-on`: did you mean `b-one`?'],
    ['a-zero', 'there is no profile `a-zero` any more: there are a-one, b-one'],
    ['nothing', 'there is no profile `nothing`: there are a-one, b-one'],
  ])('%s', async (name, fault) => {
    expect((await load(files, { only: [name] })).faults).toEqual([fault])
  })
})

describe('a kind', () => {
  test('that is not built yet says so, beside what else is wrong', async () => {
    const { faults } = await load(
      folder({ 'a.yaml': 'name: a\nkind: personal-contacts\nto: contoso\ncolor: red\n' }),
    )
    expect(faults).toEqual([
      'sync-profiles/a.yaml:2:7 kind `personal-contacts` is not built yet in this version; built: mail-contacts',
      'sync-profiles/a.yaml:4:1 unknown key `color`: did you mean `colour`?',
    ])
  })

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
