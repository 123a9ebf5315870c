/**
 * Test-MigrationServerAvailability: whether a move through an endpoint would be let through, and what to do where it
 * would not. Sources: Microsoft 365, "Cross-tenant mailbox migration", and its issues on GitHub; Microsoft Entra,
 * "Authentication and authorization error codes".
 */
import { isPassing, ServiceError } from '../../../microsoft/errors.ts'
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import { textOf, type ExchangeReader } from '../../../microsoft/exchange.ts'
import type { Sides } from '../planning/sides.ts'

export interface Failure {
  /** The service's own words. They may name people. */
  readonly text: string
  /** What to do; names nobody. */
  readonly advice: string
  /** The secret that the endpoint holds is wrong or has expired: writing it anew may help. */
  readonly ofCredentials: boolean
  /** It concerns every mailbox. */
  readonly ofOrganization: boolean
}

/** `untested`: the identity of this run may not test, or Exchange had no time for it. */
export type Availability = 'available' | 'untested' | Failure

/**
 * @param mailbox the primary address of a mail user that is ready, where there is one.
 * @throws ServiceError where Exchange is busy: nothing is known then.
 */
export async function testEndpoint(
  exchange: ExchangeReader,
  endpoint: string,
  mailbox: string | undefined,
  about: About,
): Promise<Availability> {
  const found = await answerOf(exchange, endpoint, mailbox, about)
  // What is wrong with one mailbox keeps nobody else: it fails in its batch, with its own reason.
  return typeof found === 'object' && mailbox !== undefined && !found.ofOrganization
    ? answerOf(exchange, endpoint, undefined, about)
    : found
}

async function answerOf(
  exchange: ExchangeReader,
  endpoint: string,
  mailbox: string | undefined,
  about: About,
): Promise<Availability> {
  const parameters = { Endpoint: endpoint, ...(mailbox !== undefined && { TestMailbox: mailbox }) }
  try {
    const [row = {}] = await listUndivided(exchange, 'Test-MigrationServerAvailability', parameters)
    const result = textOf(row, 'Result')
    const told = textOf(row, 'Message') || textOf(row, 'ErrorDetail')
    if (/^success$/i.test(result)) return 'available'
    // It neither let anybody through nor refused.
    return result === '' && told === '' ? 'untested' : failureOf(told, about)
  } catch (error) {
    if (!(error instanceof ServiceError) || isPassing(error)) throw error
    if (error.status === 401 || error.status === 403) return 'untested'
    return failureOf(error.detail, about)
  }
}

/** The same for a plan, which nothing hangs on. */
export async function triedOut(...test: Parameters<typeof testEndpoint>): Promise<Availability> {
  try {
    return await testEndpoint(...test)
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return 'untested'
  }
}

export interface About {
  readonly sides: Sides
  readonly clientId: string
  /** The variable that holds the application's secret. */
  readonly secretEnv: string
}

type Concern = 'credentials' | 'organization' | 'mailbox'
type Cause = readonly [says: RegExp, of: Concern, cure: (about: About) => string]

const CAUSES: readonly Cause[] = [
  [
    /AADSTS70002(15|22)|invalid client secret|secret .*expired/i,
    'credentials',
    ({ secretEnv }) =>
      `The secret in the endpoint is wrong or has expired: make a new one in Entra, store it as ${secretEnv}, and apply; with rotate: true it is written in any case.`,
  ],
  [
    /AADSTS(700016|65001|7000112)|was not found in the directory|not consented/i,
    'organization',
    ({ sides: { source, target }, clientId }) =>
      `The application is not known in both tenants: let an administrator of ${source.name} and of ${target.name} consent to it, at https://login.microsoftonline.com/{tenant id}/adminconsent?client_id=${clientId}&redirect_uri=https://office.com.`,
  ],
  [
    /Mailbox\.Migration/i,
    'organization',
    ({ sides: { source, target }, clientId }) =>
      `App ${clientId} lacks the application permission Mailbox.Migration of Office 365 Exchange Online in ${source.name} or ${target.name}: add it to the app, and consent to it in both.`,
  ],
  [
    /'pull'|Inbound moves/i,
    'organization',
    ({ sides: { target, source } }) =>
      `The organization relationship of ${target.name} with ${source.name} does not let mailboxes in: it, or a second one for that tenant, is disabled or has another MailboxMoveCapability than Inbound.`,
  ],
  [
    /'push'|RemoteOutbound/i,
    'organization',
    ({ sides: { source, target } }) =>
      `The organization relationship of ${source.name} with ${target.name} does not let mailboxes out: it, or a second one for that tenant, is disabled, names another application, or has no published scope.`,
  ],
  [
    /scope/i,
    'mailbox',
    ({ sides: { source } }) =>
      `The mailbox is not in the published scope of ${source.name}: its members are direct ones of the group, and a new one may take an hour to be known.`,
  ],
  [
    /mailbox GUID|ExchangeGuid/i,
    'mailbox',
    ({ sides: { source } }) =>
      `The mail user's ExchangeGuid is that of no mailbox in ${source.name}: apply again to have it set.`,
  ],
  [
    /archive/i,
    'mailbox',
    () =>
      'The archives do not fit: an auto-expanding one cannot move, and ArchiveGuid must be that of the source.',
  ],
]

function failureOf(text: string, about: About): Failure {
  const [, of, cure] = CAUSES.find(([says]) => says.test(text)) ?? []
  return {
    text: sentence(text || 'Exchange gives no reason'),
    advice: cure?.(about) ?? 'Exchange lets no mailbox through; its own words stand in the full report.',
    ofCredentials: of === 'credentials',
    ofOrganization: of === 'credentials' || of === 'organization',
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

export class EndpointError extends Error {
  override readonly name = 'EndpointError'
  readonly code = 'endpoint-unavailable'
  readonly advice: string
  constructor(endpoint: string, { text, advice }: Failure) {
    super(`Test-MigrationServerAvailability of ${endpoint} failed: ${text} ${advice}`)
    this.advice = `Test-MigrationServerAvailability of ${endpoint} failed. ${advice}`
  }
}
