import { describe, expect, test } from '@jest/globals'

import { buildWorld } from '../build.ts'
import { SeedError, readSeed } from '../seed.ts'

const TENANT = `
tenants:
  fabrikam:
    tenantId: 6b0f8c1e-0000-4000-8000-00000000000a
    organization: Fabrikam.onmicrosoft.com
    domains: [fabrikam.com]
`

function faultsOf(seed: string): readonly string[] {
  try {
    buildWorld(seed)
  } catch (error) {
    if (error instanceof SeedError) return error.faults
    throw error
  }
  return []
}

describe('a seed', () => {
  test('may be empty: then there is a world with nobody in it', () => {
    expect(buildWorld('').world.tenants.size).toBe(0)
  })

  test('leaves the rest at the defaults of the services', () => {
    expect(readSeed('behaviour: { exchangePageSize: 5 }').behaviour).toEqual({
      latencyMs: 0,
      replicationReads: 0,
      exchangePageSize: 5,
      exchangeConcurrency: 30,
      tokenLifetime: 3599,
      identityResourceUnits: true,
      mailboxConcurrency: 4,
      mailboxConcurrencyScope: 'mailbox',
      mailboxRequests: 10_000,
      mailboxUploadBytes: 157_286_400,
      deltaEmptyPages: false,
      deltaReplays: false,
      servicePrincipalReads: 0,
      indexReads: 0,
      identitySynchronizationPut: 'conflict',
      partnerPatch: 'merge',
      cycleOnStart: true,
      onDemandAnswer: 'result',
      auditLogRequests: 5,
      provisionOnDemandRequests: 5,
      migrationStep: 0,
      recordBodies: true,
    })
  })

  test('says how batches move, what fails in them, and what Exchange throws', () => {
    const { world, seed } = buildWorld(`
behaviour: { migrationStep: 5000 }
faults:
  - on: { operation: Set-MailUser, nth: 2 }
    do: { status: 400, exception: { type: A.BException, message: no } }
${TENANT.trim()}
    users:
      - userPrincipalName: ada@fabrikam.com
        displayName: Ada
        mail: ada@fabrikam.com
        exchange: { TotalItemSize: 1000, ProhibitSendReceiveQuota: 2000 }
    migration:
      failures:
        A@fabrikam.com: always
        b@fabrikam.com: { error: at the end, at: completion, times: 1 }
`)
    expect(world.behaviour.migrationStep).toBe(5000)
    expect(seed.faults).toHaveLength(1)
    const { migration, recipients } = world.tenants.get('fabrikam')!
    expect([...migration.failures]).toEqual([
      ['a@fabrikam.com', 'always'],
      ['b@fabrikam.com', { error: 'at the end', at: 'completion', times: 1 }],
    ])
    expect(recipients.holders('ada@fabrikam.com')[0]?.values).toMatchObject({
      TotalItemSize: 1000,
      ProhibitSendReceiveQuota: 2000,
    })
  })

  test('makes the ids it does not give, the same in every run, and never alike in two tenants', () => {
    const people = (name: string) => `
  ${name}:
    tenantId: 6b0f8c1e-0000-4000-8000-00000000000a
    organization: ${name}.onmicrosoft.com
    users: [{ userPrincipalName: ada@x.com, displayName: Ada }]`
    const ids = () => {
      const { world } = buildWorld(`tenants:${people('fabrikam')}${people('contoso')}`)
      return [...world.tenants.values()].map(({ directory }) => directory.user('ada@x.com')?.id)
    }
    const [first, second] = ids()
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(first).not.toBe(second)
    expect(ids()).toEqual([first, second])
  })

  test('puts a mail contact into Exchange and Graph under one id', () => {
    const { world } = buildWorld(`${TENANT}
    groups: [{ displayName: All, members: [grace@navy.mil] }]
    mailContacts: [{ Name: grace, ExternalEmailAddress: grace@navy.mil }]`)
    const tenant = world.tenants.get('fabrikam')!
    const [contact] = tenant.recipients.ofType('MailContact')
    const [group] = tenant.directory.groups()
    expect(tenant.directory.membersOf(group!.id)).toEqual([contact?.objectId])
    expect(tenant.domains).toEqual(['fabrikam.onmicrosoft.com', 'fabrikam.com'])
  })
})

describe('a seed that is not one names the line', () => {
  test.each([
    ['an unknown key', 'tenant: {}', 'line 1: seed must NOT have additional properties (tenant)'],
    [
      'a tenant without its id',
      'tenants:\n  a: { organization: a.com }',
      "line 2: tenants.a must have required property 'tenantId'",
    ],
    [
      'an unknown role',
      `${TENANT}    apps: [{ clientId: x, exchange: { role: king } }]`,
      'line 7: tenants.fabrikam.apps.0.exchange.role must be equal to one of the allowed values (recipient-administrator,exchange-administrator,global-reader,none)',
    ],
    [
      'a limit below its minimum',
      'behaviour: { exchangePageSize: 0 }',
      'line 1: behaviour.exchangePageSize must be >= 1',
    ],
  ])('%s', (_, seed, fault) => {
    expect(faultsOf(seed)).toContain(fault)
  })

  test.each([
    [
      'a property that users do not have',
      `users: [{ userPrincipalName: a@b, displayName: A, shoeSize: 44 }]`,
      'user a@b: no property shoeSize',
    ],
    [
      'a member that is nobody',
      `groups: [{ displayName: All, members: [nobody] }]`,
      'group All: no member nobody',
    ],
    [
      'a manager that is nobody',
      `users: [{ userPrincipalName: a@b, displayName: A, manager: c@d }]`,
      'no user c@d',
    ],
  ])('or the object: %s', (_, line, fault) => {
    expect(faultsOf(`${TENANT}    ${line}`)).toEqual([fault])
  })

  test('a clock that shows no time', () => {
    expect(faultsOf('clock: noon')).toEqual(['clock must be a time, like 2026-11-20T21:00:00Z, not noon'])
  })

  test('YAML that does not parse', () => {
    expect(faultsOf('tenants: [')).toHaveLength(1)
  })
})
