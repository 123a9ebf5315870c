/**
 * All that is sent to Microsoft Graph is as Microsoft describes it. Every test here holds its own requests against
 * the description when it stops (synchronized.ts); this one says which there are, and that what is wrong is found.
 */
import { describe, expect, test } from '@jest/globals'
import type { RequestRecord } from '../../src/simulator/records.ts'
import { BEGINNINGS, undisturbed } from './convergence.ts'
import { departures, type Sent } from './described.ts'
import { LIMITLESS, SCOPE, Synchronized } from './synchronized.ts'

const PARTNERS = '/policies/crossTenantAccessPolicy/partners'
const ID = '6b0f8c1e-0000-4000-8000-00000000000a'
const SYNCHRONIZATION = '/servicePrincipals/{id}/synchronization'

/** Of every kind of change, and of every state that one begins from. */
async function everything(): Promise<readonly RequestRecord[]> {
  const runs = await Promise.all(BEGINNINGS.map(undisturbed))
  return [...runs.flatMap(({ requests }) => requests), ...(await pausing())]
}

async function pausing(): Promise<readonly RequestRecord[]> {
  const between = await Synchronized.start({ profile: `${SCOPE}\n${LIMITLESS}` })
  try {
    await between.tenants.apply()
    between.profile(`${SCOPE}\n${LIMITLESS}\njob: paused`)
    expect((await between.tenants.apply()).outcome).toBe('applied')
    return between.tenants.simulator.requests.filter(({ service }) => service === 'graph')
  } finally {
    await between.stop()
  }
}

test('these are sent, and no others; each as it is described', async () => {
  const sent = await everything()
  expect(sent.flatMap(departures)).toEqual([])
  expect([...new Set(sent.map(({ method, operation }) => `${method} ${operation}`))].sort()).toEqual(
    [
      'POST /$batch',
      'POST /applicationTemplates/{id}/instantiate',
      'GET /applications',
      'PATCH /applications/{id}',
      'DELETE /applications/{id}',
      'GET /auditLogs/provisioning',
      'GET /groups',
      'GET /groups/{id}/members',
      `POST ${PARTNERS}`,
      `GET ${PARTNERS}/{id}`,
      `PATCH ${PARTNERS}/{id}`,
      `DELETE ${PARTNERS}/{id}`,
      `GET ${PARTNERS}/{id}/identitySynchronization`,
      `PUT ${PARTNERS}/{id}/identitySynchronization`,
      `PATCH ${PARTNERS}/{id}/identitySynchronization`,
      `DELETE ${PARTNERS}/{id}/identitySynchronization`,
      'GET /servicePrincipals',
      'GET /servicePrincipals/{id}',
      'PATCH /servicePrincipals/{id}',
      'GET /servicePrincipals/{id}/appRoleAssignedTo',
      'POST /servicePrincipals/{id}/appRoleAssignedTo',
      'DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}',
      `GET ${SYNCHRONIZATION}/jobs`,
      `POST ${SYNCHRONIZATION}/jobs`,
      `POST ${SYNCHRONIZATION}/jobs/validateCredentials`,
      `DELETE ${SYNCHRONIZATION}/jobs/{id}`,
      `POST ${SYNCHRONIZATION}/jobs/{id}/pause`,
      `POST ${SYNCHRONIZATION}/jobs/{id}/provisionOnDemand`,
      `GET ${SYNCHRONIZATION}/jobs/{id}/schema`,
      `PUT ${SYNCHRONIZATION}/jobs/{id}/schema`,
      `POST ${SYNCHRONIZATION}/jobs/{id}/start`,
      `PUT ${SYNCHRONIZATION}/secrets`,
      `GET ${SYNCHRONIZATION}/templates/{id}`,
      'GET /users/$count',
      'GET /users/{id}',
    ].sort(),
  )
})

