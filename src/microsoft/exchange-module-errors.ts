/** What becomes of a cmdlet that Microsoft's PowerShell module refused, or did not answer. */
import { ServiceError } from './errors.ts'
import { isBusy, typeAndText } from './exchange-errors.ts'
import { exchangeCure } from './permissions.ts'
import type { Identity } from './sign-in.ts'

const INSTALL_MODULE =
  'Install it where this runs: pwsh -Command "Install-Module ExchangeOnlineManagement -Scope CurrentUser -Force".'
const INSTALL_POWERSHELL =
  "Install PowerShell 7 (GitHub's own runners carry it), or name it in the environment variable TENANT_SYNC_PWSH."

/** The request may have been carried out before the connection failed, or Exchange did. */
const LOST =
  /^(Http\w*|Web|Socket|IO|Timeout|TaskCanceled|OperationCanceled)Exception$|server side error|InternalServerError|does not indicate success/

/** Of errors that say nothing of their cause: when in doubt it may have been done. */
const ANY_TYPE = /^(Exception|RuntimeException)?$/

/** The module says no more of a token that Exchange does not take, or an app that lacks the permission. */
const UNAUTHORIZED = /^unauthorized\b|\b401 \(?unauthorized\b/i
/** Exchange offers an app the cmdlets of its roles alone: to PowerShell the others do not exist. */
const NOT_OFFERED = /^The role assigned to application|^forbidden\b|\b403 \(?forbidden\b/i

/**
 * @param error the bridge's own code, or the .NET type; and the module's words, which are
 * `<Ex number>|<type>|<text>` where they are Exchange's.
 */
export function moduleRefusal(
  identity: Identity,
  cmdlet: string,
  { code, message }: { readonly code: string; readonly message: string },
  attempt: number,
): ServiceError {
  const common = { service: 'Exchange Online', tenant: identity.tenant, operation: cmdlet, attempt } as const
  if (code === 'module-missing')
    return new ServiceError({ ...common, code, detail: message, cure: INSTALL_MODULE })
  const exchanges = typeAndText(message)
  if (exchanges)
    return new ServiceError({
      ...common,
      code: exchanges.type,
      detail: exchanges.text,
      ambiguous: isBusy(message),
    })
  const type = code.slice(code.lastIndexOf('.') + 1)
  const status = statusOf(type, message)
  if (status !== undefined)
    return new ServiceError({
      ...common,
      status,
      code: 'unauthorized',
      detail: message,
      cure: exchangeCure(status, cmdlet, identity.clientId),
    })
  return new ServiceError({
    ...common,
    code: type,
    detail: message,
    ambiguous: ANY_TYPE.test(type) || LOST.test(type) || LOST.test(message) || isBusy(`${type} ${message}`),
  })
}

function statusOf(type: string, message: string): 401 | 403 | undefined {
  if (UNAUTHORIZED.test(message)) return 401
  return type === 'CommandNotFoundException' || NOT_OFFERED.test(message) ? 403 : undefined
}

/** @param how the process ended: nobody knows what it had done by then. */
export function noAnswer(identity: Identity, cmdlet: string, how: string, attempt: number): ServiceError {
  return new ServiceError({
    service: 'Exchange Online',
    tenant: identity.tenant,
    operation: cmdlet,
    code: 'no-answer',
    detail: how,
    attempt,
    ambiguous: true,
  })
}

export function notStarted(identity: Identity, cmdlet: string, why: string, attempt: number): ServiceError {
  return new ServiceError({
    service: 'Exchange Online',
    tenant: identity.tenant,
    operation: cmdlet,
    code: 'powershell-missing',
    detail: `PowerShell could not be started: ${why}`,
    cure: INSTALL_POWERSHELL,
    attempt,
  })
}
