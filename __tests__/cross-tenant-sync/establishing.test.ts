/** From two tenants that know nothing of each other to people who arrive, in one apply; and nothing is left to do. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { RequestRecord } from '../../src/simulator/records.ts'
import {
  ADA,
  BOB,
  CLEO,
  CONTOSO,
  FABRIKAM,
  FULL,
  LIMITLESS,
  SCOPE,
  Synchronized,
  shown,
  type Setting,
  type Starting,
} from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting = {}) => (between = await Synchronized.start(given))
afterEach(() => between.stop())

const PARTNER = '/policies/crossTenantAccessPolicy/partners/{id}'
const SYNCHRONIZATION = '/servicePrincipals/{id}/synchronization'
const JOB = `${SYNCHRONIZATION}/jobs/{id}`
const asked = () => between.tenants.simulator.requests.length
const secret = (key: string) => between.principal.secrets.get(key)
const objects = ({ changes }: { changes: readonly { object: string }[] }) =>
  changes.map(({ object }) => object).sort()

/** Applied whole; and then nothing is planned, and nothing is sent that could write. */
async function expectEstablished() {
  const result = await between.tenants.apply()
  expect(result).toMatchObject({ outcome: 'applied', profiles: [{ failed: 0, skipped: 0, errors: [] }] })
  await expectSettled()
  return result
}

async function expectSettled() {
  expect(shown(await between.tenants.plan())).toEqual([])
  const before = asked()
  expect((await between.tenants.apply()).outcome).toBe('no-changes')
  expect(between.writes(before)).toEqual([])
}

