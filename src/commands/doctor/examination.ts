/** The apps of a tenant: signed in as, and held against what is needed of them. */
import { noticeOf } from '../../engine/notice.ts'
import { jobIdentity, type JobIdentity } from '../../github/subject.ts'
import { endpointsOf } from '../../microsoft/clouds.ts'
import { exchangeClient } from '../../microsoft/exchange.ts'
import { readHeld, type Held } from '../../microsoft/held.ts'
import { identityOf } from '../../microsoft/identity.ts'
import { SignInError } from '../../microsoft/sign-in-errors.ts'
import { signIn, type Environment } from '../../microsoft/sign-in.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import { VERDICTS, type AppDiagnosis, type Finding } from '../../report/diagnosis.ts'
import type { App, TenantApps } from './apps.ts'
import { credentialsFor, exposed, refused, type Here } from './credentials.ts'
import { judge } from './judgement.ts'

export interface Examiner extends Environment {
  readonly inWorkflow: boolean
  /** Who this job is to Entra; absent outside a workflow. */
  readonly job: JobIdentity | undefined
}

/** Whether a tenant's apps are signed in to with GitHub's ID token, where there is one. */
export function trustsGitHub({ credential = 'oidc' }: Tenant): boolean {
  return credential === 'oidc'
}

/** @returns `undefined` where GitHub gives none: the sign-in that needs it says why. */
export async function jobOf(
  tenants: readonly Tenant[],
  { idToken }: Environment,
): Promise<JobIdentity | undefined> {
  const tenant = tenants.find(trustsGitHub)
  if (!tenant) return undefined
  const audience = endpointsOf(tenant.cloud, {}).federationAudience
  return idToken(audience).then(jobIdentity, () => undefined)
}

/** The apps of one tenant, each held against what is needed of it. One that cannot be looked at hides no other. */
export async function examine(
  { tenant, apps }: TenantApps,
  examiner: Examiner,
): Promise<readonly AppDiagnosis[]> {
  const seen = await Promise.all(apps.map(async (app) => ({ app, seen: await lookAt(app, examiner) })))
  const job = trustsGitHub(tenant) ? examiner.job : undefined
  const plans = seen.some((one) => one.app.purposes.join() === 'plan' && !(one.seen instanceof Error))
  const here = job && { ...job, plans: plans || job.onPullRequest }
  return seen.map((one) => diagnosisOf(one.app, one.seen, here))
}

/** Signs in as the app, and reads what its tokens tell. */
async function lookAt({ tenant, purposes }: App, examiner: Examiner): Promise<Held | Error> {
  const identity = identityOf(tenant, purposes[0]!, examiner.inWorkflow)
  const endpoints = endpointsOf(tenant.cloud, examiner.env)
  const session = signIn(identity, endpoints, examiner)
  const exchange = exchangeClient(identity, tenant.organization, endpoints.exchange, session, 1)
  return readHeld(session, exchange).catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  )
}

function diagnosisOf(app: App, seen: Held | Error, here: Here | undefined): AppDiagnosis {
  const { clientId, purposes, tenant } = app
  const stranger = seen instanceof Error ? undefined : strangerIn(seen, clientId)
  const held = seen instanceof Error || stranger ? undefined : seen
  const { needs, findings } = judge(app, held)
  const all = [
    ...(seen instanceof SignInError ? [refused(app, seen, here)] : []),
    ...(seen instanceof Error && !(seen instanceof SignInError) ? [unseen(seen)] : []),
    ...(stranger ? [stranger] : []),
    ...(held ? exposed(app, held, here) : []),
    ...findings,
  ]
  return {
    clientId,
    purposes,
    verdict: VERDICTS.find((verdict) => all.some((finding) => finding.verdict === verdict)) ?? 'ok',
    needs,
    findings: all,
    credentials: trustsGitHub(tenant) ? credentialsFor(app, here) : [],
  }
}

/** A service that is out, or answers what nobody understands. */
function unseen(error: Error): Finding {
  const { code, message, advice } = noticeOf(error)
  return { severity: 'error', verdict: 'no-sign-in', code, message: advice ?? message, commands: [] }
}

/** The Azure CLI signs in whoever it signed in last. */
function strangerIn({ ofUser, appId }: Held, clientId: string): Finding | undefined {
  if (ofUser)
    return notChecked('signed-in-as-user', 'a user is signed in here, whose token tells nothing of the app')
  if (appId?.toLowerCase() === clientId.toLowerCase()) return undefined
  return notChecked('signed-in-as-other', `another app is signed in here (${appId ?? 'unnamed'})`)
}

function notChecked(code: string, why: string): Finding {
  return {
    severity: 'note',
    verdict: 'not-checked',
    code,
    message: `could not be checked: ${why}. Run doctor in the workflow that uses it`,
    commands: [],
  }
}
