/** The migration endpoint: made with the application's secret, kept, tested, and its failures told with what to do. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { AppSeed, TenantSeed } from '../../src/simulator/seed.ts'
import {
  ADA,
  appsOf,
  CONTOSO,
  FABRIKAM,
  healthShown,
  LIMITLESS,
  Migrating,
  MOVER,
  SECRET,
  shown,
  type Starting,
} from './migrating.ts'
import { batches, calls, fieldsOf, writes, written } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

const endpoint = () => migrating.target.migration.endpoints.find('fabrikam-to-contoso')!
const UPDATE = 'update migration-endpoint (contoso: migration endpoint fabrikam-to-contoso): drift'

type EndpointSeed = NonNullable<NonNullable<TenantSeed['migration']>['endpoints']>[number]
const standing = (more: Partial<EndpointSeed> = {}): Starting => ({
  users: [ADA],
  fabrikam: {
    migration: {
      relationships: [
        {
          Name: 'tenant-sync people',
          DomainNames: [CONTOSO],
          MailboxMoveEnabled: true,
          MailboxMoveCapability: 'RemoteOutbound',
          OAuthApplicationId: MOVER,
          MailboxMovePublishedScopes: ['Migrating to Contoso'],
        },
      ],
    },
  },
  contoso: {
    migration: {
      relationships: [
        {
          Name: 'tenant-sync people',
          DomainNames: [FABRIKAM],
          MailboxMoveEnabled: true,
          MailboxMoveCapability: 'Inbound',
        },
      ],
      endpoints: [
        {
          name: 'fabrikam-to-contoso',
          remoteTenant: 'fabrikam.onmicrosoft.com',
          applicationId: MOVER,
          secret: SECRET,
          ...more,
        },
      ],
    },
  },
})

/** Settles what the migration application is to one of the tenants. */
const mover = (more: Partial<AppSeed> | undefined) => (tenantId: string) =>
  appsOf(tenantId).flatMap((app) => (app.clientId !== MOVER ? app : more ? { ...app, ...more } : []))

describe('from nothing', () => {
  test('it is made with the application and its secret, which only the module sees', async () => {
    await start({ users: [ADA] })
    expect(fieldsOf(await migrating.plan(), 'migration-endpoint')).toEqual({
      remoteServer: [null, 'outlook.office.com'],
      remoteTenant: [null, 'fabrikam.onmicrosoft.com'],
      applicationId: [null, MOVER],
      credentials: [null, 'written, not shown'],
    })
    await migrating.apply()
    expect(endpoint().values).toMatchObject({
      remoteServer: 'outlook.office.com',
      remoteTenant: 'fabrikam.onmicrosoft.com',
      applicationId: MOVER,
      credential: [MOVER, SECRET],
    })
    expect(calls(migrating, 'New-MigrationEndpoint')).toEqual([
      expect.objectContaining({ Name: 'fabrikam-to-contoso', ExchangeRemoteMove: true }),
    ])
    expect(JSON.stringify(calls(migrating, 'New-MigrationEndpoint'))).not.toContain(JSON.stringify(SECRET))
  })

  test('without its secret in the environment: the error names the variable, and no batch is made', async () => {
    await start({ users: [ADA] })
    migrating.tenants.env = { ...migrating.tenants.env, MIGRATION_APP_SECRET: '' }
    const { outcome, profiles } = await migrating.apply()
    expect(outcome).toBe('partial')
    const failed = profiles[0]!.changes.filter(({ status }) => status === 'failed')
    expect(failed).toMatchObject([{ error: { message: expect.stringContaining('MIGRATION_APP_SECRET') } }])
    expect(failed).toMatchObject([{ error: { advice: expect.stringContaining('MIGRATION_APP_SECRET') } }])
    expect(batches(migrating)).toEqual({})
    // All else is done; with the secret the rest follows.
    expect(migrating.mailUsers().size).toBe(1)
    migrating.tenants.env = { ...migrating.tenants.env, MIGRATION_APP_SECRET: SECRET }
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(Object.keys(batches(migrating))).toEqual(['wave-1'])
  })
})

