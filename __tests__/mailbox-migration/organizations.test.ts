/** What the two organizations let each other do: their relationships. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { CONTOSO, FABRIKAM, GROUP, Migrating, MOVER, type Starting } from './migrating.ts'
import { fieldsOf, relationships } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

type Relationship = NonNullable<NonNullable<TenantSeed['migration']>['relationships']>[number]
const inContoso = (...all: Relationship[]): Starting => ({ contoso: { migration: { relationships: all } } })

const INBOUND = { Enabled: true, MailboxMoveEnabled: true, MailboxMoveCapability: 'Inbound' } as const
const FREE_BUSY = {
  FreeBusyAccessEnabled: true,
  FreeBusyAccessLevel: 'LimitedDetails',
  MailTipsAccessEnabled: true,
  PhotosEnabled: false,
} as const

describe('relationships', () => {
  test('are made on both sides: one lets mailboxes out, the other lets them in', async () => {
    await start()
    await migrating.apply()
    expect(relationships(migrating.source)).toEqual([
      {
        Name: 'tenant-sync people',
        DomainNames: [CONTOSO],
        Enabled: true,
        MailboxMoveEnabled: true,
        MailboxMoveCapability: 'RemoteOutbound',
        OAuthApplicationId: MOVER,
        MailboxMovePublishedScopes: [GROUP],
      },
    ])
    expect(relationships(migrating.target)).toEqual([
      { Name: 'tenant-sync people', DomainNames: [FABRIKAM], ...INBOUND },
    ])
  })

  test('that stand for the tenant by its id are changed, and their other settings stay', async () => {
    await start(inContoso({ Name: 'Partners', DomainNames: [FABRIKAM, 'else.where'], ...FREE_BUSY }))
    expect(fieldsOf(await migrating.plan(), 'organization-relationship', 'update')).toEqual({
      mailboxMoveEnabled: [false, true],
      mailboxMoveCapability: ['None', 'Inbound'],
    })
    await migrating.apply()
    expect(relationships(migrating.target)).toEqual([
      { Name: 'Partners', DomainNames: [FABRIKAM, 'else.where'], ...FREE_BUSY, ...INBOUND },
    ])
  })

  test.each(['fabrikam.com', 'fabrikam.onmicrosoft.com', 'FABRIKAM.COM'])(
    'that stand for it by its domain %s get its id beside it',
    async (domain) => {
      await start(inContoso({ Name: 'Partners', DomainNames: ['else.where', domain], ...FREE_BUSY }))
      expect(fieldsOf(await migrating.plan(), 'organization-relationship', 'update')).toMatchObject({
        domainNames: [
          ['else.where', domain.toLowerCase()],
          ['else.where', domain.toLowerCase(), FABRIKAM],
        ],
      })
      await migrating.apply()
      expect(relationships(migrating.target)).toMatchObject([
        { Name: 'Partners', DomainNames: ['else.where', domain.toLowerCase(), FABRIKAM], ...FREE_BUSY },
      ])
      expect((await migrating.plan()).changes).toEqual([])
    },
  )

  test('of other tenants are nothing to it', async () => {
    const other = { Name: 'Northwind', DomainNames: ['northwind.com'], ...FREE_BUSY }
    await start(inContoso(other))
    await migrating.apply()
    expect(relationships(migrating.target)).toMatchObject([
      { ...other },
      { Name: 'tenant-sync people', DomainNames: [FABRIKAM] },
    ])
  })

  test('that are as they should be are nothing to do', async () => {
    await start(inContoso({ Name: 'By hand', DomainNames: [FABRIKAM], ...INBOUND }))
    const { changes, counts } = await migrating.plan()
    expect(changes.map(({ label }) => label)).not.toContain(
      'contoso: organization relationship with fabrikam',
    )
    expect(counts.unchanged).toBe(1)
  })

  test.each<[string, Partial<Relationship>, string, unknown[]]>([
    ['is disabled', { Enabled: false }, 'enabled', [false, true]],
    ['lets no mailboxes move', { MailboxMoveEnabled: false }, 'mailboxMoveEnabled', [false, true]],
    [
      'lets them go the other way',
      { MailboxMoveCapability: 'RemoteOutbound' },
      'mailboxMoveCapability',
      ['RemoteOutbound', 'Inbound'],
    ],
  ])('one that %s is put right, as drift', async (_, differs, field, fields) => {
    await start(inContoso({ Name: 'By hand', DomainNames: [FABRIKAM], ...INBOUND, ...differs }))
    const plan = await migrating.plan()
    expect(plan.changes.find(({ action }) => action === 'update')).toMatchObject({ reason: 'drift' })
    expect(fieldsOf(plan, 'organization-relationship', 'update')).toEqual({ [field]: fields })
    await migrating.apply()
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('two for one tenant: the one with its id is taken, the other one is told of', async () => {
    await start(
      inContoso(
        { Name: 'A by domain', DomainNames: ['fabrikam.com'] },
        { Name: 'B by id', DomainNames: [FABRIKAM], ...INBOUND },
      ),
    )
    const { changes, warnings } = await migrating.plan()
    expect(changes.map(({ label }) => label)).not.toContain(
      'contoso: organization relationship with fabrikam',
    )
    expect(warnings).toMatchObject([
      { code: 'another-relationship', message: expect.stringContaining('contoso has other organization') },
    ])
    expect(warnings[0]!.message).toContain('A by domain')
    expect(warnings[0]!.advice).not.toContain('A by domain')
  })

  test('two for its domains: the first by name', async () => {
    await start(
      inContoso(
        { Name: 'Zulu', DomainNames: ['fabrikam.com'] },
        { Name: 'Alpha', DomainNames: ['fabrikam.onmicrosoft.com'] },
      ),
    )
    await migrating.apply()
    expect(relationships(migrating.target)).toMatchObject([
      { Name: 'Zulu', DomainNames: ['fabrikam.com'] },
      { Name: 'Alpha', DomainNames: ['fabrikam.onmicrosoft.com', FABRIKAM] },
    ])
  })
})

describe('tenants that are not ready for it', () => {
  test('a dehydrated organization is told of beforehand, and its own words afterwards', async () => {
    await start({ contoso: { migration: { dehydrated: true } } })
    expect((await migrating.plan()).warnings).toMatchObject([
      {
        code: 'organization-dehydrated',
        message: expect.stringContaining('Enable-OrganizationCustomization'),
      },
    ])
    const { outcome, profiles } = await migrating.apply()
    expect(outcome).toBe('partial')
    expect(JSON.stringify(profiles[0]!.changes)).toContain('first need to run the command')
    // People are prepared all the same.
    expect(migrating.mailUsers().size).toBe(2)
    expect([...migrating.target.migration.batches]).toEqual([])
  })

  test('a domain that the target takes no mail for is told of', async () => {
    await start({ contoso: { domains: ['contoso.com'] } })
    expect((await migrating.plan()).warnings).toMatchObject([
      {
        code: 'domain-not-accepted',
        message: expect.stringContaining(
          'contoso.mail.onmicrosoft.com is no accepted domain of tenant contoso',
        ),
      },
    ])
  })
})
