/** What the cmdlets show of somebody with a mailbox, and of somebody whose mailbox is elsewhere. */
import { describe, expect, test } from '@jest/globals'

import { exchangeOf } from './service.ts'

const PERSON = {
  displayName: 'Ada Lovelace',
  givenName: 'Ada',
  surname: 'Lovelace',
  jobTitle: 'Countess',
  department: 'Engines',
  companyName: 'Fabrikam',
  officeLocation: 'London',
  businessPhones: ['1'],
  mobilePhone: '2',
  faxNumber: '3',
  streetAddress: '12 St James',
  city: 'London',
  state: 'Middlesex',
  postalCode: 'SW1',
  country: 'United Kingdom',
}
const SHOWN = {
  DisplayName: 'Ada Lovelace',
  FirstName: 'Ada',
  LastName: 'Lovelace',
  Title: 'Countess',
  Department: 'Engines',
  Company: 'Fabrikam',
  Office: 'London',
  Phone: '1',
  MobilePhone: '2',
  Fax: '3',
  StreetAddress: '12 St James',
  City: 'London',
  StateOrProvince: 'Middlesex',
  PostalCode: 'SW1',
  CountryOrRegion: 'United Kingdom',
}
const ADDRESSES = {
  mailbox: { mail: 'ada@contoso.com' },
  'mail user': { mail: 'ada@fabrikam.com', mailbox: 'on-premises' as const },
}
const exchangeWith = (kind: keyof typeof ADDRESSES) =>
  exchangeOf({ users: [{ userPrincipalName: 'ada@contoso.com', ...PERSON, ...ADDRESSES[kind] }] })

test.each(['mailbox', 'mail user'] as const)('Get-User: the attributes of a person, a %s', async (kind) => {
  expect((await exchangeWith(kind).run('Get-User')).rows).toMatchObject([SHOWN])
})

const CUSTOM = Array.from({ length: 15 }, (_, index) => `CustomAttribute${index + 1}`)
const OF_A_MOVE = [
  'ExchangeGuid',
  'ArchiveGuid',
  'ArchiveStatus',
  'LegacyExchangeDN',
  'EmailAddresses',
  'PrimarySmtpAddress',
  'HiddenFromAddressListsEnabled',
  'LitigationHoldEnabled',
  'DelayHoldApplied',
  'ComplianceTagHoldApplied',
  'InPlaceHolds',
  'AutoExpandingArchiveEnabled',
  'IsDirSynced',
  'Alias',
  'UserPrincipalName',
  'MicrosoftOnlineServicesID',
  'WindowsLiveID',
  ...CUSTOM,
]

describe('columns that a move goes by', () => {
  test.each([
    ['Get-Mailbox', 'mailbox', OF_A_MOVE],
    ['Get-MailUser', 'mail user', [...OF_A_MOVE, 'ExternalEmailAddress']],
    ['Get-Recipient', 'mail user', ['Alias', 'EmailAddresses', 'WindowsLiveID', ...CUSTOM]],
  ] as const)('%s', async (cmdlet, kind, columns) => {
    const { rows } = await exchangeWith(kind).run(cmdlet, {}, { query: `$select=${columns.join(',')}` })
    expect(Object.keys(rows[0]!).filter((name) => !name.includes('@'))).toEqual(columns)
  })

  test.each([
    ['mailbox', 'Get-Mailbox'],
    ['mail user', 'Get-MailUser'],
    ['mail user', 'Get-Recipient'],
  ] as const)('a %s signs in under one name, by %s', async (kind, cmdlet) => {
    expect((await exchangeWith(kind).run(cmdlet)).rows).toMatchObject([{ WindowsLiveID: 'ada@contoso.com' }])
  })
})
