import { describe, expect, test } from '@jest/globals'

import {
  CONTOSO,
  FABRIKAM,
  SECRETS,
  TARGET_POLICY,
  configured,
  crossTenantPractice,
  jobIn,
} from '../../__tests__/practice.ts'
import { runCycle } from '../cycle.ts'

const GUEST = 'ada_fabrikam.com#EXT#@contoso.onmicrosoft.com'

function practised(options: Parameters<typeof configured>[0] = {}) {
  const practice = crossTenantPractice(configured(options))
  const { source, target, world } = practice
  const found = jobIn(practice)
  return {
    ...practice,
    ...found,
    cycle: (more: { force?: boolean } = {}) => runCycle(world, source, found.principal, more),
    guest: (name = 'ada') =>
      target.directory.user(`${name}_fabrikam.com#EXT#@contoso.onmicrosoft.com`)?.properties,
  }
}

describe('a cycle brings', () => {
  test('those who are assigned, as the schema says, into directory and address book', () => {
    const { cycle, guest, target } = practised()
    expect(cycle()).toMatchObject({ entitled: 1, exported: 1, escrowed: 0, state: 'Succeeded' })
    expect(guest()).toMatchObject({
      userPrincipalName: GUEST,
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      mail: 'ada@fabrikam.com',
      department: 'Engines',
      businessPhones: ['+44 1'],
      accountEnabled: true,
      showInAddressList: true,
      userType: 'Member',
      creationType: 'Invitation',
      externalUserState: 'Accepted',
    })
    const [recipient] = target.recipients.holders('ada@fabrikam.com')
    expect(recipient).toMatchObject({ type: 'GuestMailUser', softDeleted: false })
    expect(recipient?.values).toMatchObject({
      DisplayName: 'Ada Lovelace',
      HiddenFromAddressListsEnabled: false,
    })
  })

  test('the direct members of a group, but nobody of groups within it, nor anybody who is a guest', () => {
    const { cycle, guest, target } = practised({ application: { assigned: ['Everyone here'] } })
    expect(cycle()).toMatchObject({ entitled: 2, exported: 1 })
    expect([guest('ada'), guest('grace')]).toEqual([expect.anything(), undefined])
    expect(target.directory.userCount).toBe(2)
  })

  test('everybody, when it is to', () => {
    const { cycle, target } = practised({
      application: { assigned: [], secrets: { ...SECRETS, SyncAll: 'true' } },
    })
    cycle()
    expect([...target.directory.users()].map(({ properties }) => properties['displayName'])).toEqual([
      'Mary',
      'Ada Lovelace',
      'Charles Babbage',
      'Grace Hopper',
    ])
  })

  test('what the mapping makes of them', () => {
    const mapping = {
      displayName: 'Append([displayName], " (Fabrikam)")',
      showInAddressList: '"false"',
      telephoneNumber: null,
      extensionAttribute3: 'ToUpper([department])',
      otherMails: '[mail]',
    }
    const { cycle, guest, target } = practised({ application: { job: { mapping } } })
    cycle()
    expect(guest()).toMatchObject({
      displayName: 'Ada Lovelace (Fabrikam)',
      showInAddressList: false,
      businessPhones: [],
      otherMails: ['ada@fabrikam.com'],
      onPremisesExtensionAttributes: { extensionAttribute3: 'ENGINES' },
    })
    const [recipient] = target.recipients.holders('ada@fabrikam.com')
    expect(recipient?.values['HiddenFromAddressListsEnabled']).toBe(true)
  })

  test('nothing the second time', () => {
    const { cycle, source } = practised()
    cycle()
    expect(cycle()).toMatchObject({ exported: 0, exports: 0, imported: 1, state: 'Succeeded' })
    expect(source.crossTenant.log).toHaveLength(1)
  })

  test('changes of the source, and mends those of the target; the user’s type flows only once', () => {
    const { cycle, guest, source, target } = practised()
    cycle()
    source.directory.updateUser('ada@fabrikam.com', { department: 'Poetry', accountEnabled: false })
    target.directory.updateUser(GUEST, { displayName: 'Changed', userType: 'Guest' })
    expect(cycle()).toMatchObject({ exported: 1 })
    expect(guest()).toMatchObject({
      department: 'Poetry',
      displayName: 'Ada Lovelace',
      accountEnabled: false,
      userType: 'Guest',
    })
    expect(source.crossTenant.log.at(-1)).toMatchObject({
      provisioningAction: 'update',
      modifiedProperties: expect.arrayContaining([
        { displayName: 'department', oldValue: 'Engines', newValue: 'Poetry' },
      ]),
    })
  })

  test('a guest who was invited before under the rule, and not a second one', () => {
    const invited = { userPrincipalName: GUEST, displayName: 'A. L.', mail: 'ada@fabrikam.com' }
    const { cycle, guest, target } = practised({ contoso: { users: [invited] } })
    cycle()
    expect(target.directory.userCount).toBe(1)
    expect(guest()).toMatchObject({ displayName: 'Ada Lovelace', userType: 'Guest' })
  })
})

