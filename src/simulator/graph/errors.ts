interface Detail {
  readonly code: string
  readonly message: string
}

/** A refusal of Microsoft Graph ("Microsoft Graph error responses and resource types"). */
export class GraphRefused extends Error {
  override readonly name = 'GraphRefused'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  /** More errors behind this one. */
  readonly details: readonly Detail[] | undefined

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Record<string, string> = {},
    details?: readonly Detail[],
  ) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
    this.details = details
  }
}

export const badRequest = (message: string) => new GraphRefused(400, 'BadRequest', message)

/** What the directory behind Graph calls a bad request. */
export const directoryBadRequest = (message: string) => new GraphRefused(400, 'Request_BadRequest', message)

export const unsupported = (message: string) => new GraphRefused(400, 'Request_UnsupportedQuery', message)

export const notFound = (name: string) =>
  new GraphRefused(
    404,
    'Request_ResourceNotFound',
    `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
  )

export const unauthorized = (message: string) =>
  new GraphRefused(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  })

export const denied = () =>
  new GraphRefused(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')

/** The body of a refusal. */
export function errorBody(
  refused: Pick<GraphRefused, 'code' | 'message'> & Partial<Pick<GraphRefused, 'details'>>,
  ids: { date: Date; requestId: string; clientRequestId: string },
): Record<string, unknown> {
  return {
    error: {
      code: refused.code,
      message: refused.message,
      ...(refused.details ? { details: refused.details } : {}),
      innerError: {
        date: ids.date.toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  }
}
