import { say } from '../../github/log.ts'
import { loadRun } from '../run.ts'
import { NOTHING_PLANNED, type Ending } from './ending.ts'
import type { Job } from './job.ts'

/** Checks the profiles without signing in anywhere. */
export async function validate({ options }: Job): Promise<Ending> {
  const { profiles } = await loadRun(options)
  say(`${profiles.length} profiles are valid: ${profiles.map(({ profile }) => profile.name).join(', ')}`)
  return { outputs: { ...NOTHING_PLANNED, outcome: 'validated' } }
}
