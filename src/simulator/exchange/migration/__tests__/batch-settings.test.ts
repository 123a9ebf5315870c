/** What a batch is made of, asked for or seeded, what is told of a wrong one, and what can be set later. */
import { describe, expect, test } from '@jest/globals'

import { prepared } from './prepared.ts'
import { WAVE, ask, batchOf, csv, userOf, withBatch } from './wave-1.ts'

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

test.each([
  ['no such endpoint', { endpoint: 'x' }, /batch wave-1: no endpoint x/],
  ['a time that is none', { completeAfter: 'soon' }, /completeAfter must be a time, not soon/],
])('a seed that cannot be: %s', (_, batch, message) => expect(() => withBatch(batch)).toThrow(message))
