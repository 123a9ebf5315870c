/** What is wrong within the files that profiles name, as faults of those files. */
import { formatPath, sortFaults, type Fault } from './fault.ts'
import type { Kinds } from './fitting.ts'
import type { LoadedProfile } from './load.ts'
import { fileBeside, readNamedFile, type Grounds } from './named-files.ts'

/**
 * Only where nothing is read but the repository (`validate`): a plan reads the files itself, and one at fault
 * fails the profile that names it, and no other.
 */
export async function fileFaults(
  profiles: readonly LoadedProfile[],
  kinds: Kinds,
  grounds: Grounds,
): Promise<Fault[]> {
  const found = await Promise.all(
    profiles.filter(({ profile }) => profile.state === 'present').map((one) => faultsOf(one, kinds, grounds)),
  )
  return sortFaults(found.flat())
}

async function faultsOf(
  { file, kind, profile, fault }: LoadedProfile,
  kinds: Kinds,
  grounds: Grounds,
): Promise<Fault[]> {
  const read = (name: string) => readNamedFile(name, file, grounds)
  const found = (await kinds[kind].checkFiles?.(profile, read)) ?? []
  return found.map(({ within, message, path: at }) =>
    within === undefined
      ? fault(at, message)
      : {
          file: fileBeside(file, within.file),
          line: within.line,
          column: 1,
          message,
          path: formatPath(at),
        },
  )
}
