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

/** This job, and whether it is one that plans: it is on a pull request, or an app that only plans trusts it. */
export interface Here extends JobIdentity {
  readonly plans: boolean
}

/** One for each purpose: plans run on pull requests, applies in an environment of their own. */
export function credentialsFor(app: App, here: Here | undefined): CredentialNeeded[] {
  return app.purposes.map((purpose) => {
    const own = here !== undefined && isFor(purpose, here)
    const context =
      purpose === 'apply' || (own && here.context === 'environment') ? 'environment' : 'pull_request'
    const environment = own ? here.environment : undefined
    const forms = subjectsFor(context, environment ?? EXAMPLE_ENVIRONMENT, here?.repository)
    const sent = own ? here.subject : here && sentFor(forms, here)
    const subject = sent ?? (here ? undefined : forms.classic)
    return {
      ...trustOf(app, here),
      subject: { ...forms, ...(sent !== undefined && { sent }) },
      commands: subject === undefined ? [] : [trusting(app, purpose, subject, here)],
    }
  })
}

/** Whether a job for this purpose would have the subject that this one has. */
function isFor(purpose: Purpose, { context, onPullRequest, plans }: Here): boolean {
  return purpose === 'plan' ? onPullRequest : context === 'environment' && !plans
}

/** @returns `undefined` where the repository has set what its subjects hold: a job of the other purpose knows. */
function sentFor(forms: ReturnType<typeof subjectsFor>, { form }: Here): string | undefined {
  return form === 'customized' ? undefined : forms[form]
}

function trustOf({ tenant }: App, here: Here | undefined) {
  return { issuer: here?.issuer ?? ISSUER, audience: endpointsOf(tenant.cloud, {}).federationAudience }
}

function trusting(app: App, purpose: Purpose, subject: string, here: Here | undefined): string {
  return trustCommand({ name: `tenant-sync-${purpose}`, subject, ...trustOf(app, here) }, app.clientId)
}

/** Entra trusts this app for other subjects, or for none at all. */
const OTHER_SUBJECT = ['AADSTS70021', 'AADSTS700213']
const NO_SUBJECT = 'AADSTS70025'

/** @returns what it means that Entra refused the app to this job: for a job of the other purpose it is as it should be. */
export function refused(app: App, { code, message }: SignInError, here: Here | undefined): Finding {
  const purpose = here && app.purposes.find((one) => isFor(one, here))
  if (here && !purpose && OTHER_SUBJECT.includes(code)) {
    const writes = app.purposes.includes('apply')
    const where = writes ? 'in the job that applies, with its environment,' : 'on a pull request'
    return {
      severity: 'note',
      verdict: 'not-checked',
      code: 'trusts-another-job',
      message: `does not trust this job (${here.subject})${writes ? `, as it should be ${here.onPullRequest ? 'for an app that writes' : 'if this job only plans'}` : ''}: run doctor ${where} to check it`,
      commands: [],
    }
  }
  const lacksTrust = [...OTHER_SUBJECT, NO_SUBJECT].includes(code)
  return {
    severity: 'error',
    verdict: 'no-sign-in',
    code,
    message,
    commands: here && purpose && lacksTrust ? [trusting(app, purpose, here.subject, here)] : [],
  }
}

/** An app that writes, or is to write, and that a job of any branch could sign in to. */
export function exposed(app: App, { privileges }: Held, here: Here | undefined): Finding[] {
  const { purposes, clientId, mayNeed } = app
  // One that plans too is told of as such.
  if (!here || purposes.includes('plan')) return []
  const why = here.onPullRequest
    ? 'which a pull request started'
    : here.context === 'ref'
      ? 'which has no environment'
      : undefined
  const all = [...privileges, ...mayNeed.map(({ privilege }) => privilege)]
  if (why === undefined || !all.some((one) => couldWrite(one, all))) return []
  return [
    {
      severity: 'error',
      verdict: 'exposed',
      code: 'trusts-branches',
      message: `writes, and trusts this job (${here.subject}), ${why}: whoever can push a branch could use it. Let it trust an environment alone that only the default branch may use, and this subject no longer`,
      commands: distrustCommands(here.subject, clientId),
    },
  ]
}
