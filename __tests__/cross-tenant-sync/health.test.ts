/** How the provisioning job fares, in every plan. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { keepAttention } from '../../src/commands/workflow/attention.ts'
import type { Job } from '../../src/commands/workflow/job.ts'
import type { Health } from '../../src/engine/plan.ts'
import { workplace } from '../../src/github/__tests__/workplace.ts'
import { user } from '../people.ts'
import { configured } from './standing.ts'
import {
  ADA,
  app,
  BOB,
  CLEO,
  CONTOSO,
  FABRIKAM,
  LIMITLESS,
  SCOPE,
  Synchronized,
  type Starting,
} from './synchronized.ts'

let between: Synchronized
/** Health is asked for more often than anybody would. */
const start = async ({ behaviour, ...given }: Starting = {}) => {
  between = await Synchronized.start({ ...given, behaviour: { auditLogRequests: 1000, ...behaviour } })
  between.tenants.simulator.world.now = () => between.tenants.now
}
afterEach(() => between.stop())

const plan = () => between.tenants.plan()
const apply = () => between.tenants.apply()
const cycle = () => between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
const later = (minutes: number) => {
  between.tenants.now = new Date(between.tenants.now.getTime() + minutes * 60_000)
}

async function established(given: Starting = {}) {
  await start({ ...given, behaviour: { cycleOnStart: false } })
  await apply()
}

/** Entries of one sort, as `state: message`. */
const told = async (what: Health['what']) =>
  (await plan()).health
    .filter((entry) => entry.what === what)
    .map(({ state, message }) => `${state}: ${message}`)

test('of a configuration that is not there yet, nothing is said', async () => {
  await start()
  expect((await plan()).health).toEqual([])
})

describe('the job', () => {
  test('that is well says so', async () => {
    await established()
    cycle()
    expect(await told('job')).toEqual(['ok: The job is Active.'])
    expect(await told('quarantine')).toEqual([])
    expect(await told('provisioning')).toEqual([])
  })

  test('that somebody paused is a warning, beside the change that starts it', async () => {
    await established()
    between.principal.job!.pause()
    expect(configured(await plan())).toEqual(['update job-state: drift'])
    expect(await told('job')).toEqual(['warning: The job is Paused. No cycle begins of itself.'])
  })

  test('that the profile pauses is as it should be', async () => {
    await established({ profile: [SCOPE, LIMITLESS, 'job: paused'].join('\n') })
    expect(await told('job')).toEqual(['ok: The job is Paused. No cycle begins of itself.'])
  })

  test('has no part in the digest of the plan', async () => {
    await established()
    const { plan: before } = await between.tenants.planRun()
    later(40)
    cycle()
    const { plan: after } = await between.tenants.planRun()
    expect(after.profiles[0]!.health).not.toEqual(before.profiles[0]!.health)
    expect(after.digest).toBe(before.digest)
  })
})

describe('the last cycle', () => {
  test('says when it ended, what it did, and when the next one is due', async () => {
    await established()
    expect(await told('cycle')).toEqual(['ok: No cycle has ended yet.'])
    later(40)
    cycle()
    expect(await told('cycle')).toEqual([
      'ok: The last cycle ended at 2026-11-21T09:40:00Z: Succeeded, 3 imported, 3 exported, 0 failed. The next one is due at about 2026-11-21T10:20:00Z.',
    ])
    between.principal.job!.pause()
    expect(await told('cycle')).toEqual([
      'ok: The last cycle ended at 2026-11-21T09:40:00Z: Succeeded, 3 imported, 3 exported, 0 failed.',
    ])
  })
})

