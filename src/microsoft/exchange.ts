/**
 * Exchange Online cmdlets over HTTPS, as Microsoft's own PowerShell module calls them:
 * `POST {base}/adminapi/beta/{organization}/InvokeCommand`. Microsoft publishes no description of it;
 * it is kept behind this one module.
 */
import { randomUUID } from 'node:crypto'
import { IncompleteReadError, ServiceError } from './errors.ts'
import { exchangeRefusal, isTenantBusy, LOST_ON_THE_WAY } from './exchange-errors.ts'
import type { Identity, SignIn } from './sign-in.ts'
import { LostAnswerError, roundTrip, Throttle, type Answer, type Reply } from './throttling.ts'

export type Parameter =
  string | number | boolean | null | readonly string[] | { readonly [name: string]: unknown }
export type Parameters = Readonly<Record<string, Parameter>>
export type Row = Readonly<Record<string, unknown>>

/** Any recipient has them, for whatever its organization likes. */
export const CUSTOM_ATTRIBUTES: readonly string[] = Array.from(
  { length: 15 },
  (_, index) => `CustomAttribute${index + 1}`,
)

/** A property that holds one text; `''` where it holds none. */
export function textOf(row: Row, property: string): string {
  const value = row[property]
  return typeof value === 'string' ? value : ''
}

/** A property that holds several texts. */
export function textsOf(row: Row, property: string): string[] {
  const value = row[property]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** What cmdlets find a recipient by; never a name, which may be another's too. */
export function identityOf(row: Row | undefined): string | undefined {
  return row && (textOf(row, 'Guid') || textOf(row, 'ExternalDirectoryObjectId') || undefined)
}

/** Everything planning may ask of Exchange: nothing here writes. */
export interface ExchangeReader {
  readonly tenant: string
  /**
   * All rows of a cmdlet that writes nothing, page by page, to the end.
   * @param select the properties wanted; all of them when absent.
   * @throws ServiceError when Exchange refuses, IncompleteReadError when the read did not come whole.
   */
  pages(
    cmdlet: ReadingCmdlet,
    parameters: Parameters,
    select?: readonly string[],
  ): AsyncIterable<readonly Row[]>
}

export type ReadingCmdlet = `Get-${string}` | `Test-${string}`

/** They list nothing that could lack, whatever they warn of. */
const TELLS_OF_ONE = /^(Get-OrganizationConfig$|Test-)/

/** They give all that there is, and refuse to be told how much of it (Exchange PowerShell, each page's syntax). */
const UNSIZED = /^(Get-Organization|Get-MigrationEndpoint|Get-MigrationUserStatistics|Test-)/

export interface Written {
  readonly rows: readonly Row[]
  readonly status: number
  readonly requestId?: string
  readonly attempt: number
}

export interface ExchangeWriter extends ExchangeReader {
  /**
   * @param options.repeatable running it twice does what running it once does (`Set-`, `Remove-`).
   * @throws ServiceError; `ambiguous` when it is not known whether the cmdlet ran.
   */
  run(cmdlet: string, parameters: Parameters, options: { repeatable: boolean }): Promise<Written>
}

/** The largest page the service gives. */
export const PAGE_ROWS = 1000

/** The mailbox whose server answers app-only calls: one anchor for a whole run, or a write and the read after it meet different servers. */
const SYSTEM_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}'
const MOST_REDIRECTS = 5

interface Page {
  readonly value?: readonly Row[]
  readonly '@odata.nextLink'?: string
  readonly '@adminapi.warnings'?: readonly string[]
}

