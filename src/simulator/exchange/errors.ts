/**
 * How Exchange refuses. `error.message` says nothing; the .NET type and the text stand in `details` or in
 * the inner exception, in one of the shapes that were recorded from the service.
 */
import type { Exception } from '../faults.ts'
import type { Answer } from '../service.ts'

/** Carries the whole answer out of whatever refused. */
export class ExchangeRefusal extends Error {
  override readonly name = 'ExchangeRefusal'
  readonly answer: Answer
  constructor(answer: Answer, message: string) {
    super(message)
    this.answer = answer
  }
}

const ODATA = 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException'
const DIRECT_INVOKE = 'Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException'
const DOMAIN_CONTROLLER = 'EX1PR01A001DC01.EXPR01A001.PROD.OUTLOOK.COM'
const WARNINGS = { 'adminapi.warnings@odata.type': '#Collection(String)', '@adminapi.warnings': [] }

/** The cmdlet ran and failed. */
export function failed(
  status: number,
  code: string,
  type: string,
  text: string,
  number: string,
): ExchangeRefusal {
  return refusal(status, code, 'Error executing cmdlet', text, {
    details: [{ code: 'Client', target: '', message: `${number}|${type}|${text}` }],
    innererror: inner(
      'Error executing cmdlet',
      DIRECT_INVOKE,
      `Exception of type '${DIRECT_INVOKE}' was thrown.`,
    ),
  })
}

/** The cmdlet was not run: its parameters could not be bound. */
function unbound(type: string, text: string, detailed: boolean): ExchangeRefusal {
  const details = [{ code: 'Client', target: '', message: `|${type}|${text}` }]
  return refusal(400, 'BadRequest', 'Invalid Operation', text, {
    ...(detailed && { details }),
    innererror: inner('Invalid Operation', type, text),
  })
}

function inner(message: string, type: string, text: string): object {
  return {
    message,
    type: ODATA,
    stacktrace: '',
    internalexception: { message: text, type, stacktrace: '' },
  }
}

function refusal(status: number, code: string, message: string, text: string, more: object): ExchangeRefusal {
  return new ExchangeRefusal({ status, body: { error: { code, message, ...more }, ...WARNINGS } }, text)
}

/** The request itself is wrong, before any cmdlet is looked at. */
export function badRequest(text: string): ExchangeRefusal {
  return new ExchangeRefusal({ status: 400, body: { error: { code: 'BadRequest', message: text } } }, text)
}

/** The service does it, the simulator does not: said plainly, so that nobody takes it for the service's word. */
export function notSimulated(what: string): ExchangeRefusal {
  const message = `The simulator does not carry out ${what}.`
  return new ExchangeRefusal({ status: 501, body: { error: { code: 'NotImplemented', message } } }, message)
}

export const unknownCmdlet = (name: string): ExchangeRefusal =>
  unbound(
    'System.Management.Automation.CommandNotFoundException',
    `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    true,
  )

export const ambiguousParameterSet = (names: readonly string[]): ExchangeRefusal =>
  unbound(
    'Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException',
    ['Parameter set cannot be resolved using the specified named parameters.']
      .concat(names.length > 0 ? [`Invalid cmdlet parameters specified. ${names.join(', ')}`] : [])
      .join(' '),
    true,
  )

const BINDING = 'System.Management.Automation.ParameterBindingException'

export const missingParameters = (names: readonly string[]): ExchangeRefusal =>
  unbound(
    BINDING,
    `Cannot process command because of one or more missing mandatory parameters: ${names.join(' ')}.`,
    true,
  )

export const emptyArgument = (parameter: string): ExchangeRefusal =>
  unbound(BINDING, `Cannot bind argument to parameter '${parameter}' because it is an empty string.`, true)

/** The value was of the right type, and its setter refused it. */
export const badValue = (parameter: string, why: string): ExchangeRefusal =>
  unbound(
    BINDING,
    `Cannot bind parameter '${parameter}' to the target. Exception setting "${parameter}": "${why}"`,
    true,
  )

export const tooLong = (parameter: string, max: number, length: number): ExchangeRefusal =>
  badValue(
    parameter,
    `The length of the property is too long. The maximum length is ${max} and the length of the value provided is ${length}.`,
  )

/** Recorded without `details`: the inner exception alone tells. */
export const badTransformation = (
  parameter: string,
  value: unknown,
  type: string,
  why: string,
): ExchangeRefusal =>
  unbound(
    'Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException',
    `Cannot process argument transformation on parameter '${parameter}'. Cannot convert value "${shown(value)}" to type "${type}". Error: "${why}"`,
    false,
  )

export const notFound = (identity: string): ExchangeRefusal =>
  failed(
    404,
    'NotFound',
    'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${identity}' couldn't be found on '${DOMAIN_CONTROLLER}'.`,
    'Ex6F9304',
  )

