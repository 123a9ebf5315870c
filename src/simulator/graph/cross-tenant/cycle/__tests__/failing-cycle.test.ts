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
import { practised } from './practised.ts'

const GUEST = 'ada_fabrikam.com#EXT#@contoso.onmicrosoft.com'

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