describe('who leaves the scope', () => {
  test('is soft-deleted, and comes back as they were when they return', () => {
    const { cycle, guest, principal, source, target } = practised()
    cycle()
    const { id } = guest() as { id: string }
    const assignments = new Map(principal.assignments)
    principal.assignments.clear()
    expect(cycle()).toMatchObject({ exported: 1 })
    expect(guest()).toBeUndefined()
    expect(target.directory.deletedUser(id)?.properties['deletedDateTime']).toEqual(expect.any(String))
    expect(target.recipients.holders('ada@fabrikam.com')).toMatchObject([{ softDeleted: true }])
    expect(source.crossTenant.log.at(-1)).toMatchObject({ provisioningAction: 'delete' })
    for (const [key, value] of assignments) principal.assignments.set(key, value)
    expect(cycle()).toMatchObject({ exported: 1 })
    expect(guest()).toMatchObject({ id, deletedDateTime: null })
    expect(target.recipients.holders('ada@fabrikam.com')).toMatchObject([{ softDeleted: false }])
  })

  test('may be one who is gone from the source, or does not pass the filter', () => {
    const { cycle, guest, source, job } = practised({
      application: { assigned: ['ada@fabrikam.com', 'charles@fabrikam.com', 'grace@fabrikam.com'] },
    })
    cycle()
    source.directory.removeUser('charles@fabrikam.com')
    const [rule] = job.schema.synchronizationRules as unknown as [
      { objectMappings: [{ scope: { groups: unknown[] } }] },
    ]
    const clause = {
      operatorName: 'EQUALS',
      sourceOperandName: 'department',
      targetOperand: { values: ['Navy'] },
    }
    rule.objectMappings[0].scope.groups = [{ name: 'Navy', clauses: [clause] }]
    expect(cycle()).toMatchObject({ exported: 2 })
    expect([guest('ada'), guest('charles'), guest('grace')]).toEqual([
      undefined,
      undefined,
      expect.anything(),
    ])
  })

  test('stays when the job is told so', () => {
    const { cycle, guest, principal } = practised()
    cycle()
    principal.assignments.clear()
    principal.secrets.set('SkipOutOfScopeDeletions', 'true')
    cycle()
    expect(guest()).toBeDefined()
  })

  test('stays when there are more of them than accidental deletion prevention allows', () => {
    const settings = JSON.stringify({ Enabled: true, DeleteThresholdEnabled: true, DeleteThresholdValue: 1 })
    const { cycle, guest, principal, job } = practised({
      application: {
        assigned: ['ada@fabrikam.com', 'charles@fabrikam.com'],
        secrets: { ...SECRETS, SyncNotificationSettings: settings },
      },
    })
    cycle()
    principal.assignments.clear()
    cycle()
    expect([guest('ada'), guest('charles')]).not.toContain(undefined)
    expect(job.quarantine).toMatchObject({ reason: 'TooManyDeletes', seriesCount: 1 })
    cycle()
    expect(job.quarantine).toMatchObject({ seriesCount: 2 })
    cycle({ force: true })
    expect([guest('ada'), guest('charles'), job.quarantine]).toEqual([undefined, undefined, undefined])
  })

  test('by the target’s own hand is not brought back', () => {
    const { cycle, guest, target } = practised()
    cycle()
    target.directory.removeUser(GUEST)
    expect(cycle()).toMatchObject({ exported: 0, escrowed: 0 })
    expect(guest()).toBeUndefined()
  })
})

