import { describe, expect, test } from '@jest/globals'

import { buildWorld } from '../../../build.ts'
import { SeedError } from '../../../seed.ts'
import { CONTOSO, SECRETS, crossTenantPractice, jobIn, twoTenants } from './practice.ts'

function faultsOf(source: object): readonly string[] {
  try {
    buildWorld(twoTenants({ source }))
  } catch (error) {
    if (error instanceof SeedError) return error.faults
    throw error
  }
  return []
}

describe('a seed', () => {
  test('may begin anywhere between nothing and a running job', async () => {
    const job = { id: 'Azure2Azure.x.y', state: 'active' as const, mapping: { city: '"London"' } }
    const practice = crossTenantPractice(
      twoTenants({
        source: {
          partners: [{ tenantId: CONTOSO, identitySynchronization: { displayName: 'x' } }],
          applications: [{ displayName: 'To Contoso', id: 'a', notes: 'n', secrets: SECRETS, job }],
        },
      }),
    )
    const { path } = jobIn(practice)
    expect(path).toContain('/jobs/Azure2Azure.x.y')
    expect((await practice.get(path)).body).toMatchObject({
      schedule: { state: 'Active' },
      status: { code: 'NotRun' },
    })
    const { body } = await practice.get(`${path}/schema`)
    const mappings = body.synchronizationRules[0].objectMappings[0].attributeMappings
    expect(mappings.find((each: any) => each.targetAttributeName === 'city').source.name).toBe('London')
  })

  test.each([
    [
      'a property that partners do not have',
      { partners: [{ tenantId: CONTOSO, shoeSize: 44 }] },
      'crossTenant: crossTenantAccessPolicyConfigurationPartner has no property shoeSize',
    ],
    [
      'an assignment to nobody',
      { applications: [{ displayName: 'x', assigned: ['nobody'] }] },
      'application x: no user or group nobody',
    ],
    [
      'a mapping that is not valid',
      { applications: [{ displayName: 'x', job: { mapping: { shoeSize: '"44"' } } }] },
      "application x: The target attribute 'shoeSize' is not known.",
    ],
    [
      'a state that jobs are not in',
      { applications: [{ displayName: 'x', job: { state: 'tired' } }] },
      'tenants.fabrikam.crossTenant.applications.0.job.state must be equal to one of the allowed values (paused,active,quarantine)',
    ],
  ])('is none with %s', (_, source, fault) => {
    expect(faultsOf(source)).toEqual([fault])
  })
})

describe('what is asked', () => {
  test('is recorded by its path without ids, and can be struck by faults', async () => {
    const practice = crossTenantPractice(
      twoTenants({ source: { applications: [{ displayName: 'x', secrets: SECRETS, job: {} }] } }),
    )
    const { path } = jobIn(practice)
    const operation = '/servicePrincipals/{id}/synchronization/jobs/{id}/start'
    practice.faults.add({ on: { operation, nth: 1 }, do: { status: 503 } })
    expect((await practice.post(`${path}/start`)).status).toBe(503)
    expect(practice.desk.requests.at(-1)).toMatchObject({ operation, write: true, tenant: 'fabrikam' })
  })
})
