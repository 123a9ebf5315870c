/** Moves that fail: for want of room, or because a seed wants it so. */
import { describe, expect, test } from '@jest/globals'

import { advanceBatch } from '../advance.ts'
import type { MoveFailure } from '../failures.ts'
import { prepared, type Seeds } from './prepared.ts'
import type { TwoTenants } from './two-tenants.ts'
import { WAVE, ask, userOf } from './wave-1.ts'

const GIGABYTE = 2 ** 30

function advance({ world, contoso: { tenant } }: TwoTenants): string | undefined {
  return advanceBatch(world, tenant, tenant.migration.batches.find('wave-1')!)?.values.status
}

async function started(change: (seeds: Seeds) => unknown): Promise<TwoTenants> {
  const tenants = prepared((seeds) => void change(seeds))
  await tenants.contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true, AutoComplete: true })
  return tenants
}

/** Seeds what is known of Ada's mailbox, and of the mail user who is to become it. */
const sized =
  (mailbox: object, mailUser: object = {}) =>
  ({ fabrikam, contoso }: Seeds) => {
    Object.assign(fabrikam.users[0]!.exchange, mailbox)
    Object.assign(contoso.mailUsers[0]!.exchange, mailUser)
  }

describe('a mailbox that is larger than there is room for', () => {
  test.each([
    [
      'itself',
      sized({ TotalItemSize: 120 * GIGABYTE }),
      'Mailbox size 120 GB (128,849,018,880 bytes) exceeds target quota 100 GB (107,374,182,400 bytes).',
    ],
    [
      'for a licence with less room',
      sized({ TotalItemSize: 60 * GIGABYTE }, { ProhibitSendReceiveQuota: 50 * GIGABYTE }),
      'Mailbox size 60 GB (64,424,509,440 bytes) exceeds target quota 50 GB (53,687,091,200 bytes).',
    ],
    [
      'its deleted items',
      sized({ TotalDeletedItemSize: 31 * GIGABYTE }),
      'Mailbox dumpster size 31 GB (33,285,996,544 bytes) exceeds target quota 30 GB (32,212,254,720 bytes).',
    ],
    [
      'its archive',
      sized({ ArchiveTotalItemSize: 180 * GIGABYTE }),
      'Archive size 180 GB (193,273,528,320 bytes) exceeds target quota 100 GB (107,374,182,400 bytes).',
    ],
  ])('%s', async (_, change, text) => {
    const tenants = await started(change)
    expect(advance(tenants)).toBe('Failed')
    expect(await userOf(tenants.contoso)).toMatchObject({
      Status: 'Failed',
      ErrorSummary: `MigrationPermanentException: ${text}`,
    })
  })

  test.each([
    ['exactly as much as there is room for', sized({ TotalItemSize: 100 * GIGABYTE })],
    [
      'deleted items that are on hold in the target',
      sized({ TotalDeletedItemSize: 31 * GIGABYTE }, { LitigationHoldEnabled: true }),
    ],
  ])('not: %s', async (_, change) => {
    const tenants = await started(change)
    expect([advance(tenants), advance(tenants)]).toEqual(['Syncing', 'Synced'])
  })

  test('what moved is found where it went', async () => {
    const tenants = await started(sized({ TotalItemSize: 5 * GIGABYTE }))
    const { fabrikam, contoso } = tenants
    while (advance(tenants) !== 'Completed');
    expect(await contoso.one('Get-MailboxStatistics', { Identity: 'ada@contoso.com' })).toMatchObject({
      TotalItemSize: '5 GB (5,368,709,120 bytes)',
    })
    const left = fabrikam.tenant.recipients.holders('ada@fabrikam.com')[0]!
    expect(left.values['TotalItemSize']).toBeUndefined()
  })
})

describe('a failure on request', () => {
  const failing = (failure: MoveFailure) =>
    started(({ contoso }) => Object.assign(contoso.migration, { failures: { 'Ada@contoso.com': failure } }))
  const again = ({ contoso }: TwoTenants) => contoso.run('Start-MigrationBatch', ask)

  test('as often as it says, and then no more', async () => {
    const tenants = await failing({ error: 'TransientException: x', times: 2 })
    expect(advance(tenants)).toBe('Failed')
    await again(tenants)
    expect(advance(tenants)).toBe('Failed')
    await again(tenants)
    expect([advance(tenants), advance(tenants)]).toEqual(['Syncing', 'Synced'])
  })

  test('each time, where it does not say', async () => {
    const tenants = await failing('TooManyBadItems: 11')
    for (let time = 0; time < 3; time++) {
      expect(advance(tenants)).toBe('Failed')
      await again(tenants)
    }
  })

  test('on the last stretch alone', async () => {
    const tenants = await failing({ error: 'StalledException: x', at: 'completion', times: 1 })
    const steps = [advance(tenants), advance(tenants), advance(tenants), advance(tenants)]
    expect(steps).toEqual(['Syncing', 'Synced', 'Completing', 'Failed'])
    expect(await userOf(tenants.contoso)).toMatchObject({
      Status: 'CompletionFailed',
      ErrorSummary: 'StalledException: x',
    })
  })

  test('at the beginning alone', async () => {
    const tenants = await failing({ error: 'x', at: 'sync' })
    expect(advance(tenants)).toBe('Failed')
  })
})
