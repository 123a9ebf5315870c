/** Get-DistributionGroupMember, and the group itself: what says whose mailboxes may move. */
import { describe, expect, test } from '@jest/globals'

import { exchangeOf } from './service.ts'

const user = (name: string) => ({
  userPrincipalName: `${name}@contoso.com`,
  displayName: name,
  mail: `${name}@contoso.com`,
})
const group = (members: string[]) => ({
  displayName: 'Migrating',
  mail: 'migrating@contoso.com',
  securityEnabled: true,
  members,
})
const seeded = () =>
  exchangeOf({
    users: [user('ada')],
    groups: [group(['ada@contoso.com', 'Nested']), { displayName: 'Nested', mail: 'nested@contoso.com' }],
  })

describe('the group', () => {
  test('is a recipient, by its address', async () => {
    const { rows } = await seeded().run('Get-Recipient', { Identity: 'migrating@contoso.com' })
    expect(rows).toMatchObject([
      { Name: 'Migrating', RecipientTypeDetails: 'MailUniversalSecurityGroup', WindowsLiveID: '' },
    ])
  })

  test.each(['Name', 'PrimarySmtpAddress', 'Guid', 'ExternalDirectoryObjectId'])(
    'is found by its %s',
    async (column) => {
      const exchange = seeded()
      const [found] = (await exchange.run('Get-Recipient', { Identity: 'Migrating' })).rows
      const { rows } = await exchange.run('Get-DistributionGroupMember', { Identity: found![column] })
      expect(rows).toHaveLength(2)
    },
  )

  test.each(['Nobody', 'ada@contoso.com', '00000000-0000-4000-8000-000000000000'])(
    '%s is none',
    async (Identity) => {
      expect(await seeded().run('Get-DistributionGroupMember', { Identity })).toMatchObject({
        status: 404,
        error: { type: 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException' },
      })
    },
  )
})

describe('its members', () => {
  test('with all that tells who they are; a group within it is one row', async () => {
    const exchange = seeded()
    const [ada] = (await exchange.run('Get-Mailbox')).rows
    const columns = [
      'Guid',
      'ExternalDirectoryObjectId',
      'Name',
      'DisplayName',
      'PrimarySmtpAddress',
      'RecipientType',
      'RecipientTypeDetails',
    ]
    const { rows } = await exchange.run(
      'Get-DistributionGroupMember',
      { Identity: 'Migrating' },
      { query: `$select=${columns.join(',')}` },
    )
    expect(rows).toMatchObject([
      {
        Guid: ada!['Guid'],
        ExternalDirectoryObjectId: ada!['ExternalDirectoryObjectId'],
        Name: 'ada',
        DisplayName: 'ada',
        PrimarySmtpAddress: 'ada@contoso.com',
        RecipientType: 'UserMailbox',
        RecipientTypeDetails: 'UserMailbox',
      },
      { Name: 'Nested', RecipientTypeDetails: 'MailUniversalDistributionGroup' },
    ])
  })

  test('a thousand, if no more are asked for: then a warning says so', async () => {
    const names = Array.from({ length: 1001 }, (_, index) => `u${index}`)
    const exchange = exchangeOf({
      users: names.map(user),
      groups: [group(names.map((name) => `${name}@contoso.com`))],
    })
    const members = (parameters: object = {}) =>
      exchange.run('Get-DistributionGroupMember', { Identity: 'Migrating', ...parameters })
    const short = await members()
    expect(short.rows).toHaveLength(1000)
    expect(short.warnings).toEqual([expect.stringMatching(/^There are more results available/)])
    expect(short.next).toBeUndefined()
    const pages = await exchange.pages('Get-DistributionGroupMember', {
      Identity: 'Migrating',
      ResultSize: 'Unlimited',
    })
    expect(pages.map(({ rows, warnings }) => [rows.length, warnings])).toEqual([
      [1000, []],
      [1, []],
    ])
  })
})
