import { describe, expect, test } from '@jest/globals'

import { advanceBatch } from '../advance.ts'
import { ADA_GUID, prepared, type Seeds } from './prepared.ts'
import type { Side, TwoTenants } from './two-tenants.ts'

const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n')).toString('base64')
const WAVE = {
  Name: 'wave-1',
  SourceEndpoint: 'from-fabrikam',
  TargetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
  CSVData: csv('EmailAddress', 'ada@contoso.com'),
}
const ask = { Identity: 'wave-1' }
const sure = { ...ask, Confirm: false }

const batchOf = (contoso: Side) => contoso.one('Get-MigrationBatch', ask)
const userOf = (contoso: Side) => contoso.one('Get-MigrationUser', { Identity: 'ada@contoso.com' })
function advance({ world, contoso: { tenant } }: TwoTenants): string {
  return advanceBatch(world, tenant, tenant.migration.batches.find('wave-1')!).values.status
}
const withBatch = (batch: object) =>
  prepared((seeds) =>
    Object.assign(seeds.contoso.migration, {
      batches: [
        {
          name: 'wave-1',
          endpoint: 'from-fabrikam',
          targetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
          users: [{ address: 'ada@contoso.com' }],
          ...batch,
        },
      ],
    }),
  )

describe('New-MigrationBatch', () => {
  test('makes a batch that waits to be started', async () => {
    const { contoso } = prepared()
    const made = await contoso.one('New-MigrationBatch', {
      ...WAVE,
      CompleteAfter: '2026-12-01T20:00:00Z',
      NotificationEmails: ['it@contoso.com'],
    })
    expect(made).toMatchObject({
      Identity: 'wave-1',
      Status: 'Created',
      MigrationType: 'ExchangeRemoteMove',
      SourceEndpoint: 'from-fabrikam',
      TargetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
      TotalCount: 1,
      ActiveCount: 1,
      StartDateTime: null,
      CompleteAfterUTC: '2026-12-01T20:00:00.0000000Z',
      NotificationEmails: ['it@contoso.com'],
    })
    expect(await batchOf(contoso)).toEqual(made)
    expect(await userOf(contoso)).toMatchObject({ BatchId: 'wave-1', Status: 'Queued' })
  })

  test('or one that is under way at once', async () => {
    const made = await prepared().contoso.one('New-MigrationBatch', { ...WAVE, AutoStart: true })
    expect(made).toMatchObject({ Status: 'Syncing', StartDateTimeUTC: '2026-11-20T21:00:00.0000000Z' })
  })

  test.each([
    ['no list', { CSVData: null }, /mandatory parameters: CSVData/],
    ['a list that is no base64', { CSVData: 'EmailAddress,' }, /"System\.Byte\[\]"/],
    ['no delivery domain', { TargetDeliveryDomain: null }, /mandatory parameters: TargetDeliveryDomain/],
    ["somebody else's domain", { TargetDeliveryDomain: 'fabrikam.com' }, /not an accepted domain/],
    ['no such endpoint', { SourceEndpoint: 'x' }, /object 'x' couldn't be found/],
    ['another header', { CSVData: csv('Mail', 'ada@contoso.com') }, /column "EmailAddress" is missing/],
    ['unknown columns', { CSVData: csv('EmailAddress,Boss', 'a@b.de,x') }, /aren't recognized: Boss/],
    ['nobody in it', { CSVData: csv('EmailAddress') }, /contains no users/],
    ['what is no address', { CSVData: csv('EmailAddress', 'ada') }, /Row 2: the value "ada"/],
    ['somebody twice', { CSVData: csv('EmailAddress', 'a@b.de', 'A@B.de') }, /Row 3: .* duplicate of row 2/],
    ['a date that is none', { CompleteAfter: 'soon' }, /"System\.DateTime"/],
    ['a notification to nobody', { NotificationEmails: ['it'] }, /not a valid SMTP address/],
  ])('%s', async (_, parameters, text) => {
    const { contoso } = prepared()
    const { status, error } = await contoso.run('New-MigrationBatch', { ...WAVE, ...parameters })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(error?.text).toMatch(text)
    expect((await contoso.run('Get-MigrationBatch')).rows).toEqual([])
  })

  test('further columns may be let pass', async () => {
    const CSVData = csv('EmailAddress,Boss', 'ada@contoso.com,x')
    const parameters = { ...WAVE, CSVData, AllowUnknownColumnsInCsv: true }
    expect((await prepared().contoso.run('New-MigrationBatch', parameters)).status).toBe(200)
  })

  test('a name that there is already', async () => {
    const { contoso } = withBatch({})
    const { error } = await contoso.run('New-MigrationBatch', { ...WAVE, Name: 'Wave-1' })
    expect(error?.text).toMatch(/"Wave-1" already exists/)
  })

  test('not more than a hundred', async () => {
    const { contoso } = prepared()
    for (let number = 0; number < 100; number++)
      await contoso.run('New-MigrationBatch', { ...WAVE, Name: `b${number}` })
    expect((await contoso.run('New-MigrationBatch', WAVE)).error?.text).toMatch(/maximum number/)
  })
})

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
    'Stopped',
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

describe('Set-MigrationBatch', () => {
  test('sets when it completes, and who is told', async () => {
    const { contoso } = withBatch({})
    const change = { CompleteAfter: '2026-12-02T00:00:00+01:00', NotificationEmails: ['it@contoso.com'] }
    expect((await contoso.run('Set-MigrationBatch', { ...ask, ...change })).status).toBe(200)
    expect(await batchOf(contoso)).toMatchObject({
      CompleteAfterUTC: '2026-12-01T23:00:00.0000000Z',
      NotificationEmails: ['it@contoso.com'],
    })
    const { warnings } = await contoso.run('Set-MigrationBatch', { ...ask, ...change })
    expect(warnings[0]).toMatch(/no settings of 'wave-1' have been modified/)
  })

  test('not of a batch that is over', async () => {
    const { contoso } = withBatch({ status: 'Completed' })
    const set = { ...ask, NotificationEmails: ['it@contoso.com'] }
    expect((await contoso.run('Set-MigrationBatch', set)).error?.text).toMatch(/status is Completed/)
  })
})

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

test.each([
  ['no such endpoint', { endpoint: 'x' }, /batch wave-1: no endpoint x/],
  ['a time that is none', { completeAfter: 'soon' }, /completeAfter must be a time, not soon/],
])('a seed that cannot be: %s', (_, batch, message) => expect(() => withBatch(batch)).toThrow(message))
