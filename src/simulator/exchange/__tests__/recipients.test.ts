import { describe, expect, test } from '@jest/globals'
import { exchangeOf, type Exchange } from './service.ts'

const seed = {
  users: [
    {
      userPrincipalName: 'ada@contoso.com',
      displayName: 'Ada',
      mail: 'ada@contoso.com',
      jobTitle: 'Engineer',
      hiddenInExchange: true,
    },
    {
      userPrincipalName: 'info@contoso.com',
      displayName: 'Info',
      mail: 'info@contoso.com',
      mailbox: 'shared' as const,
    },
    {
      userPrincipalName: 'room@contoso.com',
      displayName: 'Room',
      mail: 'room@contoso.com',
      mailbox: 'room' as const,
    },
    {
      userPrincipalName: 'van@contoso.com',
      displayName: 'Van',
      mail: 'van@contoso.com',
      mailbox: 'equipment' as const,
    },
    { userPrincipalName: 'nobox@contoso.com', displayName: 'No box' },
    { userPrincipalName: 'g_fabrikam.com#EXT#@contoso.com', displayName: 'Guest', mail: 'g@fabrikam.com' },
  ],
  groups: [
    { displayName: 'All', mail: 'all@contoso.com', members: ['ada@contoso.com', 'c@fabrikam.com', 'Admins'] },
    { displayName: 'Admins', mail: 'admins@contoso.com', securityEnabled: true },
    { displayName: 'Team', mail: 'team@contoso.com', groupTypes: ['Unified'] },
    { displayName: 'No mail' },
  ],
  mailContacts: [{ Name: 'c', ExternalEmailAddress: 'c@fabrikam.com' }],
  mailUsers: [{ displayName: 'Mail user', address: 'mu@fabrikam.com' }],
  softDeleted: [{ address: 'gone@contoso.com', displayName: 'Gone' }],
}
const names = async (exchange: Exchange, cmdlet: string, parameters: object = {}) =>
  (await exchange.run(cmdlet, parameters)).rows.map(
    ({ Name, RecipientTypeDetails }) => `${String(Name)}: ${String(RecipientTypeDetails)}`,
  )

