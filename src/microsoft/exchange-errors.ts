/**
 * What Exchange says when it refuses a cmdlet. `error.message` is always the same; the truth stands
 * in `details` or in the inner exception, in one of two shapes; a missing role is not even JSON.
 */
import { ServiceError } from './errors.ts'
import { exchangeCure } from './permissions.ts'
import type { Identity } from './sign-in.ts'
import { retryAfter, type Answer, type Reply } from './throttling.ts'

/** The service may have carried it out before it, or something on the way, answered so. */
export const LOST_ON_THE_WAY: ReadonlySet<number> = new Set([408, 500, 502, 503, 504])

/** Said in the text alone, with whatever status. */
const BUSY_WORDS =
  /ServerBusyException|TransientException|CmdletProxyNotAvailableFailure|BackendCommunicationException|UnableToWriteToAadException|maximum number of concurrent requests per tenant/

/** No answer of Exchange: a 404 of this kind says nothing about the object. */
const NOT_JSON = 'not-json'

export function isTenantBusy({ status, body }: Reply): boolean {
  return status >= 400 && isBusy(body)
}

/** By its words: it is too busy, and may have carried it out all the same. */
export function isBusy(said: string): boolean {
  return BUSY_WORDS.test(said)
}

export function exchangeRefusal(
  identity: Identity,
  cmdlet: string,
  answer: Answer,
  lost: boolean,
): ServiceError {
  const { type, text } = truthOf(answer.body)
  const wait = retryAfter(answer.headers)
  const requestId = answer.headers.get('request-id')
  const unauthorized = answer.status === 401 || (answer.status === 403 && type === undefined)
  return new ServiceError({
    service: 'Exchange Online',
    tenant: identity.tenant,
    operation: cmdlet,
    status: answer.status,
    code: type ?? (unauthorized ? 'unauthorized' : NOT_JSON),
    detail:
      text ??
      (unauthorized
        ? 'The app has no right to this.'
        : 'The answer is no error of Exchange; something between may have answered.'),
    attempt: answer.attempt,
    ambiguous: lost || isTenantBusy(answer),
    ...(unauthorized && { cure: exchangeCure(answer.status, cmdlet, identity.clientId) }),
    ...(requestId !== null && { requestId }),
    ...(wait !== undefined && { retryAfter: wait }),
  })
}

interface ErrorBody {
  error?: {
    code?: string
    message?: string
    details?: { message?: string }[]
    innererror?: { internalexception?: { message?: string; type?: string } }
  }
}

/** @returns the .NET type without its namespace, and the text that belongs to it. */
function truthOf(body: string): { type?: string; text?: string } {
  const error = parsed<ErrorBody>(body)?.error
  if (!error) return {}
  const detail = error.details?.[0]?.message
  if (detail !== undefined) {
    // A JSON object in a string; or in one line.
    const inner = parsed<{ Message?: string; TypeName?: string }>(detail)
    if (inner?.Message !== undefined)
      return { type: bare(inner.TypeName ?? error.code ?? ''), text: inner.Message }
    const told = typeAndText(detail)
    if (told) return told
  }
  const { message, type } = error.innererror?.internalexception ?? {}
  if (message !== undefined && !message.startsWith('Exception of type '))
    return { type: bare(type ?? error.code ?? ''), text: message }
  return { type: error.code ?? '', text: detail ?? error.message ?? '' }
}

/**
 * An error in one line: `<Ex number>|<type>|<text>`, the first may be empty.
 * @returns the .NET type without its namespace, and the text; `undefined` when it reads otherwise.
 */
export function typeAndText(line: string): { readonly type: string; readonly text: string } | undefined {
  const [, type, ...text] = line.split('|')
  return type !== undefined && TYPE.test(type) && text.length > 0
    ? { type: bare(type), text: text.join('|') }
    : undefined
}

/** With its namespace: other words between pipes are words. */
const TYPE = /^(?:Microsoft|System)(?:\.[\w+`]+)+$|^\w+(?:\.[\w+`]+)*Exception$/

function bare(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1)
}

function parsed<Body>(text: string): Body | undefined {
  try {
    return JSON.parse(text) as Body
  } catch {
    return undefined
  }
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.code === 'ManagementObjectNotFoundException' || (error.status === 404 && error.code !== NOT_JSON))

/** The Name is taken: ours is derived, so what has it is ours. */
export const isNameTaken = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.code === 'ADObjectAlreadyExistsException' || /The name .* is already being used/i.test(error.detail))

/** What was to be made is there already, or another one that stands for the same. */
export const isAlreadyThere = (error: unknown): boolean =>
  isNameTaken(error) ||
  (error instanceof ServiceError &&
    (/Duplicate|AlreadyExists/.test(error.code) || /already exists/i.test(error.detail)))