describe('what is not described is found', () => {
  const get = (path: string): Sent => ({ method: 'GET', path: `/v1.0${path}` })
  const send = (method: string, path: string, body: unknown): Sent => ({
    method,
    path: `/v1.0${path}`,
    body,
  })
  const JOBS = `/servicePrincipals/${ID}/synchronization/jobs`

  test.each<[string, Sent]>([
    ['a path', get(`/servicePrincipals/${ID}/jobs`)],
    ['a path of another version', { method: 'GET', path: '/beta/servicePrincipals' }],
    ['a method', send('PUT', `${PARTNERS}/${ID}`, {})],
    ['a selected property', get('/servicePrincipals?$select=id,appID')],
    ['a property that is filtered by', get('/groups?$filter=name%20eq%20%27Staff%27')],
    ['a property within a function', get("/users?$filter=startsWith(fullName,'A')")],
    ['a property of which any is asked', get("/users?$filter=addresses/any(a:a eq 'x')")],
    ['a query option', get('/users?$limit=5')],
    ['a page that is too large', get('/users?$top=1000')],
    ['a body of what takes none', send('POST', `${JOBS}/j/start`, { state: 'Active' })],
    ['an empty object where nothing is taken', send('POST', `${JOBS}/j/start`, {})],
    ['a body of a read', { ...get('/users'), body: { a: 1 } }],
    ['no body of what takes one', send('POST', PARTNERS, '')],
    ['a body without what must stand in it', send('POST', PARTNERS, { isServiceProvider: false })],
    ['an unknown property', send('PATCH', `${PARTNERS}/${ID}`, { automaticConsent: true })],
    [
      'an unknown property further in',
      send('PATCH', `${PARTNERS}/${ID}`, { automaticUserConsentSettings: { inbound: true } }),
    ],
    [
      'a value of another type',
      send('PUT', `${PARTNERS}/${ID}/identitySynchronization`, {
        userSyncInbound: { isSyncAllowed: 'true' },
      }),
    ],
    [
      'what the service alone decides',
      send('POST', JOBS, { templateId: 'Azure2Azure', schedule: { state: 'Active' } }),
    ],
    [
      'a member that an enumeration does not have',
      send('PUT', `/servicePrincipals/${ID}/synchronization/secrets`, {
        value: [{ key: 'TenantId', value: 'x' }],
      }),
    ],
    [
      'parameters that are not in a list',
      send('POST', `${JOBS}/j/provisionOnDemand`, { parameters: { ruleId: 'r' } }),
    ],
    [
      'an unknown property deep in a schema',
      send('PUT', `${JOBS}/j/schema`, {
        synchronizationRules: [
          { objectMappings: [{ attributeMappings: [{ target: 'mail', source: null }] }] },
        ],
      }),
    ],
    [
      'a flow that there is not',
      send('PUT', `${JOBS}/j/schema`, {
        synchronizationRules: [{ objectMappings: [{ flowTypes: 'Add,Upsert' }] }],
      }),
    ],
    ['a step of a batch', send('POST', '/$batch', { requests: [{ id: 1, method: 'GET', url: 'users/x' }] })],
  ])('(%s)', (_, sent) => {
    expect(departures(sent)).not.toEqual([])
  })

  test('and what is described is not', () => {
    expect(
      [
        get(`/groups/${ID}?$select=id`),
        get("/servicePrincipals?$select=id,notes&$filter=displayName eq 'name eq x'&$count=true"),
        get("/users?$filter=proxyAddresses/any(p:p eq 'smtp:ada@fabrikam.com')"),
        get('/users/$count'),
        send('POST', `${JOBS}/j/start`, ''),
        send('PATCH', `${PARTNERS}/${ID}`, {
          '@odata.type': '#x',
          automaticUserConsentSettings: { inboundAllowed: null },
        }),
        send('PUT', `${JOBS}/j/schema`, {
          '@odata.context': 'x',
          synchronizationRules: [{ objectMappings: [{ flowTypes: 'Add,Update, Delete', scope: null }] }],
          'directories@odata.context': 'x',
          directories: [],
        }),
      ].flatMap(departures),
    ).toEqual([])
  })
})
