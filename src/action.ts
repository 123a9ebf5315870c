/** The entry in a workflow. */
import { apply } from './commands/workflow/apply.ts'
import type { Ending } from './commands/workflow/ending.ts'
import { readJob, type Job } from './commands/workflow/job.ts'
import { plan } from './commands/workflow/plan.ts'
import { showFaults, validate } from './commands/workflow/validate.ts'
import { ProfileFaults } from './commands/run.ts'
import { noticeOf } from './engine/notice.ts'
import { commandFor } from './github/command.ts'
import { fail } from './github/failure.ts'
import { setOutputs } from './github/outputs.ts'

const COMMANDS = { validate, plan, apply }

async function run(): Promise<Ending> {
  const job = await readJob()
  const command = commandFor(job.inputs.command, job.run)
  return COMMANDS[hasNoIdentity(job) ? 'validate' : command](job)
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
  const ending = error instanceof ProfileFaults ? showFaults(error) : undefined
  setOutputs(ending?.outputs ?? { outcome: 'failed', changes: false })
  fail(ending?.failure ?? noticeOf(error).message)
}
