import { GraphRefused, directoryBadRequest } from '../errors.ts'

/** Refusals of the policies, of the directory, and of the provisioning service, in their words. */

export const unreadable = () =>
  directoryBadRequest('Unable to read JSON request payload. Please ensure the payload is well formed.')

export const noProperty = (name: string, type: string) =>
  directoryBadRequest(
    `The property '${name}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type.`,
  )

export const wrongValue = (name: string) =>
  directoryBadRequest(`Invalid value specified for property '${name}' of the request.`)

export const readOnly = (name: string) =>
  directoryBadRequest(`Property '${name}' is read-only and cannot be set.`)

/** "Configure cross-tenant synchronization using Microsoft Graph API", troubleshooting tips. */
export const partnerExists = () =>
  new GraphRefused(
    409,
    'Request_MultipleObjectsWithSameKeyValue',
    'Another object with the same value for property tenantId already exists.',
  )

const CONFLICT =
  'A conflicting object with one or more of the specified property values is present in the directory.'

/** Likewise. */
export const identitySynchronizationExists = () =>
  new GraphRefused(409, 'Request_MultipleObjectsWithSameKeyValue', CONFLICT, {}, [
    { code: 'ConflictingObjects', message: CONFLICT },
  ])

/** Likewise: what a PATCH of an object says that there is not. */
export const nothingToUpdate = () =>
  new GraphRefused(
    404,
    'Directory_ObjectNotFound',
    'Unable to read the company information from the directory.',
  )

export const partnerInUse = () =>
  directoryBadRequest(
    'The partner configuration cannot be deleted while its identity synchronization policy exists.',
  )

export const alreadyAssigned = () =>
  directoryBadRequest('Permission being assigned already exists on the object')

export const noSuchRole = () => directoryBadRequest('Permission being assigned was not found on application')

/** What the provisioning service says of jobs, templates and rules that there are not. */
export const noSuchResource = (name: string) =>
  new GraphRefused(404, 'ResourceNotFound', `The resource '${name}' was not found.`)

export const jobExists = () =>
  new GraphRefused(409, 'Conflict', 'A synchronization job exists for this service principal already.')

export const noCredentials = () =>
  new GraphRefused(400, 'CredentialsMissing', 'Credentials of the synchronization job are missing.')

export const invalidSchema = (message: string) => new GraphRefused(400, 'InvalidSchema', message)

export const tooManyRequests = (retryAfter: number) =>
  new GraphRefused(429, 'TooManyRequests', 'Too many requests.', { 'retry-after': String(retryAfter) })
