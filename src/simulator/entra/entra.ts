import { randomUUID } from 'node:crypto'

import type { Answer, Request, Service } from '../service.ts'
import { findTenant } from '../world.ts'
import type { World } from '../world.ts'
import { SignInRefused, refusalAnswer } from './errors.ts'
import { issueToken, tenantOf } from './token.ts'

const PATHS = {
  discovery: /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/,
  keys: /^\/([^/]+)\/discovery\/v2\.0\/keys$/,
  token: /^\/([^/]+)\/oauth2\/v2\.0\/token$/,
} as const
type Operation = keyof typeof PATHS

/** Microsoft Entra's token service: discovery, signing keys, and tokens for apps. */
export function entraService(): Service {
  return {
    handles: (path) => operationOf(path) !== undefined,
    describe(request, world) {
      const found = operationOf(request.path)
      const tenant = found && findTenant(world, found.tenant)?.name
      return {
        service: 'entra',
        ...(tenant ? { tenant } : {}),
        operation: found?.operation ?? 'unknown',
        write: false,
      }
    },
    handle(request, world) {
      const found = operationOf(request.path)
      const correlationId =
        request.headers['client-request-id'] ?? request.query.get('client-request-id') ?? randomUUID()
      if (!found) return { status: 404 }
      try {
        return answer(request, found, world)
      } catch (error) {
        if (error instanceof SignInRefused) return refusalAnswer(error, world, correlationId)
        throw error
      }
    },
    refusal(status, _request, world) {
      const refused = new SignInRefused(
        status,
        'temporarily_unavailable',
        90033,
        'A transient error has occurred. Please try again.',
      )
      return refusalAnswer(refused, world, randomUUID()).body
    },
  }
}

function answer(
  request: Request,
  { operation, tenant: id }: { operation: Operation; tenant: string },
  world: World,
): Answer {
  const verb = operation === 'token' ? 'POST' : 'GET'
  if (request.method !== verb) {
    throw new SignInRefused(
      405,
      'invalid_request',
      900561,
      `The endpoint only accepts ${verb} requests. Received a ${request.method} request.`,
    )
  }
  if (operation === 'token') return issueToken(request, id, world)
  if (operation === 'keys') return { status: 200, body: { keys: [publicKey(world)] } }
  // The issuer must be the path that was asked, or MSAL refuses the document.
  const base = `${world.origin}/${tenantOf(id, world).tenantId}`
  return {
    status: 200,
    body: {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      tenant_region_scope: 'EU',
    },
  }
}

function publicKey(world: World): Record<string, unknown> {
  const { kid, publicKey: key } = world.entraKey
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig' }
}

function operationOf(path: string): { operation: Operation; tenant: string } | undefined {
  for (const operation of Object.keys(PATHS) as Operation[]) {
    const tenant = PATHS[operation].exec(path)?.[1]
    if (tenant !== undefined) return { operation, tenant: decodeURIComponent(tenant) }
  }
  return undefined
}
