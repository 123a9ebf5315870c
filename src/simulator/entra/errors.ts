import { randomUUID } from 'node:crypto'

import type { Answer } from '../service.ts'
import type { World } from '../world.ts'

/** A refusal of Entra's token endpoint (Microsoft identity platform, "AADSTS error codes"). */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused'
  readonly status: number
  readonly code: number
  /** OAuth's own name of the error. */
  readonly error: string

  constructor(status: number, error: string, code: number, text: string) {
    super(text)
    this.status = status
    this.error = error
    this.code = code
  }
}

/** The refusal as Entra writes it: the number stands in the text and beside it. */
export function refusalAnswer(refused: SignInRefused, world: World, correlationId: string): Answer {
  const timestamp = world
    .now()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  const trace = randomUUID()
  return {
    status: refused.status,
    headers: { 'x-ms-request-id': trace, 'cache-control': 'no-store' },
    body: {
      error: refused.error,
      error_description: `AADSTS${refused.code}: ${refused.message} Trace ID: ${trace} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [refused.code],
      timestamp,
      trace_id: trace,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refused.code}`,
    },
  }
}
