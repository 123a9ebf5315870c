/** What is wrong within files that profiles name: where it is told, and of whose files. */
import { Type, type Static } from '@sinclair/typebox'
import { expect, test } from '@jest/globals'
import { formatFault } from '../fault.ts'
import { fileFaults } from '../file-faults.ts'
import type { FileFault, KindName, ProfileKind } from '../kind.ts'
import { loadProfiles, type LoadOptions } from '../load.ts'
import { commonKeys } from '../profile.ts'
import { keys, text } from '../shapes.ts'
import { repository, TENANTS } from './repository.ts'

/** A kind whose profiles name one file, in which nobody may stand. */
const schema = keys({ ...commonKeys, kind: Type.String(), people: text() })
const kind = (name: KindName): ProfileKind<Static<typeof schema>> => ({
  name,
  schema,
  sharded: false,
  tenants: () => [],
  between: () => ({ from: [], to: '' }),
  async checkFiles({ people: file }, read) {
    const path = ['people']
    try {
      const lines = (await read(file)).toString().split('\n')
      return lines.map((found, index): FileFault => {
        return { message: `found ${found}`, path, within: { file, line: index + 1 } }
      })
    } catch (error) {
      return [{ message: (error as { code: string }).code, path }]
    }
  },
})
const kinds: LoadOptions['kinds'] = {
  'mail-contacts': kind('mail-contacts'),
  'personal-contacts': kind('personal-contacts'),
  'cross-tenant-sync': kind('cross-tenant-sync'),
  'mailbox-migration': kind('mailbox-migration'),
}

async function faults(profiles: Readonly<Record<string, string>>) {
  const root = repository({
    'sync-profiles/tenants.yaml': TENANTS,
    'sync-profiles/people/p.csv': 'Ada\nGrace',
    ...profiles,
  })
  const loaded = await loadProfiles({ root, kinds })
  expect(loaded.faults).toEqual([])
  return fileFaults(loaded.profiles, kinds, { root, confined: true })
}
const profile = (name: string, people: string, rest = '') =>
  `name: ${name}\nkind: mail-contacts\npeople: ${people}\n${rest}`

test('stands at its line of the file, from the repository: there an annotation finds it', async () => {
  expect(await faults({ 'sync-profiles/teams/a.yaml': profile('a', '../people/p.csv') })).toEqual([
    { file: 'sync-profiles/people/p.csv', line: 1, column: 1, message: 'found Ada', path: 'people' },
    { file: 'sync-profiles/people/p.csv', line: 2, column: 1, message: 'found Grace', path: 'people' },
  ])
})

test('of a file as a whole stands where the profile names it', async () => {
  expect(
    (await faults({ 'sync-profiles/a.yaml': profile('a', 'people/gone.csv') })).map(formatFault),
  ).toEqual(['sync-profiles/a.yaml:3:9 file-not-found'])
})

test('is told once of a file that two profiles name', async () => {
  const both = {
    'sync-profiles/a.yaml': profile('a', 'people/p.csv'),
    'sync-profiles/b.yaml': profile('b', './people/p.csv'),
  }
  expect((await faults(both)).map(formatFault)).toEqual([
    'sync-profiles/people/p.csv:1:1 found Ada',
    'sync-profiles/people/p.csv:2:1 found Grace',
  ])
})

test.each(['absent', 'paused'])('is nothing to a profile that is %s: nobody is read', async (state) => {
  expect(await faults({ 'sync-profiles/a.yaml': profile('a', 'people/p.csv', `state: ${state}\n`) })).toEqual(
    [],
  )
})
