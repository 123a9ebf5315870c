import { say } from '../../github/log.ts'
import { validateRun } from '../run.ts'
import { validText } from '../validate.ts'
import { NOTHING_PLANNED, type Ending } from './ending.ts'
import type { Job } from './job.ts'

/** Checks the profiles without signing in anywhere. */
export async function validate({ options }: Job): Promise<Ending> {
  const { profiles } = await validateRun(options)
  say(validText(profiles.map(({ profile }) => profile.name)))
  return { outputs: { ...NOTHING_PLANNED, outcome: 'validated' } }
}
