import { timingSafeEqual } from 'node:crypto'

import type { AppSeed } from '../seed.ts'
import type { Answer, Request } from '../service.ts'
import { mintToken, resourceNamed } from '../tokens.ts'
import type { Resource } from '../tokens.ts'
import { findTenant } from '../world.ts'
import type { Tenant, World } from '../world.ts'
import { checkAssertion } from './assertion.ts'
import { SignInRefused } from './errors.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * `POST /{tenant}/oauth2/v2.0/token`, client credentials only (Microsoft identity platform, "OAuth 2.0 client
 * credentials flow").
 * @throws SignInRefused
 */
export function issueToken(request: Request, tenantId: string, world: World): Answer {
  const tenant = tenantOf(tenantId, world)
  const form = new URLSearchParams(request.text)
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    throw new SignInRefused(
      400,
      'invalid_request',
      900144,
      "The request body must contain the following parameter: 'grant_type'.",
    )
  }
  const grant = required(form, 'grant_type')
  if (grant !== 'client_credentials') {
    throw new SignInRefused(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grant}'.`,
    )
  }
  const app = appOf(required(form, 'client_id'), tenant)
  authenticate(form, app, world)
  const resource = resourceOf(required(form, 'scope'), tenant, world)
  return {
    status: 200,
    headers: { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    body: {
      token_type: 'Bearer',
      expires_in: world.behaviour.tokenLifetime,
      ext_expires_in: world.behaviour.tokenLifetime,
      access_token: mintToken(world, tenant, app, resource),
    },
  }
}

/** @throws SignInRefused AADSTS90002 */
export function tenantOf(id: string, world: World): Tenant {
  const tenant = findTenant(world, id)
  if (tenant) return tenant
  throw new SignInRefused(
    400,
    'invalid_request',
    90002,
    `Tenant '${id}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  )
}

function appOf(clientId: string, tenant: Tenant): AppSeed {
  const app = tenant.apps.find((each) => each.clientId.toLowerCase() === clientId.toLowerCase())
  if (app) return app
  throw new SignInRefused(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenant.organization}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  )
}

function authenticate(form: URLSearchParams, app: AppSeed, world: World): void {
  const secret = form.get('client_secret')
  const assertion = form.get('client_assertion')
  if (assertion !== null && form.get('client_assertion_type') === JWT_BEARER) {
    return checkAssertion(assertion, app, world)
  }
  if (secret === null) {
    throw new SignInRefused(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    )
  }
  if (app.secret === undefined || !same(secret, app.secret)) {
    throw new SignInRefused(
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
    )
  }
}

/** Both names are good: the real cloud's, and the replaced base URL's. */
function resourceOf(scope: string, tenant: Tenant, world: World): Resource {
  const name = /^(.*)\/\.default$/.exec(scope)?.[1]
  if (name === undefined) {
    throw new SignInRefused(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    )
  }
  const resource = resourceNamed(name, tenant, world)
  if (resource) return resource
  throw new SignInRefused(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${name} was not found in the tenant named ${tenant.organization}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  )
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (value) return value
  throw new SignInRefused(
    400,
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  )
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
