/** What a seed says of a mail user or a mailbox, as it is read later, and what it cannot say. */
import { expect, test } from '@jest/globals'

import { GUID, OTHER, SEEDED } from './seeded-ada.ts'
import { exchangeOf } from './service.ts'

test('Get-Mailbox shows what a move goes by', async () => {
  const exchange = exchangeOf({
    users: [
      {
        userPrincipalName: 'ada@contoso.com',
        displayName: 'Ada',
        mail: 'ada@contoso.com',
        exchange: {
          ExchangeGuid: GUID.toUpperCase(),
          ArchiveGuid: OTHER,
          LegacyExchangeDN: '/o=First/cn=ada',
          EmailAddresses: ['SMTP:ada@contoso.com', 'X500:/o=Old/cn=ada'],
          LitigationHoldEnabled: true,
        },
      },
      { userPrincipalName: 'bob@contoso.com', displayName: 'Bob', mail: 'bob@contoso.com' },
    ],
  })
  expect((await exchange.run('Get-Mailbox')).rows).toMatchObject([
    {
      ExchangeGuid: GUID,
      ArchiveGuid: OTHER,
      LegacyExchangeDN: '/o=First/cn=ada',
      EmailAddresses: ['SMTP:ada@contoso.com', 'X500:/o=Old/cn=ada'],
      LitigationHoldEnabled: true,
    },
    { ArchiveGuid: '00000000-0000-0000-0000-000000000000', ArchiveStatus: 'None' },
  ])
})

test('a seeded mail user who signs in is the same in Entra', () => {
  const [mailUser] = SEEDED.mailUsers!
  const { tenant } = exchangeOf({
    mailUsers: [
      {
        ...mailUser!,
        exchange: { EmailAddresses: ['SMTP:ada@contoso.com', 'x500:/o=x'], CustomAttribute15: 'a mark' },
      },
    ],
  })
  expect(tenant.directory.user('ada@contoso.com')).toMatchObject({
    id: tenant.recipients.signingInAs('ada@contoso.com')[0]!.objectId,
    properties: {
      proxyAddresses: ['SMTP:ada@contoso.com', 'x500:/o=x'],
      onPremisesExtensionAttributes: { extensionAttribute15: 'a mark', extensionAttribute1: null },
    },
  })
})

test('Get-Recipient finds by the GUID of the mailbox', async () => {
  const [mailUser] = SEEDED.mailUsers!
  const exchange = exchangeOf({ mailUsers: [{ ...mailUser!, exchange: { ExchangeGuid: GUID } }] })
  const { rows } = await exchange.run('Get-Recipient', { Filter: `ExchangeGuid -eq '${GUID}'` })
  expect(rows).toMatchObject([{ Name: 'ada', ExchangeGuid: GUID }])
})

test.each([
  ['a GUID that is none', { ExchangeGuid: 'x' }, /exchange\.ExchangeGuid must match pattern/],
  ['an attribute that is none', { Title: 'x' }, /mailUsers\.0\.exchange must NOT have additional properties/],
])('a seed that cannot be: %s', (_, exchange, message) => {
  const mailUsers = [{ ...SEEDED.mailUsers![0]!, exchange }]
  expect(() => exchangeOf({ mailUsers })).toThrow(message)
})
