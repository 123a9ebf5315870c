/** What others have made is taken over, or left to whom it belongs. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Approval } from '../../src/engine/approval.ts'
import type { ApplicationSeed } from '../../src/simulator/graph/cross-tenant/seed-schema.ts'
import { assigned, assignments, configured, partners, writes } from './standing.ts'
import { app, CONTOSO, FABRIKAM, LIMITLESS, SCOPE, Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
/** Plans are made more often than anybody would. */
const start = async ({ behaviour, ...given }: Starting = {}) =>
  (between = await Synchronized.start({ ...given, behaviour: { auditLogRequests: 1000, ...behaviour } }))
afterEach(() => between.stop())

const plan = () => between.tenants.plan()
const apply = (approval?: Approval) => between.tenants.apply(approval)
const notes = () => between.principal.properties['notes']
const OWN = /^tenant-sync:people:assigned-to[0-9a-f]{8}-[0-9a-f]{16}$/

/** A configuration as somebody made it in the Entra admin center. */
const byHand = (more: Partial<ApplicationSeed> = {}): ApplicationSeed => ({
  displayName: 'To Contoso',
  owners: [app(FABRIKAM).clientId],
  assigned: ['Staff'],
  secrets: { CompanyId: CONTOSO, AuthenticationType: 'SyncPolicy', SyncAll: 'false' },
  job: { state: 'active' },
  ...more,
})
const policies = {
  fabrikam: { tenantId: CONTOSO, automaticUserConsentSettings: { outboundAllowed: true } },
  contoso: {
    tenantId: FABRIKAM,
    automaticUserConsentSettings: { inboundAllowed: true },
    identitySynchronization: { userSyncInbound: { isSyncAllowed: true } },
  },
}
const standing = (...applications: ApplicationSeed[]): Starting => ({
  source: { partners: [policies.fabrikam], applications },
  target: { partners: [policies.contoso] },
})

const NOTIFICATION = 'SyncNotificationSettings'

