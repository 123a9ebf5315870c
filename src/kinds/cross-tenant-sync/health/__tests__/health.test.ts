import { describe, expect, test } from '@jest/globals'
import { ServiceError } from '../../../../microsoft/errors.ts'
import type { GraphReader } from '../../../../microsoft/graph.ts'
import { health } from '../health.ts'
import type { Execution, Job } from '../../job/job.ts'
import type { CrossTenantSyncProfile } from '../../schema.ts'
import { listing } from './listed.ts'

const NOW = new Date('2026-11-21T09:00:00Z')
const NEVER = '0001-01-01T00:00:00Z'

const job = (status: NonNullable<Job['status']> = {}, more: Partial<Job> = {}): Job => ({
  id: 'job',
  schedule: { state: 'Active', interval: 'PT40M' },
  status: { code: 'Active', ...status },
  ...more,
})
const of = (one: Job, wanted: 'running' | 'paused' = 'running', graph: GraphReader = listing([]).graph) =>
  health(graph, { application: 'To Contoso', job: wanted } as CrossTenantSyncProfile, one, NOW)
const texts = async (one: Job, wanted?: 'running' | 'paused') =>
  (await of(one, wanted)).map(({ what, state, message }) => `${what} ${state}: ${message}`)

test('names the configuration, which is nobody, and tells everybody the same', async () => {
  for (const entry of await of(job()))
    expect(entry).toMatchObject({ key: 'To Contoso', configuration: true, advice: entry.message })
})

describe('the job', () => {
  test.each<[string, Partial<Job>, 'running' | 'paused', string]>([
    ['runs as it should', {}, 'running', 'ok: The job is Active.'],
    ['runs and should not', {}, 'paused', 'warning: The job is Active.'],
    [
      'is paused as it should be',
      { schedule: { state: 'Disabled' }, status: { code: 'Paused' } },
      'paused',
      'ok: The job is Paused. No cycle begins of itself.',
    ],
    [
      'is paused and should not be',
      { schedule: { state: 'Disabled' }, status: { code: 'Paused' } },
      'running',
      'warning: The job is Paused. No cycle begins of itself.',
    ],
    [
      'is of a state that nothing is said of',
      { schedule: null, status: null },
      'running',
      'warning: The job is unknown. No cycle begins of itself.',
    ],
  ])('%s', async (_, more, wanted, text) => {
    expect((await texts(job({}, more), wanted))[0]).toBe(`job ${text}`)
  })
})

describe('a quarantine', () => {
  const quarantined = async (quarantine: object) => {
    const entry = (await of(job({ quarantine }))).find(({ what }) => what === 'quarantine')
    return entry ?? { message: undefined, advice: undefined }
  }

  test.each([
    [
      { reason: 'Unknown', seriesBegan: '2026-11-20T01:00:00Z', currentBegan: '2026-11-21T01:00:00Z' },
      'In quarantine since 2026-11-20T01:00:00Z: Unknown. The service tries ever more seldom, and gives up after four weeks.',
    ],
    [
      { reason: 'Unknown', seriesBegan: NEVER, currentBegan: '2026-11-21T01:00:00Z', nextAttempt: NEVER },
      'In quarantine since 2026-11-21T01:00:00Z: Unknown. The service tries ever more seldom, and gives up after four weeks.',
    ],
    [
      { nextAttempt: '2026-11-22T01:00:00Z', error: { code: 'Forbidden' } },
      'In quarantine: Unknown (Forbidden). The service tries ever more seldom, and gives up after four weeks. The next attempt is at 2026-11-22T01:00:00Z.',
    ],
    [
      { reason: 'TooManyDeletes' },
      'In quarantine: TooManyDeletes. More people left the scope than deletionThreshold lets be deleted: if that is meant, allow it in the Entra admin center, else mend the scope.',
    ],
  ])('%j', async (quarantine, advice) => {
    expect(await quarantined(quarantine)).toMatchObject({ state: 'error', advice, message: advice })
  })

  test('tells in whose words the service said it to those alone who may see people', async () => {
    const { message, advice } = await quarantined({
      error: { code: 'X', message: 'ada@x.com is in the way' },
    })
    expect(message).toBe(`${advice} The service says: ada@x.com is in the way`)
    expect(advice).not.toContain('ada')
  })

  test.each([null, undefined])('there is none: %s', async (quarantine) => {
    expect((await of(job(quarantine === undefined ? {} : { quarantine }))).map(({ what }) => what)).toEqual([
      'job',
      'cycle',
    ])
  })
})

