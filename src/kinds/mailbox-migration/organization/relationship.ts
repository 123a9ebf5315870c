/**
 * What one organization lets another do: an organization relationship.
 * Source: Microsoft 365, "Cross-tenant mailbox migration"; Exchange PowerShell, New-OrganizationRelationship.
 */
import type { Recorder } from '../../../engine/journal.ts'
import type { FieldChange, Value } from '../../../engine/plan.ts'
import { isAlreadyThere, isNotFound } from '../../../microsoft/exchange-errors.ts'
import { listUndivided } from '../../../microsoft/exchange-listing.ts'
import {
  identityOf,
  textOf,
  textsOf,
  type ExchangeReader,
  type ExchangeWriter,
  type Parameters,
  type Row,
} from '../../../microsoft/exchange.ts'
import { makeOnce } from '../../../microsoft/replication.ts'
import { fieldOf, parameterOf } from '../fields.ts'

export interface Relationship {
  readonly id: string
  readonly name: string
  /** Domains, or the id of a tenant, as they are written. */
  readonly domainNames: readonly string[]
  readonly row: Row
}

/** What a relationship is found by: the other organization. */
export interface Partner {
  /** In lower case. */
  readonly tenantId: string
  /** Its verified domains, in lower case. */
  readonly domains: ReadonlySet<string>
}

/** Settings that a profile wants, by the names of Exchange. */
export interface WantedRelationship {
  /** Of a relationship that is made. */
  readonly name: string
  readonly partner: Partner
  readonly settings: Readonly<Record<string, string | boolean>>
  /** A published scope, for the side that mailboxes leave. */
  readonly scope?: PublishedScope
}

/** A group whose members may move. */
export interface PublishedScope {
  readonly guid: string
  readonly name: string
  /** All that a relationship may name it by, in lower case. */
  readonly names: ReadonlySet<string>
}

export async function readRelationships(exchange: ExchangeReader): Promise<Relationship[]> {
  const rows = await listUndivided(exchange, 'Get-OrganizationRelationship')
  return rows.map((row) => ({
    id: identityOf(row) ?? textOf(row, 'Name'),
    name: textOf(row, 'Name'),
    domainNames: textsOf(row, 'DomainNames'),
    row,
  }))
}

/** The one that names the tenant by its id; else the first that names one of its domains. */
export function relationshipWith(
  relationships: readonly Relationship[],
  { tenantId, domains }: Partner,
): Relationship | undefined {
  const byDomain = (name: string) => domains.has(name.toLowerCase())
  return (
    relationships.find(({ domainNames }) => inLowerCase(domainNames).has(tenantId)) ??
    relationships
      .filter(({ domainNames }) => domainNames.some(byDomain))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))[0]
  )
}

const SCOPES = 'MailboxMovePublishedScopes'

/** What differs from what is wanted; all of it where there is none. */
export function relationshipFields(
  stands: Relationship | undefined,
  { settings, partner, scope }: WantedRelationship,
): FieldChange[] {
  const fields: FieldChange[] = []
  const before = (name: string): Value => (stands ? plain(stands.row[name]) : null)
  const domains = stands?.domainNames ?? []
  if (!inLowerCase(domains).has(partner.tenantId))
    fields.push({
      field: 'domainNames',
      before: stands ? domains : null,
      after: [...domains, partner.tenantId],
    })
  for (const [name, after] of Object.entries(settings))
    if (!same(before(name), after)) fields.push({ field: fieldOf(name), before: before(name), after })
  const scopes = stands ? textsOf(stands.row, SCOPES) : []
  if (scope && !scopes.some((name) => isNamed(scope, name)))
    fields.push({ field: fieldOf(SCOPES), before: stands ? scopes : null, after: [...scopes, scope.name] })
  return fields
}

function inLowerCase(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map((text) => text.toLowerCase()))
}

/** Exchange may show a group by its name, its GUID, or a path that ends or begins with the name. */
export function isNamed(scope: PublishedScope, text: string): boolean {
  const [, common = ''] = /^CN=((?:[^,\\]|\\.)+)/i.exec(text) ?? []
  const last = text.slice(text.lastIndexOf('/') + 1)
  return [text, common.replaceAll(/\\(.)/g, '$1'), last].some((name) => scope.names.has(name.toLowerCase()))
}

function plain(cell: unknown): Value {
  return typeof cell === 'string' || typeof cell === 'boolean' ? cell : null
}

/** Names of enumerations and ids are told apart without regard to case. */
function same(before: Value, after: string | boolean): boolean {
  return typeof before === 'string' && typeof after === 'string'
    ? before.toLowerCase() === after.toLowerCase()
    : before === after
}

/** @param fields of `relationshipFields`. */
function parametersOf(fields: readonly FieldChange[], scope: PublishedScope | undefined): Parameters {
  return Object.fromEntries(
    fields.map(({ field, before, after }) => [
      parameterOf(field),
      // Names are for people; the group itself is known by its GUID.
      parameterOf(field) === SCOPES ? [...((before ?? []) as readonly string[]), scope!.guid] : after,
    ]),
  )
}

/** Made, or what has come to stand meanwhile brought to what is wanted; its other settings stay. */
export async function ensureRelationship(
  exchange: ExchangeWriter,
  record: Recorder,
  wanted: WantedRelationship,
): Promise<void> {
  const fields = relationshipFields(undefined, wanted)
  const made = await makeOnce<'made' | Relationship>({
    async make() {
      await record.write({ action: 'create', fields: names(fields) }, () =>
        exchange.run(
          'New-OrganizationRelationship',
          { Name: wanted.name, ...parametersOf(fields, wanted.scope) },
          { repeatable: false },
        ),
      )
      return 'made'
    },
    find: async () => relationshipWith(await readRelationships(exchange), wanted.partner),
    isThere: isAlreadyThere,
  })
  if (made !== 'made') await changeRelationship(exchange, record, made, wanted)
}

export async function changeRelationship(
  exchange: ExchangeWriter,
  record: Recorder,
  stands: Relationship,
  wanted: WantedRelationship,
): Promise<void> {
  const fields = relationshipFields(stands, wanted)
  if (fields.length === 0) return
  await setRelationship(exchange, record, stands, names(fields), parametersOf(fields, wanted.scope))
}

export async function setRelationship(
  exchange: ExchangeWriter,
  record: Recorder,
  { id }: Relationship,
  fields: readonly string[],
  parameters: Parameters,
): Promise<void> {
  await record.write({ action: 'update', targetId: id, fields }, () =>
    exchange.run('Set-OrganizationRelationship', { Identity: id, ...parameters }, { repeatable: true }),
  )
}

export async function removeRelationship(
  exchange: ExchangeWriter,
  record: Recorder,
  { id, row }: Relationship,
): Promise<void> {
  record.removing(row)
  try {
    await record.write({ action: 'delete', targetId: id, fields: [] }, () =>
      exchange.run('Remove-OrganizationRelationship', { Identity: id, Confirm: false }, { repeatable: true }),
    )
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

function names(fields: readonly FieldChange[]): string[] {
  return fields.map(({ field }) => field)
}
