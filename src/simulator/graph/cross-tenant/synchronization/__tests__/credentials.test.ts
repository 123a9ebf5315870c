import { describe, expect, test } from '@jest/globals'

import {
  CONTOSO,
  SECRETS,
  TARGET_POLICY,
  configured,
  crossTenantPractice,
  jobIn,
} from '../../__tests__/practice.ts'

const CREDENTIALS = Object.entries(SECRETS).map(([key, value]) => ({ key, value }))
const BODY = { useSavedCredentials: false, templateId: 'Azure2Azure', credentials: CREDENTIALS }
const application = { displayName: 'To Contoso', owners: [], secrets: SECRETS, job: {} }
const [partner] = TARGET_POLICY.partners!

function validated(options: Parameters<typeof configured>[0], body: object = BODY) {
  const practice = crossTenantPractice(configured(options))
  const { principal } = jobIn(practice)
  return practice.post(`/servicePrincipals/${principal.id}/synchronization/jobs/validateCredentials`, body)
}

describe('credentials are good', () => {
  test('when both tenants allow it', async () => {
    expect((await validated({})).status).toBe(204)
  })

  test('when they are the saved ones', async () => {
    expect((await validated({}, { templateId: 'Azure2Azure', useSavedCredentials: true })).status).toBe(204)
  })

  test('when the defaults allow what the partners leave to them', async () => {
    const consent = { automaticUserConsentSettings: { inboundAllowed: true, outboundAllowed: true } }
    const { status } = await validated({
      source: { default: consent, applications: [application] },
      target: { default: consent, partners: [{ ...partner!, automaticUserConsentSettings: null }] },
    })
    expect(status).toBe(204)
  })

  test('for a job too', async () => {
    const practice = crossTenantPractice(configured({}))
    const { path } = jobIn(practice)
    expect((await practice.post(`${path}/validateCredentials`, BODY)).status).toBe(204)
  })
})

describe('credentials are refused', () => {
  const said = (text: string) => expect.stringContaining(text)

  test.each<[string, Parameters<typeof configured>[0], string, unknown]>([
    [
      'without outbound redemption in the source',
      { source: { applications: [application] } },
      'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
      said('The source tenant has not enabled automatic user consent with the target tenant.'),
    ],
    [
      'without inbound synchronization in the target',
      { target: { partners: [{ ...partner!, identitySynchronization: {} }] } },
      'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
      said('The target tenant has not enabled inbound synchronization with this tenant.'),
    ],
    [
      'without inbound redemption in the target',
      { target: { partners: [{ ...partner!, automaticUserConsentSettings: { inboundAllowed: false } }] } },
      'AzureDirectoryB2BManagementPolicyCheckFailure',
      'Policy permitting auto-redemption of invitations not configured.',
    ],
    [
      'for a tenant in another cloud',
      { contoso: { cloud: 'usgov' } },
      'ExternalTenantNotFound',
      said(CONTOSO),
    ],
  ])('%s', async (_, options, code, message) => {
    const { status, body } = await validated(options)
    expect([status, body.error.code, body.error.message]).toEqual([400, code, message])
  })

  test.each<[string, object, number]>([
    ['that are not given', { ...BODY, credentials: [] }, 400],
    [
      'of another kind',
      { ...BODY, credentials: [CREDENTIALS[0], { key: 'AuthenticationType', value: 'Basic' }] },
      400,
    ],
    ['of another template', { ...BODY, templateId: 'Other' }, 404],
    ['with a parameter that there is not', { ...BODY, tenant: CONTOSO }, 400],
  ])('%s', async (_, body, status) => {
    expect((await validated({}, body)).status).toBe(status)
  })
})
