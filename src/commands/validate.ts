import type { Console } from './console.ts'
import { ERROR_EXIT_CODE } from './exit-code.ts'
import { faultsText } from './faults-text.ts'
import { ProfileFaults, validateRun, type RunOptions } from './run.ts'

/** Checks the profiles without signing in anywhere. @returns the exit code. */
export async function validate(
  options: RunOptions,
  console: Console,
  { json }: { json: boolean },
): Promise<number> {
  try {
    const { profiles } = await validateRun(options)
    const found = profiles.map(({ file, kind, profile: { name, state } }) => ({ name, kind, state, file }))
    if (json) console.out(JSON.stringify({ valid: true, profiles: found, faults: [] }, null, 2))
    else console.out(validText(found.map(({ name }) => name)))
    return 0
  } catch (error) {
    if (!(error instanceof ProfileFaults)) throw error
    if (json) console.out(JSON.stringify({ valid: false, profiles: [], faults: error.faults }, null, 2))
    else console.err(faultsText(error))
    return ERROR_EXIT_CODE
  }
}

export function validText(names: readonly string[]): string {
  return `${names.length} ${names.length === 1 ? 'profile is' : 'profiles are'} valid: ${names.join(', ')}`
}
