import { describe, expect, test } from '@jest/globals'

import { APP, SECRETS, configured, crossTenantPractice, jobIn, refusal } from '../../__tests__/practice.ts'

const NEVER = '0001-01-01T00:00:00Z'

function withoutJob() {
  const practice = crossTenantPractice(configured({ application: { secrets: {}, job: undefined } }))
  const [principal] = practice.source.crossTenant.servicePrincipals.values()
  return { ...practice, path: `/servicePrincipals/${principal!.id}/synchronization` }
}

describe('a job', () => {
  test('is made from the template, once for a service principal', async () => {
    const { get, post, path } = withoutJob()
    expect((await get(`${path}/jobs`)).body.value).toEqual([])
    const made = await post(`${path}/jobs`, { templateId: 'Azure2Azure' })
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({
        id: expect.stringMatching(/^Azure2Azure\.[0-9a-f]{32}\.[0-9a-f-]{36}$/),
        templateId: 'Azure2Azure',
        schedule: { expiration: null, interval: 'PT40M', state: 'Disabled' },
        status: expect.objectContaining({
          code: 'NotConfigured',
          lastExecution: null,
          quarantine: null,
          steadyStateFirstAchievedTime: NEVER,
        }),
      }),
    ])
    expect((await get(`${path}/jobs`)).body.value).toHaveLength(1)
    expect((await post(`${path}/jobs`, { templateId: 'Azure2Azure' })).status).toBe(409)
  })

  test('is not made from other templates, nor with a state', async () => {
    const { post, path } = withoutJob()
    expect((await post(`${path}/jobs`, { templateId: 'Workday2AD' })).status).toBe(404)
    const body = { templateId: 'Azure2Azure', status: { code: 'Active' } }
    expect((await post(`${path}/jobs`, body)).status).toBe(400)
    expect((await post(`${path}/jobs`, { templateId: 'Azure2Azure', colour: 'red' })).status).toBe(400)
  })

  test('does not start before its credentials are saved', async () => {
    const { get, post, put, path } = withoutJob()
    const { id } = (await post(`${path}/jobs`, { templateId: 'Azure2Azure' })).body
    expect(refusal(await post(`${path}/jobs/${id}/start`))).toEqual([400, 'CredentialsMissing'])
    const value = Object.entries(SECRETS).map(([key, each]) => ({ key, value: each }))
    expect((await put(`${path}/secrets`, { value })).status).toBe(204)
    expect((await get(`${path}/jobs/${id}`)).body.status.code).toBe('Paused')
    expect((await post(`${path}/jobs/${id}/start`)).status).toBe(204)
    const { body } = await get(`${path}/jobs/${id}`)
    expect([body.status.code, body.schedule.state]).toEqual(['Active', 'Active'])
  })

  test('has not run until its first cycle, which may begin later', async () => {
    const practice = crossTenantPractice(configured({ behaviour: { cycleOnStart: false } }))
    const { path } = jobIn(practice)
    await practice.post(`${path}/start`)
    expect((await practice.get(path)).body).toMatchObject({
      schedule: { state: 'Active' },
      status: { code: 'NotRun', lastExecution: null },
    })
  })

  test('pauses, and is started again', async () => {
    const practice = crossTenantPractice(configured())
    const { path } = jobIn(practice)
    await practice.post(`${path}/start`)
    expect((await practice.post(`${path}/pause`)).status).toBe(204)
    expect((await practice.get(path)).body).toMatchObject({
      schedule: { state: 'Disabled' },
      status: { code: 'Paused', lastExecution: { state: 'Succeeded' } },
    })
    await practice.post(`${path}/start`)
    expect((await practice.get(path)).body.status.code).toBe('Active')
  })

  test('keeps settings, and goes', async () => {
    const practice = crossTenantPractice(configured())
    const { path, principal } = jobIn(practice)
    const settings = [{ name: 'LookaheadQueryEnabled', value: 'True' }]
    expect((await practice.patch(path, { synchronizationJobSettings: settings })).status).toBe(204)
    expect((await practice.get(path)).body.synchronizationJobSettings).toEqual(settings)
    expect((await practice.patch(path, { templateId: 'other' })).status).toBe(400)
    expect((await practice.remove(path)).status).toBe(204)
    expect((await practice.get(path)).status).toBe(404)
    expect(principal.job).toBeUndefined()
  })

  test('in quarantine says why and since when, until it is restarted', async () => {
    const job = { state: 'quarantine', reason: 'TooManyDeletes' }
    const practice = crossTenantPractice({
      ...configured({ application: { job } }),
      clock: '2026-11-20T21:00:00Z',
    })
    const { path } = jobIn(practice)
    expect((await practice.get(path)).body.status).toMatchObject({
      code: 'Quarantine',
      quarantine: {
        reason: 'TooManyDeletes',
        seriesBegan: expect.stringMatching(/^2026-11-20T21:00/),
        nextAttempt: expect.stringMatching(/^2026-11-20T21:40/),
        seriesCount: 1,
      },
    })
    const restart = (resetScope: string) => practice.post(`${path}/restart`, { criteria: { resetScope } })
    expect((await restart('Everything')).status).toBe(400)
    expect((await restart('Watermark, Escrows, QuarantineState')).status).toBe(204)
    expect((await practice.get(path)).body.status).toMatchObject({ code: 'Active', quarantine: null })
  })
})

describe('secrets', () => {
  test('are saved by key, and shown to no app', async () => {
    const { get, put, path, source } = withoutJob()
    const [principal] = source.crossTenant.servicePrincipals.values()
    await put(`${path}/secrets`, { value: [{ key: 'CompanyId', value: 'a' }] })
    await put(`${path}/secrets`, { value: [{ key: 'SyncAll', value: 'true' }] })
    expect(Object.fromEntries(principal!.secrets)).toEqual({ CompanyId: 'a', SyncAll: 'true' })
    expect((await get(`${path}/secrets`)).status).toBe(403)
  })

  test.each<[string, unknown]>([
    ['a key that there is not', [{ key: 'Shoe', value: '44' }]],
    ['no value', [{ key: 'CompanyId' }]],
    ['settings that are no JSON', [{ key: 'SyncNotificationSettings', value: 'often' }]],
    ['no list', 'CompanyId'],
    ['nothing', undefined],
  ])('do not take %s', async (_, value) => {
    const { put, path } = withoutJob()
    expect((await put(`${path}/secrets`, { value })).status).toBe(400)
  })
})

describe('permissions', () => {
  test('for owned applications are enough for all but settings, and for those of others for nothing', async () => {
    const owned = crossTenantPractice(configured({ application: { owners: ['owner', APP] } }))
    const { path } = jobIn(owned)
    const settings = { synchronizationJobSettings: [] }
    expect((await owned.get(path, undefined, { as: 'owner' })).status).toBe(200)
    expect((await owned.post(`${path}/start`, undefined, { as: 'owner' })).status).toBe(204)
    expect((await owned.patch(path, settings, { as: 'owner' })).status).toBe(403)
    expect((await owned.patch(path, settings)).status).toBe(204)
    const other = crossTenantPractice(configured())
    expect((await other.post(`${jobIn(other).path}/start`, undefined, { as: 'owner' })).status).toBe(403)
  })
})
