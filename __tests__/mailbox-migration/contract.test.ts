/**
 * All that is sent to Exchange is as Microsoft describes its cmdlets. Every test here holds its own requests against
 * the description when it stops (migrating.ts); this one says which there are, and that what is wrong is found.
 */
import { describe, expect, test } from '@jest/globals'
import { BEGINNINGS } from './beginnings.ts'
import { undisturbed } from './convergence.ts'
import { departures, type Sent } from './described.ts'

test('these are sent, with these parameters, and no others; each as it is described', async () => {
  const runs = await Promise.all(BEGINNINGS.map(undisturbed))
  const sent = runs.flatMap(({ requests }) => requests).filter(({ service }) => service === 'exchange')
  expect(sent.flatMap(departures)).toEqual([])
  const parameters = new Map<string, Set<string>>()
  for (const { operation, body } of sent) {
    const { Parameters } = (body as { CmdletInput: { Parameters: object } }).CmdletInput
    const known = parameters.get(operation) ?? new Set()
    parameters.set(operation, new Set([...known, ...Object.keys(Parameters)]))
  }
  const told = Array.from(parameters, ([cmdlet, names]) => [cmdlet, ...[...names].sort()].join(' '))
  expect(told.sort()).toEqual([
    'Complete-MigrationBatch Confirm Identity',
    'Get-AcceptedDomain ResultSize',
    'Get-Contact Identity',
    'Get-DistributionGroupMember Identity ResultSize',
    'Get-MailContact Identity ResultSize',
    'Get-MailUser Identity ResultSize',
    'Get-Mailbox ResultSize',
    'Get-MailboxStatistics Identity',
    'Get-MigrationBatch ResultSize',
    'Get-MigrationEndpoint',
    'Get-MigrationUser BatchId ResultSize',
    'Get-MigrationUserStatistics Identity',
    'Get-OrganizationConfig',
    'Get-OrganizationRelationship',
    'Get-Recipient Filter RecipientTypeDetails ResultSize',
    'Get-User Identity RecipientTypeDetails ResultSize',
    'New-MailUser Confirm DisplayName ExternalEmailAddress MicrosoftOnlineServicesID Name Password PrimarySmtpAddress',
    'New-MigrationBatch AutoComplete AutoStart CSVData Name NotificationEmails SourceEndpoint TargetDeliveryDomain',
    'New-MigrationEndpoint ApplicationId Confirm Credentials ExchangeRemoteMove Name RemoteServer RemoteTenant',
    'New-OrganizationRelationship DomainNames Enabled MailboxMoveCapability MailboxMoveEnabled MailboxMovePublishedScopes Name OAuthApplicationId',
    'Remove-MailContact Confirm Identity',
    'Remove-MailUser Confirm Identity',
    'Remove-MigrationBatch Confirm Identity',
    'Remove-MigrationEndpoint Confirm Identity',
    'Remove-OrganizationRelationship Confirm Identity',
    'Set-MailUser ArchiveGuid CustomAttribute15 DisplayName EmailAddresses ExchangeGuid ExtensionCustomAttribute5 ExternalEmailAddress HiddenFromAddressListsEnabled Identity',
    'Set-MigrationBatch CompleteAfter Identity NotificationEmails',
    'Set-MigrationEndpoint ApplicationId Confirm Credentials Identity RemoteServer',
    'Set-OrganizationRelationship DomainNames Enabled Identity MailboxMoveCapability MailboxMoveEnabled MailboxMovePublishedScopes OAuthApplicationId',
    'Set-User Department Identity Title',
    'Start-MigrationBatch Identity',
    'Stop-MigrationBatch Confirm Identity',
    'Test-MigrationServerAvailability Endpoint TestMailbox',
  ])
})

