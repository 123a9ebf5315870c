/** Batches that move on by themselves while the simulator's time passes. */
import { describe, expect, test } from '@jest/globals'

import { prepared } from './prepared.ts'
import type { TwoTenants } from './two-tenants.ts'
import { WAVE, ask, batchOf, userOf, withBatch } from './wave-1.ts'

const MINUTE = 60_000
const sure = { ...ask, Confirm: false }
const statusOf = async ({ contoso }: TwoTenants) => (await batchOf(contoso))['Status']
const slow = { migrationStep: MINUTE }

describe('a batch that runs', () => {
  test('takes a step each time that a step has passed, whoever asks', async () => {
    const tenants = prepared(undefined, slow)
    await tenants.contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true, AutoComplete: true })
    const seen = [(await userOf(tenants.contoso))['Status']]
    for (let step = 0; step < 5; step++) {
      tenants.advance(MINUTE - 1)
      seen.push((await userOf(tenants.contoso))['Status'])
      tenants.advance(1)
      await tenants.fabrikam.run('Get-OrganizationConfig')
      seen.push((await userOf(tenants.contoso))['Status'])
    }
    expect(seen.join(' ')).toBe(
      'Queued Queued Syncing Syncing Synced Synced Completing Completing Completed Completed Completed',
    )
    expect((await tenants.contoso.run('Get-Mailbox')).rows).toHaveLength(1)
  })

  test('catches up with all the steps that nobody asked in', async () => {
    const tenants = prepared(undefined, slow)
    await tenants.contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true })
    tenants.advance(1000 * MINUTE)
    expect(await statusOf(tenants)).toBe('Synced')
    await tenants.contoso.run('Complete-MigrationBatch', sure)
    expect(await statusOf(tenants)).toBe('Completing')
    tenants.advance(MINUTE)
    expect(await statusOf(tenants)).toBe('Completed')
  })

  test('stands still where no step is set', async () => {
    const tenants = prepared()
    await tenants.contoso.run('New-MigrationBatch', { ...WAVE, AutoStart: true })
    tenants.advance(1000 * MINUTE)
    expect(await userOf(tenants.contoso)).toMatchObject({ Status: 'Queued' })
  })

  test('one that was not started waits', async () => {
    const tenants = withBatch({ status: 'Created' }, slow)
    tenants.advance(1000 * MINUTE)
    expect(await statusOf(tenants)).toBe('Created')
  })
})

describe('what takes a step of its own', () => {
  test('to stop: meanwhile nothing else can be done with it', async () => {
    const tenants = withBatch({ status: 'Syncing' }, slow)
    const { contoso } = tenants
    expect((await contoso.run('Stop-MigrationBatch', sure)).status).toBe(200)
    expect(await statusOf(tenants)).toBe('Stopping')
    for (const verb of ['Start', 'Stop', 'Complete', 'Remove'])
      expect((await contoso.run(`${verb}-MigrationBatch`, sure)).error?.text).toMatch(/status is Stopping/)
    tenants.advance(MINUTE)
    expect(await batchOf(contoso)).toMatchObject({ Status: 'Stopped', StoppedCount: 1 })
    expect((await contoso.run('Remove-MigrationBatch', sure)).status).toBe(200)
  })

  test('a user who is taken out of a stopping batch does not start it again', async () => {
    const tenants = withBatch(
      { status: 'Stopping', users: [{ address: 'ada@contoso.com' }, { address: 'bob@contoso.com' }] },
      slow,
    )
    await tenants.contoso.run('Remove-MigrationUser', { Identity: 'bob@contoso.com', Confirm: false })
    expect(await batchOf(tenants.contoso)).toMatchObject({ Status: 'Stopping', TotalCount: 1 })
  })

  test('to be removed: its name and its endpoint are free only then', async () => {
    const tenants = withBatch({ status: 'Stopped' }, slow)
    const { contoso } = tenants
    expect((await contoso.run('Remove-MigrationBatch', sure)).status).toBe(200)
    expect(await statusOf(tenants)).toBe('Removing')
    const endpoint = { Identity: 'from-fabrikam', Confirm: false }
    for (const [cmdlet, parameters, text] of [
      ['Remove-MigrationBatch', sure, /status is Removing/],
      ['Set-MigrationBatch', { ...ask, CompleteAfter: null }, /status is Removing/],
      ['New-MigrationBatch', WAVE, /already exists/],
      ['Remove-MigrationEndpoint', endpoint, /the migration batch "wave-1" uses it/],
    ] as const)
      expect((await contoso.run(cmdlet, parameters)).error?.text).toMatch(text)
    tenants.advance(MINUTE)
    expect((await contoso.run('Get-MigrationBatch', ask)).status).toBe(404)
    expect((await contoso.run('Remove-MigrationEndpoint', endpoint)).status).toBe(200)
  })

  test('neither, where no step is set', async () => {
    const tenants = withBatch({ status: 'Synced' })
    await tenants.contoso.run('Stop-MigrationBatch', sure)
    expect(await statusOf(tenants)).toBe('Stopped')
    await tenants.contoso.run('Remove-MigrationBatch', sure)
    expect((await tenants.contoso.run('Get-MigrationBatch')).rows).toEqual([])
  })
})