describe('from nothing', () => {
  test('plans every object with its fields, and writes nothing', async () => {
    await start({ profile: FULL })
    const plan = await between.tenants.plan()
    const [staff] = between.tenants.directory.groups()
    const cleo = between.tenants.directory.user('cleo.clark@fabrikam.com')
    expect(shown(plan).sort()).toEqual(
      [
        `create partner-configuration (contoso: partner fabrikam): missing; tenantId null -> "${FABRIKAM}"`,
        'create inbound-synchronization (contoso: user synchronization from fabrikam): missing; userSyncInbound.isSyncAllowed null -> true',
        'update inbound-redemption (contoso: automatic redemption from fabrikam): missing; automaticUserConsentSettings.inboundAllowed null -> true',
        `create partner-configuration (fabrikam: partner contoso): missing; tenantId null -> "${CONTOSO}"`,
        'update outbound-redemption (fabrikam: automatic redemption to contoso): missing; automaticUserConsentSettings.outboundAllowed null -> true',
        'create application (fabrikam: application To Contoso): missing; displayName null -> "To Contoso"',
        `create credentials (fabrikam: credentials of To Contoso): missing; AuthenticationType null -> "SyncPolicy"; CompanyId null -> "${CONTOSO}"; SyncAll null -> "false"; notify null -> "it@fabrikam.com"; deletionThreshold null -> 100`,
        'create synchronization-job (fabrikam: job of To Contoso): missing; templateId null -> "Azure2Azure"',
        'update attribute-mapping (fabrikam: attribute mapping of To Contoso): missing; mapping.displayName "(as the template has it)" -> "Append([displayName], \\" (Fabrikam)\\")"; mapping.telephoneNumber "(as the template has it)" -> null; mapping.userType "(as the template has it)" -> "\\"Member\\""',
        'update scoping-filter (fabrikam: scoping filter of To Contoso): missing; scope.where null -> ["department IS NOT NULL"]',
        `create assignment (Staff): new-in-source; principalId null -> "${staff!.id}"`,
        `create assignment (Cleo Clark <cleo.clark@fabrikam.com>): new-in-source; principalId null -> "${cleo!.id}"`,
        'update job-state (fabrikam: state of the job of To Contoso): missing; state null -> "running"',
      ].sort(),
    )
    expect(plan).toMatchObject({
      outcome: 'planned',
      counts: { create: 8, update: 5, delete: 0, skipped: 0 },
      // Configuration is of nobody; three people get access.
      counted: { creates: 2, updates: 0, deletes: 0 },
      health: [],
    })
    expect(between.writes()).toEqual([])
  })

  test('is applied at once, and people arrive', async () => {
    await start({ profile: FULL })
    const { profiles, plan } = await expectEstablished()
    expect(profiles[0]!.done).toEqual({ create: 8, update: 5, delete: 0 })
    expect(between.arrived()).toEqual(['Ada Lovelace (Fabrikam)', 'Bob Brown (Fabrikam)'])
    expect(plan.profiles[0]!.health).toMatchObject([{ what: 'provisioning', state: 'ok' }])
  })

  test('makes one of each object', async () => {
    await start({ profile: FULL })
    await between.tenants.apply()
    expect(between.standing()).toMatchObject({
      source: [
        {
          properties: { tenantId: CONTOSO, automaticUserConsentSettings: { outboundAllowed: true } },
          identitySynchronization: undefined,
        },
      ],
      target: [
        {
          properties: { tenantId: FABRIKAM, automaticUserConsentSettings: { inboundAllowed: true } },
          identitySynchronization: { userSyncInbound: { isSyncAllowed: true } },
        },
      ],
      applications: [
        {
          displayName: 'To Contoso',
          notes: expect.stringMatching(/^tenant-sync:people:\S+$/),
          job: { isStarted: true },
        },
      ],
      registrations: ['To Contoso'],
    })
  })

  test('writes nothing before what it needs stands', async () => {
    await start({ profile: FULL })
    const events: string[] = []
    const told = (when: string) => (record: RequestRecord) =>
      void events.push(`${when} ${record.tenant} ${record.method} ${record.operation}`)
    const on = { service: 'graph', write: true } as const
    const { faults } = between.tenants.simulator
    faults.add({ on, do: { when: 'before', call: told('begin') } })
    // Whoever does not wait for it comes before it has ended.
    faults.add({ on, do: { delayMs: 40 } })
    faults.add({ on, do: { when: 'after', call: told('end') } })
    await between.tenants.apply()

    const policies = [
      `contoso PUT ${PARTNER}/identitySynchronization`,
      `contoso PATCH ${PARTNER}`,
      `fabrikam PATCH ${PARTNER}`,
    ]
    const made = 'fabrikam POST /applicationTemplates/{id}/instantiate'
    const assigned = 'fabrikam POST /servicePrincipals/{id}/appRoleAssignedTo'
    const chain = [
      `fabrikam POST ${SYNCHRONIZATION}/jobs/validateCredentials`,
      `fabrikam PUT ${SYNCHRONIZATION}/secrets`,
      'fabrikam PATCH /servicePrincipals/{id}',
      `fabrikam POST ${SYNCHRONIZATION}/jobs`,
      `fabrikam PUT ${JOB}/schema`,
      `fabrikam POST ${JOB}/start`,
      `fabrikam POST ${JOB}/provisionOnDemand`,
    ]
    const needs: [string, string][] = [
      [`contoso POST ${PARTNER.replace('/{id}', '')}`, policies[0]!],
      [`contoso POST ${PARTNER.replace('/{id}', '')}`, policies[1]!],
      [`fabrikam POST ${PARTNER.replace('/{id}', '')}`, policies[2]!],
      ...[...policies, made].map((first): [string, string] => [first, chain[0]!]),
      ...chain.slice(1).map((second, index): [string, string] => [chain[index]!, second]),
      [made, assigned],
    ]
    for (const [first, second] of needs) {
      expect(events).toContain(`end ${first}`)
      expect([first, second, events.lastIndexOf(`end ${first}`) < events.indexOf(`begin ${second}`)]).toEqual(
        [first, second, true],
      )
    }
    const distinct = new Set(between.writes())
    expect(new Set(needs.flat())).toEqual(distinct)
  })

  test('follows people from one cycle to the next', async () => {
    await start()
    await expectEstablished()
    expect(between.arrived()).toEqual(['Ada Lovelace', 'Bob Brown', 'Cleo Clark'])
    const { directory } = between.tenants
    const [staff] = directory.groups()
    directory.setMembers(staff!.id, [directory.user(ADA.userPrincipalName)!.id])
    between.cycle()
    // Whoever loses access is disabled or deleted: no longer among those who are there.
    expect(between.arrived()).not.toContain('Bob Brown')
    await expectSettled()
  })
})

