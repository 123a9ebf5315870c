/** A profile that moves mailboxes as people write it, and what they are told when something is wrong. */
import { describe, expect, test } from '@jest/globals'
import { formatFault } from '../../../profiles/fault.ts'
import { loadProfiles } from '../../../profiles/load.ts'
import { repository } from '../../../profiles/__tests__/repository.ts'
import { PROFILE_KINDS } from '../../kinds.ts'

const id = (letter: string) => `6b0f8c1e-0000-4000-8000-00000000000${letter}`
const tenant = (name: string, letter: string, more = '') =>
  `  ${name}: { tenantId: ${id(letter)}, clientId: ${id(letter)}${more} }\n`
const TENANTS = `tenants:\n${tenant('fabrikam', 'a')}${tenant('contoso', 'b')}${tenant('northwind', 'c')}${tenant('alias', 'B')}${tenant('gov', 'd', ', cloud: usgov')}`

const MINIMAL = `name: move-tailspin
kind: mailbox-migration
from: { tenant: fabrikam, group: Migrating to Contoso }
to: { tenant: contoso, domain: contoso.com, deliveryDomain: contoso.mail.onmicrosoft.com }
application: { clientId: 1d2e3f40-0000-4000-8000-00000000000d, secretEnv: MIGRATION_APP_SECRET }
endpoint: fabrikam-to-contoso
batch: { name: wave-1 }
`

async function loaded(...profiles: string[]) {
  const files = profiles.map((text, index) => [`sync-profiles/${'abcdef'[index]!}.yaml`, text] as const)
  return loadProfiles({
    root: repository({ 'sync-profiles/tenants.yaml': TENANTS, ...Object.fromEntries(files) }),
    kinds: PROFILE_KINDS,
  })
}
const faults = async (...profiles: string[]) =>
  (await loaded(...profiles)).faults.map((fault) => formatFault(fault).replace('sync-profiles/', ''))
const changed = (from: string | RegExp, to: string) => MINIMAL.replace(from, to)

describe('a profile', () => {
  test.each([
    ['as short as it can be', MINIMAL],
    [
      'with every key',
      changed(
        /application: .*\n[^]*/,
        `application: { clientId: 1d2e3f40-0000-4000-8000-00000000000d, secretEnv: MIGRATION_APP_SECRET, rotate: true }
endpoint: fabrikam-to-contoso
external: onmicrosoft
batch: { name: wave-1, autoStart: true, autoComplete: true, completeAfter: "2026-12-01T20:00:00+01:00", notify: it@contoso.com }
description: Tailspin comes to us
formerly: [move]
limits: { deletes: 5% }
`,
      ),
    ],
    ['that is to be taken down', `${MINIMAL}state: absent\n`],
    ['that is paused', `${MINIMAL}state: paused\n`],
  ])('%s', async (_, text) => {
    expect(await faults(text)).toEqual([])
  })

  test('has defaults', async () => {
    expect((await loaded(MINIMAL)).profiles[0]!.profile).toMatchObject({
      state: 'present',
      external: 'primary',
      application: { rotate: false },
      batch: { autoStart: false, autoComplete: false },
    })
  })
})