describe('a cycle fails', () => {
  test.each<[string, object, string]>([
    [
      'for one whose address a contact holds',
      { mailContacts: [{ Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }] },
      'InvitationCreationFailure',
    ],
    [
      'for one whose address somebody of the target holds',
      { users: [{ userPrincipalName: 'a@contoso.com', displayName: 'A', mail: 'ada@fabrikam.com' }] },
      'InvitationCreationFailureAmbiguousUser',
    ],
  ])('%s, and the rest goes on', (_, contoso, errorCode) => {
    const { cycle, guest, job, source } = practised({
      application: { assigned: ['ada@fabrikam.com', 'charles@fabrikam.com'] },
      contoso,
    })
    expect(cycle()).toMatchObject({ exported: 1, exports: 2, escrowed: 1, state: 'EntryLevelErrors' })
    expect([guest('ada'), guest('charles')]).toEqual([undefined, expect.anything()])
    expect(job.quarantine).toBeUndefined()
    const failed = source.crossTenant.log.find(({ provisioningStatusInfo }) =>
      JSON.stringify(provisioningStatusInfo).includes('failure'),
    )
    expect(failed).toMatchObject({
      provisioningAction: 'create',
      provisioningStatusInfo: { status: 'failure', errorInformation: { errorCode } },
      sourceIdentity: { details: { UserPrincipalName: 'ada@fabrikam.com' } },
    })
  })

  test.each([
    ['no name to sign in with', { userPrincipalName: '[usageLocation]' }],
    ['a type that users do not have', { userType: '"Boss"' }],
  ])('for one to whom the mapping gives %s', (_, mapping) => {
    const { cycle, guest, source } = practised({ application: { job: { mapping } } })
    expect(cycle()).toMatchObject({ exported: 0, escrowed: 1 })
    expect(guest()).toBeUndefined()
    expect(source.crossTenant.log).toMatchObject([
      {
        provisioningStatusInfo: {
          errorInformation: { errorCode: 'InvitationCreationFailureInvalidPropertyValue' },
        },
      },
    ])
  })

  test('as a whole when the target allows it no more, and recovers', () => {
    const { cycle, job, target, guest } = practised()
    const partner = target.crossTenant.partner(FABRIKAM)!
    partner.identitySynchronization = { userSyncInbound: { isSyncAllowed: false } }
    expect(cycle()).toMatchObject({
      state: 'Failed',
      error: { code: 'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure' },
    })
    expect(job).toMatchObject({ failures: 1, quarantine: { reason: 'EncounteredQuarantineException' } })
    partner.identitySynchronization = { userSyncInbound: { isSyncAllowed: true } }
    cycle()
    expect([job.failures, job.quarantine, guest()]).toEqual([0, undefined, expect.anything()])
  })
})

describe('cycles run', () => {
  test('from the start on, and every forty minutes, whoever asks for what', async () => {
    let minutes = 0
    const clock = () => new Date(Date.UTC(2026, 10, 20, 21, minutes))
    const practice = crossTenantPractice(configured({}), clock)
    const { path, job } = jobIn(practice)
    await practice.post(`${path}/start`)
    expect(practice.target.directory.userCount).toBe(2)
    practice.source.directory.updateUser('ada@fabrikam.com', { department: 'Poetry' })
    const seen = async () => {
      const asking = { tenant: 'contoso' }
      const reply = await practice.get(
        `/users/${encodeURIComponent(GUEST)}?$select=department`,
        undefined,
        asking,
      )
      return reply.body.department
    }
    minutes = 39
    expect(await seen()).toBe('Engines')
    minutes = 40
    expect(await seen()).toBe('Poetry')
    await practice.post(`${path}/pause`)
    practice.source.directory.updateUser('ada@fabrikam.com', { department: 'Prose' })
    minutes = 200
    expect(await seen()).toBe('Poetry')
    expect(job.last?.began).toEqual(new Date('2026-11-20T21:40:00Z'))
  })

  test('in both directions at once', () => {
    const back = {
      displayName: 'To Fabrikam',
      assigned: ['mary@contoso.com'],
      secrets: { ...SECRETS, CompanyId: FABRIKAM },
      job: {},
    }
    const both = (tenantId: string) => ({
      ...TARGET_POLICY.partners![0]!,
      tenantId,
      automaticUserConsentSettings: { inboundAllowed: true, outboundAllowed: true },
    })
    const there = {
      displayName: 'To Contoso',
      assigned: ['ada@fabrikam.com'],
      secrets: SECRETS,
      job: {},
    }
    const { world, source, target } = crossTenantPractice(
      configured({
        source: { partners: [both(CONTOSO)], applications: [there] },
        target: { partners: [both(FABRIKAM)], applications: [back] },
      }),
    )
    for (const tenant of [source, target]) {
      const [principal] = tenant.crossTenant.servicePrincipals.values()
      expect(runCycle(world, tenant, principal!)).toMatchObject({ exported: 1 })
    }
    // Guests do not go back where they came from.
    const [principal] = source.crossTenant.servicePrincipals.values()
    principal!.secrets.set('SyncAll', 'true')
    expect(runCycle(world, source, principal!)).toMatchObject({ exported: 2 })
  })
})
