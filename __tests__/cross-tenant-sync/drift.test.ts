/** Whatever is changed by hand is planned with its field, mended, and nothing else is touched. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { drift, DRIFTS } from './drifted.ts'
import { CONTOSO, FABRIKAM, FULL, Synchronized, shown, type Setting, type Starting } from './synchronized.ts'

let between: Synchronized
afterEach(() => between.stop())

/** Established, and nothing to do; verification aside, which writes nothing that stands. */
async function established(given: Starting = {}) {
  between = await Synchronized.start({ profile: FULL.replace(/^verify: .*$/m, ''), ...given })
  expect((await between.tenants.apply()).outcome).toBe('applied')
  expect((await between.tenants.plan()).changes).toEqual([])
}

/** `{Staff}` is the id of the group of that name. */
function withIds(lines: readonly string[]): string[] {
  const idOf = (name: string) =>
    [...between.tenants.directory.groups()].find(({ properties }) => properties['displayName'] === name)!.id
  return lines.map((line) => line.replaceAll(/"\{(\w+)\}"/g, (_, name: string) => `"${idOf(name)}"`))
}

describe('by hand', () => {
  test.each(DRIFTS)(
    '$name: is planned with its field, and mended by that alone',
    async ({ by, planned, writes }) => {
      await established()
      const before = between.standing()
      by(between)
      expect(between.standing()).not.toEqual(before)

      expect(shown(await between.tenants.plan()).sort()).toEqual(withIds(planned).sort())
      const sent = between.tenants.simulator.requests.length
      expect((await between.tenants.apply()).outcome).toBe('applied')
      expect(between.writes(sent)).toEqual(writes)
      expect(between.standing()).toEqual(before)
      expect((await between.tenants.plan()).changes).toEqual([])
    },
  )

  test('all at once: is mended in one apply', async () => {
    await established()
    const before = between.standing()
    drift(between)
    const objects = new Set((await between.tenants.plan()).changes.map(({ object }) => object))
    expect([...objects].sort()).toEqual([
      'application',
      'assignment',
      'attribute-mapping',
      'inbound-redemption',
      'inbound-synchronization',
      'job-state',
      'outbound-redemption',
      'scoping-filter',
    ])
    expect((await between.tenants.apply()).outcome).toBe('applied')
    expect((await between.tenants.plan()).changes).toEqual([])
    // The other direction's consent, which somebody gave or took, is none of this profile's business.
    const consents = { inboundAllowed: true, outboundAllowed: false }
    const [partner] = before.target
    expect(between.standing()).toEqual({
      ...before,
      target: [
        { ...partner, properties: { ...partner!.properties, automaticUserConsentSettings: consents } },
      ],
    })
  })
})

describe('what is not drift', () => {
  test.each<[string, () => void]>([
    [
      'lines of other people in the notes',
      () => {
        const { properties } = between.principal
        between.principal.properties = {
          ...properties,
          notes: `Ask Grace first.\n${String(properties['notes'])}\r\n\ntenant-sync is a tool`,
        }
      },
    ],
    [
      'the consent of the other direction',
      () => {
        between.target.partner(FABRIKAM)!.properties['automaticUserConsentSettings'] = {
          inboundAllowed: true,
          outboundAllowed: true,
        }
      },
    ],
    [
      'another spelling of an expression',
      () => {
        const { job } = between.principal
        const text = JSON.stringify(job!.schema)
        const spelt = text.replaceAll(/Append\(\[displayName\], ?/g, () => 'Append( [displayName] ,  ')
        expect(spelt).not.toBe(text)
        job!.schema = JSON.parse(spelt) as NonNullable<typeof job>['schema']
      },
    ],
    [
      'a partner configuration for somebody else',
      () =>
        between.target.addPartner({
          properties: { tenantId: '6b0f8c1e-0000-4000-8000-00000000000c' },
          identitySynchronization: undefined,
        }),
    ],
  ])('(%s) stays to the byte', async (_, change) => {
    await established()
    change()
    const before = JSON.stringify(between.standing())
    expect((await between.tenants.plan()).changes).toEqual([])
    expect((await between.tenants.apply()).outcome).toBe('no-changes')
    expect(JSON.stringify(between.standing())).toBe(before)
  })
})

describe('settings of a partner that the profile does not name', () => {
  const everybody = {
    usersAndGroups: { accessType: 'allowed', targets: [{ target: 'AllUsers', targetType: 'user' }] },
  }
  /** In an order, and with members, of its own. */
  const others = {
    tenantRestrictions: {
      usersAndGroups: { accessType: 'blocked', targets: [{ targetType: 'user', target: 'AllUsers' }] },
      applications: {
        accessType: 'blocked',
        targets: [{ targetType: 'application', target: 'AllApplications' }],
      },
      devices: null,
    },
    isServiceProvider: null,
    b2bCollaborationInbound: {
      usersAndGroups: {
        accessType: 'allowed',
        targets: [
          { target: 'b1f7c2a0-0000-4000-8000-000000000001', targetType: 'group' },
          { target: 'a0f7c2a0-0000-4000-8000-000000000002', targetType: 'user' },
        ],
      },
      applications: null,
    },
    b2bDirectConnectOutbound: everybody,
    inboundTrust: {
      isMfaAccepted: true,
      isCompliantDeviceAccepted: false,
      isHybridAzureADJoinedDeviceAccepted: true,
    },
  }
  const setting = (tenantId: string, more: object = {}): Setting => ({
    partners: [{ tenantId, ...structuredClone(others), ...more }],
  })
  const kept = (properties: object) =>
    JSON.stringify(Object.fromEntries(Object.entries(properties).filter(([name]) => name in others)))

  test.each(['merge', 'replace'] as const)('stay to the byte where PATCH means %s', async (partnerPatch) => {
    await established({
      behaviour: { partnerPatch },
      source: setting(CONTOSO),
      target: setting(FABRIKAM, { automaticUserConsentSettings: { inboundAllowed: false } }),
    })
    drift(between)
    expect((await between.tenants.apply()).outcome).toBe('applied')
    expect(kept(between.source.partner(CONTOSO)!.properties)).toBe(JSON.stringify(others))
    expect(kept(between.target.partner(FABRIKAM)!.properties)).toBe(JSON.stringify(others))
    const bodies = between.tenants.simulator.requests
      .filter(({ method, operation }) => method === 'PATCH' && operation.endsWith('/partners/{id}'))
      .map(({ body }) => Object.keys(body as object))
    expect(new Set(bodies.flat())).toEqual(new Set(['automaticUserConsentSettings']))
  })
})
