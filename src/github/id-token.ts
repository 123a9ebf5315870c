import { setTimeout as sleep } from 'node:timers/promises'

import { getIDToken } from '@actions/core'

import { IdTokenError, permissionsYaml } from './errors.ts'

const MOST_ATTEMPTS = 5
const FIRST_BACKOFF_MS = 500
/** A token this near its end is asked for anew: it still has to travel, and clocks differ. */
const MARGIN_MS = 60_000

export interface IdTokenOptions {
  /** Asks the runner once; it masks the token. */
  readonly ask?: (audience: string) => Promise<string>
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly now?: () => Date
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

/**
 * GitHub's ID tokens for this job: one is asked for again only when it is about to expire, however
 * often and by however many it is wanted.
 * @returns asks for the token of an audience; throws IdTokenError
 */
export function idTokens(options: IdTokenOptions = {}): (audience: string) => Promise<string> {
  const { ask = getIDToken, env = process.env, now = () => new Date(), wait = sleep } = options
  const held = new Map<string, { token: Promise<string>; until: number }>()
  return (audience) => {
    const known = held.get(audience)
    if (known && known.until > now().getTime()) return known.token
    const token = askPatiently(audience, { ask, env, wait })
    // Until it is known when the token expires, everybody waits for this one.
    const entry = { token, until: Infinity }
    held.set(audience, entry)
    token.then(
      (text) => (entry.until = expiryOf(text) - MARGIN_MS),
      () => (entry.until = 0),
    )
    return token
  }
}

/** This job's ID tokens. */
export const actionsIdToken = idTokens()

/** The toolkit repeats 502, 503 and 504 by itself, but neither 500 nor 429 (@actions/http-client). */
async function askPatiently(
  audience: string,
  { ask, env, wait }: Required<Omit<IdTokenOptions, 'now'>>,
): Promise<string> {
  if (!env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']) {
    throw new IdTokenError(
      'no-permission',
      `GitHub gives this job no ID token. Add to the job \`${permissionsYaml(['id-token: write'])}\` (with what it grants already). Pull requests from forks and from Dependabot never get one. Outside a workflow there is none: choose another \`credential\` in tenants.yaml.`,
    )
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(audience)
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !isPassing(error)) {
        throw new IdTokenError('refused', 'GitHub gave no ID token for this job.', { cause: error })
      }
      await wait(FIRST_BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}

/** The toolkit tells the status in its message alone; a connection that failed has none. */
function isPassing(error: unknown): boolean {
  const status = /Error Code : (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  return status === undefined || status === '429' || Number(status) >= 500
}

/** In milliseconds since 1970; one that does not say is good for nobody but who asked. */
function expiryOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const { exp } = claims as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : 0
  } catch {
    return 0
  }
}
