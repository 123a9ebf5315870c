/** Somebody is provisioned on demand after an apply: whether all of it works, shown by doing it. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Approval } from '../../src/engine/approval.ts'
import { user } from '../people.ts'
import { writes } from './standing.ts'
import { ADA, app, BOB, CONTOSO, FABRIKAM, LIMITLESS, Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
/** The first cycle comes later: whoever arrived was provisioned on demand. */
const start = async ({ behaviour, ...given }: Starting = {}) =>
  (between = await Synchronized.start({
    ...given,
    behaviour: { cycleOnStart: false, auditLogRequests: 1000, ...behaviour },
  }))
afterEach(() => between.stop())

const plan = () => between.tenants.plan()
const apply = (approval?: Approval) => between.tenants.apply(approval)
const verifying = (names: string, more = '') =>
  `scope: { groups: [Staff] }\n${LIMITLESS}\nverify: [${names}]\n${more}`
const ada = ADA.userPrincipalName
const cleo = 'cleo.clark@fabrikam.com'

const ON_DEMAND = 'fabrikam: POST /servicePrincipals/{id}/synchronization/jobs/{id}/provisionOnDemand'
const tried = () => writes(between).filter((one) => one === ON_DEMAND).length

/** What was found, as it is shown after the apply. */
async function found(approval?: Approval) {
  const result = await apply(approval)
  const { health } = result.plan.profiles[0]!
  return { result, found: health.filter(({ what }) => what === 'provisioning') }
}

test.each(['result', 'type-name'] as const)(
  'whoever arrives is shown with every step (answer: %s)',
  async (onDemandAnswer) => {
    await start({ profile: verifying(ada), behaviour: { onDemandAnswer } })
    const { result, found: verified } = await found()
    expect(result).toMatchObject({ outcome: 'applied', profiles: [{ outcome: 'applied', errors: [] }] })
    const advice =
      'Success; EntryImport: Success, EntrySynchronizationScoping: Success, EntrySynchronizationAdd: Success, EntryExportAdd: Success.'
    expect(verified).toEqual([
      {
        what: 'provisioning',
        key: 'Ada Lovelace <ada.lovelace@fabrikam.com>',
        state: 'ok',
        message: advice,
        advice,
      },
    ])
    expect(between.arrived()).toEqual(['Ada Lovelace'])
  },
)

test('whoever is there already, just as they should be, is well', async () => {
  await start({ profile: verifying(ada) })
  await apply()
  between.profile(verifying(ada, 'notify: it@fabrikam.com'))
  expect((await found()).found).toMatchObject([
    { state: 'ok', advice: expect.stringContaining('Skipped (RedundantExport)') },
  ])
})

test('whoever is not in scope is shown as skipped, with the reason', async () => {
  await start({ profile: verifying(cleo) })
  const { result, found: verified } = await found()
  expect(result.outcome).toBe('applied')
  expect(verified).toMatchObject([
    {
      key: 'Cleo Clark <cleo.clark@fabrikam.com>',
      state: 'warning',
      message: expect.stringMatching(/^Skipped \(NotEffectivelyEntitled\).*is not in scope/),
      advice: expect.stringMatching(/^Skipped \(NotEffectivelyEntitled\); EntryImport: Success, /),
    },
  ])
  expect(verified[0]!.advice).not.toContain('cleo')
})

describe('a step that fails', () => {
  const inTheWay: Starting = {
    contoso: {
      apps: [app(CONTOSO)],
      mailContacts: [{ Name: 'Ada (contact)', ExternalEmailAddress: ADA.mail! }],
    },
    profile: verifying(`${ada}, ${BOB.userPrincipalName}`),
  }

  test('fails the apply, and is shown with the steps before it; others are tried all the same', async () => {
    await start(inTheWay)
    const { result, found: verified } = await found()
    expect(result).toMatchObject({
      outcome: 'partial',
      profiles: [
        {
          outcome: 'partial',
          failed: 0,
          errors: [{ code: 'verification-failed', message: 'Of 2 verified, 1 failed.' }],
        },
      ],
    })
    expect(verified).toMatchObject([
      {
        key: 'Ada Lovelace <ada.lovelace@fabrikam.com>',
        state: 'error',
        message: expect.stringContaining('Another object with the same value for property proxyAddresses'),
        advice:
          'Failure (InvitationCreationFailure); EntryImport: Success, EntrySynchronizationScoping: Success, EntryExportAdd: Failure.',
      },
      { key: 'Bob Brown <bob.brown@fabrikam.com>', state: 'ok' },
    ])
    // What was written stands.
    expect((await plan()).changes).toEqual([])
  })
})

