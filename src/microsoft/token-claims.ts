/**
 * What a token says of its holder. It is read for hints and warnings, never trusted: the services
 * decide. A token that cannot be read says nothing.
 */
import { roleReadsExchange, roleWrites } from './directory-roles.ts'
import { CALL_EXCHANGE } from './permissions.ts'

export interface TokenClaims {
  /** Application permissions, such as `User.Read.All`. */
  readonly roles: readonly string[] | undefined
  /** Template ids of the directory roles; absent from tokens that do not tell. */
  readonly wids: readonly string[] | undefined
  /** The client id of the app that signed in. */
  readonly appId?: string
  /** Permissions that a user delegated: such a token tells what the user may do, not the app. */
  readonly scopes?: string
}

export function claimsOf(token: string): TokenClaims {
  const { roles, wids, appid, scp } = payloadOf(token)
  return {
    roles: texts(roles),
    wids: texts(wids),
    ...(typeof appid === 'string' && { appId: appid }),
    ...(typeof scp === 'string' && { scopes: scp }),
  }
}

/** Of any JSON Web Token, unverified (RFC 7519); `{}` when it cannot be read. */
export function payloadOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
}

/** @returns `undefined` when the token does not tell. */
export function mayReadExchange({ wids }: TokenClaims): boolean | undefined {
  return wids?.some(roleReadsExchange)
}

/** Whether users are shown to its holder in their basic properties only. */
export function readsBasicsAlone({ roles = [] }: TokenClaims): boolean {
  return (
    roles.includes('User.ReadBasic.All') &&
    !roles.some((role) => /^(User|Directory)\.Read(Write)?\.All$/.test(role))
  )
}

/** The operations that only read. */
const READING = /^Read(Basic)?(For[A-Z][a-z]+)?$/

/**
 * Whether an application permission could change something. Names are built as resource, operation,
 * constraint, with dots between (Microsoft Graph, "Overview of permissions"): whatever the operation
 * is called, if it is not one that is known to read alone, it writes. So no name is missed: not
 * `Mail.Send`, `User.EnableDisableAccount.All` or `full_access_as_app`, and none that is yet to come.
 */
export function permissionWrites(name: string): boolean {
  return name !== CALL_EXCHANGE.name && !READING.test(name.split('.')[1] ?? '')
}

/** Whether its holder could change something: a plan needs no such token. */
export function mayWrite({ roles = [], wids = [], scopes }: TokenClaims): boolean {
  // Of a user, who is asked before anything is written.
  if (scopes !== undefined) return false
  const callsExchange = roles.includes(CALL_EXCHANGE.name)
  return roles.some(permissionWrites) || wids.some((role) => roleWrites(role, callsExchange))
}
