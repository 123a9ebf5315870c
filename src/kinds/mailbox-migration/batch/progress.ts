/**
 * How far batches and the people in them have come.
 * Source: Exchange PowerShell, Get-MigrationUser, Get-MigrationUserStatistics.
 */
import pMap, { pMapSkip } from 'p-map'
import type { Health } from '../../../engine/plan.ts'
import { IncompleteReadError, ServiceError, shownCode } from '../../../microsoft/errors.ts'
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import type { ExchangeReader } from '../../../microsoft/exchange.ts'
import { ENDED, type Batch, type MigrationUser } from './batch.ts'

/** In the order in which a move goes through them; others stand behind. */
const STATES = ['Queued', 'Provisioning', 'Validating', 'Syncing', 'Synced', 'Completing', 'Completed']

/** What is there of a mailbox, of a hundred, where its status says so. */
const PERCENT: Readonly<Record<string, number>> = {
  Synced: 95,
  IncrementalSyncing: 95,
  IncrementalSynced: 95,
  IncrementalStopped: 95,
  Completing: 95,
  CompletionSynced: 95,
  CompletedWithWarnings: 100,
  Completed: 100,
}

const FAILED = /Failed|Corrupted/

/** One call a mailbox: so many are asked for, and stand for the others. */
const MOST_ASKED = 50
const AT_A_TIME = 8

/** @returns by the address, how much of those who are being copied is there. */
export async function readPercentages(
  exchange: ExchangeReader,
  users: readonly MigrationUser[],
): Promise<ReadonlyMap<string, number>> {
  const syncing = users.filter(({ status }) => status === 'Syncing').slice(0, MOST_ASKED)
  const found = await pMap(
    syncing,
    async ({ address }): Promise<[string, number] | typeof pMapSkip> => {
      try {
        const [row] = await listUndivided(exchange, 'Get-MigrationUserStatistics', { Identity: address })
        const percent = row?.['PercentageComplete']
        return typeof percent === 'number' ? [address, percent] : pMapSkip
      } catch (error) {
        // It tells how far it is, and nothing hangs on it.
        if (error instanceof ServiceError || error instanceof IncompleteReadError) return pMapSkip
        throw error
      }
    },
    { concurrency: AT_A_TIME },
  )
  return new Map(found)
}

/** @param users those of this batch. */
export function batchHealth(
  batch: Batch,
  users: readonly MigrationUser[],
  percentages: ReadonlyMap<string, number>,
  wanted: string | undefined,
): Health {
  const counts = new Map<string, number>()
  for (const { status } of users) counts.set(status, (counts.get(status) ?? 0) + 1)
  const states = Array.from(counts, ([name, count]) => ({ name, count })).toSorted(
    (left, right) => rank(left.name) - rank(right.name) || (left.name < right.name ? -1 : 1),
  )
  const known = users.flatMap((user) => percentOf(user, percentages) ?? [])
  const percent = Math.floor(known.reduce((sum, each) => sum + each, 0) / Math.max(1, known.length))
  const failed = users.filter(({ status }) => FAILED.test(status)).length
  const told = [
    `${batch.status}: ${percent} %`,
    states.map(({ name, count }) => `${count} ${name}`).join(', ') || 'nobody in it',
    ...(typeof batch.completeAfter === 'string' && wanted === undefined && !ENDED.has(batch.status)
      ? [`completes by itself after ${batch.completeAfter}, which the profile does not say`]
      : []),
    ...(batch.status === 'Stopped'
      ? ['somebody stopped it: start it again in Exchange, an apply does not']
      : []),
  ].join('; ')
  return {
    what: 'batch',
    key: batch.name,
    configuration: true,
    state: failed > 0 || FAILED.test(batch.status) ? 'error' : batch.status === 'Stopped' ? 'warning' : 'ok',
    message: told,
    advice: told,
    progress: { states, percent },
  }
}

function rank(state: string): number {
  const index = STATES.indexOf(state)
  return index === -1 ? STATES.length : index
}

/** @returns `undefined` for whom nobody asked. */
function percentOf(
  { address, status }: MigrationUser,
  percentages: ReadonlyMap<string, number>,
): number | undefined {
  return PERCENT[status] ?? percentages.get(address) ?? (status === 'Syncing' ? undefined : 0)
}

/** Somebody's mailbox is being switched over at this moment. */
export function isSwitchingOver({ status }: MigrationUser): boolean {
  return /^Complet(ing|ionSyn|ionQueued)/.test(status)
}

/**
 * Somebody who is in a batch.
 * @param own names of the profile's batches: those of others may be named after people.
 */
export function userHealth(
  label: string,
  user: MigrationUser,
  percentages: ReadonlyMap<string, number>,
  own: ReadonlySet<string>,
): Health {
  const { status, batch, error } = user
  const percent = percentOf(user, percentages) ?? 0
  const far = percent > 0 && percent < 100 ? `, ${percent} %` : ''
  const told = `${status} in ${batch}${far}.`
  const shown = `${shownCode(status)} in ${own.has(batch) ? batch : 'another batch'}${far}.`
  const failed = FAILED.test(status)
  return {
    what: 'mailbox',
    key: label,
    state: failed ? 'error' : 'ok',
    message: failed && error !== '' ? `${told} ${error}` : told,
    advice: failed ? `${shown} ${failureAdvice(error)}` : shown,
  }
}

const CAUSES: readonly (readonly [says: RegExp, cure: string])[] = [
  [
    /WithoutLicense|licen[cs]e/i,
    'Assign a licence "Cross Tenant User Data Migration", and start the batch again.',
  ],
  [/DuplicateInOtherBatch/i, 'Another batch has this mailbox: remove it from one of them.'],
  [/\bon (any type of )?hold\b/i, 'Release the holds in the source, and start the batch again.'],
  [
    /SourceAuxArchiveIsProvisioned|NotInExpectedDB/,
    'Take the mailbox out of the batch: the next apply puts it into a further one.',
  ],
  [/archive/i, 'The archives do not fit, or one of them expands by itself.'],
  [/exceeds target quota|quota/i, 'The mailbox is larger than one in the target may be.'],
  [/AADSTS70002(15|22)/, 'The secret in the endpoint is wrong or has expired: rotate: true writes it anew.'],
  [/mailbox GUID/i, 'The ExchangeGuid of the mail user is that of no mailbox in the source.'],
  [/scope/i, 'The mailbox is not in the published scope of the source.'],
  [/AlreadyBeingMoved/, 'Another move of the mailbox is under way: wait for it, and start the batch again.'],
  [
    /NotAcceptedDomain|MissingExchangeGuid|proxy/i,
    'The mail user is not as it should be: apply again, and start the batch again.',
  ],
]

/** The type of the exception stands before its text, and names nobody. */
function failureAdvice(error: string): string {
  const [, type] = /^(\w+Exception)\b/.exec(error) ?? []
  // What stands in quotes are names, which may be anything. An apostrophe within a word is no quote.
  const words = error.replaceAll(/(?<!\w)'.*?'(?!\w)|"[^"]*"/g, "''")
  const cure = CAUSES.find(([says]) => says.test(words))?.[1] ?? 'Its reason stands in the full report.'
  return type === undefined ? cure : `${shownCode(type)}: ${cure}`
}