describe('the service that refuses to try', () => {
  const refused = (status: number, code: string) => {
    between.tenants.simulator.faults.add({
      on: { path: 'provisionOnDemand' },
      do: { status, body: { error: { code, message: `${code}: not for ${ada}` } } },
    })
  }

  test('fails the apply with its own words; nothing of them is told to everybody', async () => {
    await start({ profile: verifying(ada) })
    refused(400, 'Request_BadRequest')
    const { result, found: verified } = await found()
    expect(result.outcome).toBe('partial')
    expect(verified).toMatchObject([{ state: 'error', message: expect.stringContaining(`not for ${ada}`) }])
    expect(verified[0]!.advice).not.toContain(ada)
    expect(verified[0]!.advice).toBeTruthy()
  })

  test('for now is asked again', async () => {
    await start({ profile: verifying(ada) })
    between.tenants.simulator.faults.add({
      on: { path: 'provisionOnDemand', nth: 1 },
      do: { status: 429, retryAfter: 0 },
    })
    expect((await found()).found).toMatchObject([{ state: 'ok' }])
  })

  test.each(['before', 'after'] as const)('and whose answer is lost is asked again (%s)', async (lost) => {
    await start({ profile: verifying(ada) })
    between.tenants.simulator.faults.add({ on: { path: 'provisionOnDemand', nth: 1 }, do: { lost } })
    expect((await found()).result.outcome).toBe('applied')
    expect(between.arrived()).toEqual(['Ada Lovelace'])
  })
})

describe('a user who is not there', () => {
  test('is a warning of the plan, which names them to those who may know', async () => {
    await start({ profile: verifying('gone@fabrikam.com') })
    expect((await plan()).warnings).toEqual([
      {
        code: 'verify-user-not-found',
        message: expect.stringContaining('gone@fabrikam.com'),
        advice: expect.not.stringContaining('gone@fabrikam.com'),
      },
    ])
  })

  test('fails the apply', async () => {
    await start({ profile: verifying(`gone@fabrikam.com, ${ada}`) })
    const { result, found: verified } = await found()
    expect(result.outcome).toBe('partial')
    expect(verified).toMatchObject([
      { key: 'gone@fabrikam.com', state: 'error', message: expect.stringContaining('gone@fabrikam.com') },
      { state: 'ok' },
    ])
    expect(verified[0]!.advice).not.toContain('gone@')
  })
})

describe('is tried', () => {
  test('not when nothing changed, nor by a plan', async () => {
    await start({ profile: verifying(ada) })
    await plan()
    expect(tried()).toBe(0)
    await apply()
    expect(tried()).toBe(1)
    expect((await apply()).outcome).toBe('no-changes')
    expect(tried()).toBe(1)
  })

  test('not when something could not be written', async () => {
    await start({ profile: verifying(ada) })
    between.tenants.simulator.faults.add({ on: { path: '/start' }, do: { status: 403 } })
    expect((await apply()).outcome).toBe('partial')
    expect(tried()).toBe(0)
  })

  test('not when nothing may be written', async () => {
    await start({ profile: `${verifying(ada)}limits: { creates: 0 }`.replace(`${LIMITLESS}\n`, '') })
    await apply()
    between.profile(`scope: { groups: [Staff, Leavers] }\nlimits: { creates: 0 }\nverify: [${ada}]`)
    const before = tried()
    expect((await apply()).outcome).toBe('blocked')
    expect(tried()).toBe(before)
  })

  test('also while the profile keeps the job paused', async () => {
    await start({ profile: verifying(ada, 'job: paused') })
    expect((await found()).found).toMatchObject([{ state: 'ok' }])
    expect(between.principal.job).toMatchObject({ isStarted: false })
  })

  test('each by a line of its own in the journal, without a name', async () => {
    await start({ profile: verifying(ada) })
    await apply()
    const lines = between.tenants.lines('journal.ndjson').filter(({ object }) => object === 'provisioning')
    expect(lines.map(({ phase, profile, action }) => [phase, profile, action])).toEqual([
      ['before', 'people', 'update'],
      ['after', 'people', 'update'],
    ])
    expect(JSON.stringify(lines)).not.toMatch(/ada|lovelace/i)
  })

  test('by any of the names that a user has', async () => {
    const dora = user('Dora Dent', { userPrincipalName: 'dd@fabrikam.com', mail: 'dora@fabrikam.com' })
    await start({
      users: [dora],
      groups: [{ displayName: 'Staff', members: [dora.userPrincipalName] }],
      profile: verifying('dora@fabrikam.com'),
    })
    expect((await found()).found).toMatchObject([{ key: 'Dora Dent <dora@fabrikam.com>', state: 'ok' }])
  })

  test('after people came within a minute: what was made a moment ago is waited for', async () => {
    await start({ profile: verifying(ada), behaviour: { servicePrincipalReads: 1 } })
    expect((await found()).found).toMatchObject([{ state: 'ok' }])
    expect(between.target.partner(FABRIKAM)).toBeDefined()
  })
})