describe('a configuration made by hand', () => {
  test('of the same name is taken over: its credentials are saved anew, and nothing is doubled', async () => {
    await start(standing(byHand()))
    const planned = await plan()
    expect(configured(planned)).toEqual(['update credentials: adopted'])
    expect(assignments(planned)).toEqual(['create Cleo Clark <cleo.clark@fabrikam.com>: new-in-source'])
    expect(planned.changes.find(({ object }) => object === 'credentials')?.fields).toEqual([
      { field: 'AuthenticationType', before: '(cannot be read)', after: 'SyncPolicy' },
      { field: 'CompanyId', before: '(cannot be read)', after: CONTOSO },
      { field: 'SyncAll', before: '(cannot be read)', after: 'false' },
    ])
    const { id, job } = between.principal
    expect((await apply()).outcome).toBe('applied')
    expect(between.principal).toMatchObject({ id, job: { id: job!.id, isStarted: true } })
    expect(assigned(between)).toEqual(['Cleo Clark', 'Staff'])
    expect(notes()).toMatch(OWN)
    expect((await plan()).changes).toEqual([])
  })

  test('is a warning: nobody can read where it led, nor whether it prevented deletions', async () => {
    await start(standing(byHand()))
    const warned = async () => (await plan()).warnings.map(({ code }) => code)
    expect(await warned()).toEqual(['taken-over'])
    between.profile(`${SCOPE}\n${LIMITLESS}\nnotify: it@fabrikam.com`)
    expect(await warned()).toEqual(['taken-over', 'threshold-off'])
    between.profile(`${SCOPE}\n${LIMITLESS}\nnotify: it@fabrikam.com\ndeletionThreshold: 5`)
    expect(await warned()).toEqual(['taken-over'])
    await apply()
    expect(await warned()).toEqual([])
  })

  test.each(['TO CONTOSO', 'to contoso'])(
    '%s is of the same name, and is called anew',
    async (displayName) => {
      await start(standing(byHand({ displayName })))
      expect((await plan()).changes).toContainEqual(
        expect.objectContaining({
          action: 'update',
          object: 'application',
          reason: 'drift',
          fields: [{ field: 'displayName', before: displayName, after: 'To Contoso' }],
        }),
      )
      await apply()
      expect(between.principal.properties['displayName']).toBe('To Contoso')
      expect((await plan()).changes).toEqual([])
    },
  )

  test('that was made from another template is not meant, whatever its name', async () => {
    await start(standing(byHand({ fromTemplate: false, job: undefined as never, secrets: {} })))
    expect(configured(await plan())).toContain('create application: missing')
    await apply()
    expect(between.source.servicePrincipals.size).toBe(2)
    expect((await plan()).changes).toEqual([])
  })

  test('with mappings and a scoping filter of its own: what neither profile nor template has is shown', async () => {
    await start(standing(byHand({ job: { state: 'active', mapping: { jobTitle: '"Guest"' } } })))
    expect(configured(await plan())).toContain('update attribute-mapping: drift')
    await apply()
    expect((await plan()).changes).toEqual([])
  })

  describe('that synchronizes everyone', () => {
    const synchronizing = async () => {
      await start(standing(byHand({ secrets: { ...byHand().secrets, SyncAll: 'true' } })))
      between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
      expect(between.arrived()).toHaveLength(3)
    }

    test('is known by more people than are assigned: that they lose access counts', async () => {
      await synchronizing()
      const planned = await plan()
      expect(configured(planned)).toEqual([])
      expect(assignments(planned).toSorted()).toEqual([
        'create Cleo Clark <cleo.clark@fabrikam.com>: new-in-source',
        'delete everyone: left-scope',
      ])
      expect(planned).toMatchObject({ managed: 3, counted: { deletes: 3 } })
      await apply()
      expect(between.principal.secrets.get('SyncAll')).toBe('false')
      expect(notes()).toMatch(OWN)
      expect((await plan()).changes).toEqual([])
    })

    test.each(['nobody', 'limits'] as const)(
      'goes on doing so until somebody saw it (%s)',
      async (approval) => {
        await synchronizing()
        expect((await apply(approval)).outcome).toBe('held')
        expect(between.principal.secrets.get('SyncAll')).toBe('true')
      },
    )

    test('is taken over as it is by a profile of everyone', async () => {
      await synchronizing()
      between.profile(`scope: { everyone: true }\n${LIMITLESS}`)
      expect(configured(await plan())).toEqual(['update credentials: adopted'])
      await apply()
      expect(between.principal.secrets.get('SyncAll')).toBe('true')
      expect((await plan()).changes).toEqual([])
    })
  })

  test('keeps its settings of notification unless the profile names some', async () => {
    const settings = JSON.stringify({ Enabled: true, Recipients: 'ops@fabrikam.com' })
    await start(standing(byHand({ secrets: { ...byHand().secrets, [NOTIFICATION]: settings } })))
    await apply()
    expect(between.principal.secrets.get(NOTIFICATION)).toBe(settings)

    between.profile(`${SCOPE}\n${LIMITLESS}\ndeletionThreshold: 7`)
    expect(configured(await plan())).toEqual(['update credentials: profile-changed'])
    await apply()
    const saved = () => JSON.parse(between.principal.secrets.get(NOTIFICATION)!) as unknown
    expect(saved()).toEqual({ Enabled: false, DeleteThresholdEnabled: true, DeleteThresholdValue: 7 })

    between.profile(`${SCOPE}\n${LIMITLESS}\nnotify: it@fabrikam.com`)
    await apply()
    expect(saved()).toEqual({ Enabled: true, Recipients: 'it@fabrikam.com', DeleteThresholdEnabled: false })

    // What the profile had set it takes back.
    between.profile(`${SCOPE}\n${LIMITLESS}`)
    await apply()
    expect(saved()).toEqual({ Enabled: false, DeleteThresholdEnabled: false })
    expect((await plan()).changes).toEqual([])
  })
})

