import { setTimeout as sleep } from 'node:timers/promises'

import { HttpClient, HttpClientError } from '@actions/http-client'
import { BearerCredentialHandler } from '@actions/http-client/lib/auth'

import { payloadOf } from '../microsoft/token-claims.ts'
import { IdTokenError, permissionsYaml } from './errors.ts'

const MOST_ATTEMPTS = 5
const FIRST_BACKOFF_MS = 500
/** A token this near its end is asked for anew: it still has to travel, and clocks differ. */
const MARGIN_MS = 60_000

type Env = Readonly<Record<string, string | undefined>>

export interface IdTokenOptions {
  /** Asks the runner once, and prints nothing. */
  readonly ask?: (audience: string, env: Env) => Promise<string>
  readonly env?: Env
  readonly now?: () => Date
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

/**
 * GitHub's ID tokens for this job: one is asked for again only when it is about to expire, however
 * often and by however many it is wanted.
 * @returns asks for the token of an audience; throws IdTokenError
 */
export function idTokens(options: IdTokenOptions = {}): (audience: string) => Promise<string> {
  const { ask = askRunner, env = process.env, now = () => new Date(), wait = sleep } = options
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
      return await ask(audience, env)
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !isPassing(error)) {
        throw new IdTokenError('refused', 'GitHub gave no ID token for this job.', { cause: error })
      }
      await wait(FIRST_BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}

/**
 * GitHub, OpenID Connect reference. The toolkit's own `getIDToken` prints commands for the runner, the token among
 * them, to where a program at a terminal prints its answer.
 */
async function askRunner(audience: string, env: Env): Promise<string> {
  const handler = new BearerCredentialHandler(env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '')
  const client = new HttpClient('tenant-sync', [handler])
  const url = `${env['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${encodeURIComponent(audience)}`
  const { result } = await client.getJson<{ value?: string }>(url)
  if (!result?.value) throw new HttpClientError('The answer holds no token.', 200)
  return result.value
}

/** A connection that failed has no status. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof HttpClientError)) return true
  return error.statusCode === 429 || error.statusCode >= 500
}

/** In milliseconds since 1970; one that does not say is good for nobody but who asked. */
function expiryOf(token: string): number {
  const { exp } = payloadOf(token)
  return typeof exp === 'number' ? exp * 1000 : 0
}
