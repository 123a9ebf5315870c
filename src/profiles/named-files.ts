/** Files that a profile names, relative to itself: lists of people, certificates. None outside the repository. */
import { existsSync } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'

export interface Grounds {
  /** The folder that profiles' files are relative to. */
  readonly root: string
  /** The root is the repository, as in a workflow; else it is looked for around the profile. */
  readonly confined: boolean
}

/** Bytes. A list of a million people is smaller. */
const LARGEST = 268_435_456

export class NamedFileError extends Error {
  override readonly name = 'NamedFileError'
  readonly code: 'file-outside-repository' | 'file-not-found' | 'file-unreadable' | 'file-too-large'
  /** Files are named by the profile, not by a directory. */
  readonly advice: string
  constructor(code: NamedFileError['code'], message: string) {
    super(message)
    this.code = code
    this.advice = message
  }
}

/** @returns a file that a profile names, relative to the root as the profile's own is, with forward slashes. */
export function fileBeside(file: string, name: string): string {
  return path.posix.join(path.posix.dirname(file), name.replaceAll('\\', '/'))
}

/** Whether the way to it leads out of the repository; links are looked at when it is read. */
export function leavesRepository(name: string, file: string, grounds: Grounds): boolean {
  return placeOf(name, file, grounds) === undefined
}

/**
 * @param name as the profile has it; `file` is the profile's own, relative to the root.
 * @throws NamedFileError
 */
export async function readNamedFile(name: string, file: string, grounds: Grounds): Promise<Buffer> {
  const place = placeOf(name, file, grounds)
  if (place === undefined) throw outside(name)
  try {
    const [real, home] = await Promise.all([realpath(place), realpath(repositoryOf(file, grounds))])
    if (!isWithin(home, real) || entersGit(home, real)) throw outside(name)
    const { size, isFile } = await statOf(real)
    if (!isFile)
      throw new NamedFileError(
        'file-unreadable',
        `${name} is no file of its own (a folder, a device or a pipe).`,
      )
    if (size > LARGEST)
      throw new NamedFileError(
        'file-too-large',
        `The file ${name} is larger than ${LARGEST / 1_048_576} MiB.`,
      )
    return await readFile(real)
  } catch (error) {
    if (error instanceof NamedFileError) throw error
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? new NamedFileError('file-not-found', `There is no file ${name} (as seen from ${file}).`)
      : new NamedFileError('file-unreadable', `The file ${name} cannot be read (${code}).`)
  }
}

async function statOf(file: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(file)
  return { size: found.size, isFile: found.isFile() }
}

function outside(name: string): NamedFileError {
  return new NamedFileError(
    'file-outside-repository',
    `The file ${name} stands outside the repository, or in git's own folder.`,
  )
}

/** The whole way to it; `undefined` when it leaves the repository, or enters git's own folder. */
function placeOf(name: string, file: string, grounds: Grounds): string | undefined {
  if (name.includes('\0') || path.isAbsolute(name)) return undefined
  const place = path.resolve(grounds.root, path.dirname(file), name)
  const repository = repositoryOf(file, grounds)
  return isWithin(repository, place) && !entersGit(repository, place) ? place : undefined
}

/** A checkout may keep its token there. Windows and macOS take it in any letters, Windows also with more behind it. */
function entersGit(repository: string, place: string): boolean {
  return path
    .relative(repository, place)
    .split(path.sep)
    .some((step) => /^(?:\.git|git~\d+)(?:$|[.: ])/i.test(step))
}

/** At a terminal: the git repository around the profile; without one the root, or the profile's own folder. */
function repositoryOf(file: string, { root, confined }: Grounds): string {
  const home = path.resolve(root)
  if (confined) return home
  const own = path.dirname(path.resolve(root, file))
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder
    if (folder === path.dirname(folder)) break
  }
  return isWithin(home, path.join(own, 'any')) ? home : own
}

/** Whether a file stands in a folder, or below it. */
export function isWithin(folder: string, file: string): boolean {
  const way = path.relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)
}
