/** `state: absent`: what was set up is taken down in reverse order, sparing what others use. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Approval } from '../../src/engine/approval.ts'
import { BACK, BESIDE, CONTOSO_WITH_PEOPLE, guestsOf, planned } from './back.ts'
import { assigned, partners, writes } from './standing.ts'
import { app, CONTOSO, FABRIKAM, LIMITLESS, SCOPE, Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting = {}) => (between = await Synchronized.start(given))
afterEach(() => between.stop())

const plan = () => between.tenants.plan()
const apply = (approval?: Approval) => between.tenants.apply(approval)
const profile = (...keys: string[]) => between.profile([SCOPE, LIMITLESS, ...keys].join('\n'))
const absent = (...keys: string[]) => profile('state: absent', ...keys)

/** Applied from nothing, and then to be taken down. */
async function established({ profile: keys = '', ...given }: Starting = {}): Promise<void> {
  await start({ ...given, profile: [SCOPE, LIMITLESS, keys].join('\n') })
  await apply()
  absent(keys)
}

/** What the writes of one more apply were. */
async function written(approval?: Approval): Promise<string[]> {
  const before = between.tenants.simulator.requests.length
  await apply(approval)
  return writes(between, before)
}

const JOB = 'fabrikam: DELETE /servicePrincipals/{id}/synchronization/jobs/{id}'
const ASSIGNMENT = 'fabrikam: DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}'
const APPLICATION = 'fabrikam: DELETE /applications/{id}'
const PARTNER = '/policies/crossTenantAccessPolicy/partners/{id}'
const INBOUND = `contoso: DELETE ${PARTNER}/identitySynchronization`

describe('of what one profile set up', () => {
  test('nothing is left, and the second plan is empty', async () => {
    await established()
    expect((await planned(between))['people']!.sort()).toEqual([
      'delete Cleo Clark <cleo.clark@fabrikam.com>',
      'delete Staff',
      'delete contoso: partner fabrikam',
      'delete contoso: user synchronization from fabrikam',
      'delete fabrikam: application To Contoso',
      'delete fabrikam: job of To Contoso',
      'delete fabrikam: partner contoso',
    ])
    expect(await apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { delete: 7 } }] })
    expect([partners(between.source), partners(between.target)]).toEqual([[], []])
    expect([between.source.servicePrincipals.size, between.source.registrations.size]).toEqual([0, 0])
    expect(await plan()).toMatchObject({ outcome: 'no-changes', changes: [], managed: 0 })
  })

  test('the job goes first, then who is assigned, the application, and what the tenants allow', async () => {
    await established()
    const order = await written()
    expect(order.slice(0, 5)).toEqual([JOB, ASSIGNMENT, ASSIGNMENT, APPLICATION, expect.anything()])
    expect(order.indexOf(INBOUND)).toBeGreaterThan(order.indexOf(APPLICATION))
    expect(order.indexOf(`contoso: DELETE ${PARTNER}`)).toBeGreaterThan(order.indexOf(INBOUND))
    expect(order.slice(4).sort()).toEqual(
      [INBOUND, `contoso: DELETE ${PARTNER}`, `fabrikam: DELETE ${PARTNER}`].sort(),
    )
  })

  test('guests who were provisioned stay', async () => {
    await established()
    between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
    const arrived = between.arrived()
    expect(arrived).toEqual(['Ada Lovelace', 'Bob Brown', 'Cleo Clark'])
    await apply()
    expect(between.arrived()).toEqual(arrived)
  })

  test('all that is deleted is kept whole first', async () => {
    await established()
    await apply()
    expect(between.tenants.lines('removed.ndjson').map(({ object, removed }) => [object, removed])).toEqual(
      expect.arrayContaining([
        [
          'synchronization-job',
          expect.objectContaining({ job: expect.anything(), schema: expect.anything() }),
        ],
        ['assignment', expect.objectContaining({ principalDisplayName: 'Staff' })],
        [
          'application',
          {
            registration: expect.anything(),
            servicePrincipal: expect.objectContaining({
              notes: expect.stringContaining('tenant-sync:people:'),
            }),
          },
        ],
        ['inbound-synchronization', expect.objectContaining({ userSyncInbound: { isSyncAllowed: true } })],
        ['partner-configuration', expect.objectContaining({ tenantId: CONTOSO })],
        ['partner-configuration', expect.objectContaining({ tenantId: FABRIKAM })],
      ]),
    )
  })

  test('a registration that is gone already leaves its service principal to be deleted', async () => {
    await established()
    between.source.registrations.clear()
    expect(await written()).toContain('fabrikam: DELETE /servicePrincipals/{id}')
    expect(between.source.servicePrincipals.size).toBe(0)
  })

  test.each([
    ['job', JOB],
    ['application', APPLICATION],
  ])('that refuses to go (%s): what waits for it stays, and the next apply goes on', async (_, refusing) => {
    await established()
    const operation = refusing.replace('fabrikam: DELETE ', '')
    between.tenants.simulator.faults.add({ on: { operation, method: 'DELETE' }, do: { status: 403 } })
    await apply()
    expect(between.source.servicePrincipals.size).toBe(1)
    expect([...between.source.partners, ...between.target.partners]).toHaveLength(2)
    between.tenants.simulator.faults.clear()
    expect((await apply()).outcome).toBe('applied')
    expect((await plan()).changes).toEqual([])
    expect([...between.source.partners, ...between.target.partners]).toEqual([])
  })

  test('where nothing was ever set up there is nothing to do', async () => {
    await start({ profile: [SCOPE, 'state: absent'].join('\n') })
    expect(await plan()).toMatchObject({ outcome: 'no-changes', changes: [] })
  })

  test('nobody is verified', async () => {
    await established({ profile: 'verify: [ada.lovelace@fabrikam.com]' })
    expect((await written()).filter((one) => one.includes('provisionOnDemand'))).toEqual([])
  })
})