describe('a quarantine', () => {
  test('is told with its reason, since when, and when the service tries again', async () => {
    await established()
    cycle()
    between.target.partner(FABRIKAM)!.properties['automaticUserConsentSettings'] = { inboundAllowed: false }
    later(40)
    cycle()
    later(80)
    cycle()
    const [entry, ...others] = (await plan()).health.filter(({ what }) => what === 'quarantine')
    expect(others).toEqual([])
    const advice =
      'In quarantine since 2026-11-21T09:40:00Z: EncounteredQuarantineException (AzureDirectoryB2BManagementPolicyCheckFailure). The service tries ever more seldom, and gives up after four weeks. The next attempt is at 2026-11-21T13:40:00Z.'
    expect(entry).toEqual({
      what: 'quarantine',
      key: 'To Contoso',
      configuration: true,
      state: 'error',
      message: `${advice} The service says: Policy permitting auto-redemption of invitations not configured.`,
      advice,
    })
    expect(await told('cycle')).toEqual([
      expect.stringMatching(
        /^warning: The last cycle ended at 2026-11-21T11:00:00Z: Failed \(\w+\), 0 imported, 0 exported, 0 failed\./,
      ),
    ])
    expect(configured(await plan())).toEqual(['update inbound-redemption: drift'])
  })

  test('for too many deletions says how to let them through', async () => {
    await established({ profile: [SCOPE, LIMITLESS, 'deletionThreshold: 1'].join('\n') })
    cycle()
    for (const { userPrincipalName } of [ADA, BOB]) between.tenants.directory.removeUser(userPrincipalName)
    later(40)
    cycle()
    expect(between.arrived()).toHaveLength(3)
    expect(await told('quarantine')).toEqual([
      expect.stringMatching(/^error: .*TooManyDeletes.*deletionThreshold.*Entra admin center/),
    ])
  })

  test('that is over is told no more', async () => {
    await established()
    between.principal.job!.quarantine = {
      reason: 'Unknown',
      seriesBegan: between.tenants.now,
      currentBegan: between.tenants.now,
      nextAttempt: between.tenants.now,
      seriesCount: 1,
      error: undefined,
    }
    expect(await told('quarantine')).toHaveLength(1)
    cycle()
    expect(await told('quarantine')).toEqual([])
  })
})

describe('people whom provisioning failed', () => {
  /** Two whose address a mail contact of the target has, one whose address is a member's. */
  const inTheWay: Starting = {
    contoso: {
      apps: [app(CONTOSO)],
      users: [user('Cleo Native', { userPrincipalName: 'cleo@contoso.com', mail: CLEO.mail! })],
      mailContacts: [ADA, BOB].map(({ displayName, mail }) => ({
        Name: `${displayName} (contact)`,
        ExternalEmailAddress: mail!,
      })),
    },
  }
  const provisioning = async () => (await plan()).health.filter(({ what }) => what === 'provisioning')
  const release = () => {
    const { recipients } = between.tenants.simulator.world.tenants.get('contoso')!
    for (const { guid } of recipients.ofType('MailContact')) recipients.remove(guid)
  }

  test('are told by the code of their error, the most frequent first, with one of them', async () => {
    await established(inTheWay)
    cycle()
    const reason = 'Another object with the same value for property proxyAddresses already exists.'
    expect(await provisioning()).toEqual([
      {
        what: 'provisioning',
        key: 'InvitationCreationFailure',
        configuration: true,
        state: 'error',
        message: `2 people failed within 24 hours. ${reason}`,
        advice: '2 people failed within 24 hours.',
        example: 'Ada Lovelace <ada.lovelace@fabrikam.com>',
      },
      expect.objectContaining({
        key: 'InvitationCreationFailureAmbiguousUser',
        advice: '1 person failed within 24 hours.',
        example: 'Cleo Clark <cleo.clark@fabrikam.com>',
      }),
    ])
    expect(await told('cycle')).toEqual([expect.stringMatching(/^warning: .* 3 failed\./)])
  })

  test('count once, however often they failed', async () => {
    await established(inTheWay)
    for (let time = 0; time < 4; time++, later(40)) cycle()
    expect((await provisioning()).map(({ advice }) => advice)).toEqual([
      '2 people failed within 24 hours.',
      '1 person failed within 24 hours.',
    ])
  })

  test('are told no more once they arrived', async () => {
    await established(inTheWay)
    cycle()
    release()
    later(40)
    cycle()
    expect((await provisioning()).map(({ key }) => key)).toEqual(['InvitationCreationFailureAmbiguousUser'])
  })

  test('are told no more after a day', async () => {
    await established(inTheWay)
    cycle()
    // Else the next cycle tries them again.
    between.principal.job!.pause()
    later(24 * 60 + 1)
    expect(await provisioning()).toEqual([])
  })

  test('by another job are not told', async () => {
    await established(inTheWay)
    cycle()
    for (const [index, entry] of between.source.log.entries())
      between.source.log[index] = { ...entry, jobId: 'Azure2Azure.other.job' }
    expect(await provisioning()).toEqual([])
  })

  test('leave what is planned as it is', async () => {
    await established(inTheWay)
    cycle()
    expect(await plan()).toMatchObject({ outcome: 'no-changes', warnings: [], errors: [] })
    expect((await apply()).outcome).toBe('no-changes')
  })

  test('make the issue that says that somebody must look, until they arrived', async () => {
    await established(inTheWay)
    cycle()
    const place = await workplace()
    const { run } = place.job({ event: 'schedule' })
    const job = { client: place.client, run, inputs: { only: [] }, detail: 'masked' } as unknown as Job
    const issues = () => place.world.github.issues.map(({ state, body }) => ({ state, body }))
    await keepAttention(job, (await between.tenants.planRun()).plan, 'no-changes')
    expect(issues()).toEqual([
      { state: 'open', body: expect.stringContaining('InvitationCreationFailureAmbiguousUser') },
    ])
    expect(issues()[0]!.body).not.toMatch(/Lovelace|proxyAddresses already/)

    release()
    between.tenants.simulator.world.tenants.get('contoso')!.directory.removeUser('cleo@contoso.com')
    const { recipients } = between.tenants.simulator.world.tenants.get('contoso')!
    for (const { guid } of recipients.holders(CLEO.mail!)) recipients.remove(guid)
    later(40)
    cycle()
    await keepAttention(job, await apply(), 'no-changes')
    expect(issues()).toMatchObject([{ state: 'closed' }])
  })
})

