/** Files that a profile names: which are read, and which are not, whatever way leads to them. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { leavesRepository, readNamedFile, type Grounds } from '../named-files.ts'
import { repository } from './repository.ts'

const FILES = {
  'repo/sync-profiles/a.yaml': '',
  'repo/sync-profiles/people/p.csv': 'near',
  'repo/people/p.csv': 'beside',
  'repo/..p.csv': 'with dots',
  'repo/.git/config': '[credentials]',
  'outside.csv': 'out of bounds',
}
const PROFILE = 'sync-profiles/a.yaml'

/** In a folder with something outside of it. */
function grounds(confined = true, below = 'repo'): Grounds & { readonly outside: string } {
  const root = repository(FILES)
  return { root: path.join(root, below), confined, outside: path.join(root, 'outside.csv') }
}
const read = async (name: string, at: Grounds = grounds(), profile = PROFILE) => {
  try {
    return (await readNamedFile(name, profile, at)).toString()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe('a file that a profile names', () => {
  test.each([
    ['people/p.csv', 'near'],
    ['./people/../people/p.csv', 'near'],
    ['../people/p.csv', 'beside'],
    ['../..p.csv', 'with dots'],
  ])('%s is read', async (name, text) => {
    expect(await read(name)).toBe(text)
    expect(leavesRepository(name, PROFILE, grounds())).toBe(false)
  })

  test.each([
    '../../outside.csv',
    '../../repo/../outside.csv',
    '..',
    '../.git/config',
    '/etc/hostname',
    'p\0.csv',
  ])('%j is refused, before anything is looked at', async (name) => {
    expect(leavesRepository(name, PROFILE, grounds())).toBe(true)
    expect(await read(name)).toBe('file-outside-repository')
  })

  test('is refused when a link leads out of the repository, of the file or of a folder above it', async () => {
    const at = grounds()
    symlinkSync(at.outside, path.join(at.root, 'sync-profiles/people/link.csv'))
    symlinkSync(path.dirname(at.outside), path.join(at.root, 'sync-profiles/link'))
    expect(await read('people/link.csv', at)).toBe('file-outside-repository')
    expect(await read('link/outside.csv', at)).toBe('file-outside-repository')
  })

  test("is refused when a link leads into git's own folder, which may hold a token", async () => {
    const at = grounds()
    symlinkSync('../.git', path.join(at.root, 'sync-profiles/link'))
    expect(await read('link/config', at)).toBe('file-outside-repository')
  })

  test.each(['../.GIT/config', '../.git./config', '../git~1/config', '../.git::$INDEX_ALLOCATION/config'])(
    '%s is the same folder on some systems',
    async (name) => {
      expect(await read(name)).toBe('file-outside-repository')
    },
  )

  test.each(['../.github/p.csv', '../.gitignore', '../legit/p.csv'])('%s is not', async (name) => {
    expect(await read(name)).toBe('file-not-found')
  })

  test('is read through a link within the repository', async () => {
    const at = grounds()
    symlinkSync('../../people/p.csv', path.join(at.root, 'sync-profiles/people/link.csv'))
    expect(await read('people/link.csv', at)).toBe('beside')
  })

  test.each([
    ['people/gone.csv', 'file-not-found'],
    ['people/p.csv/more', 'file-not-found'],
    ['people', 'file-unreadable'],
  ])('%s cannot be read: %s', async (name, code) => {
    expect(await read(name)).toBe(code)
  })

  test('is refused when it is a pipe, which may never end', async () => {
    const at = grounds()
    execFileSync('mkfifo', [path.join(at.root, 'sync-profiles/pipe.csv')])
    expect(await read('pipe.csv', at)).toBe('file-unreadable')
  })

  test('is refused when it is larger than any list of people', async () => {
    const at = grounds()
    const large = path.join(at.root, 'sync-profiles/large.csv')
    writeFileSync(large, '')
    truncateSync(large, 268_435_457)
    expect(await read('large.csv', at)).toBe('file-too-large')
  })
})

describe('at a terminal the repository is', () => {
  test('the git repository around the profile, wherever the program is started', async () => {
    expect(await read('../people/p.csv', grounds(false, 'repo/sync-profiles'), 'a.yaml')).toBe('beside')
    expect(await read('../../outside.csv', grounds(false, 'repo/sync-profiles'), 'a.yaml')).toBe(
      'file-outside-repository',
    )
  })

  test('without git the folder the program is started in', async () => {
    const root = repository({ 'sync-profiles/a.yaml': '', 'p.csv': 'beside' })
    expect(await read('../p.csv', { root, confined: false })).toBe('beside')
    mkdirSync(path.join(root, 'started'))
    expect(
      await read(
        '../p.csv',
        { root: path.join(root, 'started'), confined: false },
        '../sync-profiles/a.yaml',
      ),
    ).toBe('file-outside-repository')
  })
})
