/** The published scope: the group whose direct members move. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { GroupSeed, TenantSeed } from '../../src/simulator/seed.ts'
import { ADA, BOB, CONTOSO, GROUP, LIMITLESS, Migrating, MOVER, type Starting } from './migrating.ts'
import { fieldsOf, mailboxes, relationships, skipped } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

type Relationship = NonNullable<NonNullable<TenantSeed['migration']>['relationships']>[number]

const OTHERS: GroupSeed = { displayName: 'Others', mail: 'others@fabrikam.com', securityEnabled: true }
const MIGRATING: GroupSeed = {
  displayName: GROUP,
  mail: 'migrating@fabrikam.com',
  securityEnabled: true,
  members: [ADA.userPrincipalName],
}
const outbound = (...scopes: string[]): Relationship => ({
  Name: 'By hand',
  DomainNames: [CONTOSO],
  Enabled: true,
  MailboxMoveEnabled: true,
  MailboxMoveCapability: 'RemoteOutbound',
  OAuthApplicationId: MOVER.toUpperCase(),
  MailboxMovePublishedScopes: scopes,
})
const inFabrikam = (relationship: Relationship, groups = [MIGRATING, OTHERS]): Starting => ({
  users: [ADA],
  fabrikam: { groups, migration: { relationships: [relationship] } },
})

describe('the published scope', () => {
  test('is added to those that are published already', async () => {
    await start(inFabrikam(outbound('Others')))
    expect(fieldsOf(await migrating.plan(), 'organization-relationship', 'update')).toEqual({
      mailboxMovePublishedScopes: [['Others'], ['Others', GROUP]],
    })
    await migrating.apply()
    expect(relationships(migrating.source)).toMatchObject([
      { Name: 'By hand', MailboxMovePublishedScopes: ['Others', GROUP] },
    ])
  })

  test('is left where it is published', async () => {
    await start(inFabrikam(outbound('Others', GROUP)))
    const { changes } = await migrating.plan()
    expect(changes.map(({ label }) => label)).not.toContain(
      'fabrikam: organization relationship with contoso',
    )
  })

  test.each([
    ['its mail address', 'Migrating@fabrikam.com'],
    ['its display name, without case', 'migrating to contoso'],
    ['its object id', 'f0000000-0000-4000-8000-000000000001'],
  ])('is found by %s', async (_, name) => {
    const group = { ...MIGRATING, id: 'f0000000-0000-4000-8000-000000000001' }
    await start({ users: [ADA], fabrikam: { groups: [group] } })
    migrating.profile(LIMITLESS, { group: name })
    expect(await migrating.apply()).toMatchObject({ outcome: 'applied' })
    expect(relationships(migrating.source)).toMatchObject([{ MailboxMovePublishedScopes: [GROUP] }])
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('may have a quote in its name', async () => {
    await start({ users: [ADA], fabrikam: { groups: [{ ...MIGRATING, displayName: "Ada's move" }] } })
    migrating.profile(LIMITLESS, { group: "Ada's move" })
    expect(mailboxes(await migrating.plan())).toEqual({ 'Ada Lovelace': expect.stringContaining('ok Ready') })
  })

  test.each<[string, GroupSeed[], string, string]>([
    [
      'is not there',
      [OTHERS],
      'group-not-found',
      'There is no group "Migrating to Contoso" in tenant fabrikam.',
    ],
    [
      'is a distribution list',
      [{ ...MIGRATING, securityEnabled: false }],
      'group-not-a-scope',
      'is no mail-enabled security group (it is a MailUniversalDistributionGroup)',
    ],
    [
      'has no mail address',
      [{ displayName: GROUP, securityEnabled: true }],
      'group-not-found',
      'There is no group "Migrating to Contoso"',
    ],
  ])('that %s fails the profile, at its line, and nothing is written', async (_, groups, code, message) => {
    await start({ users: [ADA], fabrikam: { groups } })
    expect(await migrating.apply()).toMatchObject({
      outcome: 'failed',
      profiles: [
        {
          errors: [
            {
              code,
              message: expect.stringContaining(message),
            },
          ],
        },
      ],
    })
    const { errors } = await migrating.plan()
    expect(errors[0]!.message).toMatch(/^sync-profiles\/people\.yaml:3:34 /)
    expect(migrating.tenants.writes()).toEqual([])
  })

  test('that stands for two fails the profile likewise', async () => {
    await start({ users: [ADA], fabrikam: { groups: [MIGRATING, OTHERS] } })
    const { recipients } = migrating.source
    recipients.update(recipients.named('Others')[0]!.guid, { DisplayName: GROUP }, migrating.tenants.now)
    expect((await migrating.plan()).errors).toMatchObject([
      {
        code: 'group-ambiguous',
        message: expect.stringContaining('2 groups of tenant fabrikam go by "Migrating to Contoso"'),
      },
    ])
  })

  test('counts its direct members: a group in the group is skipped, and told of', async () => {
    const nested: GroupSeed = {
      displayName: 'Nested',
      mail: 'nested@fabrikam.com',
      securityEnabled: true,
      members: [BOB.userPrincipalName],
    }
    const group = { ...MIGRATING, members: [ADA.userPrincipalName, 'Nested'] }
    await start({ users: [ADA, BOB], fabrikam: { groups: [nested, group] } })
    const plan = await migrating.plan()
    expect(skipped(plan)).toEqual({
      Nested: 'no-mailbox: it is a MailUniversalSecurityGroup, and has no mailbox in fabrikam',
    })
    expect(plan.skipped[0]!.advice).toContain('name them in the group itself')
    expect(Object.keys(mailboxes(plan))).toEqual(['Ada Lovelace', 'Nested'])
    await migrating.apply()
    expect([...migrating.mailUsers().keys()]).toEqual(['ada.lovelace@contoso.com'])
  })
})