describe('a profile', () => {
  test('with its own mapping and where: only those who meet it come, as it says', async () => {
    await start({
      profile: `scope: { groups: [Staff, Leavers], where: [{ attribute: department, operator: EQUALS, values: [Engines] }] }
mapping: { displayName: { expression: 'Join(" ", [givenName], [surname], "of", [department])' }, jobTitle: { constant: "Guest" } }
${LIMITLESS}`,
      users: [{ ...ADA, givenName: 'Ada', surname: 'King' }, BOB, CLEO],
    })
    await expectEstablished()
    expect(between.arrived()).toEqual(['Ada King of Engines'])
  })

  test('for everyone: all come, and nobody is assigned', async () => {
    await start({ profile: `scope: { everyone: true }\n${LIMITLESS}` })
    await expectEstablished()
    expect(secret('SyncAll')).toBe('true')
    expect(between.principal.assignments.size).toBe(0)
    expect(between.arrived()).toEqual(['Ada Lovelace', 'Bob Brown', 'Cleo Clark'])
  })

  test('with a job that shall be paused: nobody comes until it runs', async () => {
    const profile = (job: string) => `${SCOPE}\n${LIMITLESS}\njob: ${job}`
    await start({ profile: profile('paused') })
    await expectEstablished()
    expect(between.principal.job!.isStarted).toBe(false)
    expect(between.arrived()).toEqual([])

    between.profile(profile('running'))
    expect(shown(await between.tenants.plan())).toEqual([
      'update job-state (fabrikam: state of the job of To Contoso): drift; state "paused" -> "running"',
    ])
    await expectEstablished()
    expect(between.arrived()).toHaveLength(3)
  })

  test('with notifications and a threshold: both are in the secrets, and are written again when they change', async () => {
    const profile = (threshold: number) =>
      `${SCOPE}\n${LIMITLESS}\nnotify: it@fabrikam.com\ndeletionThreshold: ${threshold}`
    await start({ profile: profile(100) })
    await expectEstablished()
    const settings = () => JSON.parse(secret('SyncNotificationSettings')!) as unknown
    expect(settings()).toEqual({
      Enabled: true,
      Recipients: 'it@fabrikam.com',
      DeleteThresholdEnabled: true,
      DeleteThresholdValue: 100,
    })

    between.profile(profile(7))
    expect((await between.tenants.plan()).changes).toMatchObject([
      { action: 'update', object: 'credentials', reason: 'profile-changed' },
    ])
    await expectEstablished()
    expect(settings()).toMatchObject({ DeleteThresholdValue: 7 })
  })

  test('without either leaves what somebody set to the service', async () => {
    await start()
    await expectEstablished()
    expect(secret('SyncNotificationSettings')).toBeUndefined()
  })

  test('that assigns by hand: shows whom, writes no assignment, and the job runs', async () => {
    await start({ profile: `${SCOPE}\n${LIMITLESS}\nassign: manual` })
    const { plan } = await expectEstablished()
    expect(plan.profiles[0]!.skipped).toMatchObject([
      { label: 'Staff', reason: 'assigned-by-hand' },
      { label: 'Cleo Clark <cleo.clark@fabrikam.com>', reason: 'assigned-by-hand' },
    ])
    expect(between.writes()).not.toContainEqual(expect.stringContaining('appRoleAssignedTo'))
    expect(between.principal.job!.isStarted).toBe(true)
    expect(between.arrived()).toEqual([])
  })

  test('with verify: tries it only after a change', async () => {
    await start({ profile: `${SCOPE}\n${LIMITLESS}\nverify: [${ADA.userPrincipalName}]` })
    const tried = () => between.writes().filter((write) => write.endsWith('/provisionOnDemand')).length
    const { plan } = await expectEstablished()
    expect(plan.profiles[0]!.health).toMatchObject([
      { what: 'provisioning', key: 'Ada Lovelace <ada.lovelace@fabrikam.com>', state: 'ok' },
    ])
    expect(tried()).toBe(1)
  })
})

describe('redeem: manual', () => {
  const profile = `${SCOPE}\n${LIMITLESS}\nredeem: manual`
  const allowed = (consent: object) => ({ automaticUserConsentSettings: consent })
  /** What other people have to set: the consents of both sides. */
  const consented = (inbound: object, outbound: object): { source: Setting; target: Setting } => ({
    source: { partners: [{ tenantId: CONTOSO, ...outbound }] },
    target: {
      partners: [
        {
          tenantId: FABRIKAM,
          identitySynchronization: { userSyncInbound: { isSyncAllowed: true } },
          ...inbound,
        },
      ],
    },
  })

  test('goes on from the consents that stand, and touches neither', async () => {
    await start({
      profile,
      ...consented(allowed({ inboundAllowed: true }), allowed({ outboundAllowed: true })),
    })
    await expectEstablished()
    expect(between.writes().filter((write) => write.includes('/policies/'))).toEqual([])
    expect(between.arrived()).toHaveLength(3)
  })

  test.each([
    [
      'the source',
      {},
      {},
      'The source tenant has not enabled automatic user consent with the target tenant.',
      () =>
        (between.source.partner(CONTOSO)!.properties['automaticUserConsentSettings'] = {
          outboundAllowed: true,
        }),
    ],
    [
      'the target',
      {},
      allowed({ outboundAllowed: true }),
      'Policy permitting auto-redemption of invitations not configured.',
      () => undefined,
    ],
  ])(
    'tells the reason of the service while %s does not consent, and goes on once it does',
    async (_, inbound, outbound, reason, consent) => {
      await start({ profile, ...consented(inbound, outbound) })
      const result = await between.tenants.apply()
      expect(result).toMatchObject({ outcome: 'partial', profiles: [{ failed: 1, done: { create: 3 } }] })
      const at = result.plan.profiles[0]!.changes.findIndex(({ object }) => object === 'credentials')
      expect(result.profiles[0]!.changes[at]).toMatchObject({
        status: 'failed',
        error: {
          code: expect.stringMatching(/PolicyCheckFailure$/),
          message: expect.stringContaining(reason),
        },
      })
      // What does not depend on it was done, and nothing is done twice.
      expect(objects(await between.tenants.plan())).toEqual([
        'credentials',
        'job-state',
        'synchronization-job',
      ])
      expect(between.principal.assignments.size).toBe(2)

      consent()
      between.target.partner(FABRIKAM)!.properties['automaticUserConsentSettings'] = { inboundAllowed: true }
      await expectEstablished()
      expect(between.arrived()).toHaveLength(3)
    },
  )
})