describe('what each cmdlet lists', () => {
  const exchange = exchangeOf(seed)

  test('Get-Recipient: whatever receives mail', async () => {
    expect(await names(exchange, 'Get-Recipient')).toEqual([
      'Ada: UserMailbox',
      'Info: SharedMailbox',
      'Room: RoomMailbox',
      'Van: EquipmentMailbox',
      'Guest: GuestMailUser',
      'All: MailUniversalDistributionGroup',
      'Admins: MailUniversalSecurityGroup',
      'c: MailContact',
      'Mail user: MailUser',
    ])
  })

  test('of some types', async () => {
    expect(
      await names(exchange, 'Get-Recipient', { RecipientTypeDetails: ['roommailbox', 'MailContact'] }),
    ).toEqual(['Room: RoomMailbox', 'c: MailContact'])
    expect(await names(exchange, 'Get-Recipient', { RecipientType: 'MailUser' })).toEqual([
      'Guest: GuestMailUser',
      'Mail user: MailUser',
    ])
  })

  test('Microsoft 365 groups, only where their type is named', async () => {
    expect(
      await names(exchange, 'Get-Recipient', { RecipientTypeDetails: ['GroupMailbox', 'MailContact'] }),
    ).toEqual(['Team: GroupMailbox', 'c: MailContact'])
    expect(
      await names(exchange, 'Get-Recipient', { Filter: "EmailAddresses -eq 'smtp:team@contoso.com'" }),
    ).toEqual([])
  })

  test('groups that are no plain ones: one of them unknown to Entra', async () => {
    const others = exchangeOf({
      distributionGroups: [
        { displayName: 'Everybody', address: 'everybody@contoso.com', kind: 'dynamic' },
        { displayName: 'Rooms', address: 'rooms@contoso.com', kind: 'room-list' },
      ],
    })
    const { rows } = await others.run('Get-Recipient')
    expect(rows).toMatchObject([
      { RecipientTypeDetails: 'DynamicDistributionGroup', ExternalDirectoryObjectId: '' },
      { RecipientTypeDetails: 'RoomList', RecipientType: 'MailUniversalDistributionGroup' },
    ])
    expect(rows[1]!['ExternalDirectoryObjectId']).not.toBe('')
  })

  test('a manager, by the name that Exchange has of them', async () => {
    const managed = exchangeOf({
      users: [
        { ...seed.users[0]!, manager: 'boss@contoso.com' },
        {
          userPrincipalName: 'boss@contoso.com',
          displayName: 'Grace',
          nameInExchange: 'cf1b2a3e-0000-4000-8000-000000000001',
        },
      ],
    })
    const named = { Manager: 'cf1b2a3e-0000-4000-8000-000000000001' }
    expect((await managed.run('Get-Recipient')).rows).toMatchObject([named])
    expect((await managed.run('Get-User', { Identity: 'ada@contoso.com' })).rows).toMatchObject([named])
  })

  test('with the soft-deleted ones, when asked', async () => {
    expect(await names(exchange, 'Get-Recipient', { IncludeSoftDeletedRecipients: true })).toContain(
      'Gone: UserMailbox',
    )
  })

  test('Get-Mailbox, Get-MailUser, Get-User, Get-Contact', async () => {
    expect(await names(exchange, 'Get-Mailbox')).toHaveLength(4)
    expect(await names(exchange, 'Get-MailUser')).toEqual(['Guest: GuestMailUser', 'Mail user: MailUser'])
    expect(await names(exchange, 'Get-User')).toContain('No box: User')
    expect(await names(exchange, 'Get-Contact')).toEqual(['c: MailContact'])
  })

  test('a user has one object id in Entra and in Exchange', async () => {
    const [ada] = (await exchange.run('Get-Mailbox', { Identity: 'ada@contoso.com' })).rows
    expect(ada!['ExternalDirectoryObjectId']).toBe(
      exchange.tenant.recipients.signingInAs('ada@contoso.com')[0]!.objectId,
    )
    expect(ada).toMatchObject({ HiddenFromAddressListsEnabled: true, UserPrincipalName: 'ada@contoso.com' })
    expect((await exchange.run('Get-User', { Identity: 'ada' })).rows[0]).toMatchObject({ Title: 'Engineer' })
  })

  test('the members of a group, users, contacts and groups', async () => {
    expect(await names(exchange, 'Get-DistributionGroupMember', { Identity: 'all@contoso.com' })).toEqual([
      'Ada: UserMailbox',
      'c: MailContact',
      'Admins: MailUniversalSecurityGroup',
    ])
    expect((await exchange.run('Get-DistributionGroupMember', { Identity: 'c' })).status).toBe(404)
  })

  test('the groups somebody is a member of', async () => {
    const [contact] = (await exchange.run('Get-MailContact', { Identity: 'c' })).rows
    const filter = `Members -eq '${String(contact!['DistinguishedName'])}'`
    expect(await names(exchange, 'Get-Recipient', { Filter: filter })).toEqual([
      'All: MailUniversalDistributionGroup',
    ])
  })

  test('accepted domains and the organization', async () => {
    expect((await exchange.run('Get-AcceptedDomain')).rows).toMatchObject([
      { DomainName: 'contoso.onmicrosoft.com', InitialDomain: true, Default: false },
      { DomainName: 'contoso.com', InitialDomain: false, Default: true, DomainType: 'Authoritative' },
    ])
    expect((await exchange.run('Get-AcceptedDomain', { Identity: 'contoso.com' })).rows).toHaveLength(1)
    expect((await exchange.run('Get-AcceptedDomain', { Identity: 'x.com' })).status).toBe(404)
    expect((await exchange.run('Get-OrganizationConfig')).rows).toMatchObject([{ IsDehydrated: false }])
  })
})

describe('a seed that cannot be', () => {
  test.each([
    [
      'an attribute that is none',
      { mailContacts: [{ Name: 'a', ExternalEmailAddress: 'a@x.com', Titel: 'x' }] },
      /a: .*no attribute "Titel"/,
    ],
    [
      'one name twice',
      {
        mailContacts: [
          { Name: 'a', ExternalEmailAddress: 'a@x.com' },
          { Name: 'A', ExternalEmailAddress: 'b@x.com' },
        ],
      },
      /the name A/,
    ],
    [
      'one address twice',
      { mailUsers: [{ displayName: 'm', address: 'C@fabrikam.com' }], mailContacts: seed.mailContacts },
      /the address SMTP:C@fabrikam\.com/,
    ],
  ])('%s', (_, bad, message) => expect(() => exchangeOf(bad)).toThrow(message))
})