describe('a fault has file, line and column', () => {
  test.each<[string, string, unknown[]]>([
    [
      'an unknown key',
      `${MINIMAL}endpont: x\n`,
      ['a.yaml:8:1 unknown key `endpont`: did you mean `endpoint`?'],
    ],
    [
      'an unknown key of the batch',
      changed('wave-1 }', 'wave-1, autostart: true }'),
      ['a.yaml:7:24 unknown key `autostart` in `batch`: did you mean `autoStart`?'],
    ],
    [
      'a key of another kind',
      `${MINIMAL}adopt: [unmarked]\n`,
      [expect.stringMatching(/^a\.yaml:8:1 unknown key `adopt`/)],
    ],
    [
      'no group',
      changed(', group: Migrating to Contoso', ''),
      [expect.stringMatching(/^a\.yaml:3:7 .*group/)],
    ],
    ['no endpoint', changed(/endpoint: .*\n/, ''), [expect.stringMatching(/^a\.yaml:1:1 .*endpoint/)]],
    [
      'a domain that is none',
      changed('domain: contoso.com', 'domain: "@contoso.com"'),
      [expect.stringMatching(/^a\.yaml:4:32 `to\.domain` is "@contoso\.com": expected /)],
    ],
    [
      'an id that is none',
      changed('1d2e3f40-0000-4000-8000-00000000000d', 'the mover'),
      [expect.stringMatching(/^a\.yaml:5:26 `application\.clientId` is "the mover": expected /)],
    ],
    [
      'a secret that stands in the profile itself',
      changed('MIGRATION_APP_SECRET', 'abc~not.a.variable'),
      [expect.stringMatching(/^a\.yaml:5:75 `application\.secretEnv` is not a name/)],
    ],
    [
      'a variable that is the tool’s own',
      changed('MIGRATION_APP_SECRET', 'TENANT_SYNC_CONTOSO_CLIENT_SECRET'),
      [expect.stringMatching(/^a\.yaml:5:75 `application\.secretEnv` is not a name/)],
    ],
    [
      'a time that is none',
      changed('wave-1 }', 'wave-1, completeAfter: soon }'),
      ['a.yaml:7:39 `batch.completeAfter` is "soon": expected a time like 2026-12-01T20:00:00Z'],
    ],
    [
      'a time without a zone',
      changed('wave-1 }', 'wave-1, completeAfter: "2026-12-01T20:00:00" }'),
      [expect.stringMatching(/^a\.yaml:7:39 `batch\.completeAfter` .*expected a time like/)],
    ],
    [
      'a word that is none of those there are',
      `${MINIMAL}external: secondary\n`,
      ['a.yaml:8:11 `external` is "secondary": expected one of primary, onmicrosoft'],
    ],
    [
      'a tenant that is not known',
      changed('tenant: contoso', 'tenant: contosso'),
      [expect.stringMatching(/^a\.yaml:4:15 .*contosso/)],
    ],
    [
      'one tenant alone',
      changed('tenant: contoso', 'tenant: fabrikam'),
      ['a.yaml:4:15 `fabrikam` and `fabrikam` are one tenant: nothing moves within it'],
    ],
    [
      'one tenant under two names',
      changed('tenant: fabrikam', 'tenant: alias'),
      ['a.yaml:4:15 `alias` and `contoso` are one tenant: nothing moves within it'],
    ],
    [
      'two clouds',
      changed('tenant: contoso', 'tenant: gov'),
      ['a.yaml:4:15 `fabrikam` is in the cloud global, `gov` in usgov: mailboxes move only within one'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await faults(text)).toEqual(expected)
  })

  test('a secret never stands in what is told', async () => {
    const text = changed('MIGRATION_APP_SECRET', 'abc~not.a.variable')
    expect(JSON.stringify(await faults(text))).not.toContain('abc~')
  })
})

describe('two profiles', () => {
  const second = (...edits: (readonly [string, string])[]) =>
    [['move-tailspin', 'move-wingtip'] as const, ...edits].reduce(
      (text, [from, to]) => text.replace(from, to),
      MINIMAL,
    )
  const WAVE = ['wave-1', 'wave-b'] as const
  const ENDPOINT = ['endpoint: fabrikam-to-contoso', 'endpoint: another'] as const

  test('may share the endpoint, with batches of their own', async () => {
    expect(await faults(MINIMAL, second(WAVE))).toEqual([])
  })

  test.each(['wave-1', 'Wave-1', 'wave-1-2'])('do not both name batches %s and wave-1', async (name) => {
    expect(await faults(MINIMAL, second(['wave-1', name], ENDPOINT))).toEqual([
      expect.stringMatching(
        /^b\.yaml:7:16 profile `move-tailspin` names its batch `wave-1` in the same tenant/,
      ),
    ])
  })

  // Further batches of `wave` begin with `wave-2`.
  test('may name them wave and wave-1', async () => {
    expect(await faults(MINIMAL, second(['wave-1', 'wave'], ENDPOINT))).toEqual([])
  })

  test('do not fetch from two tenants through one endpoint', async () => {
    expect(await faults(MINIMAL, second(WAVE, ['tenant: fabrikam', 'tenant: northwind']))).toEqual([
      'b.yaml:6:11 profile `move-tailspin` fetches mailboxes from another tenant through the endpoint of this name',
    ])
  })

  test('do not use one endpoint with two applications', async () => {
    expect(await faults(MINIMAL, second(WAVE, ['00000000000d', '00000000000e']))).toEqual([
      'b.yaml:5:26 profile `move-tailspin` uses the same endpoint with another application',
    ])
  })

  test('do not move mailboxes both ways', async () => {
    const back = second(
      WAVE,
      ENDPOINT,
      ['tenant: fabrikam', 'tenant: x'],
      ['tenant: contoso', 'tenant: fabrikam'],
      ['tenant: x', 'tenant: contoso'],
    )
    expect(await faults(MINIMAL, back)).toEqual([
      'b.yaml:4:15 profile `move-tailspin` moves mailboxes the other way: an organization relationship has one direction',
    ])
    expect(await faults(MINIMAL, `${back}state: absent\n`)).toEqual([])
  })

  test('into two tenants may share all names', async () => {
    expect(await faults(MINIMAL, second(['tenant: contoso', 'tenant: northwind']))).toEqual([])
  })
})
