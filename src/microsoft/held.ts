/** What an app was given in a tenant, as its tokens tell it. */
import { randomUUID } from 'node:crypto'
import { EVERY_APP, roleName, roleWrites } from './directory-roles.ts'
import { ServiceError } from './errors.ts'
import type { ExchangeReader } from './exchange.ts'
import { isNotFound } from './exchange-errors.ts'
import { CALL_EXCHANGE, type Privilege } from './permissions.ts'
import { SignInError } from './sign-in-errors.ts'
import type { SignIn } from './sign-in.ts'
import { claimsOf, mayReadExchange, permissionWrites } from './token-claims.ts'

/** A token names permissions; directory roles it names by their template ids. */
export type HeldPrivilege = Pick<Privilege, 'of' | 'name'> & { readonly id?: string }

export interface Held {
  /** The client id of whoever signed in. */
  readonly appId: string | undefined
  /** A user signed in: what the app was given is not known. */
  readonly ofUser: boolean
  readonly privileges: readonly HeldPrivilege[]
  /** Exchange lets it read, though no directory role does: it has a role group there, which no token tells. */
  readonly byRoleGroup: boolean
  /** Why there is no token for Exchange. */
  readonly noExchange?: SignInError
}

/** @throws SignInError when there is no token for Graph; ServiceError when Exchange is out. */
export async function readHeld(session: SignIn, exchange: ExchangeReader): Promise<Held> {
  const graph = claimsOf(await session.token('graph'))
  const { appId } = graph
  if (graph.scopes !== undefined) return { appId, ofUser: true, privileges: [], byRoleGroup: false }
  const token = await session.token('exchange').catch((error: unknown) => {
    if (error instanceof SignInError) return error
    throw error
  })
  const noExchange = token instanceof SignInError ? token : undefined
  const ofExchange = token instanceof SignInError ? { roles: [], wids: [] } : claimsOf(token)
  const templates = new Set([...(graph.wids ?? []), ...(ofExchange.wids ?? [])])
  templates.delete(EVERY_APP)
  const calls = ofExchange.roles?.includes(CALL_EXCHANGE.name) === true
  return {
    appId,
    ofUser: false,
    privileges: [
      ...(graph.roles ?? []).map((name) => ({ of: 'Microsoft Graph', name }) as const),
      ...(ofExchange.roles ?? []).map((name) => ({ of: 'Exchange Online', name }) as const),
      ...[...templates].map((id) => ({ of: 'Microsoft Entra', name: roleName(id), id }) as const),
    ],
    byRoleGroup: calls && mayReadExchange(ofExchange) !== true && (await letsRead(exchange)),
    ...(noExchange && { noExchange }),
  }
}

/** Asks for a contact that nobody has: who may not ask is refused, who may is told that there is none. */
async function letsRead(exchange: ExchangeReader): Promise<boolean> {
  try {
    for await (const rows of exchange.pages('Get-MailContact', { Identity: randomUUID() })) void rows
    return true
  } catch (error) {
    if (isNotFound(error)) return true
    if (error instanceof ServiceError && [401, 403].includes(error.status ?? 0)) return false
    throw error
  }
}

/** @param beside what else its holder has: a role for recipients has no effect without Exchange.ManageAsApp. */
export function couldWrite(
  { of, name, id = '' }: HeldPrivilege,
  beside: readonly Pick<Privilege, 'name'>[],
): boolean {
  return of === 'Microsoft Entra'
    ? roleWrites(
        id,
        beside.some((other) => other.name === CALL_EXCHANGE.name),
      )
    : permissionWrites(name)
}
