import { describe, expect, test } from '@jest/globals'

import { APP, TEMPLATE, crossTenantPractice, refusal, twoTenants } from '../../__tests__/practice.ts'

const INSTANTIATE = `/applicationTemplates/${TEMPLATE}/instantiate`
const EVENTUAL = { headers: { consistencylevel: 'eventual' } }

describe('the template', () => {
  test('can be read by any app, and there are no others', async () => {
    const { get } = crossTenantPractice(twoTenants())
    expect((await get(`/applicationTemplates/${TEMPLATE}`, undefined, { as: 'stranger' })).body.id).toBe(
      TEMPLATE,
    )
    expect((await get('/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621')).status).toBe(404)
  })

  test('gives another application every time, whatever its name', async () => {
    const { get, post } = crossTenantPractice(twoTenants())
    const first = await post(INSTANTIATE, { displayName: 'To Contoso' })
    const second = await post(INSTANTIATE, { displayName: 'To Contoso' })
    expect([first.status, second.status]).toEqual([201, 201])
    const { application, servicePrincipal } = first.body
    expect(application).toMatchObject({ displayName: 'To Contoso', applicationTemplateId: TEMPLATE })
    expect(servicePrincipal).toMatchObject({
      appId: application.appId,
      appRoleAssignmentRequired: true,
      appRoles: [{ displayName: 'msiam_access', isEnabled: true }],
      tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
    })
    expect(servicePrincipal.id).not.toBe(second.body.servicePrincipal.id)
    expect((await get("/applications?$filter=displayName eq 'to contoso'")).body.value).toHaveLength(2)
  })

  test('wants a name, and a permission', async () => {
    const { post } = crossTenantPractice(twoTenants())
    expect((await post(INSTANTIATE, {})).status).toBe(400)
    expect((await post(INSTANTIATE, { displayName: 'x', colour: 'red' })).status).toBe(400)
    expect((await post(INSTANTIATE, { displayName: 'x' }, { as: 'reader' })).status).toBe(403)
  })

  test('makes what is not seen at once, and by synchronization later than by the directory', async () => {
    const { get, post } = crossTenantPractice(twoTenants({ behaviour: { servicePrincipalReads: 2 } }))
    const { body } = await post(INSTANTIATE, { displayName: 'To Contoso' })
    const path = `/servicePrincipals/${body.servicePrincipal.id}`
    const jobs = `${path}/synchronization/jobs`
    expect((await get('/servicePrincipals')).body.value).toEqual([])
    const statuses = []
    for (const each of [path, path, jobs, jobs, jobs]) statuses.push((await get(each)).status)
    expect(statuses).toEqual([404, 200, 404, 404, 200])
  })
})

test('the index behind advanced queries learns of what is made later than the directory', async () => {
  const { get, post } = crossTenantPractice(twoTenants({ behaviour: { indexReads: 2 } }))
  await post(INSTANTIATE, { displayName: 'To Contoso' })
  const byTemplate = `/servicePrincipals?$count=true&$filter=applicationTemplateId eq '${TEMPLATE}'`
  const found: number[] = []
  for (let look = 0; look < 3; look++)
    found.push((await get(byTemplate, undefined, EVENTUAL)).body.value.length)
  expect(found).toEqual([0, 0, 1])
  expect((await get("/servicePrincipals?$filter=displayName eq 'To Contoso'")).body.value).toHaveLength(1)
})

