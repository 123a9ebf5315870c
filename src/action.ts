/** The entry in a workflow. */
import { apply } from './commands/workflow/apply.ts'
import { NOTHING_PLANNED, type Ending } from './commands/workflow/ending.ts'
import { showFaults } from './commands/workflow/faults.ts'
import { readJob, type Job } from './commands/workflow/job.ts'
import { plan } from './commands/workflow/plan.ts'
import { validate } from './commands/workflow/validate.ts'
import { ProfileFaults } from './commands/run.ts'
import { noticeOf } from './engine/notice.ts'
import { commandFor } from './github/command.ts'
import { fail } from './github/failure.ts'
import { setOutputs } from './github/outputs.ts'

const COMMANDS = { validate, plan, apply }

async function run(): Promise<Ending> {
  const job = await readJob()
  const command = commandFor(job.inputs.command, job.run)
  try {
    return await COMMANDS[hasNoIdentity(job) ? 'validate' : command](job)
  } catch (error) {
    if (error instanceof ProfileFaults) return showFaults(error, job)
    throw error
  }
}

/** GitHub gives them none: whoever opens one decides what runs. */
function hasNoIdentity({ run: { pullRequest } }: Job): boolean {
  return pullRequest?.fork === true || pullRequest?.dependabot === true
}

try {
  const { outputs, failure } = await run()
  setOutputs(outputs)
  if (failure !== undefined) fail(failure)
} catch (error) {
  setOutputs({ ...NOTHING_PLANNED, outcome: 'failed' })
  fail(noticeOf(error).message)
}
