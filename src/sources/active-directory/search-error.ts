/** What is said of a search that failed. */
import { ResultCodeError } from 'ldapts'
import { SourceError } from '../source-error.ts'
import { openError } from './open-error.ts'

export interface Where {
  readonly host: string
  readonly baseDN?: string
}

/** LDAP's result codes that tell what to do. Source: RFC 4511, appendix A. */
const TIME_LIMIT = 3
const SIZE_LIMIT = 4
const REFERRAL = 10
const ADMINISTRATIVE_LIMIT = 11
const NO_SUCH_OBJECT = 32
const INVALID_NAME = 34
const INSUFFICIENT_ACCESS = 50

/** @returns the error for readers; what the domain controller says may name people, so it is no advice. */
export function searchError(error: unknown, { host, baseDN = '' }: Where): Error {
  if (error instanceof SourceError) return error
  if (!(error instanceof ResultCodeError)) return lost(error, host)
  switch (error.code) {
    case NO_SUCH_OBJECT:
    case INVALID_NAME:
      return openError(
        'active-directory-base-not-found',
        `${host} has no ${baseDN} (baseDN), or the account may not see it: expected a distinguished name of its domain, e.g. OU=Staff,DC=corp,DC=fabrikam,DC=com.`,
        error,
      )
    case REFERRAL:
      return openError(
        'active-directory-other-domain',
        `${host} does not hold ${baseDN} (baseDN) and refers to another domain, which is not followed: name a domain controller of that domain in url.`,
        error,
      )
    case TIME_LIMIT:
    case SIZE_LIMIT:
    case ADMINISTRATIVE_LIMIT:
      return openError(
        'active-directory-limit-exceeded',
        `${host} stopped the search at one of its limits (LDAP result ${error.code}), so not everybody was read: narrow baseDN or filter; a filter over indexed attributes, such as mail, is quicker.`,
        error,
      )
    case INSUFFICIENT_ACCESS:
      return openError(
        'active-directory-access-denied',
        `${host} does not let the account search ${baseDN} (baseDN): give it the right to read there.`,
        error,
      )
    default:
      return failed(error, host)
  }
}

/** Of somebody else's entry: it is not there, or not to be seen by this account. */
export function isOutOfSight(error: unknown): boolean {
  return (
    error instanceof ResultCodeError &&
    [REFERRAL, NO_SUCH_OBJECT, INVALID_NAME, INSUFFICIENT_ACCESS].includes(error.code)
  )
}

function failed(error: ResultCodeError, host: string): SourceError {
  const short = `${host} did not carry out the search (LDAP result ${error.code})`
  return new SourceError('active-directory-search-failed', `${short}: ${error.message}`, {
    advice: `${short}.`,
    cause: error,
  })
}

function lost(error: unknown, host: string): SourceError {
  return /timed out/.test((error as Error).message)
    ? openError('active-directory-timed-out', `${host} did not answer within a minute: run it again.`, error)
    : openError(
        'active-directory-connection-lost',
        `The connection to ${host} was lost: run it again.`,
        error,
      )
}