describe('counts', () => {
  test('whoever has access, against the limit on deletes', async () => {
    await established()
    between.profile(`${SCOPE}\nstate: absent\nlimits: { deletes: 2 }`)
    expect(await plan()).toMatchObject({
      outcome: 'blocked',
      managed: 3,
      limits: [{ limit: 'deletes', count: 3, allowed: 2, managed: 3 }],
    })
    expect(await written()).toEqual([])
    between.profile(`${SCOPE}\nstate: absent\nlimits: { deletes: 100% }`)
    expect((await apply()).outcome).toBe('applied')
  })

  test('every user, where everyone has access', async () => {
    await start({ profile: `scope: { everyone: true }\n${LIMITLESS}` })
    await apply()
    between.profile('scope: { everyone: true }\nstate: absent\nlimits: { deletes: 2 }')
    expect(await plan()).toMatchObject({ outcome: 'blocked', limits: [{ count: 3, managed: 3 }] })
  })

  test('whoever was assigned by hand: they lose access with the application', async () => {
    await start({
      source: {
        applications: [{ displayName: 'To Contoso', owners: [app(FABRIKAM).clientId], assigned: ['Staff'] }],
      },
      profile: [SCOPE, LIMITLESS, 'assign: manual'].join('\n'),
    })
    await apply()
    between.profile(`${SCOPE}\nstate: absent\nassign: manual\nlimits: { deletes: 1 }`)
    expect(await plan()).toMatchObject({ outcome: 'blocked', limits: [{ count: 2, managed: 2 }] })
    absent('assign: manual')
    expect((await written()).filter((one) => one === ASSIGNMENT)).toEqual([])
    expect(between.source.servicePrincipals.size).toBe(0)
  })
})

