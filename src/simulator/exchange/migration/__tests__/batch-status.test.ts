/** From which status to which a batch and its users go, by themselves or asked to, and why some fail. */
import { describe, expect, test } from '@jest/globals'

import { advanceBatch } from '../advance.ts'
import { ADA_GUID, prepared, type Seeds } from './prepared.ts'
import type { TwoTenants } from './two-tenants.ts'
import { WAVE, ask, batchOf, csv, userOf, withBatch } from './wave-1.ts'

const sure = { ...ask, Confirm: false }

function advance({ world, contoso: { tenant } }: TwoTenants): string | undefined {
  return advanceBatch(world, tenant, tenant.migration.batches.find('wave-1')!)?.values.status
}

describe('a batch on its way', () => {
  test('Queued, Syncing, Synced; and when it is completed, Completing, Completed', async () => {
    const tenants = prepared()
    const { contoso } = tenants
    await contoso.run('New-MigrationBatch', WAVE)
    expect(advance(tenants)).toBe('Created')
    await contoso.run('Start-MigrationBatch', ask)
    const seen = [[(await batchOf(contoso))['Status'], (await userOf(contoso))['Status']]]
    for (const step of ['syncing', 'synced', 'still synced', 'complete', 'completed', 'still completed']) {
      if (step === 'complete') await contoso.run('Complete-MigrationBatch', sure)
      else advance(tenants)
      seen.push([(await batchOf(contoso))['Status'], (await userOf(contoso))['Status']])
    }
    expect(seen).toEqual([
      ['Syncing', 'Queued'],
      ['Syncing', 'Syncing'],
      ['Synced', 'Synced'],
      ['Synced', 'Synced'],
      ['Completing', 'Completing'],
      ['Completed', 'Completed'],
      ['Completed', 'Completed'],
    ])
  })

  test('completed by itself, at once', async () => {
    const tenants = prepared()
    await tenants.contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true, AutoComplete: true })
    const steps = [advance(tenants), advance(tenants), advance(tenants), advance(tenants)]
    expect(steps).toEqual(['Syncing', 'Synced', 'Completing', 'Completed'])
  })

  test('completed by itself, once a time is past', async () => {
    const tenants = prepared()
    const CompleteAfter = '2026-11-20T22:00:00Z'
    await tenants.contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true, CompleteAfter })
    expect([advance(tenants), advance(tenants), advance(tenants)]).toEqual(['Syncing', 'Synced', 'Synced'])
    tenants.advance(3_600_000)
    expect([advance(tenants), advance(tenants)]).toEqual(['Completing', 'Completed'])
  })

  test('a time to complete after wins over completing at once', async () => {
    const tenants = withBatch({
      status: 'Synced',
      autoComplete: true,
      completeAfter: '2026-12-01T20:00:00Z',
    })
    expect(advance(tenants)).toBe('Synced')
    await tenants.contoso.run('Set-MigrationBatch', { ...ask, CompleteAfter: null })
    expect(advance(tenants)).toBe('Completing')
  })

  test('at its end the mail user is a mailbox, and the mailbox a mail user who points to it', async () => {
    const tenants = withBatch({ status: 'Completing' })
    const { fabrikam, contoso } = tenants
    expect(advance(tenants)).toBe('Completed')
    expect(await contoso.one('Get-Mailbox')).toMatchObject({
      PrimarySmtpAddress: 'ada@contoso.com',
      ExchangeGuid: ADA_GUID,
      RecipientTypeDetails: 'UserMailbox',
    })
    expect((await contoso.run('Get-MailUser')).rows).toEqual([])
    expect(await fabrikam.one('Get-MailUser')).toMatchObject({
      PrimarySmtpAddress: 'ada@fabrikam.com',
      ExternalEmailAddress: 'SMTP:ada@contoso.mail.onmicrosoft.com',
    })
    expect((await fabrikam.run('Get-Mailbox')).rows).toEqual([])
    expect(contoso.tenant.mailboxes.of('ada@contoso.com')).toBeDefined()
    expect(fabrikam.tenant.mailboxes.of('ada@fabrikam.com')).toBeUndefined()
  })

  test.each<[string, (seeds: Seeds) => unknown, string]>([
    [
      'nobody has a licence',
      ({ fabrikam }) => (fabrikam.users[0]!.assignedLicenses = []),
      `CrossTenantMigrationWithoutLicensePermanentException: No license was found for the source recipient, '${ADA_GUID}'`,
    ],
    [
      'no address to deliver to',
      ({ contoso }) => contoso.mailUsers[0]!.exchange.EmailAddresses.splice(1, 1),
      "MigrationPermanentException: The target mailbox doesn't have an SMTP proxy matching 'contoso.mail.onmicrosoft.com'.",
    ],
    [
      'no such mail user',
      ({ contoso }) => (contoso.mailUsers = []),
      "MigrationPermanentException: The recipient 'ada@contoso.com' couldn't be found",
    ],
    [
      'the organizations do not let it move',
      ({ fabrikam }) => (fabrikam.migration.relationships = []),
      'MigrationPermanentException: The remote organization does not authorize',
    ],
    [
      'the mailbox is not published',
      ({ fabrikam }) => (fabrikam.groups[0]!.members = []),
      "MigrationPermanentException: The mailbox 'Ada' isn't in the scope",
    ],
    [
      'a seed wants it so',
      ({ contoso }) =>
        Object.assign(contoso.migration, { failures: { 'Ada@contoso.com': 'TooManyBadItems: 11' } }),
      'TooManyBadItems: 11',
    ],
  ])('%s: the user fails, with the reason', async (_, change, error) => {
    const tenants = prepared((seeds) => void change(seeds))
    const { contoso } = tenants
    await contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true })
    expect(advance(tenants)).toBe('Failed')
    expect(await batchOf(contoso)).toMatchObject({ FailedCount: 1, SyncedCount: 0 })
    expect(await userOf(contoso)).toMatchObject({
      Status: 'Failed',
      StatusSummary: 'Failed',
      ErrorSummary: expect.stringContaining(error),
    })
  })

  test('some fail, the others go on, and those are tried again when the batch is started again', async () => {
    const tenants = prepared((seeds) =>
      Object.assign(seeds.contoso.migration, { failures: { 'ada@contoso.com': 'once' } }),
    )
    const { contoso } = tenants
    const CSVData = csv('EmailAddress', 'ada@contoso.com', 'bob@contoso.com')
    await contoso.run('New-MigrationBatch', { ...WAVE, CSVData, AutoStart: true })
    expect(advance(tenants)).toBe('Failed')
    contoso.tenant.migration.failures.clear()
    await contoso.run('Start-MigrationBatch', ask)
    expect([advance(tenants), advance(tenants)]).toEqual(['Syncing', 'SyncedWithErrors'])
    await contoso.run('Complete-MigrationBatch', sure)
    expect(advance(tenants)).toBe('CompletedWithErrors')
  })

  test('somebody who is in another batch already', async () => {
    const tenants = prepared()
    const { contoso } = tenants
    await contoso.run('New-MigrationBatch', { ...WAVE, Name: 'earlier' })
    await contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true })
    expect(advance(tenants)).toBe('Failed')
    expect(await contoso.one('Get-MigrationUser', { BatchId: 'wave-1' })).toMatchObject({
      ErrorSummary: expect.stringMatching(
        /^UserDuplicateInOtherBatchException: .* already included in migration batch "earlier\."/,
      ),
    })
  })

  test('what was ready when it began, and is not when it ends', async () => {
    const tenants = withBatch({ status: 'Completing' })
    const { fabrikam, contoso } = tenants
    await fabrikam.run('Remove-OrganizationRelationship', { Identity: 'other', Confirm: false })
    expect(advance(tenants)).toBe('Failed')
    expect(await userOf(contoso)).toMatchObject({ Status: 'CompletionFailed', StatusSummary: 'Failed' })
    expect((await contoso.run('Get-Mailbox')).rows).toEqual([])
  })
})

