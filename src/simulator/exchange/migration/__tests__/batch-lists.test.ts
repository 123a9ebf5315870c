/** Which batches and users are listed, how far each user is, and one who is taken out. */
import { describe, expect, test } from '@jest/globals'

import { ADA_GUID } from './prepared.ts'
import { batchOf, withBatch } from './wave-1.ts'

describe('the lists', () => {
  test('batches, by status and by endpoint', async () => {
    const { contoso } = withBatch({ status: 'Synced' })
    const count = async (parameters: object) =>
      (await contoso.run('Get-MigrationBatch', parameters)).rows.length
    expect(await count({})).toBe(1)
    expect(await count({ Status: 'synced' })).toBe(1)
    expect(await count({ Status: 'Failed' })).toBe(0)
    expect(await count({ Endpoint: 'from-fabrikam' })).toBe(1)
    expect((await contoso.run('Get-MigrationBatch', { Status: 'Done' })).status).toBe(400)
    expect((await contoso.run('Get-MigrationBatch', { Identity: 'x' })).status).toBe(404)
  })

  test('users, by batch, status, address and GUID', async () => {
    const { contoso } = withBatch({
      status: 'SyncedWithErrors',
      users: [
        { address: 'ada@contoso.com' },
        { address: 'bob@contoso.com', status: 'Failed', error: 'TooManyBadItems: 11' },
      ],
    })
    const found = async (parameters: object) =>
      (await contoso.run('Get-MigrationUser', parameters)).rows.map(({ Identity }) => Identity)
    expect(await found({ BatchId: 'wave-1' })).toEqual(['ada@contoso.com', 'bob@contoso.com'])
    expect(await found({ BatchId: 'wave-1', Status: 'Failed' })).toEqual(['bob@contoso.com'])
    expect(await found({ StatusSummary: 'Synced' })).toEqual(['ada@contoso.com'])
    expect(await found({ EmailAddress: 'BOB@contoso.com' })).toEqual(['bob@contoso.com'])
    expect(await found({ MailboxGuid: ADA_GUID })).toEqual(['ada@contoso.com'])
    expect(await found({ ResultSize: 1 })).toHaveLength(1)
    expect((await contoso.run('Get-MigrationUser', { BatchId: 'x' })).status).toBe(404)
    expect((await contoso.run('Get-MigrationUser', { Identity: 'x@contoso.com' })).status).toBe(404)
  })

  test('how far a user is, and why no further', async () => {
    const { contoso } = withBatch({
      status: 'SyncedWithErrors',
      users: [
        { address: 'ada@contoso.com' },
        { address: 'bob@contoso.com', status: 'Failed', error: 'TooManyBadItems: 11' },
      ],
    })
    const of = (Identity: string) => contoso.one('Get-MigrationUserStatistics', { Identity })
    expect(await of('ada@contoso.com')).toMatchObject({
      PercentageComplete: 95,
      SyncedItemCount: 950,
      TotalItemsInSourceMailboxCount: 1000,
      BytesTransferred: '95 MB (99,614,720 bytes)',
    })
    expect(await of('bob@contoso.com')).toMatchObject({ Status: 'Failed', Error: 'TooManyBadItems: 11' })
  })

  test('a user can be taken out, but not on the last stretch', async () => {
    const two = [{ address: 'ada@contoso.com' }, { address: 'bob@contoso.com', status: 'Failed' }]
    const remove = { Identity: 'bob@contoso.com', Confirm: false }
    const { contoso } = withBatch({ status: 'SyncedWithErrors', users: two })
    expect((await contoso.run('Remove-MigrationUser', remove)).status).toBe(200)
    expect(await batchOf(contoso)).toMatchObject({ Status: 'Synced', TotalCount: 1 })
    const late = withBatch({ status: 'Completing' }).contoso
    const { error } = await late.run('Remove-MigrationUser', { ...remove, Identity: 'ada@contoso.com' })
    expect(error?.text).toMatch(/status is Completing/)
  })
})