describe('is held', () => {
  test('as a whole when nobody reviewed it', async () => {
    await established()
    expect(await written('nobody')).toEqual([])
    expect((await plan()).changes).toHaveLength(7)
  })

  test('on a schedule, for an application that does not bear the mark', async () => {
    await established()
    between.principal.properties['notes'] = 'Somebody wrote over it.'
    const result = await apply('limits')
    expect(result.outcome).toBe('held')
    expect(between.source.servicePrincipals.size).toBe(1)
    const { changes } = await plan()
    expect(changes.map(({ object }) => object)).toContain('application')
    expect((await apply()).outcome).toBe('applied')
    expect(between.source.servicePrincipals.size).toBe(0)
  })

  test('on a schedule, before anybody loses access to an application that does not bear the mark', async () => {
    await established()
    between.principal.properties['notes'] = null
    await apply('limits')
    expect(between.principal.job).toBeDefined()
    expect(assigned(between)).toEqual(['Cleo Clark', 'Staff'])
  })
})

describe('spares', () => {
  const inbound = () => between.target.partner(FABRIKAM)?.identitySynchronization
  const consents = () => [
    between.source.partner(CONTOSO)?.properties['automaticUserConsentSettings'],
    between.target.partner(FABRIKAM)?.properties['automaticUserConsentSettings'],
  ]
  const warned = async () =>
    (await plan()).warnings.map(({ code, message }) => [code, message.replace(/.*stays: /, '')])

  test.each<[string, string[]]>([
    ['present', ['Managers to Contoso']],
    ['paused', []],
  ])('what the profile uses that takes its place, and is %s', async (state, applications) => {
    await established()
    between.tenants.write('beside.yaml', `${BESIDE}state: ${state}\n`)
    const uses = ['still-used', 'profile beside uses it.']
    expect(await warned()).toEqual([uses, uses])
    expect((await written()).filter((one) => one.includes('policies'))).toEqual([])
    expect(inbound()).toMatchObject({ userSyncInbound: { isSyncAllowed: true } })
    const { servicePrincipals } = between.source
    expect([...servicePrincipals.values()].map(({ properties }) => properties['displayName'])).toEqual(
      applications,
    )
    expect(await planned(between)).toEqual({ people: [], beside: [] })
  })

  describe.each(['present', 'paused'])('what another profile uses that goes back and is %s:', (state) => {
    test('partners, and the consent for that way', async () => {
      await established({ contoso: CONTOSO_WITH_PEOPLE!, files: { 'back.yaml': BACK } })
      between.tenants.write('back.yaml', `${BACK}state: ${state}\n`)
      await apply()
      expect(inbound()).toBeUndefined()
      expect(consents()).toEqual([
        { inboundAllowed: true, outboundAllowed: false },
        { inboundAllowed: false, outboundAllowed: true },
      ])
      expect(between.source.partner(CONTOSO)?.identitySynchronization).toBeDefined()
      expect(await planned(between)).toEqual({ people: [], back: [] })
      between.tenants.simulator.runCycle('contoso', 'To Fabrikam')
      expect(guestsOf(between, 'fabrikam')).toEqual(['Diana Day'])
    })
  })

  test('what a multitenant organization uses', async () => {
    await established()
    for (const one of [...between.source.partners, ...between.target.partners])
      one.properties = { ...one.properties, isInMultiTenantOrganization: true }
    const uses = ['still-used', 'a multitenant organization uses it.']
    expect(await warned()).toEqual([uses, uses])
    expect((await written()).filter((one) => one.includes('policies'))).toEqual([])
    expect((await plan()).changes).toEqual([])
  })

  test('a partner on which something else is set: only what the profile had set goes', async () => {
    await established()
    const trust = { isMfaAccepted: true }
    const partner = between.target.partner(FABRIKAM)!
    partner.properties = { ...partner.properties, inboundTrust: trust }
    await apply()
    expect(partners(between.source)).toEqual([])
    expect(partners(between.target)).toEqual([
      {
        tenantId: FABRIKAM,
        inboundTrust: trust,
        automaticUserConsentSettings: { inboundAllowed: false },
      },
    ])
    expect((await plan()).changes).toEqual([])
  })

  test('a partner on which something else is set while it is taken down', async () => {
    await established()
    const partner = between.target.partner(FABRIKAM)!
    between.tenants.simulator.faults.add({
      on: { operation: `${PARTNER}/identitySynchronization`, method: 'DELETE' },
      do: {
        when: 'after',
        call: () =>
          void (partner.properties = { ...partner.properties, inboundTrust: { isMfaAccepted: true } }),
      },
    })
    await apply()
    expect(partners(between.target)).toMatchObject([{ inboundTrust: { isMfaAccepted: true } }])
    expect((await plan()).changes).toEqual([])
  })

  test('the source’s own letting in, which no profile knows of', async () => {
    await established()
    between.source.partner(CONTOSO)!.identitySynchronization = { userSyncInbound: { isSyncAllowed: true } }
    expect((await apply()).outcome).toBe('applied')
    expect(between.source.partner(CONTOSO)?.identitySynchronization).toBeDefined()
    expect((await plan()).changes).toEqual([])
  })

  test('consents that are others’ with `redeem: manual`, and so their partners', async () => {
    const consent = (tenantId: string, way: string) => ({
      tenantId,
      automaticUserConsentSettings: { [way]: true },
    })
    await established({
      source: { partners: [consent(CONTOSO, 'outboundAllowed')] },
      target: { partners: [consent(FABRIKAM, 'inboundAllowed')] },
      profile: 'redeem: manual',
    })
    await apply()
    expect(consents()).toEqual([{ outboundAllowed: true }, { inboundAllowed: true }])
    expect(inbound()).toBeUndefined()
    expect((await plan()).changes).toEqual([])
  })

  test('an application that bears the mark of another profile', async () => {
    await established()
    between.principal.properties['notes'] = 'tenant-sync:others:assigned-0123456789abcdef'
    expect(await plan()).toMatchObject({ outcome: 'failed', errors: [{ code: 'owned-by-another' }] })
    expect(await written()).toEqual([])
  })

  test('profiles between other tenants do not matter', async () => {
    const tenants = `tenants:
  fabrikam: { tenantId: ${FABRIKAM}, clientId: ${app(FABRIKAM).clientId}, credential: client-secret }
  contoso: { tenantId: ${CONTOSO}, clientId: ${app(CONTOSO).clientId}, credential: client-secret }
  northwind: { tenantId: 6b0f8c1e-0000-4000-8000-00000000000c, clientId: ${app(CONTOSO).clientId} }
`
    await established({ files: { 'tenants.yaml': tenants } })
    const elsewhere = BESIDE.replace('to: { tenant: contoso }', 'to: { tenant: northwind }\nstate: paused')
    between.tenants.write('beside.yaml', elsewhere)
    await apply()
    expect([partners(between.source), partners(between.target)]).toEqual([[], []])
  })
})

