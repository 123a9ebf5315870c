import { describe, expect, test } from '@jest/globals'

import { CONTOSO, crossTenantPractice, refusal, twoTenants } from '../../__tests__/practice.ts'

const PATH = `/policies/crossTenantAccessPolicy/partners/${CONTOSO}/identitySynchronization`
const ALLOWED = { userSyncInbound: { isSyncAllowed: true } }
const partners = [{ tenantId: CONTOSO }]
const standing = [
  {
    tenantId: CONTOSO,
    identitySynchronization: { displayName: 'x', userSyncInbound: { isSyncAllowed: false } },
  },
]

describe('identity synchronization', () => {
  test('is not there until it is made', async () => {
    const { get, put, patch, remove } = crossTenantPractice(twoTenants({ source: { partners } }))
    expect((await get(PATH)).status).toBe(404)
    expect((await remove(PATH)).status).toBe(404)
    const updated = await patch(PATH, ALLOWED)
    expect([updated.status, updated.body.error.code, updated.body.error.message]).toEqual([
      404,
      'Directory_ObjectNotFound',
      'Unable to read the company information from the directory.',
    ])
    expect((await put(PATH, ALLOWED)).status).toBe(204)
    expect((await get(PATH)).body).toMatchObject({ tenantId: CONTOSO, displayName: null, ...ALLOWED })
  })

  test('is not made over another: the service says so with details', async () => {
    const { get, put } = crossTenantPractice(twoTenants({ source: { partners: standing } }))
    const { status, body } = await put(PATH, ALLOWED)
    const message =
      'A conflicting object with one or more of the specified property values is present in the directory.'
    expect([status, body.error]).toEqual([
      409,
      expect.objectContaining({
        code: 'Request_MultipleObjectsWithSameKeyValue',
        message,
        details: [{ code: 'ConflictingObjects', message }],
      }),
    ])
    expect((await get(PATH)).body.userSyncInbound.isSyncAllowed).toBe(false)
  })

  test('or is replaced, where the service does that', async () => {
    const { get, put } = crossTenantPractice(
      twoTenants({ source: { partners: standing }, behaviour: { identitySynchronizationPut: 'replace' } }),
    )
    expect((await put(PATH, ALLOWED)).status).toBe(204)
    expect((await get(PATH)).body).toMatchObject({ displayName: null, ...ALLOWED })
  })

  test('is changed where it stands', async () => {
    const { get, patch } = crossTenantPractice(twoTenants({ source: { partners: standing } }))
    expect((await patch(PATH, ALLOWED)).status).toBe(204)
    expect((await get(PATH)).body).toMatchObject({ displayName: 'x', ...ALLOWED })
    expect(refusal(await patch(PATH, { userSyncInbound: { isSyncLoved: true } }))[0]).toBe(400)
    expect(refusal(await patch(PATH, { groupSyncInbound: {} }))[0]).toBe(400)
  })
})
