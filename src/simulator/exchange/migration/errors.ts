/**
 * How Exchange refuses what concerns other organizations. The types are the service's; the texts are too, where
 * they are in quotation marks in a source that is named, and worded like the service's elsewhere.
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
