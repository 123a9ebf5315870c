/** A service that does not answer, or with a status that is no answer; and the way out. */
import type { SourceError } from '../source-error.ts'
import { fault } from './fault.ts'

/**
 * @param status of the last answer.
 * @param variable that holds the token, if one was sent.
 */
export function refused(place: string, status: number, variable: string | undefined): SourceError {
  return fault('http-refused', place, `the service answered with status ${status}: ${cure(status, variable)}`)
}

function cure(status: number, variable: string | undefined): string {
  if (status === 401)
    return variable === undefined
      ? 'it wants a token, and `tokenEnv` names no variable that holds one'
      : `it does not accept the token of ${variable}: renew it`
  if (status === 403)
    return variable === undefined
      ? 'it may want a token, and `tokenEnv` names no variable that holds one'
      : `the token of ${variable} does not permit to read this`
  if (status === 404 || status === 410) return 'there is nothing at this address'
  if (status === 429) return 'it has had too many requests, also after waiting as it asked'
  if (status >= 500) return 'it is at fault or busy'
  return 'only status 200 is a whole answer'
}

/** What the system says of a connection, by its code. Sources: Node.js, "Common system errors"; OpenSSL, "verify". */
const CAUSES: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `the name ${host} is not known to DNS`,
  EAI_AGAIN: (host) => `DNS does not answer for ${host}`,
  ECONNREFUSED: (host) => `${host} refuses the connection`,
  ECONNRESET: () => 'the connection was broken off',
  UND_ERR_SOCKET: () => 'the connection was broken off',
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} takes no connection in time`,
  ETIMEDOUT: (host) => `${host} takes no connection in time`,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => `the server certificate is not one for ${host}`,
  CERT_HAS_EXPIRED: () => 'the server certificate has expired',
  CERT_NOT_YET_VALID: () => 'the server certificate is not valid yet',
}

const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
])

/** @param error as `fetch` throws it when there is no answer. */
export function unreachable(place: string, host: string, error: unknown): SourceError {
  const code = codeOf(error) ?? 'no reason given'
  return fault('http-unreachable', place, `${reason(code, host)} (${code})`)
}

function reason(code: string, host: string): string {
  if (UNTRUSTED.has(code))
    return `the server certificate of ${host} is not trusted: when an authority of your own has signed it, name its PEM file in NODE_EXTRA_CA_CERTS, which is read when the program starts`
  return CAUSES[code]?.(host) ?? `${host} cannot be reached`
}

/** Whether asking again would end the same: a certificate, or a name that is none. */
export function willNotPass(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  return (
    code === 'ENOTFOUND' || UNTRUSTED.has(code) || code.startsWith('CERT_') || code.startsWith('ERR_TLS_')
  )
}

/** The innermost: `fetch` wraps what the connection says, and that may wrap an attempt for each address. */
function codeOf(error: unknown): string | undefined {
  const { cause, errors, code } = (error ?? {}) as { cause?: unknown; errors?: unknown[]; code?: unknown }
  const inner = cause ?? errors?.[0]
  const deeper = inner === undefined ? undefined : codeOf(inner)
  return deeper ?? (typeof code === 'string' ? code : undefined)
}
