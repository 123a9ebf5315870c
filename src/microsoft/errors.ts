/**
 * Whatever a service of Microsoft's refuses becomes one error that names the tenant, the operation
 * and, where it is known, the permission that lacks and how to grant it. The message is derived.
 */
import { withoutSecrets } from './secrets.ts'

export type Service = 'Microsoft Entra' | 'Microsoft Graph' | 'Exchange Online'

export interface ServiceErrorFields {
  readonly service: Service
  /** The tenant's name in `tenants.yaml`. */
  readonly tenant: string
  /** What was asked, e.g. `GET /users` or `Set-MailContact`. Never with values. */
  readonly operation: string
  /** The HTTP status (RFC 9110); absent when no answer came. */
  readonly status?: number
  /** The service's own code, or the .NET type of an Exchange error without its namespace. */
  readonly code: string
  /** The service's own words. May name people. */
  readonly detail: string
  /** What to do, for the admin who reads it. */
  readonly cure?: string
  readonly requestId?: string
  /** How often it was sent, from 1. */
  readonly attempt?: number
  /** Seconds the service asked to wait. */
  readonly retryAfter?: number
  /** A write that may or may not have been done: the answer was lost on the way. */
  readonly ambiguous?: boolean
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly service: Service
  readonly tenant: string
  readonly operation: string
  readonly status: number | undefined
  readonly code: string
  readonly detail: string
  readonly cure: string | undefined
  readonly requestId: string | undefined
  readonly attempt: number
  readonly retryAfter: number | undefined
  readonly ambiguous: boolean
  /** Without the service's words, which may name people. */
  readonly advice: string

  constructor(told: ServiceErrorFields, cause?: unknown) {
    const fields = {
      ...told,
      code: shownCode(told.code),
      detail: withoutSecrets(told.detail),
      ...(told.requestId !== undefined && { requestId: withoutSecrets(told.requestId) }),
    }
    super(messageOf(fields), { cause })
    this.service = fields.service
    this.tenant = fields.tenant
    this.operation = fields.operation
    this.status = fields.status
    this.code = fields.code
    this.detail = fields.detail
    this.cure = fields.cure
    this.requestId = fields.requestId
    this.attempt = fields.attempt ?? 1
    this.retryAfter = fields.retryAfter
    this.ambiguous = fields.ambiguous ?? false
    this.advice = messageOf({ ...fields, detail: '' })
  }
}

/** Longer than any that is documented. */
const LONGEST_CODE = 100

/**
 * Codes are shown to everybody: what does not look like one may be anything, and is not passed on.
 * @returns the code, or a word that says that there is none to be shown.
 */
export function shownCode(code: string): string {
  const isCode = /^[\w.:+`-]*$/.test(code) && code.length <= LONGEST_CODE
  return isCode && withoutSecrets(code) === code ? code : 'unreadable-code'
}

function messageOf({
  service,
  tenant,
  operation,
  status,
  code,
  detail,
  cure,
  requestId,
}: ServiceErrorFields): string {
  const answer = [status, code].filter((part) => part !== undefined && part !== '').join(' ')
  const asked = requestId ? ` (request ${requestId})` : ''
  return `${service}, tenant ${tenant}: ${operation} ended with ${answer}${asked}.${[sentence(detail), cure].map((part) => (part ? ` ${part}` : '')).join('')}`
}

function sentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?]$/.test(trimmed) || trimmed === '' ? trimmed : `${trimmed}.`
}

/** A read that did not come whole: nothing may be concluded from what is missing in it. */
export class IncompleteReadError extends Error {
  override readonly name = 'IncompleteReadError'
  readonly code = 'incomplete-read'
  readonly tenant: string
  /** Without the service's words. */
  readonly advice: string

  constructor(service: Service, tenant: string, operation: string, why: string) {
    super(
      `${service}, tenant ${tenant}: ${operation} did not come whole: ${withoutSecrets(why)} Nothing was planned from it; run again.`,
    )
    this.tenant = tenant
    this.advice = `${service}, tenant ${tenant}: ${operation} did not come whole. Nothing was planned from it; run again.`
  }
}

/** Whether a write may or may not have been done. */
export function isAmbiguous(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.ambiguous
}

/** Whether another time it may be answered: the service was busy, out of order, or the answer was lost. */
export function isPassing({ status, ambiguous }: ServiceError): boolean {
  return ambiguous || status === 429 || (status ?? 500) >= 500
}
