/** The cmdlets that make, change and remove a mail contact, each journalled, none of them doubled by a lost answer. */
import type { Recorder } from '../../engine/journal.ts'
import type { FieldChange } from '../../engine/plan.ts'
import { isNameTaken } from '../../microsoft/exchange-errors.ts'
import { identityOf, type ExchangeWriter, type Parameters, type Row } from '../../microsoft/exchange.ts'
import { findOne, makeOnce, onceKnown } from '../../microsoft/replication.ts'
import { EXCHANGE_ATTRIBUTES } from './exchange-attributes.ts'

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

  const made = await makeOnce<{ guid: string; row?: Row }>({
    async make() {
      const { rows } = await record.write(about, () =>
        exchange.run('New-MailContact', parameters, { repeatable: false }),
      )
      return { guid: identityOf(rows[0]) ?? name }
    },
    // The name is derived: what bears it, and no mark of somebody else, is this contact, made by a lost answer.
    async find() {
      const row = await findOne(exchange, 'Get-MailContact', name)
      return row && { guid: identityOf(row) ?? name, row }
    },
    isThere: isNameTaken,
    fits: ({ row }) => row === undefined || isFreeFor(mark, row),
  })
  return { guid: made.guid, rest }
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

/** `null` clears. */
function parametersOf(fields: readonly FieldChange[]): Parameters {
  return Object.fromEntries(fields.map(({ field, after }) => [EXCHANGE_ATTRIBUTES[field]!.name, after]))
}
