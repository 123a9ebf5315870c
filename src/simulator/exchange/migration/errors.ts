/**
 * How Exchange refuses what concerns other organizations. The names of the types are the service's as far as
 * they are known; a text is, where a comment names its source, and elsewhere is worded like the service's.
 */
import { alreadyExists, failed, type ExchangeRefusal } from '../errors.ts'

/** "The command you tried to run isn't currently allowed …" (microsoft-365-docs, issue 7530). */
export const dehydrated = (): ExchangeRefusal =>
  failed(
    400,
    'BadRequest',
    'Microsoft.Exchange.Configuration.Tasks.InvalidOperationInDehydratedContextException',
    "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization.",
    'Ex2D1B07',
  )

export const objectExists = (name: string, container: string, organization: string): ExchangeRefusal =>
  alreadyExists(
    `The object 'CN=${name},CN=${container},CN=Configuration,CN=${organization},CN=ConfigurationUnits,DC=EXPR01A001,DC=PROD,DC=OUTLOOK,DC=COM' already exists.`,
  )

export const domainTaken = (domains: readonly string[]): ExchangeRefusal =>
  failed(
    400,
    'BadRequest',
    'Microsoft.Exchange.Management.SystemConfigurationTasks.DuplicateOrganizationRelationshipDomainException',
    `An organization relationship already exists for one of the domains '${domains.join(', ')}'.`,
    'ExB3C0E1',
  )

const STORAGE = 'Microsoft.Exchange.Data.Storage'

const refused = (type: string, text: string): ExchangeRefusal =>
  failed(400, 'BadRequest', type, text, 'Ex4F9D12')

export const endpointTaken = (name: string): ExchangeRefusal =>
  refused(
    `${STORAGE}.MigrationEndpointDuplicatedException`,
    `The migration endpoint "${name}" already exists. Please specify another name.`,
  )

export const endpointInUse = (name: string, batch: string): ExchangeRefusal =>
  refused(
    `${STORAGE}.Management.MigrationPermanentException`,
    `The migration endpoint "${name}" can't be removed because the migration batch "${batch}" uses it.`,
  )

export const invalidCsv = (why: string): ExchangeRefusal =>
  refused(`${STORAGE}.Management.CsvValidationException`, `The CSV file isn't valid. ${why}`)

export const batchTaken = (name: string): ExchangeRefusal =>
  refused(
    `${STORAGE}.Management.MigrationPermanentException`,
    `A migration batch with the name "${name}" already exists. Please specify another name.`,
  )

/** "The maximum number of migration batches …" (The Exchange Team, "The 100 migration batches limit"). */
export const tooManyBatches = (): ExchangeRefusal =>
  refused(
    `${STORAGE}.Management.MigrationPermanentException`,
    'The maximum number of migration batches is already running. Please remove a batch before you add another one.',
  )

export const batchNotFound = (name: string): ExchangeRefusal =>
  failed(
    404,
    'NotFound',
    `${STORAGE}.MigrationBatchNotFoundException`,
    `The migration batch "${name}" couldn't be found.`,
    'Ex91C2B5',
  )

/** @param done what cannot be done, e.g. `started`. */
export const wrongStatus = (name: string, done: string, status: string): ExchangeRefusal =>
  refused(
    done === 'completed'
      ? 'Microsoft.Exchange.Management.Migration.MigrationBatchCannotBeCompletedException'
      : `${STORAGE}.Management.MigrationPermanentException`,
    `The migration batch "${name}" can't be ${done} because its status is ${status}.`,
  )