describe('the last cycle', () => {
  const last: Execution = {
    state: 'Succeeded',
    countImported: 12,
    countExported: 3,
    countEscrowed: 0,
    timeEnded: '2026-11-21T08:00:00Z',
  }
  const cycle = async (more: Execution = {}, of: Partial<Job> = {}) =>
    (await texts(job({ lastExecution: { ...last, ...more } }, of)))[1]!
  const ended = 'The last cycle ended at 2026-11-21T08:00:00Z: Succeeded, 12 imported, 3 exported, 0 failed.'

  test.each([
    ['PT40M', '2026-11-21T08:40:00Z'],
    ['PT1H', '2026-11-21T09:00:00Z'],
    ['PT1H30M', '2026-11-21T09:30:00Z'],
    ['P1D', '2026-11-22T08:00:00Z'],
    ['P1DT2H', '2026-11-22T10:00:00Z'],
    ['PT40M30S', '2026-11-21T08:40:00Z'],
  ])('of a job that runs every %s: the next one is due then', async (interval, next) => {
    const schedule = { state: 'Active', interval }
    expect(await cycle({}, { schedule })).toBe(`cycle ok: ${ended} The next one is due at about ${next}.`)
  })

  test.each(['', 'P', 'PT', 'PT0M', 'forty minutes', 'PT40', '-PT40M'])(
    'of a job whose interval nobody understands (%j): nobody knows',
    async (interval) => {
      expect(await cycle({}, { schedule: { state: 'Active', interval } })).toBe(`cycle ok: ${ended}`)
    },
  )

  test.each<[string, Execution, string]>([
    ['that failed', { state: 'Failed' }, 'warning'],
    ['in which people failed', { countEscrowed: 2, state: 'EntryLevelErrors' }, 'warning'],
    ['of which nothing else is said', { state: 'Unknown' }, 'ok'],
  ])('%s', async (_, more, state) => {
    expect(await cycle(more)).toMatch(new RegExp(`^cycle ${state}: The last cycle ended`))
  })

  test('tells by what it failed; in whose words, to those alone who may see people', async () => {
    const error = { code: 'Forbidden', message: 'ada@x.com is in the way' }
    const lastExecution = { ...last, state: 'Failed', error }
    const { message, advice } = (await of(job({ lastExecution })))[1]!
    expect(advice).toContain('Failed (Forbidden), 12 imported')
    expect(message).toBe(`${advice} The service says: ada@x.com is in the way`)
  })

  test.each<[string, NonNullable<Job['status']>]>([
    ['none', {}],
    ['none yet', { lastExecution: null }],
    ['one that has not ended', { lastExecution: { timeEnded: NEVER } }],
  ])('%s', async (_, status) => {
    expect((await texts(job(status)))[1]).toBe('cycle ok: No cycle has ended yet.')
  })
})

describe('the provisioning log', () => {
  const failing = (error: Error) =>
    ({
      pages: () => {
        throw error
      },
    }) as unknown as GraphReader

  test('that the service does not show is a warning', async () => {
    const error = new ServiceError({
      service: 'Microsoft Graph',
      tenant: 'fabrikam',
      operation: 'GET /auditLogs/provisioning',
      status: 403,
      code: 'Authorization_RequestDenied',
      detail: 'not for ada@x.com',
    })
    const found = (await of(job(), 'running', failing(error))).at(-1)
    expect(found).toMatchObject({ what: 'provisioning', key: 'To Contoso', state: 'warning' })
    expect(found!.message).toContain('not for ada@x.com')
    expect(found!.advice).toContain('Authorization_RequestDenied')
    expect(found!.advice).not.toContain('ada')
  })

  test('that cannot be read for a mistake of ours is told as one', async () => {
    await expect(of(job(), 'running', failing(new TypeError('ours')))).rejects.toThrow('ours')
  })
})

test('a log that is longer than is read is a warning', async () => {
  const { graph } = listing(Array.from({ length: 21 }, () => []))
  expect((await of(job(), 'running', graph)).at(-1)).toMatchObject({
    what: 'provisioning',
    key: 'To Contoso',
    state: 'warning',
    message: 'The log is longer than was read.',
  })
})

describe('what stands where the service has codes and times', () => {
  const SAID = 'Ada Lovelace <ada@x.com>'

  test.each<[string, Job]>([
    ["the job's state", job({ code: SAID })],
    ['the reason of a quarantine', job({ quarantine: { reason: SAID } })],
    ['its error', job({ quarantine: { error: { code: SAID } } })],
    ['its times', job({ quarantine: { seriesBegan: SAID, currentBegan: SAID, nextAttempt: SAID } })],
    [
      'the state of the last cycle',
      job({ lastExecution: { state: SAID, timeEnded: '2026-11-21T08:00:00Z' } }),
    ],
    ['its end', job({ lastExecution: { state: 'Succeeded', timeEnded: SAID } })],
  ])('is told to everybody only if it looks like one: %s', async (_, one) => {
    const told = (await of(one)).map(({ key, advice }) => `${key} ${advice}`).join('\n')
    expect(told).not.toMatch(/Ada|Lovelace|ada@/)
  })

  test('also the code of those whom provisioning failed', async () => {
    const { graph } = listing([
      [
        {
          sourceIdentity: { id: '1', displayName: 'Ada' },
          provisioningStatusInfo: { status: 'failure', errorInformation: { errorCode: SAID, reason: SAID } },
        },
      ],
    ])
    const found = (await of(job(), 'running', graph)).at(-1)!
    expect(`${found.key} ${found.advice}`).not.toMatch(/Ada|Lovelace|ada@/)
    expect(found).toMatchObject({ state: 'error', advice: '1 person failed within 24 hours.' })
  })
})
