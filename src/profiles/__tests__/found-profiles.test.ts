/** Which profiles are loaded: the files that are found, the names that they bear, and those selected. */
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { formatFault } from '../fault.ts'
import { loadProfiles } from '../load.ts'
import { repository, TENANTS } from './repository.ts'
import { folder, kinds, load, profile } from './small-kind.ts'

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