describe('which status allows what', () => {
  const STATUSES = [
    'Created',
    'Syncing',
    'Synced',
    'SyncedWithErrors',
    'Stopping',
    'Stopped',
    'Removing',
    'Completing',
    'Completed',
    'CompletedWithErrors',
    'Failed',
  ]
  test.each([
    ['Start', ['Created', 'SyncedWithErrors', 'Stopped', 'CompletedWithErrors', 'Failed']],
    ['Stop', ['Syncing', 'Synced', 'SyncedWithErrors']],
    ['Complete', ['Synced', 'SyncedWithErrors']],
    [
      'Remove',
      ['Created', 'Synced', 'SyncedWithErrors', 'Stopped', 'Completed', 'CompletedWithErrors', 'Failed'],
    ],
  ])('%s-MigrationBatch', async (verb, allowed) => {
    const answers = await Promise.all(
      STATUSES.map(async (status) => {
        const { error } = await withBatch({ status }).contoso.run(`${verb}-MigrationBatch`, sure)
        return [status, error?.text.replace(/^.* because/, 'because') ?? 'done']
      }),
    )
    expect(answers).toEqual(
      STATUSES.map((status) => [
        status,
        allowed.includes(status) ? 'done' : `because its status is ${status}.`,
      ]),
    )
  })

  test.each(['Stop', 'Complete', 'Remove'])('%s-MigrationBatch asks first', async (verb) => {
    const { error } = await withBatch({ status: 'Synced' }).contoso.run(`${verb}-MigrationBatch`, ask)
    expect(error?.text).toMatch(/does not support user interaction/)
  })

  test.each(['Start', 'Stop', 'Set', 'Complete', 'Remove'])('%s: there is no such batch', async (verb) => {
    const { status, error } = await prepared().contoso.run(`${verb}-MigrationBatch`, sure)
    expect([status, error?.type]).toEqual([
      404,
      'Microsoft.Exchange.Data.Storage.MigrationBatchNotFoundException',
    ])
  })

  test('what was stopped goes on where it was', async () => {
    const tenants = withBatch({ status: 'Synced' })
    const { contoso } = tenants
    await contoso.run('Stop-MigrationBatch', sure)
    expect(await userOf(contoso)).toMatchObject({
      Status: 'IncrementalStopped',
      StatusSummary: 'Stopped',
    })
    expect(advance(tenants)).toBe('Stopped')
    await contoso.run('Start-MigrationBatch', ask)
    expect(await batchOf(contoso)).toMatchObject({ Status: 'Synced', SyncedCount: 1 })
  })
})