describe('the provisioning log', () => {
  const withoutLog = app(FABRIKAM).permissions.filter((one) => one !== 'AuditLog.Read.All')

  test('that may not be read is a warning that names the permission, and nothing fails', async () => {
    await established({ fabrikam: { apps: [app(FABRIKAM, withoutLog)] } })
    const planned = await plan()
    expect(planned).toMatchObject({ outcome: 'no-changes', errors: [] })
    expect(planned.health.at(-1)).toMatchObject({
      what: 'provisioning',
      key: 'To Contoso',
      state: 'warning',
      advice: expect.stringContaining('AuditLog.Read.All'),
    })
    expect(planned.health.map(({ what }) => what)).toEqual(['job', 'cycle', 'provisioning'])
  })

  test('of a tenant without the licence is a warning, too', async () => {
    await established()
    const code = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'
    between.tenants.simulator.faults.add({
      on: { operation: '/auditLogs/provisioning' },
      do: {
        status: 403,
        body: { error: { code, message: 'Neither tenant is B2C or tenant has premium license' } },
      },
    })
    expect(await plan()).toMatchObject({ outcome: 'no-changes', health: [{}, {}, { state: 'warning' }] })
  })

  test('without ids or names tells what it can', async () => {
    await established()
    cycle()
    const entry = (id: string | null, errorCode: string | null) => ({
      ...between.source.log[0]!,
      sourceIdentity: { id, displayName: null, details: null },
      provisioningStatusInfo: { status: 'failure', errorInformation: errorCode ? { errorCode } : null },
    })
    between.source.log.push(entry('c1', null), entry('c2', null), entry(null, 'NoIdentity'))
    expect((await plan()).health.filter(({ what }) => what === 'provisioning')).toMatchObject([
      { key: 'unknown', advice: '2 people failed within 24 hours.', example: 'c1' },
      { key: 'NoIdentity', advice: '1 person failed within 24 hours.', example: '' },
    ])
  })
})