describe('what is not described is found', () => {
  const call = (CmdletName: string, Parameters: object, query = ''): Sent => ({
    method: 'POST',
    path: `/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand${query}`,
    body: { CmdletInput: { CmdletName, Parameters } },
  })
  const MAIL_USER = { Name: 'a', MicrosoftOnlineServicesID: 'a@contoso.com', Password: 'encrypted' }
  const ENDPOINT = { Name: 'e', RemoteServer: 'outlook.office.com', ExchangeRemoteMove: true }

  test.each<[string, Sent]>([
    ['another path', { ...call('Get-Mailbox', {}), path: '/adminapi/v2.0/contoso.com/Mailbox' }],
    ['another method', { ...call('Get-Mailbox', {}), method: 'GET' }],
    ['no cmdlet', { ...call('', {}), body: {} }],
    ['a cmdlet that there is not', call('Get-MailboxMigration', {})],
    ['a cmdlet with a name of other letters', call('get-mailbox', {})],
    ['a query option', call('Get-Mailbox', {}, '?$top=5')],
    ['a column', call('Get-Mailbox', {}, '?$select=Name,ExchangeGUID')],
    ['a parameter that there is not', call('Set-MailUser', { Identity: 'a', Mail: 'b' })],
    ['a parameter on premises alone', call('New-MailUser', { ...MAIL_USER, UserPrincipalName: 'a@b.c' })],
    ['an alias', call('Remove-MailUser', { Identity: 'a', cf: false })],
    [
      'parameters of two sets',
      call('Test-MigrationServerAvailability', { Endpoint: 'e', RemoteServer: 'outlook.office.com' }),
    ],
    ['without what must be given', call('New-MailUser', { ...MAIL_USER, Name: undefined })],
    ['nothing for what must be given', call('Set-MailUser', { Identity: null })],
    ['an empty text for what must be given', call('Get-MigrationUserStatistics', { Identity: '' })],
    [
      'a value that an enumeration does not have',
      call('Set-OrganizationRelationship', { Identity: 'r', MailboxMoveCapability: 'inbound' }),
    ],
    ['a text that is too long', call('New-MailUser', { ...MAIL_USER, Name: 'a'.repeat(65) })],
    ['a flag that is a text', call('Set-OrganizationRelationship', { Identity: 'r', Enabled: 'true' })],
    ['a flag that is cleared', call('Set-OrganizationRelationship', { Identity: 'r', Enabled: null })],
    ['a text where there is a list', call('Set-MailUser', { Identity: 'a', EmailAddresses: 'SMTP:a@b.c' })],
    ['proxy addresses without a prefix', call('Set-MailUser', { Identity: 'a', EmailAddresses: ['a@b.c'] })],
    [
      'an external address with a prefix',
      call('Set-MailUser', { Identity: 'a', ExternalEmailAddress: 'X500:/o' }),
    ],
    ['what is no GUID', call('Set-MailUser', { Identity: 'a', ExchangeGuid: 'none' })],
    [
      'a time without a zone',
      call('Set-MigrationBatch', { Identity: 'b', CompleteAfter: '2027-01-01T00:00:00' }),
    ],
    ['a file that is no base64', call('New-MigrationBatch', { Name: 'b', CSVData: 'EmailAddress\r\na@b.c' })],
    ['a credential that is a text', call('New-MigrationEndpoint', { ...ENDPOINT, Credentials: 'secret' })],
    ['a filter by what cannot be', call('Get-Recipient', { Filter: "Nickname -eq 'a'" })],
    ['a filter that is none', call('Get-Recipient', { Filter: "'Name'" })],
  ])('(%s)', (_, sent) => {
    expect(departures(sent)).not.toEqual([])
  })

  test('and what is described is not', () => {
    expect(
      [
        call('Get-Mailbox', { ResultSize: 'Unlimited' }, '?$select=Name,ExchangeGuid&$skiptoken=x'),
        call('Get-Recipient', {
          Filter: "DisplayName -eq 'it''s Name -eq' -or EmailAddresses -eq 'smtp:a@b.c'",
        }),
        call('Set-MailUser', { Identity: 'a', CustomAttribute15: null, EmailAddresses: ['SMTP:a@b.c'] }),
        call('New-MailUser', MAIL_USER),
        call('New-MigrationEndpoint', { ...ENDPOINT, Credentials: { UserName: 'a', Password: 'b' } }),
      ].flatMap(departures),
    ).toEqual([])
  })
})