describe('what stands in the notes of the service principal', () => {
  const lines = ['Made by Ada, ask her first.\r', '', '  tenant-sync is a tool  ', 'tenant-sync:nonsense']

  test('stays to the byte; the mark is a line of its own', async () => {
    await start(standing(byHand({ notes: lines.join('\n') })))
    await apply()
    const now = String(notes()).split('\n')
    expect(now.slice(0, -1)).toEqual(lines)
    expect(now.at(-1)).toMatch(OWN)
    expect((await plan()).changes).toEqual([])
  })

  test('and was written since the last run stays, too', async () => {
    await start(standing(byHand()))
    await apply()
    const own = notes()
    between.principal.properties['notes'] = `${String(own)}\nAsk Bob, too.`
    expect((await plan()).changes).toEqual([])
    between.profile(`${SCOPE}\n${LIMITLESS}\nnotify: it@fabrikam.com`)
    await apply()
    expect(String(notes()).split('\n')).toEqual([
      'Ask Bob, too.',
      expect.stringMatching(/^tenant-sync:people:/),
    ])
  })

  test('and was written between plan and write stays, too', async () => {
    await start(standing(byHand()))
    between.tenants.simulator.faults.add({
      on: { operation: '/servicePrincipals/{id}/synchronization/secrets', write: true },
      do: { when: 'after', call: () => void (between.principal.properties['notes'] = 'Wait for me!') },
    })
    await apply()
    expect(String(notes()).split('\n')).toEqual(['Wait for me!', expect.stringMatching(OWN)])
  })

  test('without the line that marks it, credentials are saved again: nobody can tell what they are', async () => {
    await start(standing(byHand()))
    await apply()
    between.principal.properties['notes'] = null
    expect(configured(await plan())).toEqual(['update credentials: adopted'])
  })
})

describe('two configurations that could be meant', () => {
  const ids = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002']
  const two = (first: Partial<ApplicationSeed>, second: Partial<ApplicationSeed>) =>
    standing(
      byHand({
        id: 'aaaaaaaa-0000-4000-8000-00000000000a',
        appId: 'aaaaaaaa-0000-4000-8000-00000000000b',
        servicePrincipalId: ids[0]!,
        ...first,
      }),
      byHand({
        id: 'bbbbbbbb-0000-4000-8000-00000000000a',
        appId: 'bbbbbbbb-0000-4000-8000-00000000000b',
        servicePrincipalId: ids[1]!,
        ...second,
      }),
    )
  const mark = { notes: 'tenant-sync:people:assigned-0123456789abcdef' }

  test.each([
    ['of one name', {}, {}],
    ['of one name, in other letters', {}, { displayName: 'TO CONTOSO' }],
    ['of one mark', mark, { ...mark, displayName: 'Copied' }],
  ])('%s: the profile fails and names both', async (_, first, second) => {
    await start(two(first, second))
    const { errors } = await plan()
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'application-ambiguous',
        advice: expect.stringContaining(ids.join(', ')),
      }),
    ])
    await apply()
    expect(writes(between)).toEqual([])
  })

  test('are none when one bears the mark', async () => {
    await start(two({}, mark))
    expect(await plan()).toMatchObject({ errors: [], changes: expect.arrayContaining([]) })
    await apply()
    const [first, second] = ids.map((id) => between.source.servicePrincipals.get(id)!)
    expect(first!.properties['notes']).toBeNull()
    expect(second!.properties['notes']).toMatch(OWN)
  })
})

