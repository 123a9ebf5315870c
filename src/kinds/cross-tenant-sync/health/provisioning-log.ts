/**
 * Whom provisioning failed, from the provisioning log.
 * Source: Microsoft Graph, "List provisioningObjectSummary", "provisioningErrorInfo".
 */
import { shownCode } from '../../../microsoft/errors.ts'
import type { GraphReader } from '../../../microsoft/graph.ts'

/** `provisioningObjectSummary`, as far as it is read. */
export interface Entry {
  readonly id?: string
  readonly activityDateTime?: string
  readonly provisioningAction?: string | null
  readonly sourceIdentity?: {
    readonly id?: string | null
    readonly displayName?: string | null
    readonly details?: Readonly<Record<string, unknown>> | null
  } | null
  readonly provisioningStatusInfo?: {
    readonly status?: string | null
    readonly errorInformation?: { readonly errorCode?: string | null; readonly reason?: string | null } | null
  } | null
}

/** People whom provisioning failed for one reason. */
export interface Failures {
  readonly code: string
  readonly people: number
  /** One of them, by name, and what was said of them. */
  readonly example: string
  readonly reason: string
}

/** How far back it is read, in hours: what fails is tried again in every cycle at first, later once a day. */
export const LOG_HOURS = 24

/** Pages of 999: a first cycle of a large tenant writes a line for each user. */
const MOST_PAGES = 20

/** The newest line of each person within the last hours, by the object ids of the source. */
export async function readNewest(
  graph: GraphReader,
  job: string,
  now: Date,
): Promise<{ newest: ReadonlyMap<string, Entry>; whole: boolean }> {
  const since = new Date(now.getTime() - LOG_HOURS * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const newest = new Map<string, Entry>()
  let pages = 0
  for await (const page of graph.pages<Entry>('/auditLogs/provisioning', {
    filter: `jobId eq '${job}' and activityDateTime gt ${since}`,
    top: 999,
  })) {
    for (const entry of page) {
      const person = entry.sourceIdentity?.id || (entry.id ?? '')
      const known = newest.get(person)
      if (!known || timeOf(entry) > timeOf(known)) newest.set(person, entry)
    }
    if (++pages === MOST_PAGES) return { newest, whole: false }
  }
  return { newest, whole: true }
}

/** Those whose newest line is a failure, the most frequent first. */
export async function readFailures(
  graph: GraphReader,
  job: string,
  now: Date,
): Promise<{ failures: Failures[]; whole: boolean }> {
  const { newest, whole } = await readNewest(graph, job, now)
  const byCode = new Map<string, Entry[]>()
  for (const entry of newest.values())
    if (isFailure(entry)) byCode.set(codeOf(entry), [...(byCode.get(codeOf(entry)) ?? []), entry])
  const failures = [...byCode]
    .map(([code, entries]) => failuresOf(code, entries))
    .sort((left, right) => right.people - left.people || (left.code < right.code ? -1 : 1))
  return { failures, whole }
}

function failuresOf(code: string, entries: readonly Entry[]): Failures {
  const [first] = entries.toSorted((left, right) => (labelOf(left) < labelOf(right) ? -1 : 1))
  const reason = first!.provisioningStatusInfo?.errorInformation?.reason ?? ''
  return { code, people: entries.length, example: labelOf(first!), reason }
}

function isFailure({ provisioningStatusInfo }: Entry): boolean {
  return provisioningStatusInfo?.status === 'failure'
}

function codeOf({ provisioningStatusInfo }: Entry): string {
  return shownCode(provisioningStatusInfo?.errorInformation?.errorCode ?? 'unknown')
}

function timeOf({ activityDateTime }: Entry): string {
  return activityDateTime ?? ''
}

function labelOf({ sourceIdentity }: Entry): string {
  const { id, displayName, details } = sourceIdentity ?? {}
  const address = details?.['UserPrincipalName'] ?? details?.['userPrincipalName']
  return typeof address === 'string' ? `${displayName ?? ''} <${address}>`.trim() : (displayName ?? id ?? '')
}
