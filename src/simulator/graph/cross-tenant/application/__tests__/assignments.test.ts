import { describe, expect, test } from '@jest/globals'

import { APP, crossTenantPractice, refusal, twoTenants } from '../../__tests__/practice.ts'

const ROLE_OF_NOBODY = '00000000-0000-0000-0000-000000000000'

function practised() {
  const source = { applications: [{ displayName: 'To Contoso', owners: [APP], assigned: ['Navy'] }] }
  const practice = crossTenantPractice(twoTenants({ source }))
  const [principal] = practice.source.crossTenant.servicePrincipals.values()
  const [role] = principal!.properties['appRoles'] as [{ id: string }]
  const ada = practice.source.directory.user('ada@fabrikam.com')!
  return {
    ...practice,
    path: `/servicePrincipals/${principal!.id}/appRoleAssignedTo`,
    body: { principalId: ada.id, resourceId: principal!.id, appRoleId: role.id },
  }
}

describe('an assignment', () => {
  test('of a user or a group says whose it is', async () => {
    const { get, post, path, body } = practised()
    expect((await post(path, body)).status).toBe(201)
    const { value } = (await get(path)).body
    expect(value).toMatchObject([
      { principalType: 'Group', principalDisplayName: 'Navy', resourceDisplayName: 'To Contoso' },
      { principalType: 'User', principalDisplayName: 'Ada Lovelace', ...body },
    ])
  })

  test('is not made twice', async () => {
    const { post, path, body } = practised()
    await post(path, body)
    const again = await post(path, body)
    expect([refusal(again), again.body.error.message]).toEqual([
      [400, 'Request_BadRequest'],
      'Permission being assigned already exists on the object',
    ])
  })

  test.each([
    ['a role that the application lacks', { appRoleId: ROLE_OF_NOBODY }, 400],
    ['another resource', { resourceId: ROLE_OF_NOBODY }, 400],
    ['somebody who is not there', { principalId: '6b0f8c1e-0000-4000-8000-0000000000ff' }, 404],
    ['what is no id', { principalId: 'ada@fabrikam.com' }, 400],
    ['a name', { principalDisplayName: 'Ada' }, 400],
  ])('does not take %s', async (_, change, status) => {
    const { post, path, body } = practised()
    expect((await post(path, { ...body, ...change })).status).toBe(status)
  })

  test('is taken away by its id', async () => {
    const { get, remove, path } = practised()
    const [{ id }] = (await get(path)).body.value
    expect((await remove(`${path}/${id}`)).status).toBe(204)
    expect((await remove(`${path}/${id}`)).status).toBe(404)
    expect((await get(path)).body.value).toEqual([])
  })

  test('needs two permissions, neither of which is enough', async () => {
    const { get, post, path, body } = practised()
    expect((await post(path, body, { as: 'half' })).status).toBe(403)
    expect((await post(path, body, { as: 'reader' })).status).toBe(403)
    const [{ id }] = (await get(path)).body.value
    expect((await get(`${path}/${id}`)).status).toBe(403)
  })
})