describe('of both directions in one run', () => {
  test('leaves no partner behind, and the second plan is empty', async () => {
    await established({ contoso: CONTOSO_WITH_PEOPLE!, files: { 'back.yaml': BACK } })
    between.tenants.write('back.yaml', `${BACK}state: absent\n`)
    expect((await apply()).profiles.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
    expect([partners(between.source), partners(between.target)]).toEqual([[], []])
    expect(await planned(between)).toEqual({ people: [], back: [] })
  })

  test('leaves what else is set, without any consent', async () => {
    await established({ contoso: CONTOSO_WITH_PEOPLE!, files: { 'back.yaml': BACK } })
    between.tenants.write('back.yaml', `${BACK}state: absent\n`)
    const partner = between.source.partner(CONTOSO)!
    partner.properties = { ...partner.properties, inboundTrust: { isMfaAccepted: true } }
    await apply()
    expect(partners(between.target)).toEqual([])
    expect(partners(between.source)).toEqual([
      {
        tenantId: CONTOSO,
        inboundTrust: { isMfaAccepted: true },
        automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: false },
      },
    ])
    expect(await planned(between)).toEqual({ people: [], back: [] })
  })

  test('one after the other leaves no partner behind either', async () => {
    await established({ contoso: CONTOSO_WITH_PEOPLE!, files: { 'back.yaml': BACK } })
    await apply()
    between.tenants.write('back.yaml', `${BACK}state: absent\n`)
    await apply()
    expect([partners(between.source), partners(between.target)]).toEqual([[], []])
    expect(await planned(between)).toEqual({ people: [], back: [] })
  })
})
