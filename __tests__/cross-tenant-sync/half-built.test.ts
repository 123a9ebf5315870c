/** What somebody, or a run that was cut off, has begun is gone on with: nothing is made twice. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { BEGINNINGS, failing, expectConverges, undisturbed, type Beginning } from './convergence.ts'
import {
  app,
  CONTOSO,
  FABRIKAM,
  FULL,
  PERMISSIONS,
  Synchronized,
  type Setting,
  type Starting,
} from './synchronized.ts'

/** From here on everything that would write is refused: what stands is what a run has left that ended here. */
function endAfter({ tenants }: Synchronized, writes: number): void {
  tenants.simulator.faults.add({
    on: { service: 'graph', write: true, nth: writes + 1, times: Infinity },
    do: { status: 403 },
  })
}

describe.each(BEGINNINGS)('$name, a run that ends after any of its writes', (beginning: Beginning) => {
  test('is gone on with by the next one, to the same end', async () => {
    const { requests, end } = await undisturbed(beginning)
    const writes = requests.filter(({ write }) => write).length
    const steps = [...Array(writes).keys()]
    const failed = await failing(
      steps,
      (step) => `after ${step} of ${writes} writes`,
      async (step) => {
        const between = await beginning.begin()
        try {
          endAfter(between, step)
          const before = between.writes().length
          const { outcome } = await between.tenants.apply()
          // Nothing but the writes that were let through has happened.
          const done = between.tenants.simulator.requests.filter(({ write, status }) => write && status < 300)
          expect(done).toHaveLength(before + step)
          expect(outcome).toMatch(step === 0 ? /^failed$/ : /^(partial|failed)$/)
          expect(between.source.servicePrincipals.size).toBeLessThanOrEqual(1)
          await expectConverges(between, end)
        } finally {
          await between.stop()
        }
      },
    )
    expect(failed).toEqual([])
  })
})

describe('what people leave half-built', () => {
  let between: Synchronized
  afterEach(() => between.stop())

  const OWNED = { displayName: 'To Contoso' }
  const CREDENTIALS = { CompanyId: CONTOSO, AuthenticationType: 'SyncPolicy' }
  const partner = (tenantId: string, more: object = {}): Setting => ({ partners: [{ tenantId, ...more }] })
  const consent = (consents: object) => ({ automaticUserConsentSettings: consents })
  const ALLOWED = { identitySynchronization: { userSyncInbound: { isSyncAllowed: true } } }
  const SETTINGS = { inboundTrust: { isMfaAccepted: true }, isServiceProvider: false }
  const POLICIES: Starting = {
    source: partner(CONTOSO, consent({ outboundAllowed: true })),
    target: partner(FABRIKAM, { ...consent({ inboundAllowed: true }), ...ALLOWED }),
  }
  const made = (application: object, notes?: string): Starting => ({
    source: { applications: [{ ...OWNED, ...application, ...(notes !== undefined && { notes }) }] },
  })

  /** @param notes what other people wrote there; @param others what they set of the partners */
  const cases: [string, Starting, { notes?: string; others?: object }?][] = [
    ['the partner configuration of the target alone', { target: partner(FABRIKAM) }],
    ['the partner configuration of the source alone', { source: partner(CONTOSO) }],
    [
      'partner configurations with other settings',
      { source: partner(CONTOSO, SETTINGS), target: partner(FABRIKAM, SETTINGS) },
      { others: SETTINGS },
    ],
    [
      'user synchronization that is forbidden',
      {
        target: partner(FABRIKAM, {
          identitySynchronization: { userSyncInbound: { isSyncAllowed: false } },
        }),
      },
    ],
    [
      'consents that were refused',
      {
        source: partner(CONTOSO, consent({ outboundAllowed: false })),
        target: partner(FABRIKAM, consent({ inboundAllowed: false })),
      },
    ],
    ['both policies and no application', POLICIES],
    ['an application without a job', made({})],
    [
      'an application with the notes of others',
      made({}, 'Ask Grace first.\r\nReally.'),
      {
        notes: 'Ask Grace first.\r\nReally.\n',
      },
    ],
    ['an application whose name is written otherwise', made({ displayName: 'to contoso' })],
    ['an application with a job and no credentials', made({ job: {} })],
    ['an application with credentials and no job', made({ secrets: CREDENTIALS })],
    [
      'credentials for another tenant',
      made({ secrets: { ...CREDENTIALS, CompanyId: '6b0f8c1e-0000-4000-8000-00000000000c' }, job: {} }),
    ],
    ['a job for everyone', made({ secrets: { ...CREDENTIALS, SyncAll: 'true' }, job: {} })],
    ['a job that was started before its credentials', made({ job: { state: 'active' } })],
    ['a job in quarantine', made({ secrets: CREDENTIALS, job: { state: 'quarantine' } })],
    [
      'a job that runs, with a mapping and assignments of its own',
      {
        ...POLICIES,
        source: {
          ...POLICIES.source,
          applications: [
            {
              ...OWNED,
              assigned: ['Leavers', 'bob.brown@fabrikam.com'],
              secrets: CREDENTIALS,
              job: { state: 'active', mapping: { displayName: '[mail]', city: null } },
            },
          ],
        },
      },
    ],
    [
      'everything but the mark',
      {
        ...POLICIES,
        source: {
          ...POLICIES.source,
          applications: [
            {
              ...OWNED,
              assigned: ['Staff', 'cleo.clark@fabrikam.com'],
              secrets: CREDENTIALS,
              job: { state: 'active' },
            },
          ],
        },
      },
    ],
  ]

  test.each(cases)('(%s) is gone on with', async (_, given, { notes = '', others = {} } = {}) => {
    const { end } = await undisturbed(BEGINNINGS[0]!)
    between = await Synchronized.start({
      profile: FULL,
      // An application that somebody else has made is not the app's own.
      fabrikam: { apps: [app(FABRIKAM, [...PERMISSIONS, 'Application.ReadWrite.All'])] },
      ...given,
    })
    const withOthers = (policies: typeof end.source) =>
      policies.map((policy) => ({ ...policy, properties: { ...others, ...policy.properties } }))
    const { outcome } = await expectConverges(between, {
      ...end,
      source: withOthers(end.source),
      target: withOthers(end.target),
      applications: end.applications.map((application) => ({
        ...application,
        notes: notes + String(application.notes),
      })),
    })
    expect(outcome).toBe('applied')
  })
})
