/** From a JSON value to what a cmdlet's parameter of some type takes. */
import type { ParameterFacts } from './contract.ts'
import { countryNamed } from './countries.ts'
import { ENUMERATIONS } from './enumerations.ts'
import { badTransformation, emptyArgument, tooLong } from './errors.ts'
import { DIRECTORY_MAXIMA } from './lengths.ts'
import { decrypted, decryptedCredential } from './secure.ts'

/** Adds and removes, beside the values that are there. */
export interface Delta {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}
/**
 * A date is kept as ISO text, bytes as base64, a secret as the text behind its encryption, and a credential as
 * its name and secret.
 */
export type Bound = string | number | boolean | readonly string[] | Delta | null

const LISTS = new Set(['MultiValuedProperty', 'ProxyAddressCollection'])
/** Without a value of its own a name is no name. */
const NEVER_EMPTY = /(IdParameter|ProxyAddress)$/

/** @throws ExchangeRefusal */
export function boundValue(parameter: ParameterFacts, value: unknown): Bound {
  const { name, type } = parameter
  if (type === 'Boolean' || type === 'SwitchParameter') return flag(parameter, value)
  if (value === null || value === undefined) return null
  if (type === 'Int32') return whole(parameter, value)
  if (type === 'Unlimited') return unlimited(parameter, value)
  if (LISTS.has(type)) return list(parameter, value)
  const parse = PARSED[type]
  if (parse) return parse(parameter, value)
  if (type.endsWith('[]')) return texts(parameter, value).map((text) => enumerated(parameter, text))
  const text = enumerated(parameter, textFrom(parameter, value))
  if (text === '' && (NEVER_EMPTY.test(type) || name === 'Name')) throw emptyArgument(name)
  if (type === 'CountryInfo') return text === '' ? null : country(name, text)
  return withinLength(parameter, text)
}

/** Types of which not every text is a value. */
const PARSED: Readonly<Record<string, (parameter: ParameterFacts, value: unknown) => Bound>> = {
  Guid: (parameter, value) =>
    parsed(
      parameter,
      value,
      'System.Guid',
      'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).',
      (text) => (GUID.test(text) ? text.toLowerCase() : undefined),
    ),
  DateTime: (parameter, value) =>
    parsed(
      parameter,
      value,
      'System.DateTime',
      'The string was not recognized as a valid DateTime.',
      (text) => (ISO_DATE.test(text) && !Number.isNaN(Date.parse(text)) ? utc(text) : undefined),
    ),
  'Byte[]': (parameter, value) =>
    parsed(parameter, value, 'System.Byte[]', 'The input is not a valid Base-64 string.', (text) =>
      Buffer.from(text, 'base64').toString('base64') === text ? text : undefined,
    ),
  SecureString: (parameter, value) =>
    decrypted(value) ?? notEncrypted(parameter, value, 'System.Security.SecureString'),
  PSCredential: (parameter, value) =>
    decryptedCredential(value) ?? notEncrypted(parameter, value, 'System.Management.Automation.PSCredential'),
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/

/** Without a zone it is UTC, as in Exchange Online. */
function utc(text: string): string {
  return new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`).toISOString()
}

function parsed(
  parameter: ParameterFacts,
  value: unknown,
  type: string,
  why: string,
  parse: (text: string) => string | undefined,
): string {
  const found = typeof value === 'string' ? parse(value) : undefined
  if (found === undefined) throw badTransformation(parameter.name, value, type, why)
  return found
}

/** The service shows the value it refuses, a secret too. */
function notEncrypted(parameter: ParameterFacts, value: unknown, type: string): never {
  const why = `Cannot convert the value to type "${type}".`
  throw badTransformation(parameter.name, value, type, why)
}

function flag(parameter: ParameterFacts, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (value === 0 || value === 1) return value === 1
  throw badTransformation(
    parameter.name,
    value,
    `System.${parameter.type === 'Boolean' ? 'Boolean' : 'Management.Automation.SwitchParameter'}`,
    'Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.',
  )
}

function whole(parameter: ParameterFacts, value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number)) return number
  throw badTransformation(parameter.name, value, 'System.Int32', 'Input string was not in a correct format.')
}

/** A whole number from 0, or `Unlimited` as Infinity. */
function unlimited(parameter: ParameterFacts, value: unknown): number {
  if (typeof value === 'string' && value.toLowerCase() === 'unlimited') return Infinity
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number
  throw badTransformation(
    parameter.name,
    value,
    'Microsoft.Exchange.Data.Unlimited`1[System.UInt32]',
    `The value "${String(value)}" couldn't be parsed.`,
  )
}

const DELTA_TYPES: readonly unknown[] = ['#Exchange.GenericHashTable', '#Exchange.StringFieldDeltaUpdateData']

/** An array replaces, an object of one of these types changes what is there. */
function list(parameter: ParameterFacts, value: unknown): readonly string[] | Delta {
  if (typeof value !== 'object' || Array.isArray(value)) return texts(parameter, value)
  const { '@odata.type': type, ...changes } = value as Record<string, unknown>
  const delta = { add: [] as readonly string[], remove: [] as readonly string[] }
  let valid = DELTA_TYPES.includes(type)
  for (const [key, change] of Object.entries(changes)) {
    if (/^(add|remove)@odata\.type$/i.test(key)) continue
    if (/^(add|remove)$/i.test(key)) delta[key.toLowerCase() as keyof Delta] = texts(parameter, change)
    else valid = false
  }
  if (valid) return delta
  throw badTransformation(
    parameter.name,
    value,
    `Microsoft.Exchange.Data.${parameter.type}`,
    'The hashtable is not valid. Its keys are "Add" and "Remove".',
  )
}

function texts(parameter: ParameterFacts, value: unknown): readonly string[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value]
  return values.map((one) => withinLength(parameter, textFrom(parameter, one)))
}

function textFrom(parameter: ParameterFacts, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  const type = parameter.type === 'String' ? 'System.String' : `Microsoft.Exchange.Data.${parameter.type}`
  throw badTransformation(parameter.name, value, type, 'Cannot convert value to type System.String.')
}

function enumerated(parameter: ParameterFacts, text: string): string {
  const values = parameter.values ?? ENUMERATIONS[parameter.type]
  if (!values) return text
  const known = values.find((value) => value.toLowerCase() === text.toLowerCase())
  if (known !== undefined) return known
  throw badTransformation(
    parameter.name,
    text,
    `Microsoft.Exchange.Data.Directory.Recipient.${parameter.type}`,
    `Unable to match the identifier name ${text} to a valid enumerator name. Specify one of the following enumerator names and try again: ${values.join(', ')}`,
  )
}

/** Exchange keeps the English name, whichever way the country was given. */
function country(parameter: string, text: string): string {
  const name = countryNamed(text)
  if (name !== undefined) return name
  throw badTransformation(
    parameter,
    text,
    'Microsoft.Exchange.Data.Directory.CountryInfo',
    `The ISO-3166 2-letter country/region code or friendly name "${text}" does not represent a country/region.`,
  )
}

function withinLength(parameter: ParameterFacts, text: string): string {
  const max = parameter.max ?? DIRECTORY_MAXIMA[parameter.name]
  if (max !== undefined && text.length > max) throw tooLong(parameter.name, max, text.length)
  return text
}