describe('a mark', () => {
  const marked = (profile: string) => ({ notes: `tenant-sync:${profile}:assigned-0123456789abcdef` })

  test('of another profile: it is that one’s, and this one fails', async () => {
    await start(standing(byHand(marked('others'))))
    const advice = expect.stringMatching(/"To Contoso".*profile others.*formerly/)
    expect(await plan()).toMatchObject({ outcome: 'failed', errors: [{ code: 'owned-by-another', advice }] })
    await apply()
    expect(writes(between)).toEqual([])
  })

  test('of a former name counts as its own, and is renewed', async () => {
    await start({
      ...standing(byHand(marked('older'))),
      profile: `${SCOPE}\n${LIMITLESS}\nformerly: [old, older]`,
    })
    expect(configured(await plan())).toEqual(['update credentials: profile-changed'])
    await apply()
    expect(notes()).toMatch(OWN)
    expect((await plan()).changes).toEqual([])
  })

  test('is how a configuration is known that somebody gave another name', async () => {
    await start(standing(byHand({ displayName: 'Renamed' })))
    between.principal.properties['notes'] = marked('people').notes
    expect((await plan()).changes).toContainEqual(
      expect.objectContaining({
        object: 'application',
        fields: [{ field: 'displayName', before: 'Renamed', after: 'To Contoso' }],
      }),
    )
    await apply()
    expect(between.principal.properties['displayName']).toBe('To Contoso')
    expect((await plan()).changes).toEqual([])
  })

  test('goes along when the profile gives it another name', async () => {
    await start(standing(byHand()))
    await apply()
    const { id } = between.principal
    between.tenants.write(
      'people.yaml',
      `name: people\nkind: cross-tenant-sync\nfrom: { tenant: fabrikam }\nto: { tenant: contoso }\napplication: Onward\n${SCOPE}\n${LIMITLESS}\n`,
    )
    expect(configured(await plan())).toEqual(['update application: drift'])
    await apply()
    expect(between.principal).toMatchObject({ id, properties: { displayName: 'Onward' } })
  })
})

describe('a partner that has settings already', () => {
  const collaboration = {
    b2bCollaborationInbound: {
      usersAndGroups: { accessType: 'allowed', targets: [{ target: 'AllUsers', targetType: 'user' }] },
      applications: { accessType: 'allowed', targets: [{ target: 'Office365', targetType: 'application' }] },
    },
    inboundTrust: {
      isMfaAccepted: true,
      isCompliantDeviceAccepted: false,
      isHybridAzureADJoinedDeviceAccepted: false,
    },
  }

  test.each(['merge', 'replace'] as const)('keeps them, where PATCH means %s', async (partnerPatch) => {
    const other = { automaticUserConsentSettings: { inboundAllowed: null, outboundAllowed: true } }
    await start({
      behaviour: { partnerPatch },
      target: { partners: [{ tenantId: FABRIKAM, ...collaboration, ...other }] },
    })
    expect((await plan()).changes.map(({ key }) => key)).not.toContain('contoso: partner fabrikam')
    await apply()
    expect(partners(between.target)).toEqual([
      expect.objectContaining({
        ...collaboration,
        automaticUserConsentSettings: { inboundAllowed: true, outboundAllowed: true },
        identitySynchronization: expect.objectContaining({ userSyncInbound: { isSyncAllowed: true } }),
      }),
    ])
    expect((await plan()).changes).toEqual([])
  })

  test('that lets nobody in: an update with what it was', async () => {
    const { contoso } = policies
    const closed = {
      ...contoso,
      identitySynchronization: { displayName: 'Fabrikam', userSyncInbound: { isSyncAllowed: false } },
    }
    await start({ target: { partners: [closed] } })
    expect((await plan()).changes).toContainEqual(
      expect.objectContaining({
        action: 'update',
        object: 'inbound-synchronization',
        reason: 'drift',
        fields: [{ field: 'userSyncInbound.isSyncAllowed', before: false, after: true }],
      }),
    )
    await apply()
    expect(between.target.partner(FABRIKAM)?.identitySynchronization).toMatchObject({
      displayName: 'Fabrikam',
      userSyncInbound: { isSyncAllowed: true },
    })
  })
})
