/** Migration batches and the people in them, as the target holds them now. */
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import { textOf, textsOf, type ExchangeReader, type Row } from '../../../microsoft/exchange.ts'
import { nameIn, namesIn } from '../object-names.ts'

/** What plans and journals call it. */
export const BATCH = 'migration-batch'

/** @param target the tenant's name. */
export function batchLabel(target: string, name: string): string {
  return `${target}: migration batch ${name}`
}

export interface Batch {
  readonly name: string
  /** In lower case: people in it name it by one of them. */
  readonly names: ReadonlySet<string>
  /** `Created`, `Syncing`, `Synced`, `Completed`, … */
  readonly status: string
  /** What Exchange does not show is `undefined`, and left alone. In lower case, names of its source endpoint. */
  readonly endpoint: readonly string[] | undefined
  /** In lower case. */
  readonly deliveryDomain: string | undefined
  /** ISO 8601; `null` where it is not to complete by itself at a time. */
  readonly completeAfter: string | null | undefined
  readonly notificationEmails: readonly string[] | undefined
  readonly row: Row
}

/** Statuses in which nothing of a batch is changed any more. */
export const ENDED: ReadonlySet<string> = new Set([
  'Completing',
  'Completed',
  'CompletedWithErrors',
  'Removing',
  'Corrupted',
])

/** Somebody in a batch. */
export interface MigrationUser {
  /** In the target, in lower case. */
  readonly address: string
  /** Of the mailbox that moves, in lower case; `''` where it is not told. */
  readonly mailboxGuid: string
  readonly batch: string
  readonly status: string
  /** Why it failed; `''` where it did not. */
  readonly error: string
}

export async function readBatches(exchange: ExchangeReader): Promise<Batch[]> {
  return (await listUndivided(exchange, 'Get-MigrationBatch')).map(batchOf)
}

function batchOf(row: Row): Batch {
  const shown = (property: string) => property in row
  const times = ['CompleteAfterUTC', 'CompleteAfter'].filter(shown)
  return {
    name: nameIn(row, 'Name', 'Identity'),
    names: new Set(namesIn(row, 'Name', 'Identity', 'BatchGuid', 'Guid')),
    status: nameIn(row, 'Status'),
    endpoint: shown('SourceEndpoint') ? namesIn(row, 'SourceEndpoint') : undefined,
    deliveryDomain: shown('TargetDeliveryDomain')
      ? textOf(row, 'TargetDeliveryDomain').toLowerCase()
      : undefined,
    completeAfter:
      times.length === 0
        ? undefined
        : (times.map((time) => timeIn(textOf(row, time))).find((time) => time !== null) ?? null),
    notificationEmails: shown('NotificationEmails') ? textsOf(row, 'NotificationEmails') : undefined,
    row,
  }
}

/** Exchange shows times without a zone, in the form of ISO 8601 or of the United States, and means UTC. */
function timeIn(text: string): string | null {
  if (text === '') return null
  const forms = /Z$|[+-]\d\d:?\d\d$/.test(text) ? [text] : [`${text}Z`, `${text} UTC`]
  const form = forms.find((each) => !Number.isNaN(Date.parse(each)))
  return form === undefined ? null : isoTime(form)
}

/** As plans and cmdlets have it. @param time with its zone. */
export function isoTime(time: string): string {
  return new Date(time).toISOString()
}

/** @param batches by which a batch that is named by its GUID is called by its name. */
export async function readMigrationUsers(
  exchange: ExchangeReader,
  batches: readonly Batch[],
): Promise<MigrationUser[]> {
  const rows = await listUndivided(exchange, 'Get-MigrationUser', { ResultSize: 'Unlimited' })
  const byName = new Map(batches.flatMap(({ name, names }) => [...names].map((each) => [each, name])))
  return rows.map((row) => {
    const named = namesIn(row, 'BatchId', 'BatchGuid').find((name) => byName.has(name))
    return {
      address: (textOf(row, 'Identity') || textOf(row, 'MailboxEmailAddress')).toLowerCase(),
      mailboxGuid: textOf(row, 'MailboxGuid').toLowerCase(),
      batch: byName.get(named ?? '') ?? nameIn(row, 'BatchId'),
      status: nameIn(row, 'Status'),
      error: textOf(row, 'ErrorSummary'),
    }
  })
}

/** What the batches of a profile are known by. */
export interface Series {
  /** Of the first one. */
  readonly name: string
  /** In lower case, all that their endpoint goes by. */
  readonly endpoint: ReadonlySet<string>
  readonly deliveryDomain: string
}

/** The batches of a profile: `<name>`, `<name>-2` and so on, through its endpoint, in their order. */
export function ownBatches(all: readonly Batch[], series: Series): Batch[] {
  const ordinal = ({ name }: Batch) => ordinalOf(name, series.name)
  return all
    .filter((batch) => ordinal(batch) !== undefined && isOf(batch, series))
    .toSorted((left, right) => ordinal(left)! - ordinal(right)!)
}

/** Of a batch that shows no endpoint its delivery domain tells: one of another kind has none. */
function isOf({ endpoint, deliveryDomain }: Batch, series: Series): boolean {
  return endpoint
    ? endpoint.some((name) => series.endpoint.has(name))
    : deliveryDomain === undefined || deliveryDomain === series.deliveryDomain.toLowerCase()
}

/** 1 for the first batch, `undefined` for one that is none of them. */
export function ordinalOf(batch: string, name: string): number | undefined {
  const [given, wanted] = [batch.toLowerCase(), name.toLowerCase()]
  if (given === wanted) return 1
  const digits = given.startsWith(`${wanted}-`) ? given.slice(wanted.length + 1) : ''
  return /^[1-9]\d*$/.test(digits) && digits !== '1' ? Number(digits) : undefined
}

/** The next names that no batch has. */
export function nextNames(all: readonly Batch[], name: string, count: number): string[] {
  const taken = new Set(all.map((batch) => batch.name.toLowerCase()))
  const names: string[] = []
  for (let ordinal = 1; names.length < count; ordinal++) {
    const next = ordinal === 1 ? name : `${name}-${ordinal}`
    if (!taken.has(next.toLowerCase())) names.push(next)
  }
  return names
}
