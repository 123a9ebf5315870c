import { annotate } from '../../github/annotations.ts'
import { say } from '../../github/log.ts'
import { formatFault } from '../../profiles/fault.ts'
import { loadRun, ProfileFaults } from '../run.ts'
import type { Ending } from './ending.ts'
import type { Job } from './job.ts'

/** Checks the profiles without signing in anywhere. */
export async function validate({ options }: Job): Promise<Ending> {
  const { profiles } = await loadRun(options)
  say(`${profiles.length} profiles are valid: ${profiles.map(({ profile }) => profile.name).join(', ')}`)
  return { outputs: { outcome: 'validated', changes: false } }
}

/** Shows what is wrong on the lines where it stands. */
export function showFaults({ faults, message }: ProfileFaults): Ending {
  annotate(faults)
  for (const fault of faults) say(formatFault(fault))
  return { outputs: { outcome: 'failed', changes: false }, failure: `${message}: see the annotations.` }
}
