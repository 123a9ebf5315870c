import { printable } from '../../report/json.ts'
import type { Diagnosis } from '../../report/diagnosis.ts'
import { terminalDiagnosis } from '../../report/terminal/diagnosis.ts'
import type { Console } from '../console.ts'
import { ERROR_EXIT_CODE } from '../exit-code.ts'
import { loadRun, type RunOptions } from '../run.ts'
import { appsOf } from './apps.ts'
import { signInCommands } from './azure-cli.ts'
import { examine, jobOf } from './examination.ts'

/**
 * Holds what the apps were given against what the profiles need of them: what is missing, what is too
 * much, whom the apps trust, and the commands that put it right. Nothing is written.
 * @returns the exit code: 1 where anything is missing, where an app that plans could write, and where an
 * app that writes trusts any branch; permissions to read that nobody needs are warnings.
 * @throws ProfileFaults; a service that is out stands with the app that asked it.
 */
export async function doctor(
  options: RunOptions,
  console: Console,
  { json }: { json: boolean },
): Promise<number> {
  const diagnosis = await diagnose(options)
  const { color, width } = console
  console.out(
    json ? printable(JSON.stringify(diagnosis, null, 2)) : terminalDiagnosis(diagnosis, { color, width }),
  )
  return diagnosis.outcome === 'ok' ? 0 : ERROR_EXIT_CODE
}

async function diagnose(options: RunOptions): Promise<Diagnosis> {
  const { only: _, ...everything } = options
  const chosen = await loadRun(options)
  const tenants = appsOf(chosen, (await loadRun(everything)).profiles)
  const job = options.inWorkflow
    ? await jobOf(
        tenants.map(({ tenant }) => tenant),
        options,
      )
    : undefined
  const diagnosed = await Promise.all(
    tenants.map(async (one) => {
      const { name, tenantId, cloud } = one.tenant
      const apps = await examine(one, { ...options, job })
      return { tenant: name, tenantId, signIn: signInCommands(tenantId, cloud), apps }
    }),
  )
  const failed = diagnosed.some(({ apps }) =>
    apps.some(({ findings }) => findings.some(({ severity }) => severity === 'error')),
  )
  return {
    outcome: failed ? 'failed' : 'ok',
    ...(job && { job: { subject: job.subject, form: job.form } }),
    tenants: diagnosed,
  }
}
