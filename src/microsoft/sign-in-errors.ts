/**
 * What Entra says when it refuses a sign-in, turned into what to do.
 * Source: Microsoft Entra, "AADSTS error codes". The numbers are used for hints only: Microsoft says
 * that they may change.
 */
import { withoutSecrets } from './secrets.ts'
import type { Identity } from './sign-in.ts'

export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly tenant: string
  /** `AADSTS…`, or a word of ours. */
  readonly code: string
  /** The whole of it: a sign-in names apps and tenants, never people. */
  readonly advice: string

  constructor(
    { tenant, tenantId, clientId }: Identity,
    code: string,
    detail: string,
    cure: string,
    cause?: unknown,
  ) {
    super(
      `Sign-in to tenant ${tenant} (${tenantId}) as app ${clientId} failed: ${withoutSecrets(detail).replace(/\.$/, '')}. ${cure}`.trim(),
      { cause },
    )
    this.tenant = tenant
    this.code = code
    this.advice = this.message
  }
}

const CURES: Record<string, (identity: Identity) => string> = {
  70021: noCredentialMatches,
  700213: noCredentialMatches,
  70025: ({ clientId }) =>
    `The app has no federated credential at all. Add one for this repository (az ad app federated-credential create --id ${clientId} --parameters …).`,
  700211: () => 'The federated credential must name the issuer https://token.actions.githubusercontent.com.',
  700212: () =>
    'The audience of the federated credential must be api://AzureADTokenExchange (in other clouds: their own).',
  700016: ({ tenant }) =>
    `There is no such app in this tenant: compare tenantId and clientId of ${tenant} in tenants.yaml, or consent to the app there.`,
  90002: ({ tenant }) =>
    `There is no such tenant in this cloud: check tenantId and cloud of ${tenant} in tenants.yaml.`,
  900023: ({ tenant }) => `The tenantId of ${tenant} in tenants.yaml is not one Entra can read.`,
  700024: () => 'The GitHub token was used outside its five minutes: check the clock of the runner.',
  700027: () =>
    'The signature of the assertion was not accepted: the certificate or the issuer of the federated credential is another one.',
  7000215: renewSecret,
  7000222: renewSecret,
  7000218: () => 'No assertion was sent: the job needs `permissions: id-token: write`.',
  500011: () =>
    'The service is not known in this tenant: check the cloud in tenants.yaml, and whether the tenant has Exchange Online.',
  53003: () => 'A Conditional Access policy for workload identities blocks it.',
}

function noCredentialMatches({ clientId }: Identity): string {
  return `The app has no federated credential with exactly this subject. Add one with it (az ad app federated-credential create --id ${clientId} --parameters …); it takes some minutes to be known everywhere.`
}

function renewSecret({ tenant }: Identity): string {
  return `The client secret is wrong or has expired: renew it, or set \`credential: oidc\` for ${tenant} and keep none.`
}

export function signInError(identity: Identity, error: unknown): Error {
  if (error instanceof SignInError) return error
  const { message, name } = error as Error
  const said = /(AADSTS(\d+)[^\r\n]*)/.exec(message)
  if (said) {
    const [, text, number] = said as unknown as [string, string, string]
    return new SignInError(
      identity,
      `AADSTS${number}`,
      firstSentences(text),
      CURES[number]?.(identity) ?? '',
      error,
    )
  }
  // Errors of ours (no id-token permission, say) already tell what to do.
  if (!isIdentityLibrarys(name))
    return new SignInError(identity, codeOf(error) ?? 'sign-in-failed', message, '', error)
  return new SignInError(
    identity,
    'sign-in-failed',
    firstSentences(message),
    // The library tells a tenant that is not there and a host that is not in the same words.
    `Check tenantId and cloud of ${identity.tenant} in tenants.yaml, and that the login URL can be reached and its certificate is trusted.`,
    error,
  )
}

function isIdentityLibrarys(name: string): boolean {
  return [
    'AuthenticationError',
    'AuthenticationRequiredError',
    'CredentialUnavailableError',
    'AggregateAuthenticationError',
    'RestError',
  ].includes(name)
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}

/** Without the trace id, the time stamp and what follows. */
function firstSentences(text: string): string {
  return text.split(/\s+(?:Trace ID|- Timestamp|Correlation ID)|\r?\n/)[0]!.trim()
}
