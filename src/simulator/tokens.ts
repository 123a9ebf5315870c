import { isSignedBy, readJwt, signJwt } from './jwt.ts'
import type { Jwt } from './jwt.ts'
import type { AppSeed, Cloud } from './seed.ts'
import type { Request } from './service.ts'
import { findTenant } from './world.ts'
import type { Tenant, World } from './world.ts'

export type Audience = 'graph' | 'exchange'

/**
 * The resources' names in each cloud, whatever URL the simulator answers at (Microsoft Graph, "National cloud
 * deployments"; Exchange Online Admin API, "Get started").
 */
const RESOURCES: Readonly<Record<Cloud, Readonly<Record<Audience, string>>>> = {
  global: { graph: 'https://graph.microsoft.com', exchange: 'https://outlook.office365.com' },
  usgov: { graph: 'https://graph.microsoft.us', exchange: 'https://outlook.office365.us' },
  'usgov-dod': { graph: 'https://dod-graph.microsoft.us', exchange: 'https://outlook-dod.office365.us' },
  china: { graph: 'https://microsoftgraph.chinacloudapi.cn', exchange: 'https://outlook.office365.cn' },
}

/**
 * Entra's built-in role templates, as they stand in a token's `wids`. The last is in every app's token and
 * gives nothing ("Microsoft Entra built-in roles").
 */
const ROLE_TEMPLATES = {
  'recipient-administrator': '31392ffb-586c-42d1-9346-e59415a2cc4e',
  'exchange-administrator': '29232cdf-9323-42fd-ade2-1d097af3e4de',
  'global-reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  none: undefined,
} as const
const EVERY_APP = '0997a1d0-0d1d-4acb-b408-d5ca73121e90'

export type ExchangeRole = keyof typeof ROLE_TEMPLATES

/** What a good token says about its bearer. */
export interface Bearer {
  readonly tenant: Tenant
  readonly clientId: string
  /** Application permissions of the token's audience. */
  readonly roles: readonly string[]
  /** The strongest directory role that Exchange knows. */
  readonly exchangeRole: ExchangeRole
}

export type TokenFault = 'missing' | 'malformed' | 'expired' | 'wrong-audience'

let minted = 0

/** The resource that is both: a client that names the replaced base URL, which the services share. */
export type Resource = Audience | 'origin'

/** What a scope's resource stands for in this tenant's cloud; `undefined` when it is nothing here. */
export function resourceNamed(name: string, tenant: Tenant, world: World): Resource | undefined {
  if (name === world.origin) return 'origin'
  const names = RESOURCES[tenant.cloud]
  return (['graph', 'exchange'] as const).find((audience) => names[audience] === name)
}

/** An access token for an app, as Entra issues it for client credentials. */
export function mintToken(world: World, tenant: Tenant, app: AppSeed, resource: Resource): string {
  const issued = Math.floor(world.now().getTime() / 1000)
  const role = ROLE_TEMPLATES[app.exchange?.role ?? 'none']
  const roles = [
    ...(resource === 'exchange' ? [] : (app.permissions ?? [])),
    ...(resource !== 'graph' && app.exchange?.manageAsApp ? ['Exchange.ManageAsApp'] : []),
  ]
  minted += 1
  return signJwt(
    {
      aud: resource === 'origin' ? world.origin : RESOURCES[tenant.cloud][resource],
      iss: `https://sts.windows.net/${tenant.tenantId}/`,
      iat: issued,
      nbf: issued,
      exp: issued + world.behaviour.tokenLifetime,
      app_displayname: app.displayName ?? app.clientId,
      appid: app.clientId,
      idtyp: 'app',
      tid: tenant.tenantId,
      // An app without any permission has no such claim at all.
      ...(roles.length > 0 ? { roles } : {}),
      wids: role ? [role, EVERY_APP] : [EVERY_APP],
      uti: `${world.tokenGeneration}.${minted}`,
      ver: '1.0',
    },
    world.entraKey,
  )
}

type Claims = Jwt['claims']

/** Tokens whose signature was looked at: a run sends one with thousands of requests. */
const checked = new WeakMap<World, Map<string, Claims | undefined>>()

function signedClaims(token: string, world: World): Claims | undefined {
  const known = checked.get(world) ?? new Map<string, Claims | undefined>()
  checked.set(world, known)
  if (!known.has(token)) {
    known.set(token, isSignedBy(token, world.entraKey.publicKey) ? readJwt(token)?.claims : undefined)
  }
  return known.get(token)
}

/** Reads the request's bearer token: who it is, or what is wrong with it. */
export function readBearer(request: Request, world: World, audience: Audience): Bearer | TokenFault {
  const token = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
  if (token === undefined) return 'missing'
  const claims = signedClaims(token, world)
  const tenant = typeof claims?.['tid'] === 'string' ? findTenant(world, claims['tid']) : undefined
  if (!claims || !tenant) return 'malformed'
  if (claims['aud'] !== RESOURCES[tenant.cloud][audience] && claims['aud'] !== world.origin) {
    return 'wrong-audience'
  }
  const generation = Number(String(claims['uti']).split('.')[0])
  if (Number(claims['exp']) * 1000 <= world.now().getTime() || generation < world.tokenGeneration) {
    return 'expired'
  }
  return {
    tenant,
    clientId: String(claims['appid']),
    roles: texts(claims['roles']),
    exchangeRole: strongestRole(texts(claims['wids'])),
  }
}

/** The tenant of the request's token, good or not: for records only. */
export function tenantOfToken(request: Request, world: World): string | undefined {
  const token = (request.headers['authorization'] ?? '').replace(/^Bearer +/i, '')
  const tid = readJwt(token)?.claims['tid']
  return typeof tid === 'string' ? findTenant(world, tid)?.name : undefined
}

function strongestRole(wids: readonly string[]): ExchangeRole {
  const order = ['exchange-administrator', 'recipient-administrator', 'global-reader'] as const
  return order.find((role) => wids.includes(ROLE_TEMPLATES[role])) ?? 'none'
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
