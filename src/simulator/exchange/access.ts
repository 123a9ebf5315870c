/** Who may run what (Microsoft Entra built-in roles; Exchange PowerShell, "App-only authentication"). */
import type { Answer, Request } from '../service.ts'
import { readBearer, type ExchangeRole } from '../tokens.ts'
import type { Tenant, World } from '../world.ts'
import { ExchangeRefusal } from './errors.ts'

/** The app role that lets an app call Exchange at all. */
const MANAGE_AS_APP = 'Exchange.ManageAsApp'

/**
 * Whose token the request bears.
 * @param tenant the one the path names.
 * @throws ExchangeRefusal 401: no token, a bad one, one of another resource or tenant, or without the app role.
 */
export function callerOf(
  request: Request,
  world: World,
  tenant: Tenant | undefined,
): { tenant: Tenant; role: ExchangeRole } {
  const bearer = readBearer(request, world, 'exchange')
  if (typeof bearer === 'string') throw unauthorized(bearer)
  if (bearer.tenant !== tenant) throw unauthorized('wrong-tenant')
  if (!bearer.roles.includes(MANAGE_AS_APP)) throw unauthorized('no-app-role')
  return { tenant: bearer.tenant, role: bearer.exchangeRole }
}

/** What an Exchange Administrator may run, and a Recipient Administrator may not. */
const OF_THE_ORGANIZATION = /-(OrganizationRelationship|Migration\w+)$/i

/** @throws ExchangeRefusal 403 when the directory role is missing, or does not allow this cmdlet. */
export function requireRole(role: ExchangeRole, cmdlet: string): void {
  const allowed = {
    'exchange-administrator': true,
    'recipient-administrator': !OF_THE_ORGANIZATION.test(cmdlet),
    'global-reader': /^Get-/i.test(cmdlet),
    none: false,
  }[role]
  if (!allowed) throw new ExchangeRefusal(forbidden(), `the role ${role} may not run ${cmdlet}`)
}

/** As recorded: no JSON, a run of NUL bytes. */
export function forbidden(): Answer {
  return { status: 403, headers: { 'content-type': 'application/json' }, body: new Uint8Array(4096) }
}

function unauthorized(why: string): ExchangeRefusal {
  const challenge =
    'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", error="invalid_token"'
  return new ExchangeRefusal({ status: 401, headers: { 'www-authenticate': challenge }, body: '' }, why)
}