describe('a service', () => {
  test('that learns of a new application only after some requests gets one application', async () => {
    await start({ profile: FULL, behaviour: { servicePrincipalReads: 3 } })
    await expectEstablished()
    expect(between.principal.properties['displayName']).toBe('To Contoso')
    expect(between.arrived()).toHaveLength(2)
  })

  test('that learns of it late, and whose answer is lost, gets one application', async () => {
    await start({ behaviour: { servicePrincipalReads: 3 } })
    between.tenants.simulator.faults.add({
      on: { operation: '/applicationTemplates/{id}/instantiate', nth: 1 },
      do: { lost: 'after' },
    })
    await expectEstablished()
    expect(between.principal.properties['displayName']).toBe('To Contoso')
  })

  test('that learns of it late gets one application, also when the run that made it ended there', async () => {
    await start({ behaviour: { servicePrincipalReads: 2 } })
    const { faults } = between.tenants.simulator
    const elsewhere = /^(?!.*instantiate)/
    faults.add({ on: { service: 'graph', write: true, path: elsewhere }, do: { status: 403 } })
    faults.add({ on: { operation: '/servicePrincipals/{id}' }, do: { status: 403 } })
    expect((await between.tenants.apply()).outcome).toMatch(/^(partial|failed)$/)
    expect(between.source.servicePrincipals.size).toBe(1)
    faults.clear()
    await expectEstablished()
    expect(between.principal.properties['displayName']).toBe('To Contoso')
  })

  test('that learns of changed policies late is asked to validate again', async () => {
    await start()
    between.tenants.simulator.faults.add({
      on: { operation: `${SYNCHRONIZATION}/jobs/validateCredentials`, nth: 1 },
      do: {
        status: 400,
        body: {
          error: {
            code: 'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
            message: 'The target tenant has not enabled inbound synchronization with this tenant.',
          },
        },
      },
    })
    await expectEstablished()
    const validated = between.writes().filter((write) => write.endsWith('/validateCredentials'))
    expect(validated).toHaveLength(2)
  })

  test.each(['merge', 'replace'] as const)(
    'whose PATCH of a partner means %s keeps the consent of the other direction',
    async (partnerPatch) => {
      await start({
        behaviour: { partnerPatch },
        source: {
          partners: [{ tenantId: CONTOSO, automaticUserConsentSettings: { inboundAllowed: true } }],
        },
        target: {
          partners: [
            {
              tenantId: FABRIKAM,
              automaticUserConsentSettings: { outboundAllowed: true, inboundAllowed: false },
            },
          ],
        },
      })
      await expectEstablished()
      const both = { automaticUserConsentSettings: { inboundAllowed: true, outboundAllowed: true } }
      expect(between.source.partner(CONTOSO)!.properties).toMatchObject(both)
      expect(between.target.partner(FABRIKAM)!.properties).toMatchObject(both)
    },
  )

  describe.each(['conflict', 'replace'] as const)(
    'whose PUT of an identity synchronization that stands means %s',
    (identitySynchronizationPut) => {
      const allowed = { userSyncInbound: { isSyncAllowed: true } }

      test('is given one where there is none', async () => {
        await start({ behaviour: { identitySynchronizationPut } })
        await expectEstablished()
        expect(between.target.partner(FABRIKAM)!.identitySynchronization).toEqual(allowed)
      })

      test('is given one, also when the answer is lost', async () => {
        await start({ behaviour: { identitySynchronizationPut } })
        between.tenants.simulator.faults.add({
          on: { operation: `${PARTNER}/identitySynchronization`, method: 'PUT', nth: 1 },
          do: { lost: 'after' },
        })
        await expectEstablished()
        expect(between.target.partner(FABRIKAM)!.identitySynchronization).toEqual(allowed)
      })

      test('keeps the display name of one that does not allow it yet', async () => {
        const named = { displayName: 'From Fabrikam', userSyncInbound: { isSyncAllowed: false } }
        await start({
          behaviour: { identitySynchronizationPut },
          target: { partners: [{ tenantId: FABRIKAM, identitySynchronization: named }] },
        })
        await expectEstablished()
        expect(between.target.partner(FABRIKAM)!.identitySynchronization).toEqual({
          displayName: 'From Fabrikam',
          ...allowed,
        })
      })
    },
  )
})
