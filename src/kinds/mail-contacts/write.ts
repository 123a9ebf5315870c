/** The cmdlets that make, change and remove a mail contact, each journalled, none of them doubled by a lost answer. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Recorder } from '../../engine/journal.ts'
import type { FieldChange } from '../../engine/plan.ts'
import { isNameTaken, isNotFound } from '../../microsoft/exchange-errors.ts'
import type { ExchangeReader, ExchangeWriter, Parameters, Row } from '../../microsoft/exchange.ts'
import { ServiceError } from '../../microsoft/errors.ts'
import { backoff } from '../../microsoft/throttling.ts'
import { identityOf } from './contact.ts'
import { EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'

const MOST_CREATE_ATTEMPTS = 5
/** A new contact may not be known to the next server at once. */
const REPLICATION_READS = 8
const LOST_ANSWER_READS = 2
const REPLICATION_WAIT = 1000

export interface NewContact {
  /** Derived from profile and person: by it the contact is found again when the answer is lost. */
  readonly name: string
  readonly address: string
  readonly fields: readonly FieldChange[]
  /** What it is to bear: a contact of that name which bears another mark is somebody else's. */
  readonly mark: FieldChange
}

/** Parameters of New-MailContact besides name, alias and address. */
const SET_AT_ONCE = ['displayName', 'firstName', 'lastName']

export interface Made {
  readonly guid: string
  /** The fields that are still to be set. */
  readonly rest: readonly FieldChange[]
}

export async function makeContact(
  exchange: ExchangeWriter,
  record: Recorder,
  { name, address, fields, mark }: NewContact,
): Promise<Made> {
  const atOnce = fields.filter(({ field }) => SET_AT_ONCE.includes(field))
  const rest = fields.filter(({ field }) => !SET_AT_ONCE.includes(field))
  const parameters = { Name: name, Alias: name, ExternalEmailAddress: address, ...parametersOf(atOnce) }
  const about = {
    action: 'create',
    fields: ['externalEmailAddress', ...atOnce.map(({ field }) => field)],
  } as const

  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await record.write(about, () =>
        exchange.run('New-MailContact', parameters, { repeatable: false }),
      )
      return { guid: identityOf(rows[0]) ?? name, rest }
    } catch (error) {
      // The name is derived: what bears it, and no mark of somebody else, is this contact, made by a lost answer.
      const isThere = attempt > 1 || isNameTaken(error)
      const reads = isThere ? REPLICATION_READS : isAmbiguous(error) ? LOST_ANSWER_READS : 0
      const made = reads > 0 ? await findByName(exchange, name, reads) : undefined
      if (made && !isFreeFor(mark, made)) throw error
      if (made) return { guid: identityOf(made) ?? name, rest }
      if (!isAmbiguous(error) || attempt >= MOST_CREATE_ATTEMPTS) throw error
      await delay((error.retryAfter ?? backoff(attempt)) * 1000)
    }
  }
}

function isFreeFor({ field, after }: FieldChange, mailContact: Row): boolean {
  const standing = mailContact[EXCHANGE_ATTRIBUTES[field]!.name] ?? ''
  return standing === '' || standing === after
}

/** The fields of an existing contact, by the cmdlets that set them: two at the most. */
export async function setFields(
  exchange: ExchangeWriter,
  record: Recorder,
  identity: string,
  fields: readonly FieldChange[],
  more: { parameters?: Parameters; fields?: readonly string[]; justMade?: boolean } = {},
): Promise<void> {
  for (const cmdlet of ['Set-MailContact', 'Set-Contact'] as const) {
    const own = fields.filter(({ field }) => EXCHANGE_ATTRIBUTES[field]?.setBy === cmdlet)
    const extra = cmdlet === 'Set-MailContact' ? (more.parameters ?? {}) : {}
    const parameters = { Identity: identity, ...parametersOf(own), ...extra }
    if (Object.keys(parameters).length === 1) continue
    const names = [
      ...own.map(({ field }) => field),
      ...(cmdlet === 'Set-MailContact' ? (more.fields ?? []) : []),
    ]
    const set = () =>
      record.write({ action: 'update', targetId: identity, fields: names }, () =>
        exchange.run(cmdlet, parameters, { repeatable: true }),
      )
    await (more.justMade ? onceKnown(set) : set())
  }
}

/**
 * Removes a contact after keeping all that is known of it.
 * @param stillOurs told the contact as it is now; a contact that changed hands since the plan is left.
 */
export async function removeContact(
  exchange: ExchangeWriter,
  record: Recorder,
  guid: string,
  stillOurs: (mailContact: Row) => boolean,
): Promise<void> {
  const mailContact = await findOne(exchange, 'Get-MailContact', guid)
  if (!mailContact) return
  if (!stillOurs(mailContact)) throw new ChangedHandsError(guid)
  const contact = await findOne(exchange, 'Get-Contact', guid)
  record.removing({ mailContact, contact: contact ?? null, memberOf: await groupsOf(exchange, mailContact) })
  try {
    await record.write({ action: 'delete', targetId: guid, fields: [] }, () =>
      exchange.run('Remove-MailContact', { Identity: guid, Confirm: false }, { repeatable: true }),
    )
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

export class ChangedHandsError extends Error {
  override readonly name = 'ChangedHandsError'
  readonly code = 'changed-since-plan'
  constructor(guid: string) {
    super(
      `The mail contact ${guid} no longer bears the mark it had when it was planned; it was left as it is.`,
    )
  }
}

/** `null` clears. */
function parametersOf(fields: readonly FieldChange[]): Parameters {
  return Object.fromEntries(fields.map(({ field, after }) => [EXCHANGE_ATTRIBUTES[field]!.name, after]))
}

async function onceKnown(set: () => Promise<unknown>): Promise<void> {
  for (let read = 1; ; read++) {
    try {
      await set()
      return
    } catch (error) {
      if (!isNotFound(error) || read >= REPLICATION_READS) throw error
      await delay(REPLICATION_WAIT)
    }
  }
}

/** What was made a moment ago may not be known everywhere yet: looks so often before it says no. */
async function findByName(exchange: ExchangeReader, name: string, reads: number): Promise<Row | undefined> {
  for (let read = 1; ; read++) {
    const found = await findOne(exchange, 'Get-MailContact', name)
    if (found || read >= reads) return found
    await delay(REPLICATION_WAIT)
  }
}

async function findOne(
  exchange: ExchangeReader,
  cmdlet: 'Get-MailContact' | 'Get-Contact',
  identity: string,
): Promise<Row | undefined> {
  try {
    for await (const rows of exchange.pages(cmdlet, { Identity: identity })) {
      const found = rows.find((row) => identityOf(row) === identity || row['Name'] === identity)
      if (found) return found
    }
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  return undefined
}

/** The groups it is a member of, as far as they can be read. */
async function groupsOf(exchange: ExchangeReader, mailContact: Row): Promise<unknown[] | null> {
  const name = mailContact['DistinguishedName']
  if (typeof name !== 'string') return null
  try {
    const groups: unknown[] = []
    const filter = `Members -eq '${name.replaceAll("'", "''")}'`
    for await (const page of exchange.pages('Get-Recipient', { Filter: filter }, [
      'Name',
      'Guid',
      'PrimarySmtpAddress',
    ]))
      groups.push(...page)
    return groups
  } catch {
    // It is kept for whoever brings the contact back; the deletion does not depend on it.
    return null
  }
}

function isAmbiguous(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.ambiguous
}
