/** The YAML files under the globs. */
import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { glob } from 'tinyglobby'
import type { Fault } from './fault.ts'
import { isWithin } from './named-files.ts'

export const DEFAULT_GLOBS: readonly string[] = ['sync-profiles/**/*.yaml', 'sync-profiles/**/*.yml']

export interface FoundFile {
  /** Relative to the root, with forward slashes. */
  readonly file: string
  readonly text: string
}

/**
 * In the order of their names, whatever the machine.
 * @param confined a file that stands outside the root (by `..`, or by a link) is refused: what runs in a
 *   workflow is what was reviewed.
 */
export async function findFiles(
  root: string,
  globs: readonly string[],
  confined: boolean,
): Promise<{ files: readonly FoundFile[]; faults: readonly Fault[] }> {
  const names = await glob(globs, { cwd: root, expandDirectories: false })
  const home = await realpath(root)
  const files: FoundFile[] = []
  const faults: Fault[] = []
  const refuse = (file: string, message: string) =>
    faults.push({ file, line: 1, column: 1, message, path: '' })

  for (const file of names.filter((name) => /\.ya?ml$/i.test(name)).sort()) {
    try {
      const real = await realpath(path.join(root, file))
      if (!confined || isWithin(home, real)) files.push({ file, text: await readFile(real, 'utf8') })
      else refuse(file, 'this file stands outside the repository')
    } catch (error) {
      refuse(file, `this file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`)
    }
  }
  return { files, faults }
}