export const ambiguousIdentity = (identity: string): ExchangeRefusal =>
  failed(
    500,
    'InternalServerError',
    'Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException',
    `There are multiple recipients matching identity "${identity}". Please specify a unique value.`,
    'ExA9B4D2',
  )

export const nameTaken = (name: string): ExchangeRefusal =>
  alreadyExists(`The name "${name}" is already being used. Please try another name.`)

/** Recorded in the other shape of details: JSON in a string. */
export function alreadyExists(text: string): ExchangeRefusal {
  const type = 'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException'
  const detail = { Message: text, TypeName: type, StackTrace: null, InnerError: null }
  return refusal(400, 'BadRequest', 'Error executing cmdlet', text, {
    details: [{ code: 'Context', target: '', message: JSON.stringify(detail) }],
    innererror: { message: 'Error executing cmdlet', type: ODATA },
  })
}

export const proxyAddressTaken = (address: string, holder: string): ExchangeRefusal =>
  failed(
    409,
    'Conflict',
    'Microsoft.Exchange.Configuration.ObjectModel.ProxyAddressExistsException',
    `The proxy address "${address}" is already being used by the proxy addresses or LegacyExchangeDN of "${holder}". Please choose another proxy address.`,
    'ExD2F1C8',
  )

/** The address belongs to something soft-deleted: Entra gives no object back. */
export const heldBySoftDeleted = (): ExchangeRefusal =>
  task('Required field ExternalDirectoryObjectId was not returned from Graph API.')

export const notSmtp = (address: string): ExchangeRefusal =>
  task(`The external e-mail address ${address} is not an SMTP e-mail address.`)

export const aliasTaken = (alias: string): ExchangeRefusal =>
  task(`The alias "${alias}" is already being used by another recipient. Please specify a unique alias.`)

export const directorySynced = (
  cmdlet: string,
  properties: readonly string[],
  identity: string,
): ExchangeRefusal =>
  task(
    `The action '${cmdlet}', '${properties.join(',')}', can't be performed on the object '${identity}' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization.`,
  )

/** "You can't use the domain …" (OfficeDocs-Support, on mailbox moves). */
export const notAccepted = (domain: string): ExchangeRefusal =>
  task(
    `You can't use the domain because it's not an accepted domain for your organization. Domain: ${domain}`,
  )

export const guidTaken = (guid: string, holder: string): ExchangeRefusal =>
  task(
    `The value "${guid}" of property "ExchangeGuid" is used by another recipient object "${holder}". Please specify a unique value.`,
  )

/** A mail user with another mailbox behind it cannot stand for this one. */
export const otherGuid = (holder: string, guid: string): ExchangeRefusal =>
  task(
    `ExchangeGuid can't be changed on "${holder}": it has the value ${guid} of a previous mailbox. Clear it by running Set-User with the PermanentlyClearPreviousMailboxInfo parameter first.`,
  )

/** Worded like the service's. */
export const noArchive = (mailbox: string): ExchangeRefusal =>
  failed(
    404,
    'NotFound',
    'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException',
    `The archive of the mailbox '${mailbox}' couldn't be found: it isn't enabled.`,
    'Ex6F9304',
  )

export const logonTaken = (userPrincipalName: string): ExchangeRefusal =>
  alreadyExists(
    `The user principal name "${userPrincipalName}" is already being used. Please try another one.`,
  )

function task(text: string): ExchangeRefusal {
  return failed(
    400,
    'BadRequest',
    'Microsoft.Exchange.Configuration.Tasks.RecipientTaskException',
    text,
    'Ex5E8F2A',
  )
}

/** The changed object as a whole would not be valid. */
export const invalidObject = (text: string): ExchangeRefusal =>
  failed(400, 'BadRequest', 'Microsoft.Exchange.Data.DataValidationException', text, 'Ex0C63B1')

/** Nobody is there to answer a prompt. */
export const cannotPrompt = (question: string): ExchangeRefusal =>
  failed(
    400,
    'BadRequest',
    'System.Management.Automation.Host.HostException',
    `A command that prompts the user failed because the host program or the command type does not support user interaction. The host was attempting to request confirmation with the following message: ${question}`,
    'Ex1B7C40',
  )

export const expiredPage = (): ExchangeRefusal =>
  unbound(ODATA, 'Expired or Invalid pagination request. Default Expiry time is 00:30:00', false)

/** What the service says of a cmdlet that ran and failed with this exception. */
export function thrown(status: number, { type, message }: Exception): unknown {
  const code = { 404: 'NotFound', 409: 'Conflict', 500: 'InternalServerError' }[status] ?? 'BadRequest'
  return failed(status, code, type, message, 'Ex000000').answer.body
}

/** What the service says when it is not up to it, whatever the status. */
export function busy(status: number): unknown {
  const type = 'Microsoft.Exchange.Data.Directory.ServerBusyException'
  return failed(
    status,
    status === 429 ? 'TooManyRequests' : 'ServiceUnavailable',
    type,
    'The server is too busy.',
    'Ex7A40D9',
  ).answer.body
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
