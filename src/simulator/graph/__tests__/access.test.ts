import { describe, expect, test } from '@jest/globals'

import { practice } from './practice.ts'

describe('a token', () => {
  test('is needed', async () => {
    const { ask } = practice()
    const { status, body, headers } = await ask('/v1.0/users', { as: null })
    expect([status, body.error.code, body.error.message]).toEqual([
      401,
      'InvalidAuthenticationToken',
      'Access token is empty.',
    ])
    expect(headers['www-authenticate']).toContain('Bearer')
  })

  test('of Exchange is refused', async () => {
    const { ask, token } = practice()
    const { status, body } = await ask('/v1.0/users', {
      as: null,
      headers: { authorization: `Bearer ${token('no-permissions', 'exchange')}` },
    })
    expect([status, body.error.message]).toEqual([401, 'Access token validation failure. Invalid audience.'])
  })

  test('that Entra did not sign is refused', async () => {
    const { ask, token } = practice()
    const [head, claims] = token('no-permissions').split('.')
    const forged = `Bearer ${head}.${claims}.${Buffer.from('forged').toString('base64url')}`
    expect((await ask('/v1.0/users', { as: null, headers: { authorization: forged } })).status).toBe(401)
  })

  test('expires', async () => {
    const { ask, token, world } = practice()
    const authorization = `Bearer ${token('basic-only')}`
    expect((await ask('/v1.0/users', { as: null, headers: { authorization } })).status).toBe(200)
    world.tokenGeneration += 1
    const { status, body } = await ask('/v1.0/users', { as: null, headers: { authorization } })
    expect([status, body.error.message]).toEqual([401, 'Lifetime validation failed, the token is expired.'])
  })
})

describe('permissions', () => {
  test.each(['/v1.0/users', '/v1.0/groups', '/v1.0/contacts', '/v1.0/domains', '/v1.0/organization'])(
    'GET %s wants one of its own',
    async (path) => {
      const { ask } = practice()
      const { status, body } = await ask(path, { as: 'no-permissions' })
      expect([status, body.error.code, body.error.message]).toEqual([
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      ])
    },
  )

  test('to read basic profiles show names and addresses alone', async () => {
    const { ask } = practice()
    const path = '/v1.0/users/ada@fabrikam.com?$select=displayName,department'
    expect((await ask(path, { as: 'basic-only' })).body).toMatchObject({
      displayName: 'Ada Lovelace',
      department: null,
    })
  })

  test('to read groups alone show the ids of their members', async () => {
    const { ask } = practice()
    const { body: groups } = await ask("/v1.0/groups?$filter=displayName eq 'Engineers'", {
      as: 'groups-only',
    })
    const path = `/v1.0/groups/${groups.value[0].id}/members?$select=id,displayName`
    const { body } = await ask(path, { as: 'groups-only' })
    expect(body.value).toHaveLength(3)
    for (const member of body.value)
      expect(member).toMatchObject({ id: expect.any(String), displayName: null })
  })
})

describe('paths', () => {
  test('that Graph does not have are refused by the first segment that leads nowhere', async () => {
    const { ask } = practice()
    for (const [path, segment] of [
      ['/v1.0/people', 'people'],
      ['/v1.0/users/ada@fabrikam.com/shoes', 'shoes'],
      ['/v1.0/users/ada@fabrikam.com/$count', 'ada@fabrikam.com'],
    ] as const) {
      const { status, body } = await ask(path)
      expect([path, status, body.error.message]).toEqual([
        path,
        400,
        expect.stringContaining(`Resource not found for the segment '${segment}'`),
      ])
    }
  })

  test('take the methods they have', async () => {
    const { ask, tenant } = practice()
    expect((await ask('/v1.0/users', { method: 'DELETE' })).status).toBe(405)
    expect(tenant.directory.userCount).toBe(4)
  })

  test('of objects that there are not answer 404', async () => {
    const { ask } = practice()
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const path of [
      `/users/${nobody}`,
      '/users/nobody@fabrikam.com',
      `/groups/${nobody}/members`,
      `/contacts/${nobody}`,
    ]) {
      const { status, body } = await ask(`/v1.0${path}`)
      const id = path.split('/')[2]
      expect([status, body.error.code, body.error.message]).toEqual([
        404,
        'Request_ResourceNotFound',
        `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
      ])
    }
    expect((await ask('/v1.0/groups/not-a-guid')).status).toBe(400)
  })
})

test('every answer carries the ids to report it by', async () => {
  const { ask } = practice()
  const { headers, body } = await ask('/v1.0/users/nobody', { headers: { 'client-request-id': 'mine' } })
  expect(headers['client-request-id']).toBe('mine')
  expect(body.error.innerError).toEqual({
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
    'request-id': headers['request-id'],
    'client-request-id': 'mine',
  })
})
