/** One app: signed in as, and held against what is needed of it. */
import { jobIdentity, type JobIdentity } from '../../github/subject.ts'
import { endpointsOf } from '../../microsoft/clouds.ts'
import { exchangeClient } from '../../microsoft/exchange.ts'
import { readHeld, type Held } from '../../microsoft/held.ts'
import { identityOf } from '../../microsoft/identity.ts'
import { SignInError } from '../../microsoft/sign-in-errors.ts'
import { signIn, type Environment } from '../../microsoft/sign-in.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import { VERDICTS, type AppDiagnosis, type Finding } from '../../report/diagnosis.ts'
import type { App } from './apps.ts'
import { credentialsFor, exposed, refused } from './credentials.ts'
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

/** @throws ServiceError when a service is out. */
export async function examine(app: App, examiner: Examiner): Promise<AppDiagnosis> {
  const { tenant, clientId, purposes } = app
  const job = trustsGitHub(tenant) ? examiner.job : undefined
  const { held, told } = await lookAt(app, examiner, job)
  const { needs, findings } = judge(app, held)
  const all = [...told, ...findings]
  return {
    clientId,
    purposes,
    verdict: VERDICTS.find((verdict) => all.some((finding) => finding.verdict === verdict)) ?? 'ok',
    needs,
    findings: all,
    credentials: trustsGitHub(tenant) ? credentialsFor(app, job) : [],
  }
}

/** @returns what it holds, where the token tells, and what there is to tell of the sign-in. */
async function lookAt(
  app: App,
  examiner: Examiner,
  job: JobIdentity | undefined,
): Promise<{ held?: Held; told: readonly Finding[] }> {
  const { tenant, clientId, purposes } = app
  const identity = identityOf(tenant, purposes[0]!, examiner.inWorkflow)
  const endpoints = endpointsOf(tenant.cloud, examiner.env)
  const session = signIn(identity, endpoints, examiner)
  const exchange = exchangeClient(identity, tenant.organization, endpoints.exchange, session, 1)
  try {
    const held = await readHeld(session, exchange)
    if (held.ofUser)
      return {
        told: [
          notChecked('signed-in-as-user', 'a user is signed in here, whose token tells nothing of the app'),
        ],
      }
    if (held.appId !== clientId.toLowerCase())
      return {
        told: [
          notChecked('signed-in-as-other', `another app is signed in here (${held.appId ?? 'unnamed'})`),
        ],
      }
    return { held, told: exposed(app, held, job) }
  } catch (error) {
    if (!(error instanceof SignInError)) throw error
    return { told: [refused(app, error, job)] }
  }
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
