/** Between which tenants, and beside which other profiles, a profile may stand. */
import { describe, expect, test } from '@jest/globals'
import { formatFault } from '../../../profiles/fault.ts'
import { loadProfiles } from '../../../profiles/load.ts'
import { repository, TENANTS } from '../../../profiles/__tests__/repository.ts'
import { PROFILE_KINDS } from '../../kinds.ts'
import { faults } from '../../__tests__/written.ts'
import { MINIMAL } from './minimal.ts'

describe('tenants', () => {
  const A = '6b0f8c1e-0000-4000-8000-00000000000a'
  const B = '6b0f8c1e-0000-4000-8000-00000000000b'
  const inClouds = async (source: string, target: string, ids: readonly [string, string] = [A, B]) => {
    const tenants = [source, target].map(
      (cloud, index) =>
        `  ${['fabrikam', 'contoso'][index]!}: { tenantId: ${ids[index]!}, clientId: ${A}, cloud: ${cloud} }\n`,
    )
    const root = repository({
      'sync-profiles/a.yaml': MINIMAL.slice(1),
      'sync-profiles/tenants.yaml': `tenants:\n${tenants.join('')}`,
    })
    const loaded = await loadProfiles({ root, kinds: PROFILE_KINDS })
    return loaded.faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
  }

  test('from one to itself', async () => {
    expect(await faults(MINIMAL.replace('tenant: contoso', 'tenant: fabrikam'))).toEqual([
      'a.yaml:4:15 `fabrikam` is also where the people are at home: a tenant is not synchronized with itself',
    ])
  })

  test('from one to itself under another name', async () => {
    expect(await inClouds('global', 'global', [A, A.toUpperCase()])).toEqual([
      '4:15 `fabrikam` and `contoso` are one tenant, and a tenant is not synchronized with itself',
    ])
  })

  const ALLOWED = [
    'global to global',
    'usgov to usgov',
    'usgov to usgov-dod',
    'usgov-dod to usgov',
    'usgov-dod to usgov-dod',
    'china to china',
    'global to usgov',
    'global to usgov-dod',
    'usgov to global',
    'usgov-dod to global',
    'global to china',
  ]
  const CLOUDS = ['global', 'usgov', 'usgov-dod', 'china']

  test.each(CLOUDS.flatMap((from) => CLOUDS.map((to) => [from, to] as const)))(
    'from the cloud %s to %s',
    async (from, to) => {
      const refused = [
        expect.stringMatching(
          /^4:15 `fabrikam` is in the .+ cloud, `contoso` in the .+ cloud: Microsoft Entra synchronizes only .+ and commercial to 21Vianet$/,
        ),
      ]
      expect(await inClouds(from, to)).toEqual(ALLOWED.includes(`${from} to ${to}`) ? [] : refused)
    },
  )
})

describe('two profiles', () => {
  const named = (name: string, text = MINIMAL) => text.replace('fabrikam-to-contoso', name)
  const away = (text: string) => text.replace('tenant: contoso', 'tenant: northwind')
  const northwind = '6b0f8c1e-0000-4000-8000-00000000000c'
  const tenants = `${TENANTS}  northwind: { tenantId: ${northwind}, clientId: ${northwind} }\n`
  const among = async (...profiles: string[]) => {
    const files = profiles.map((text, index) => [`sync-profiles/${'ab'[index]!}.yaml`, text.slice(1)])
    const root = repository({ 'sync-profiles/tenants.yaml': tenants, ...Object.fromEntries(files) })
    const loaded = await loadProfiles({ root, kinds: PROFILE_KINDS })
    return loaded.faults.map((fault) => formatFault(fault).replace('sync-profiles/', ''))
  }
  const other = (name: string, more = '') => named(name).replace('Contoso cross', 'Other cross') + more

  test('of one application: told once, of the one behind the other in the alphabet', async () => {
    const fault = 'profile `first` names the same application in the same tenant: each needs its own'
    const shouted = away(named('second').replace('Contoso cross-tenant sync', 'CONTOSO cross-tenant sync'))
    expect(await among(named('first'), shouted)).toEqual([`b.yaml:5:14 ${fault}`])
    expect(await among(shouted, named('first'))).toEqual([`a.yaml:5:14 ${fault}`])
  })

  test('of one name of an application, each in its own tenant', async () => {
    const back = named('second')
      .replace('tenant: fabrikam', 'tenant: x')
      .replace('tenant: contoso', 'tenant: fabrikam')
      .replace('tenant: x', 'tenant: contoso')
    expect(await among(named('first'), back)).toEqual([])
  })

  test('from one tenant to another: told once, unless one of them goes', async () => {
    const fault =
      'profile `first` goes from `fabrikam` to `contoso` too: Entra allows one synchronization from one tenant to another'
    expect(await among(named('first'), other('second'))).toEqual([`b.yaml:4:15 ${fault}`])
    expect(await among(other('second', 'state: paused\n'), named('first'))).toEqual([`a.yaml:4:15 ${fault}`])
    expect(await among(named('first'), other('second', 'state: absent\n'))).toEqual([])
    expect(await among(other('first', 'state: absent\n'), named('second'))).toEqual([])
  })

  test('from one tenant to two others', async () => {
    expect(await among(named('first'), away(other('second')))).toEqual([])
  })

  test('of two kinds', async () => {
    const contacts = 'name: x\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n'
    expect(await among(MINIMAL, `\n${contacts}`)).toEqual([])
  })
})
