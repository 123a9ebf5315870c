/**
 * What was sent to Exchange, held against Microsoft's description of its cmdlets (its cut in src/simulator/contract):
 * by a check of its own, apart from how the simulator binds parameters. It is stricter: names as they are written
 * there, no aliases, numbers for no flags.
 */
import contract from '../../src/simulator/contract/exo-cmdlets.json' with { type: 'json' }

/** Of a request as the simulator records it. */
export interface Sent {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body?: unknown
}

interface Parameter {
  readonly type: string
  /** Absent: it is there in Exchange Online. */
  readonly online?: boolean
  /** Absent: it is in all of them. */
  readonly sets?: readonly string[]
  readonly max?: number
  readonly values?: readonly string[]
}

interface Cmdlet {
  readonly online: boolean
  /** In lists and filters. */
  readonly filterable: readonly string[]
  /** By name, what must be given. */
  readonly sets: Readonly<Record<string, readonly string[]>>
  readonly parameters: Readonly<Record<string, Parameter>>
}

const CMDLETS: Readonly<Record<string, Cmdlet>> = contract.cmdlets

/** What recipients and their mailboxes show, and no cmdlet sets or filters by (each cmdlet's page, "Outputs"). */
const SHOWN = [
  'AutoExpandingArchiveEnabled',
  'ComplianceTagHoldApplied',
  'DelayHoldApplied',
  'IsDirSynced',
  'RecipientTypeDetails',
]
const COLUMNS: ReadonlySet<string> = new Set([
  ...SHOWN,
  ...Object.values(CMDLETS).flatMap(({ filterable, parameters }) => [
    ...filterable,
    ...Object.keys(parameters),
  ]),
])

const PATH = /^\/adminapi\/beta\/[^/]+\/InvokeCommand$/

/** @returns what of a request Microsoft's description does not know, in words; nothing when all is well. */
export function departures({ method, path, body }: Sent): string[] {
  const { pathname, searchParams } = new URL(path, 'https://outlook.office365.com')
  if (method !== 'POST' || !PATH.test(pathname)) return [`${method} ${pathname} is no call of a cmdlet`]
  const input = (body as { CmdletInput?: Record<string, unknown> } | undefined)?.CmdletInput ?? {}
  const { CmdletName: name, Parameters: given = {} } = input
  const cmdlet = CMDLETS[String(name)]
  if (!cmdlet?.online) return [`there is no cmdlet ${String(name)} in Exchange Online`]
  return [
    ...queryFaults(searchParams),
    ...parameterFaults(cmdlet, given as Readonly<Record<string, unknown>>),
  ].map((fault) => `${String(name)}: ${fault}`)
}

function queryFaults(query: URLSearchParams): string[] {
  const options = [...query.keys()].filter((key) => key !== '$select' && key !== '$skiptoken')
  const columns = (query.get('$select')?.split(',') ?? []).filter((column) => !COLUMNS.has(column))
  return [
    ...options.map((key) => `no query option ${key}`),
    ...columns.map((column) => `no column ${column}`),
  ]
}

function parameterFaults(cmdlet: Cmdlet, given: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(given)
  const absent = names.filter((name) => !cmdlet.parameters[name] || cmdlet.parameters[name].online === false)
  if (absent.length > 0) return absent.map((name) => `no parameter ${name} in Exchange Online`)
  const values = names.flatMap((name) => valueFaults(name, cmdlet.parameters[name]!, given[name]))
  return [...setFaults(cmdlet, given), ...values, ...filterFaults(cmdlet, given['Filter'])]
}

/** One set has all that is given, and is given all that it needs. */
function setFaults({ sets, parameters }: Cmdlet, given: Readonly<Record<string, unknown>>): string[] {
  const common = Object.keys(sets).filter((set) =>
    Object.keys(given).every((name) => parameters[name]!.sets?.includes(set) ?? true),
  )
  if (common.length === 0) return [`no one parameter set has ${Object.keys(given).join(', ')}`]
  const missing = common.map((set) => sets[set]!.filter((name) => (given[name] ?? '') === ''))
  return missing.some(({ length }) => length === 0)
    ? []
    : [`without ${missing.map((names) => names.join(' and ')).join(', or without ')}`]
}

type Holds = (value: unknown) => boolean

const isText: Holds = (value) => typeof value === 'string'
const matching =
  (pattern: RegExp): Holds =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const isList: Holds = (value) => Array.isArray(value) && value.every(isText)

/** What is no text, or not every text. */
const SHAPES: Readonly<Record<string, Holds>> = {
  Boolean: (value) => typeof value === 'boolean',
  SwitchParameter: (value) => typeof value === 'boolean',
  Int32: Number.isInteger,
  Unlimited: (value) => value === 'Unlimited' || Number.isInteger(value),
  Guid: matching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
  DateTime: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  'Byte[]': matching(/^[A-Za-z\d+/]+={0,2}$/),
  ProxyAddress: matching(/^[^\s:]+@[^\s:]+$/),
  SmtpAddress: matching(/^[^\s:]+@[^\s:]+$/),
  ProxyAddressCollection: (value) => isList(value) && (value as string[]).every((one) => /^\w+:./.test(one)),
  MultiValuedProperty: isList,
  PSCredential: (value) => Object.keys(value as object).join() === 'UserName,Password',
}

/** `null` clears what a cmdlet sets; a flag is never cleared. */
function valueFaults(name: string, { type, max, values }: Parameter, value: unknown): string[] {
  if (value === null && type !== 'Boolean' && type !== 'SwitchParameter') return []
  const holds = SHAPES[type] ?? (type.endsWith('[]') ? isList : isText)
  if (!holds(value)) return [`${name} is no ${type}: ${JSON.stringify(value)}`]
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  return texts.flatMap((text) => [
    ...(values && !values.includes(text) ? [`${name} cannot be ${text}`] : []),
    ...(max !== undefined && text.length > max ? [`${name} has ${text.length} characters, not ${max}`] : []),
  ])
}

/** Every property before an operator can be filtered by. */
function filterFaults({ filterable }: Cmdlet, filter: unknown): string[] {
  if (typeof filter !== 'string') return []
  const unquoted = filter.replaceAll(/'(?:[^']|'')*'/g, "''")
  const properties = Array.from(unquoted.matchAll(/([\w.]+)\s+-\w+/g), ([, property]) => property!)
  if (properties.length === 0) return [`no property in the filter ${filter}`]
  return properties
    .filter((property) => !filterable.includes(property))
    .map((property) => `no filter by ${property}`)
}