describe('once it stands', () => {
  test('neither secret nor PowerShell is asked for', async () => {
    await start({ ...standing(), powershell: null })
    migrating.tenants.env = { ...migrating.tenants.env, MIGRATION_APP_SECRET: '' }
    const { changes, warnings } = await migrating.plan()
    expect(changes.filter(({ object }) => object === 'migration-endpoint')).toEqual([])
    expect(warnings).toMatchObject([{ code: 'by-hand' }])
  })

  test('with another application, or another server, it is put right', async () => {
    const other = '5d2e3f40-0000-4000-8000-0000000000bb'
    await start(standing({ applicationId: other, remoteServer: 'elsewhere.contoso.com' }))
    expect(fieldsOf(await migrating.plan(), 'migration-endpoint')).toEqual({
      remoteServer: ['elsewhere.contoso.com', 'outlook.office.com'],
      applicationId: [other, MOVER],
      credentials: [null, 'written, not shown'],
    })
    await migrating.apply()
    expect(endpoint().values).toMatchObject({ applicationId: MOVER, credential: [MOVER, SECRET] })
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('with another server alone its secret is not written', async () => {
    await start(standing({ remoteServer: 'elsewhere.contoso.com' }))
    expect(Object.keys(fieldsOf(await migrating.plan(), 'migration-endpoint'))).toEqual(['remoteServer'])
    await migrating.apply()
    expect(calls(migrating, 'Set-MigrationEndpoint')).toEqual([
      { Identity: 'fabrikam-to-contoso', RemoteServer: 'outlook.office.com' },
    ])
  })

  test.each(['fabrikam.onmicrosoft.com', 'Fabrikam.com', FABRIKAM])(
    'it is the right one by the tenant %s',
    async (remoteTenant) => {
      await start(standing({ remoteTenant }))
      const { outcome, changes } = await migrating.plan()
      expect({ outcome, objects: changes.map(({ object }) => object) }).toEqual({
        outcome: 'planned',
        objects: ['mail-user', 'migration-batch'],
      })
    },
  )

  test('of another tenant it fails the profile, at its line, for that cannot be changed', async () => {
    await start(standing({ remoteTenant: 'northwind.onmicrosoft.com' }))
    const { outcome, errors } = await migrating.plan()
    expect({ outcome, errors }).toMatchObject({ outcome: 'failed', errors: [{ code: 'endpoint-elsewhere' }] })
    expect(errors[0]!.message).toMatch(
      /^sync-profiles\/people\.yaml:6:11 .*"fabrikam-to-contoso".*"northwind\.onmicrosoft\.com".*another endpoint/,
    )
    await migrating.apply()
    expect(writes(migrating)).toEqual([])
  })
})

describe('rotate: true', () => {
  test('writes the secret in every apply, and says so', async () => {
    await start(standing())
    await migrating.apply()
    migrating.profile(LIMITLESS, { application: 'rotate: true' })
    migrating.tenants.env = { ...migrating.tenants.env, MIGRATION_APP_SECRET: 'a newer one' }
    const plan = await migrating.plan()
    expect(shown(plan)).toEqual([UPDATE])
    expect(fieldsOf(plan, 'migration-endpoint')).toEqual({ credentials: [null, 'written, not shown'] })
    expect(plan.warnings).toMatchObject([
      { code: 'secret-rotates', message: expect.stringContaining('Take the key out again') },
    ])
    expect(await written(migrating)).toEqual(['contoso: Set-MigrationEndpoint'])
    expect(endpoint().values.credential).toEqual([MOVER, 'a newer one'])
    expect(shown(await migrating.plan())).toEqual([UPDATE])
  })
})

describe('the test of it', () => {
  test('is made with somebody who is ready, where there is one', async () => {
    await start(standing())
    await migrating.apply()
    expect(calls(migrating, 'Test-MigrationServerAvailability')).toEqual([
      { Endpoint: 'fabrikam-to-contoso' },
      { Endpoint: 'fabrikam-to-contoso', TestMailbox: 'ada.lovelace@contoso.com' },
    ])
  })

  test('that fails over the secret leads to its rewriting', async () => {
    await start(standing({ secret: 'an expired one' }))
    const plan = await migrating.plan()
    expect(shown(plan)).toContain(UPDATE)
    expect(healthShown(plan)[0]).toMatch(
      /^endpoint fabrikam-to-contoso: error .*AADSTS7000215.*store it as MIGRATION_APP_SECRET/,
    )
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(endpoint().values.credential).toEqual([MOVER, SECRET])
    expect(healthShown(await migrating.plan())[0]).toContain('lets mailboxes through')
    expect(Object.keys(batches(migrating))).toEqual(['wave-1'])
  })

  test.each<[string, Partial<TenantSeed>, Partial<TenantSeed>, string]>([
    [
      'an app that is unknown in the source',
      { apps: mover(undefined)(FABRIKAM) },
      {},
      'let an administrator of fabrikam and of contoso consent to it',
    ],
    [
      'a permission that is missing',
      { apps: mover({ exchange: {} })(FABRIKAM) },
      {},
      'lacks the application permission Mailbox.Migration',
    ],
  ])('that fails over %s leads to advice, and to no batch', async (_, fabrikam, contoso, advice) => {
    const given = standing()
    await start({
      ...given,
      fabrikam: { ...given.fabrikam, ...fabrikam },
      contoso: { ...given.contoso, ...contoso },
    })
    const plan = await migrating.plan()
    const line = plan.health.find(({ what }) => what === 'endpoint')!
    expect(line).toMatchObject({ state: 'error', configuration: true, key: 'fabrikam-to-contoso' })
    expect([line.message, line.advice]).toEqual(Array(2).fill(expect.stringContaining(advice)))
    expect(plan.changes.map(({ object }) => object)).toEqual(['mail-user'])
    await migrating.apply()
    expect(batches(migrating)).toEqual({})
  })

  test('that fails only once all is made keeps the batch back, with what to do', async () => {
    await start({ users: [ADA], fabrikam: { apps: mover({ exchange: {} })(FABRIKAM) } })
    const { outcome, profiles } = await migrating.apply()
    expect(outcome).toBe('partial')
    expect(profiles[0]!.changes.filter(({ status }) => status === 'failed')).toMatchObject([
      {
        error: {
          code: 'endpoint-unavailable',
          message: expect.stringContaining("doesn't have the permission Mailbox.Migration in 'fabrikam"),
          advice: expect.stringContaining('lacks the application permission Mailbox.Migration'),
        },
      },
    ])
    expect(batches(migrating)).toEqual({})
  })

  test('that a second relationship stands in the way of says so', async () => {
    const given = standing()
    const { migration } = given.contoso!
    const second = { Name: 'Old', DomainNames: ['fabrikam.com'], Enabled: true }
    await start({
      ...given,
      contoso: { migration: { ...migration, relationships: [...migration!.relationships!, second] } },
    })
    const { health } = await migrating.plan()
    expect(health[0]).toMatchObject({
      what: 'endpoint',
      advice: expect.stringContaining('it, or a second one for that tenant'),
    })
  })

  test('that this identity may not make is left to the apply, and holds nothing up', async () => {
    const given = standing()
    const reader = appsOf(CONTOSO).map((app) =>
      app.clientId === MOVER
        ? app
        : { ...app, exchange: { manageAsApp: true, role: 'global-reader' as const } },
    )
    await start({ ...given, contoso: { ...given.contoso, apps: reader } })
    const plan = await migrating.plan()
    expect(healthShown(plan)[0]).toBe(
      'endpoint fabrikam-to-contoso: ok Not tested: this identity may only read. An apply tests it before it makes a batch.',
    )
    expect(plan.changes.map(({ object }) => object)).toEqual(['mail-user', 'migration-batch'])
  })
})
