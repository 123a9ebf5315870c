import { setTimeout as sleep } from 'node:timers/promises'

import { getOctokit } from '@actions/github'

import { GitHubError, permissionsYaml } from './errors.ts'
import { purposeOf } from './purpose.ts'
import { isRateLimit, waitBefore } from './retry.ts'
import type { Refusal } from './retry.ts'

/** GitHub's API with this job's token: refused requests are repeated where that is safe, else a GitHubError. */
export type Client = ReturnType<typeof getOctokit>

/** A request that takes longer is lost. */
const TIMEOUT_MS = 30_000

export interface ClientOptions {
  /** Default: GITHUB_API_URL, else the public API. */
  readonly apiUrl?: string
  /** Waits so many milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

/** @param token the input `github-token` */
export function githubClient(token: string, options: ClientOptions = {}): Client {
  const { apiUrl = process.env['GITHUB_API_URL'] || 'https://api.github.com', wait = sleep } = options
  const client = getOctokit(token, { baseUrl: apiUrl, userAgent: 'tenant-sync', log: SILENT })
  client.hook.wrap('request', async (request, asked) => {
    const reads = asked.method === 'GET' || isQuery(asked.url, asked['query'])
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request({
          ...asked,
          request: { ...asked.request, signal: AbortSignal.timeout(TIMEOUT_MS) },
        })
      } catch (error) {
        const refusal = withoutToken(refusalOf(error), token)
        const delay = waitBefore(refusal, { reads, attempt, now: new Date(), random: Math.random() })
        if (delay === undefined) throw errorOf(refusal, asked.method, asked.url, error)
        await wait(delay)
      }
    }
  })
  return client
}

/** Octokit would write every refused request to the log, with its address. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }
function nothing(): void {}

function isQuery(url: string, query: unknown): boolean {
  return url.endsWith('/graphql') && typeof query === 'string' && !/^\s*mutation\b/.test(query)
}

function refusalOf(error: unknown): Refusal {
  const { status, response, message } = error as {
    status?: number
    response?: { headers?: Record<string, string | number | undefined>; data?: { message?: unknown } }
    message?: string
  }
  // Without a response, octokit gives a failed connection the status 500.
  return {
    ...(response && status !== undefined && { status }),
    headers: response?.headers ?? {},
    message: String(response?.data?.message ?? message ?? error),
  }
}

/** Whatever answered may quote the request, and the message is told where no runner masks it. */
function withoutToken({ message, ...rest }: Refusal, token: string): Refusal {
  return { ...rest, message: message.replaceAll(token, '***') }
}

function errorOf(refusal: Refusal, method: string, url: string, cause: unknown): GitHubError {
  const { status, message } = refusal
  const { does, permissions } = purposeOf(method, url)
  const said =
    status === undefined
      ? `GitHub could not be reached (${message})`
      : `GitHub answered ${status} (${message})`
  const lacking = status === 403 && !isRateLimit(refusal) ? permissions : []
  const advice =
    lacking.length > 0
      ? ` Give the job ${lacking.map((each) => `\`${permissionsYaml([each])}\``).join(' or ')}, with what it grants already.`
      : ''
  return new GitHubError(`Could not ${does}: ${said}.${advice}`, {
    ...(status !== undefined && { status }),
    permissions: lacking,
    cause,
  })
}
