/** What tenants.yaml says, what is told of a wrong one, and of profiles that name tenants it has not. */
import { describe, expect, test } from '@jest/globals'
import { TENANTS } from './repository.ts'
import { folder, load, profile } from './small-kind.ts'

describe('tenants', () => {
  test('come with their defaults', async () => {
    const { tenants } = await load(folder({ 'a.yaml': profile('a') }))
    expect(tenants.get('fabrikam')).toEqual({
      name: 'fabrikam',
      tenantId: '6b0f8c1e-0000-4000-8000-00000000000a',
      clientId: '1d2e3f40-0000-4000-8000-00000000000a',
      cloud: 'global',
      organization: '6b0f8c1e-0000-4000-8000-00000000000a',
      domains: ['fabrikam.com'],
    })
    expect(tenants.get('contoso')).toMatchObject({
      clientId: {
        plan: '1d2e3f40-0000-4000-8000-00000000000b',
        apply: '1d2e3f40-0000-4000-8000-00000000000c',
      },
      cloud: 'usgov',
      organization: 'contoso.onmicrosoft.us',
      domains: [],
      credential: 'oidc',
    })
  })

  test('that are not there are faults of whoever names them', async () => {
    const { faults } = await load(
      folder({
        'a.yaml': profile('a').replace('to: contoso', 'to: contosso'),
        'b.yaml': profile('b').replace('to: contoso', 'to: nobody'),
      }),
    )
    expect(faults).toEqual([
      'sync-profiles/a.yaml:3:5 there is no tenant `contosso` in tenants.yaml: did you mean `contoso`?',
      'sync-profiles/b.yaml:3:5 there is no tenant `nobody` in tenants.yaml: there are fabrikam, contoso',
    ])
  })

  test('are not missed while tenants.yaml has faults of its own', async () => {
    const broken = 'tenants:\n  contoso: { tenantId: x }\n'
    const { faults } = await load(folder({ 'tenants.yaml': broken, 'a.yaml': profile('a') }))
    expect(faults).toEqual([
      'sync-profiles/tenants.yaml:2:12 missing key `clientId` in `tenants.contoso`',
      'sync-profiles/tenants.yaml:2:24 `tenants.contoso.tenantId` is "x": expected a GUID, like 6b0f8c1e-0000-4000-8000-00000000000a',
    ])
    expect(
      (await load(folder({ 'tenants.yaml': 'tenants: [', 'a.yaml': profile('a') }))).faults,
    ).toHaveLength(1)
  })

  test.each([
    ['tenants: {}', '1:10 `tenants` is an empty mapping: expected at least one tenant, by its name'],
    ['tenants: []', '1:10 `tenants` is an empty list: expected at least one tenant, by its name'],
    ['tenant: {}', '1:1 unknown key `tenant`: did you mean `tenants`?'],
    ['', '1:1 the file is empty: expected a mapping of keys'],
    [
      TENANTS.replace('fabrikam:', 'Fabrikam Ltd:'),
      '2:3 the name `Fabrikam Ltd`: expected lower-case letters, digits and hyphens, beginning with a letter or digit, at most 63',
    ],
    [
      TENANTS.replace('cloud: usgov', 'cloud: us-gov'),
      '9:12 `tenants.contoso.cloud` is "us-gov": expected one of global, usgov, usgov-dod, china; did you mean usgov?',
    ],
    [
      TENANTS.replace('apply:', 'aply:'),
      '8:61 unknown key `aply` in `tenants.contoso.clientId`: did you mean `apply`?',
    ],
    [
      TENANTS.replace(/clientId: 1d.*/, 'clientId: 12'),
      '4:15 `tenants.fabrikam.clientId` is 12: expected a GUID, or { plan: <reading app>, apply: <writing app> }',
    ],
    [
      TENANTS.replace('[Fabrikam.com]', '["@fabrikam.com"]'),
      '5:15 `tenants.fabrikam.domains[0]` is "@fabrikam.com": expected a domain name, like fabrikam.com',
    ],
    [
      TENANTS.replace('contoso.onmicrosoft.us', '../other'),
      '10:19 `tenants.contoso.organization` is "../other": expected a domain of the tenant, like fabrikam.onmicrosoft.com, or its id',
    ],
  ])('%j', async (tenants, fault) => {
    const { faults } = await load(folder({ 'tenants.yaml': tenants, 'a.yaml': profile('a') }))
    expect(faults).toContain(`sync-profiles/tenants.yaml:${fault}`)
  })
})
