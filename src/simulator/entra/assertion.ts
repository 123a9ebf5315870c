import { createPublicKey } from 'node:crypto'

import { isSignedBy, readJwt } from '../jwt.ts'
import type { AppSeed } from '../seed.ts'
import type { World } from '../world.ts'
import { SignInRefused } from './errors.ts'

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'
const DEFAULT_AUDIENCE = 'api://AzureADTokenExchange'

/**
 * Checks a client assertion: one that the app signed itself with its certificate's key, or another
 * issuer's token that one of its federated credentials names.
 * @throws SignInRefused
 */
export function checkAssertion(assertion: string, app: AppSeed, world: World): void {
  const claims = readJwt(assertion)?.claims
  if (!claims) {
    throw new SignInRefused(400, 'invalid_request', 50027, 'JWT token is invalid or malformed.')
  }
  if (claims['iss'] === app.clientId) return checkCertificate(assertion, app, claims, world)
  checkFederated(assertion, app, claims, world)
}

function checkFederated(
  assertion: string,
  app: AppSeed,
  claims: Readonly<Record<string, unknown>>,
  world: World,
): void {
  const { iss, aud, sub } = claims
  const credentials = (app.federatedCredentials ?? []).map((credential) => ({
    issuer: credential.issuer ?? GITHUB_ISSUER,
    audience: credential.audience ?? DEFAULT_AUDIENCE,
    subject: credential.subject,
  }))
  if (credentials.length === 0) {
    throw unmatched(70025, `The client '${app.clientId}' has no configured federated identity credentials.`)
  }
  const ofIssuer = credentials.filter((credential) => credential.issuer === iss)
  if (ofIssuer.length === 0) {
    throw noRecord(700211, 'issuer', iss)
  }
  if (!isSignedBy(assertion, world.actionsKey.publicKey)) {
    throw new SignInRefused(
      401,
      'invalid_client',
      700027,
      'The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.]',
    )
  }
  checkTime(claims, world)
  const ofSubject = ofIssuer.filter((credential) => credential.subject === sub)
  if (ofSubject.length === 0) throw noRecord(700213, 'subject', sub)
  if (!ofSubject.some((credential) => credential.audience === aud)) throw noRecord(700212, 'audience', aud)
}

function checkCertificate(
  assertion: string,
  app: AppSeed,
  claims: Readonly<Record<string, unknown>>,
  world: World,
): void {
  const known = app.certificate !== undefined && isSignedBy(assertion, createPublicKey(app.certificate))
  if (!known) {
    throw new SignInRefused(
      401,
      'invalid_client',
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.] for application '${app.clientId}'.`,
    )
  }
  checkTime(claims, world)
}

/** Five minutes of leeway: clocks differ. */
function checkTime(claims: Readonly<Record<string, unknown>>, world: World): void {
  const now = world.now().getTime() / 1000
  const from = Number(claims['nbf'] ?? claims['iat'] ?? 0)
  const until = Number(claims['exp'])
  if (until > now && from < now + 300) return
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
  throw new SignInRefused(
    401,
    'invalid_client',
    700024,
    `Client assertion is not within its valid time range. Current time: ${iso(now)}, assertion valid from ${iso(from)}, expiry time of assertion ${Number.isFinite(until) ? iso(until) : 'unknown'}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
  )
}

function noRecord(code: number, what: string, presented: unknown): SignInRefused {
  return unmatched(
    code,
    `No matching federated identity record found for presented assertion ${what} '${String(presented)}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  )
}

function unmatched(code: number, text: string): SignInRefused {
  return new SignInRefused(401, 'invalid_client', code, text)
}