export function exchangeClient(
  identity: Identity,
  organization: string,
  base: string,
  signIn: SignIn,
  concurrency: number,
): ExchangeWriter {
  const { tenant } = identity
  const throttle = new Throttle(concurrency)
  const session = randomUUID()
  const cookies = new Map<string, string>()
  const endpoint = `${base}/adminapi/beta/${encodeURIComponent(organization)}/InvokeCommand`

  /** Follows the redirects to the tenant's region, and takes the bearer along only where it belongs. */
  async function post(url: string, headers: Record<string, string>, body: string): Promise<Reply> {
    for (let hop = 0, at = url; ; hop++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const init = { method: 'POST', body, redirect: 'manual' } as const
      const reply = await roundTrip(at, { ...init, headers: { ...headers, ...(cookie && { cookie }) } })
      for (const set of reply.headers.getSetCookie()) {
        const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(set) ?? []
        if (name !== undefined) cookies.set(name, value!)
      }
      const location = reply.headers.get('location')
      if (reply.status < 300 || reply.status > 399 || location === null || hop >= MOST_REDIRECTS) return reply
      const next = withinService(location, at, base)
      if (next === undefined) return reply
      at = next
    }
  }

  async function invoke(
    cmdlet: string,
    parameters: Parameters,
    { url = endpoint, repeatable }: { url?: string; repeatable: boolean },
  ): Promise<Answer> {
    const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } })
    for (let renewed = false; ; renewed = true) {
      let token = ''
      let answer: Answer
      try {
        const send = async () => {
          token = await signIn.token('exchange')
          return post(url, headersFor(cmdlet, token), body)
        }
        answer = await throttle.send(send, { repeatable, isBusy: isTenantBusy })
      } catch (error) {
        if (!(error instanceof LostAnswerError)) throw error
        throw new ServiceError(
          {
            service: 'Exchange Online',
            tenant,
            operation: cmdlet,
            code: 'no-answer',
            detail: error.message,
            attempt: error.attempt,
            ambiguous: true,
          },
          error,
        )
      }
      if (answer.status === 401 && !renewed) {
        signIn.forget('exchange', token)
        continue
      }
      if (answer.status >= 300)
        throw exchangeRefusal(identity, cmdlet, answer, LOST_ON_THE_WAY.has(answer.status))
      return answer
    }
  }

  function headersFor(cmdlet: string, token: string): Record<string, string> {
    return {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
      // Messages in one language, for they are read by machines too.
      'accept-language': 'en-US',
      prefer: `odata.maxpagesize=${PAGE_ROWS}`,
      'x-anchormailbox': `APP:${SYSTEM_MAILBOX}@${identity.tenantId}`,
      'x-cmdletname': cmdlet,
      'x-responseformat': 'json',
      'connection-id': session,
      'client-request-id': randomUUID(),
    }
  }

  function pageOf(answer: Answer, cmdlet: string): Page {
    const page = answer.body === '' ? { value: [] } : parsed(answer.body)
    if (!Array.isArray(page?.value))
      throw new IncompleteReadError('Exchange Online', tenant, cmdlet, 'an answer was not a page of rows.')
    return page
  }

  return {
    tenant,
    async *pages(cmdlet, parameters, select) {
      const isWhole = 'Identity' in parameters || UNSIZED.test(cmdlet)
      const all = isWhole ? parameters : { ResultSize: 'Unlimited', ...parameters }
      const selected = select ? `${endpoint}?$select=${select.join(',')}` : endpoint
      const incomplete = (why: string) => new IncompleteReadError('Exchange Online', tenant, cmdlet, why)
      const seen = new Set<string>()
      for (let url = selected, first = true; ; first = false) {
        const page = pageOf(await invoke(cmdlet, all, { url, repeatable: true }), cmdlet)
        const warning = TELLS_OF_ONE.test(cmdlet) ? undefined : page['@adminapi.warnings']?.[0]
        if (warning !== undefined) throw incomplete(`it warned "${warning}"`)
        const next = page['@odata.nextLink']
        // A full first page and no way on: the service has been seen to stop there in silence.
        if (next === undefined && first && page.value!.length === PAGE_ROWS)
          throw new FullPageError(
            incomplete('it stopped after one full page without a next link.'),
            page.value!,
          )
        yield page.value!
        if (next === undefined) return
        const way = withinService(next, url, base)
        if (way === undefined || seen.has(way)) throw incomplete('a next link leads back, or elsewhere.')
        seen.add(way)
        url = way
      }
    },
    async run(cmdlet, parameters, { repeatable }) {
      const answer = await invoke(cmdlet, parameters, { repeatable })
      const written = answer.body === '' ? { value: [] } : parsed(answer.body)
      // A page of HTML that says 200 comes from a proxy: nobody knows whether the cmdlet ran.
      if (!written) throw exchangeRefusal(identity, cmdlet, answer, true)
      const requestId = answer.headers.get('request-id')
      return {
        // Set- and Remove- answer with no rows, or with nothing at all: both are success.
        rows: written.value ?? [],
        status: answer.status,
        attempt: answer.attempt,
        ...(requestId !== null && { requestId }),
      }
    },
  }
}

/** One full page and no next link: it may be all, or a silent cut. */
export class FullPageError extends Error {
  override readonly name = 'FullPageError'
  readonly rows: readonly Row[]
  constructor(cause: IncompleteReadError, rows: readonly Row[]) {
    super(cause.message, { cause })
    this.rows = rows
  }
}

function parsed(body: string): Page | undefined {
  try {
    return JSON.parse(body) as Page
  } catch {
    return undefined
  }
}

/** @returns the address a link leads to; `undefined` where a token may not be sent. */
function withinService(link: string, from: string, base: string): string | undefined {
  if (!URL.canParse(link, from)) return undefined
  const url = new URL(link, from)
  return url.protocol === 'https:' && sameService(url.hostname, new URL(base).hostname) ? url.href : undefined
}

/** The same host, or another one of the same domain (regional servers stand beside the entrance). */
function sameService(host: string, base: string): boolean {
  const domain = base.split('.').slice(-2).join('.')
  return host === base || (base.includes('.') && !/^[\d.]+$/.test(base) && host.endsWith(`.${domain}`))
}
