import { GraphRefused } from '../errors.ts'

/** Refusals in Outlook's words, which are not the directory's. */

export const itemNotFound = () =>
  new GraphRefused(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')

export const idMalformed = () => new GraphRefused(400, 'ErrorInvalidIdMalformed', 'Id is malformed.')

export const folderExists = () =>
  new GraphRefused(409, 'ErrorFolderExists', 'A folder with the specified name already exists.')

export const ownFolder = () =>
  new GraphRefused(
    400,
    'ErrorDeleteDistinguishedFolder',
    'Distinguished folders cannot be changed or deleted.',
  )

export const changedSince = () =>
  new GraphRefused(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  )

export const accessDenied = () =>
  new GraphRefused(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')

export const outOfPolicy = () =>
  new GraphRefused(
    403,
    'ErrorAccessDenied',
    'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
  )

export const mailboxOutOfReach = () =>
  new GraphRefused(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  )

export const invalidUser = (name: string) =>
  new GraphRefused(404, 'ErrorInvalidUser', `The requested user '${name}' is invalid.`)

export const noPhoto = () =>
  new GraphRefused(
    404,
    'ImageNotFound',
    "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
  )

export const noProperty = (name: string, type: string) =>
  new GraphRefused(
    400,
    'RequestBodyRead',
    `The property '${name}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type or mark the type as open type.`,
  )

export const wrongType = () =>
  new GraphRefused(400, 'UnableToDeserializePostBody', 'were unable to deserialize ')

export const readOnly = (name: string) =>
  new GraphRefused(400, 'ErrorInvalidPropertySet', `Property '${name}' is read-only and cannot be set.`)

/** @param name as MAPI writes it: `EmailAddresses` */
export const tooMany = (name: string, count: number, most: number) =>
  new GraphRefused(
    400,
    'ErrorInvalidArgument',
    `The multi value property ${name} has ${count} entries, that exceeds the max allowed value of ${most}`,
  )

export const invalidExtendedProperty = (id: string) =>
  new GraphRefused(400, 'ErrorInvalidExtendedProperty', `The extended property '${id}' is not valid.`)

export const invalidFilter = () =>
  new GraphRefused(400, 'ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.')

export const invalidQuery = (message: string) => new GraphRefused(400, 'ErrorInvalidUrlQuery', message)

export const tooLarge = () =>
  new GraphRefused(
    413,
    'RequestEntityTooLarge',
    'The request content length exceeds the maximum limit of 4194304 bytes.',
  )

/** @param limit as Outlook names it: `MailboxConcurrency` */
export const overLimit = (limit: string, retryAfter: string) =>
  new GraphRefused(429, 'ApplicationThrottled', `Application is over its ${limit} limit.`, {
    'retry-after': retryAfter,
  })
