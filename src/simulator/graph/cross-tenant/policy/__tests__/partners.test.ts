import { describe, expect, test } from '@jest/globals'

import { CONTOSO, FABRIKAM, crossTenantPractice, refusal, twoTenants } from '../../__tests__/practice.ts'

const PARTNERS = '/policies/crossTenantAccessPolicy/partners'
const ELSEWHERE = '6b0f8c1e-0000-4000-8000-00000000000c'

describe('a partner configuration', () => {
  test('is made, and all that nothing is said of inherits', async () => {
    const { get, post } = crossTenantPractice(twoTenants())
    const made = await post(PARTNERS, { tenantId: CONTOSO })
    expect(made.status).toBe(201)
    const { body } = await get(`${PARTNERS}/${CONTOSO.toUpperCase()}`)
    expect(body).toMatchObject({
      tenantId: CONTOSO,
      automaticUserConsentSettings: null,
      inboundTrust: null,
      isServiceProvider: null,
    })
    expect((await get(PARTNERS)).body.value).toHaveLength(1)
  })

  test('is not made twice', async () => {
    const { post } = crossTenantPractice(twoTenants({ source: { partners: [{ tenantId: CONTOSO }] } }))
    const again = await post(PARTNERS, { tenantId: CONTOSO })
    expect([again.status, again.body.error.message]).toEqual([
      409,
      'Another object with the same value for property tenantId already exists.',
    ])
  })

  test('keeps what is not sent, to the byte', async () => {
    const trust = { isMfaAccepted: true, isCompliantDeviceAccepted: false, '@odata.type': '#x' }
    const stood = { tenantId: CONTOSO, inboundTrust: trust, isServiceProvider: true }
    const { get, patch } = crossTenantPractice(twoTenants({ source: { partners: [stood] } }))
    const change = { automaticUserConsentSettings: { outboundAllowed: true } }
    expect((await patch(`${PARTNERS}/${CONTOSO}`, change)).status).toBe(204)
    const { body } = await get(`${PARTNERS}/${CONTOSO}`)
    expect(body).toMatchObject({ ...stood, ...change })
    expect(JSON.stringify(body.inboundTrust)).toBe(JSON.stringify(trust))
  })

  test.each([
    ['merge', { inboundAllowed: true, outboundAllowed: true }],
    ['replace', { outboundAllowed: true }],
  ] as const)('whose complex properties the service may %s', async (partnerPatch, kept) => {
    const stood = { tenantId: CONTOSO, automaticUserConsentSettings: { inboundAllowed: true } }
    const { get, patch } = crossTenantPractice(
      twoTenants({ source: { partners: [stood] }, behaviour: { partnerPatch } }),
    )
    await patch(`${PARTNERS}/${CONTOSO}`, { automaticUserConsentSettings: { outboundAllowed: true } })
    expect((await get(`${PARTNERS}/${CONTOSO}`)).body.automaticUserConsentSettings).toEqual(kept)
  })

  test.each<[string, object]>([
    ['a property that there is not', { shoeSize: 44 }],
    ['one within another', { inboundTrust: { isFriendly: true } }],
    ['a value of another type', { automaticUserConsentSettings: { inboundAllowed: 'True' } }],
    [
      'a value that the enumeration lacks',
      { b2bCollaborationInbound: { applications: { accessType: 'maybe' } } },
    ],
    ['a list that is none', { b2bCollaborationInbound: { applications: { targets: 'all' } } }],
    ['what the organization decides', { isInMultiTenantOrganization: true }],
    ['another tenant', { tenantId: ELSEWHERE }],
  ])('does not take %s', async (_, change) => {
    const { patch } = crossTenantPractice(twoTenants({ source: { partners: [{ tenantId: CONTOSO }] } }))
    expect(refusal(await patch(`${PARTNERS}/${CONTOSO}`, change))).toEqual([400, 'Request_BadRequest'])
  })

  test.each([
    ['the own tenant', { tenantId: FABRIKAM }],
    ['no tenant', {}],
    ['what is no id', { tenantId: 'contoso.com' }],
  ])('is not made for %s', async (_, body) => {
    const { post } = crossTenantPractice(twoTenants())
    expect((await post(PARTNERS, body)).status).toBe(400)
  })

  test('that there is not answers 404 to everything', async () => {
    const { get, patch, put, remove } = crossTenantPractice(twoTenants())
    for (const reply of [
      await get(`${PARTNERS}/${CONTOSO}`),
      await patch(`${PARTNERS}/${CONTOSO}`, { isServiceProvider: true }),
      await remove(`${PARTNERS}/${CONTOSO}`),
      await put(`${PARTNERS}/${CONTOSO}/identitySynchronization`, {}),
    ])
      expect(refusal(reply)).toEqual([404, 'Request_ResourceNotFound'])
  })

  test('goes, but not while identity synchronization stands', async () => {
    const partner = { tenantId: CONTOSO, identitySynchronization: { displayName: 'x' } }
    const { remove, get } = crossTenantPractice(twoTenants({ source: { partners: [partner] } }))
    expect((await remove(`${PARTNERS}/${CONTOSO}`)).status).toBe(400)
    expect((await remove(`${PARTNERS}/${CONTOSO}/identitySynchronization`)).status).toBe(204)
    expect((await remove(`${PARTNERS}/${CONTOSO}`)).status).toBe(204)
    expect((await get(PARTNERS)).body.value).toEqual([])
  })

  test('is written with the permission for it, and read with less', async () => {
    const { get, post } = crossTenantPractice(twoTenants())
    expect((await get(PARTNERS, undefined, { as: 'reader' })).status).toBe(200)
    expect((await get(PARTNERS, undefined, { as: 'stranger' })).status).toBe(403)
    const made = await post(PARTNERS, { tenantId: CONTOSO }, { as: 'reader' })
    expect([made.body.error.code, made.body.error.message]).toEqual([
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    ])
  })
})

describe('the default', () => {
  const DEFAULT = '/policies/crossTenantAccessPolicy/default'

  test('is the service’s own until it is changed', async () => {
    const { get, patch } = crossTenantPractice(twoTenants())
    expect((await get(DEFAULT)).body).toMatchObject({
      isServiceDefault: true,
      automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: false },
    })
    expect((await patch(DEFAULT, { inboundTrust: { isMfaAccepted: true } })).status).toBe(204)
    expect((await get(DEFAULT)).body).toMatchObject({
      isServiceDefault: false,
      inboundTrust: { isMfaAccepted: true, isCompliantDeviceAccepted: false },
    })
    expect((await patch(DEFAULT, { isServiceDefault: true })).status).toBe(400)
  })
})

describe('a multitenant organization', () => {
  const ORGANIZATION = '/tenantRelationships/multiTenantOrganization'

  test('that a tenant is not in is an inactive one of nulls', async () => {
    const { get } = crossTenantPractice(twoTenants())
    const { status, body } = await get(ORGANIZATION)
    expect([status, body.state, body.displayName, body.createdDateTime]).toEqual([
      200,
      'inactive',
      null,
      null,
    ])
  })

  test('shows in the partner', async () => {
    const partner = { tenantId: CONTOSO, isInMultiTenantOrganization: true }
    const source = { partners: [partner], multiTenantOrganization: { displayName: 'Both' } }
    const { get } = crossTenantPractice(twoTenants({ source }))
    expect((await get(ORGANIZATION)).body).toMatchObject({ state: 'active', displayName: 'Both' })
    expect((await get(`${PARTNERS}/${CONTOSO}`)).body.isInMultiTenantOrganization).toBe(true)
  })
})
