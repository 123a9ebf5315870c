/** What `doctor` finds, as plain data: what `--json` prints. It holds ids and names of permissions, and nothing secret. */
import type { Authority } from '../microsoft/permissions.ts'

export interface Diagnosis {
  /** `failed` when any finding is an error. */
  readonly outcome: 'ok' | 'failed'
  /** Who this job is to Entra; absent outside a workflow, and where no tenant asks for it. */
  readonly job?: {
    readonly subject: string
    readonly form: 'classic' | 'immutable' | 'customized'
  }
  readonly tenants: readonly TenantDiagnosis[]
}

export interface TenantDiagnosis {
  /** As `tenants.yaml` names it. */
  readonly tenant: string
  readonly tenantId: string
  /** Sign the Azure CLI in to this tenant, before the commands of its findings. */
  readonly signIn: readonly string[]
  readonly apps: readonly AppDiagnosis[]
}

/** The worst goes first. */
export const VERDICTS = ['no-sign-in', 'exposed', 'missing', 'too-much', 'not-checked', 'ok'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface AppDiagnosis {
  readonly clientId: string
  /** What the app is used for: both, where a tenant has one app. */
  readonly purposes: readonly ('plan' | 'apply')[]
  readonly verdict: Verdict
  readonly needs: readonly NeedDiagnosis[]
  readonly findings: readonly Finding[]
  /** Absent where the tenant's `credential` is not `oidc`. */
  readonly credentials: readonly CredentialNeeded[]
}

export interface NeedDiagnosis {
  readonly privilege: string
  readonly of: Authority
  /** What for, e.g. `to read people`. */
  readonly why: string
  readonly optional: boolean
  /** `wider`: what it has allows more than this. */
  readonly state: 'held' | 'wider' | 'missing' | 'unknown'
}

/** By which verdict each finding counts; a note changes none. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note'
  readonly verdict: Verdict
  readonly code: string
  readonly message: string
  /** Lines for a POSIX shell with the Azure CLI. */
  readonly commands: readonly string[]
}

/** A federated credential that the app must have. */
export interface CredentialNeeded {
  readonly issuer: string
  readonly audience: string
  readonly subject: {
    readonly classic: string
    readonly immutable: string
    /** The one that GitHub sends from this repository; absent where it is not known. */
    readonly sent?: string
  }
  readonly commands: readonly string[]
}
