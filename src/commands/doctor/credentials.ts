/** The federated credentials that an app needs, and what it means that this job may sign in, or may not. */
import { endpointsOf } from '../../microsoft/clouds.ts'
import { couldWrite, type Held } from '../../microsoft/held.ts'
import type { Purpose } from '../../microsoft/identity.ts'
import type { SignInError } from '../../microsoft/sign-in-errors.ts'
import { ISSUER, subjectsFor, type JobIdentity } from '../../github/subject.ts'
import type { CredentialNeeded, Finding } from '../../report/diagnosis.ts'
import type { App } from './apps.ts'
import { distrustCommands, trustCommand } from './azure-cli.ts'

/** As the example workflows call it. */
const EXAMPLE_ENVIRONMENT = 'tenant-sync'

/** Where a job runs that uses the app: plans on pull requests, applies in an environment of their own. */
const CONTEXTS = { plan: 'pull_request', apply: 'environment' } as const

/** One for each purpose. */
export function credentialsFor(app: App, job: JobIdentity | undefined): CredentialNeeded[] {
  const environment = job?.environment ?? EXAMPLE_ENVIRONMENT
  return app.purposes.map((purpose) => {
    const context = CONTEXTS[purpose]
    const forms = subjectsFor(context, environment, job?.repository)
    const sent = job && sentFor(context, forms, job)
    const subject = sent ?? (job ? undefined : forms.classic)
    return {
      ...trustOf(app, job),
      subject: { ...forms, ...(sent !== undefined && { sent }) },
      commands: subject === undefined ? [] : [trusting(app, purpose, subject, job)],
    }
  })
}

/** @returns `undefined` where the repository has set what its subjects hold: a job of that context knows. */
function sentFor(
  context: JobIdentity['context'],
  forms: ReturnType<typeof subjectsFor>,
  job: JobIdentity,
): string | undefined {
  if (job.context === context) return job.subject
  return job.form === 'customized' ? undefined : forms[job.form]
}

function trustOf({ tenant }: App, job: JobIdentity | undefined) {
  return { issuer: job?.issuer ?? ISSUER, audience: endpointsOf(tenant.cloud, {}).federationAudience }
}

function trusting(app: App, purpose: Purpose, subject: string, job: JobIdentity | undefined): string {
  return trustCommand({ name: `tenant-sync-${purpose}`, subject, ...trustOf(app, job) }, app.clientId)
}

/** Entra trusts this app for other subjects, or for none at all. */
const OTHER_SUBJECT = ['AADSTS70021', 'AADSTS700213']
const NO_SUBJECT = 'AADSTS70025'

/** @returns what it means that Entra refused the app to this job: for a job of the other kind it is as it should be. */
export function refused(app: App, { code, message }: SignInError, job: JobIdentity | undefined): Finding {
  const [purpose = 'plan'] = app.purposes.filter((one) => CONTEXTS[one] === job?.context)
  const isOwn = !job || app.purposes.some((one) => CONTEXTS[one] === job.context)
  if (!isOwn && OTHER_SUBJECT.includes(code)) {
    const writes = app.purposes.includes('apply')
    const where = writes ? 'in the job that applies, with its environment' : 'on a pull request'
    return {
      severity: 'note',
      verdict: 'not-checked',
      code: 'trusts-another-job',
      message: `does not trust this job (${job.subject})${writes ? ', as it should be for an app that writes' : ''}: run doctor ${where} to check it`,
      commands: [],
    }
  }
  const lacksTrust = job && isOwn && [...OTHER_SUBJECT, NO_SUBJECT].includes(code)
  return {
    severity: 'error',
    verdict: 'no-sign-in',
    code,
    message,
    commands: lacksTrust ? [trusting(app, purpose, job.subject, job)] : [],
  }
}

/** An app that writes, or is to write, and that a job of any branch could sign in to. */
export function exposed(app: App, { privileges }: Held, job: JobIdentity | undefined): Finding[] {
  const { purposes, clientId, mayNeed } = app
  const branches = job?.context === 'pull_request' || job?.context === 'ref'
  // One that plans too is told of as such.
  if (!branches || purposes.includes('plan')) return []
  const all = [...privileges, ...mayNeed.map(({ privilege }) => privilege)]
  if (!all.some((one) => couldWrite(one, all))) return []
  return [
    {
      severity: 'error',
      verdict: 'exposed',
      code: 'trusts-branches',
      message: `writes, and trusts this job (${job.subject}), which has no environment: whoever can push a branch could use it. Let it trust an environment alone that only the default branch may use, and this subject no longer`,
      commands: distrustCommands(job.subject, clientId),
    },
  ]
}