describe('service principals', () => {
  const source = {
    applications: [
      { displayName: 'To Contoso', owners: [APP], notes: 'mine' },
      { displayName: 'Payroll', fromTemplate: false },
    ],
  }

  test('are found by their template, but only with an advanced query', async () => {
    const { get } = crossTenantPractice(twoTenants({ source }))
    const filter = `$filter=applicationTemplateId eq '${TEMPLATE}'`
    expect(refusal(await get(`/servicePrincipals?${filter}`))).toEqual([400, 'Request_UnsupportedQuery'])
    const { body } = await get(
      `/servicePrincipals?${filter}&$count=true&$select=id,displayName`,
      undefined,
      EVENTUAL,
    )
    expect(body.value).toEqual([{ id: expect.any(String), displayName: 'To Contoso' }])
    expect(body['@odata.count']).toBe(1)
  })

  test('keep notes', async () => {
    const { get, patch, source: tenant } = crossTenantPractice(twoTenants({ source }))
    const [{ id }] = tenant.crossTenant.servicePrincipals.values() as unknown as [{ id: string }]
    const path = `/servicePrincipals/${id}`
    expect((await get(path)).body.notes).toBe('mine')
    expect((await patch(path, { notes: 'mine\nand yours' })).status).toBe(204)
    expect((await get(path)).body.notes).toBe('mine\nand yours')
    expect((await patch(path, { appId: 'x' })).status).toBe(400)
    expect((await patch(path, { shoeSize: 44 })).status).toBe(400)
  })

  test('are written by those who own them, with the permission for just that', async () => {
    const { patch, remove, source: tenant } = crossTenantPractice(twoTenants({ source }))
    const [owned, other] = [...tenant.crossTenant.servicePrincipals.keys()]
    expect((await patch(`/servicePrincipals/${owned}`, { notes: 'x' }, { as: 'owner' })).status).toBe(403)
    expect((await patch(`/servicePrincipals/${other}`, { notes: 'x' })).status).toBe(403)
    expect((await remove(`/servicePrincipals/${other}`)).status).toBe(403)
    expect((await patch(`/servicePrincipals/${owned}`, { notes: 'x' })).status).toBe(204)
  })

  test('go, and leave the registration; it goes, and takes them along', async () => {
    const { get, post, remove } = crossTenantPractice(twoTenants())
    const made = []
    for (let index = 0; index < 2; index += 1) {
      made.push((await post(INSTANTIATE, { displayName: `x${index}` })).body)
    }
    expect((await remove(`/servicePrincipals/${made[0].servicePrincipal.id}`)).status).toBe(204)
    expect((await get(`/servicePrincipals/${made[0].servicePrincipal.id}`)).status).toBe(404)
    expect((await get('/applications')).body.value).toHaveLength(2)
    expect((await remove(`/applications/${made[1].application.id}`)).status).toBe(204)
    expect((await get('/applications')).body.value).toHaveLength(1)
    expect((await get('/servicePrincipals')).body.value).toEqual([])
    expect((await remove(`/applications/${made[1].application.id}`)).status).toBe(404)
  })

  test('are named by the id of theirs, and not by that of the application', async () => {
    const { get, source: tenant } = crossTenantPractice(twoTenants({ source }))
    const [principal] = tenant.crossTenant.servicePrincipals.values()
    const { appId } = principal!.properties
    expect((await get(`/servicePrincipals/${String(appId)}`)).status).toBe(404)
    expect((await get('/servicePrincipals/not-an-id')).status).toBe(400)
  })
})

describe('an application’s own writes', () => {
  const source = { applications: [{ displayName: 'To Contoso', owners: [APP] }] }

  test('a registration is renamed, and its service principal follows', async () => {
    const { patch, source: tenant } = crossTenantPractice(twoTenants({ source }))
    const [registration] = tenant.crossTenant.registrations.values()
    const path = `/applications/${registration!.id}`
    expect((await patch(path, { displayName: 'Renamed' })).status).toBe(204)
    const [principal] = tenant.crossTenant.servicePrincipals.values()
    expect(principal!.properties['displayName']).toBe('Renamed')
    expect((await patch(path, { displayName: '' })).status).toBe(400)
    expect((await patch(path, { appId: 'x' })).status).toBe(400)
    expect((await patch(`/servicePrincipals/${principal!.id}`, { displayName: 'x' })).status).toBe(400)
  })

  test('notes end at 1,024 characters', async () => {
    const { patch, source: tenant } = crossTenantPractice(twoTenants({ source }))
    const [principal] = tenant.crossTenant.servicePrincipals.values()
    const path = `/servicePrincipals/${principal!.id}`
    expect((await patch(path, { notes: 'x'.repeat(1024) })).status).toBe(204)
    expect((await patch(path, { notes: 'x'.repeat(1025) })).status).toBe(400)
  })
})
