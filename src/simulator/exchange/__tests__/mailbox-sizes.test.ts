/** How much stands in a mailbox, and how much may. */
import { describe, expect, test } from '@jest/globals'

import type { UserSeed } from '../../seed.ts'
import { sizeText } from '../sizes.ts'
import { GUID, OTHER, SEEDED } from './seeded-ada.ts'
import { exchangeOf } from './service.ts'

const GIGABYTE = 2 ** 30
const [AWAY] = SEEDED.mailUsers!
type Attributes = NonNullable<UserSeed['exchange']>
const ada = (exchange: Attributes = {}, mailbox: 'user' | 'shared' = 'user') =>
  exchangeOf({
    mailUsers: [{ ...AWAY!, primary: 'away@contoso.com', userPrincipalName: 'away@contoso.com' }],
    users: [
      {
        userPrincipalName: 'ada@contoso.com',
        displayName: 'Ada Lovelace',
        mail: 'ada@contoso.com',
        mailbox,
        exchange,
      },
    ],
  })

test.each([
  [0, '0 B (0 bytes)'],
  [1023, '1023 B (1,023 bytes)'],
  [36_700_160, '35 MB (36,700,160 bytes)'],
  [40_779_563_240, '37.98 GB (40,779,563,240 bytes)'],
  [108_063_890_884, '100.6 GB (108,063,890,884 bytes)'],
  [2 ** 51, '2048 TB (2,251,799,813,685,248 bytes)'],
])('%d bytes: %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))

describe('Get-MailboxStatistics', () => {
  const statistics = async (exchange: ReturnType<typeof ada>, parameters: object = {}) =>
    exchange.run('Get-MailboxStatistics', { Identity: 'ada@contoso.com', ...parameters })

  test('what stands in the mailbox, and in its Recoverable Items', async () => {
    const exchange = ada({
      ExchangeGuid: GUID,
      TotalItemSize: 36_700_160,
      TotalDeletedItemSize: 1024,
    })
    expect((await statistics(exchange)).rows).toMatchObject([
      {
        DisplayName: 'Ada Lovelace',
        MailboxGuid: GUID,
        TotalItemSize: '35 MB (36,700,160 bytes)',
        TotalDeletedItemSize: '1 KB (1,024 bytes)',
        ItemCount: 359,
        IsArchiveMailbox: false,
      },
    ])
  })

  test('nothing, where the seed says nothing', async () => {
    expect((await statistics(ada())).rows).toMatchObject([
      { TotalItemSize: '0 B (0 bytes)', TotalDeletedItemSize: '0 B (0 bytes)', ItemCount: 0 },
    ])
  })

  test('the archive, where there is one', async () => {
    const exchange = ada({ ArchiveGuid: OTHER, ArchiveTotalItemSize: 5 * GIGABYTE, TotalItemSize: 1 })
    expect((await statistics(exchange, { Archive: true })).rows).toMatchObject([
      { MailboxGuid: OTHER, TotalItemSize: '5 GB (5,368,709,120 bytes)', IsArchiveMailbox: true },
    ])
    expect(await statistics(ada(), { Archive: true })).toMatchObject({
      status: 404,
      error: { type: expect.stringMatching(/ManagementObjectNotFoundException$/) },
    })
  })

  test('of nobody, or of a mail user who has no mailbox: 404', async () => {
    const exchange = ada()
    for (const Identity of ['nobody@contoso.com', 'away@contoso.com'])
      expect((await statistics(exchange, { Identity })).status).toBe(404)
  })

  test('of whom, must be said', async () => {
    expect((await ada().run('Get-MailboxStatistics')).error?.text).toMatch(/mandatory parameters: Identity/)
  })
})

describe('quotas', () => {
  const mailbox = async (exchange: ReturnType<typeof ada>) => (await exchange.run('Get-Mailbox')).rows[0]

  test('as Exchange Online gives them', async () => {
    expect(await mailbox(ada())).toMatchObject({
      ProhibitSendReceiveQuota: '100 GB (107,374,182,400 bytes)',
      ProhibitSendQuota: '99 GB (106,300,440,576 bytes)',
      IssueWarningQuota: '98 GB (105,226,698,752 bytes)',
      RecoverableItemsQuota: '30 GB (32,212,254,720 bytes)',
      ArchiveQuota: '100 GB (107,374,182,400 bytes)',
    })
  })

  test('half of it for a shared mailbox, and more for deleted items on hold', async () => {
    expect(await mailbox(ada({}, 'shared'))).toMatchObject({
      ProhibitSendReceiveQuota: '50 GB (53,687,091,200 bytes)',
      ProhibitSendQuota: '49.5 GB (53,150,220,288 bytes)',
    })
    expect(await mailbox(ada({ LitigationHoldEnabled: true }))).toMatchObject({
      RecoverableItemsQuota: '100 GB (107,374,182,400 bytes)',
    })
  })

  test('as the seed says, also of a mail user', async () => {
    expect(await mailbox(ada({ ProhibitSendReceiveQuota: 2 * GIGABYTE }))).toMatchObject({
      ProhibitSendReceiveQuota: '2 GB (2,147,483,648 bytes)',
      IssueWarningQuota: '1.96 GB (2,104,533,975 bytes)',
    })
    const exchange = exchangeOf({ mailUsers: [{ ...AWAY!, exchange: { RecoverableItemsQuota: 0 } }] })
    expect((await exchange.run('Get-MailUser')).rows).toMatchObject([
      { RecoverableItemsQuota: '0 B (0 bytes)', ProhibitSendReceiveQuota: '100 GB (107,374,182,400 bytes)' },
    ])
  })
})
