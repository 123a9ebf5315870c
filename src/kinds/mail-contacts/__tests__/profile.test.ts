/** How a profile of mail contacts is written, and what is told of a wrong one. */
import { describe, expect, test } from '@jest/globals'
import { loadProfiles } from '../../../profiles/load.ts'
import { repository, TENANTS } from '../../../profiles/__tests__/repository.ts'
import { PROFILE_KINDS } from '../../kinds.ts'
import { faults, load, MINIMAL } from '../../__tests__/written.ts'

describe('mail-contacts', () => {
  test('as small as it can be, with its defaults', async () => {
    const { profiles, faults: none } = await load(MINIMAL)
    expect(none).toEqual([])
    expect(profiles[0]!.profile).toEqual({
      name: 'fabrikam-in-contoso',
      kind: 'mail-contacts',
      from: [{ entra: 'fabrikam', include: ['members'], hidden: 'exclude', disabled: 'exclude' }],
      to: { tenant: 'contoso', unlisted: 'delete', mark: 'customAttribute15' },
      state: 'present',
      limits: { creates: '50%', updates: '100%', deletes: '10%', emptySource: 'refuse' },
    })
    expect(PROFILE_KINDS['mail-contacts'].between(profiles[0]!.profile)).toEqual({
      from: ['fabrikam'],
      to: 'contoso',
    })
  })

  test('with all that can be said', async () => {
    expect(
      await faults(`
name: fabrikam-in-contoso
formerly: [old-name]
kind: mail-contacts
description: "People: of Fabrikam"
state: paused
from:
  - entra: fabrikam
    include: [members, guests, org-contacts]
    filter: department eq 'Sales'
    groups: [All Staff]
    excludeGroups: [Leavers]
    hidden: include
    disabled: include
    where: jobTitle != "Intern" && !mail.matches("(?i)^test")
to:
  tenant: contoso
  owns: [fabrikam.com, Mail.Fabrikam.com]
  unlisted: delete
  mark: customAttribute14
  grace: 30d
mapping:
  displayName: "{{displayName}} (Fabrikam)"
  company: Fabrikam
  phone: ~
  mobilePhone: { value: "{{mobilePhone}}", when: empty }
  hiddenFromAddressListsEnabled: "{{ department == 'Board' }}"
  customAttribute15: "{{ join(proxyAddresses, ';') }}"
  notes: { value: 'From {{domain(mail)}}', when: create }
adopt: [unmarked, ctcs, gcch]
limits: { creates: 500, updates: 100%, deletes: { max: 450, until: 2026-11-30 }, emptySource: allow }
`),
    ).toEqual([])
  })

  test('misspelt at every level', async () => {
    expect(
      await faults(`
nmae: x
kind: mail-contacts
form:
  - entra: fabrikam
to:
  tenat: contoso
  own: [fabrikam.com]
maping:
  title: x
`),
    ).toEqual([
      'a.yaml:1:1 unknown key `nmae`: did you mean `name`?',
      'a.yaml:3:1 unknown key `form`: did you mean `from`?',
      'a.yaml:6:3 unknown key `tenat` in `to`: did you mean `tenant`?',
      'a.yaml:7:3 unknown key `own` in `to`: did you mean `owns`?',
      'a.yaml:8:1 unknown key `maping`: did you mean `mapping`?',
    ])
  })

  test('wrong within: everything at once, each at its place', async () => {
    expect(
      await faults(`
name: Fabrikam
kind: mail-contacts
state: presnt
from:
  - entra: fabrikm
    include: [member]
    where: 'jobTitel != ''Intern'''
  - entar: contoso
to:
  tenant: contoso
  owns: ["*.fabrikam.com"]
  mark: customAttribute16
  grace: 2w
limits:
  deletes: many
  delets: 4
mapping:
  displayName: "{{displayName}} \\u2014 {{ companyNam }}"
  tite: x
  city: { value: "{{city", when: sometimes }
  company: 365
  phone: {{businessPhones[0]}}
adopt: [unmark]
`),
    ).toEqual(['a.yaml:22:11 a text with {{ }} stands in quotes: YAML takes a brace for a mapping'])
    expect(
      await faults(`
name: Fabrikam
kind: mail-contacts
state: presnt
from:
  - entra: fabrikm
    include: [member]
    where: 'jobTitel != ''Intern'''
  - entar: contoso
to:
  tenant: contoso
  owns: ["*.fabrikam.com"]
  mark: customAttribute16
  grace: 2w
limits:
  deletes: many
  delets: 4
mapping:
  displayName: "{{displayName}} \\u2014 {{ companyNam }}"
  tite: x
  city: { value: "{{city", when: sometimes }
  company: 365
adopt: [unmark]
`),
    ).toEqual([
      'a.yaml:1:7 `name` is "Fabrikam": expected lower-case letters, digits and hyphens, beginning with a letter or digit, at most 63',
      'a.yaml:3:8 `state` is "presnt": expected one of present, absent, paused; did you mean present?',
      'a.yaml:6:15 `from[0].include[0]` is "member": expected one of members, guests, org-contacts; did you mean members?',
      'a.yaml:7:13 a person has no field `jobTitel`: did you mean `jobTitle`?',
      'a.yaml:8:5 unknown key `entar` in `from[1]`: did you mean `entra`?',
      'a.yaml:11:10 `to.owns[0]` is "*.fabrikam.com": expected a domain name, like fabrikam.com',
      'a.yaml:12:9 `to.mark` is "customAttribute16": expected one of customAttribute1 to customAttribute15',
      'a.yaml:13:10 `to.grace` is "2w": expected a number of days, like 30d',
      'a.yaml:15:12 `limits.deletes` is "many": expected a number, a percentage like 10%, or { max, until }',
      'a.yaml:16:3 unknown key `delets` in `limits`: did you mean `deletes`?',
      'a.yaml:18:43 a person has no field `companyNam`: did you mean `companyName`?',
      'a.yaml:19:3 unknown key `tite` in `mapping`: did you mean `title`?',
      'a.yaml:20:19 `{{` without `}}` behind it',
      'a.yaml:20:34 `mapping.city.when` is "sometimes": expected one of always, empty, create',
      'a.yaml:21:12 `mapping.company` is 365: expected a text (in quotes, if it looks like a number), ~ to leave it alone, or { value, when }',
      'a.yaml:22:9 `adopt[0]` is "unmark": expected one of unmarked, ctcs, gcch; did you mean unmarked?',
    ])
  })

  test('names a tenant that is not there', async () => {
    expect(
      await faults(
        MINIMAL.replace('fabrikam }', 'fabrikan }').replace('tenant: contoso', 'tenant: contosso'),
      ),
    ).toEqual([
      'a.yaml:3:17 there is no tenant `fabrikan` in tenants.yaml: did you mean `fabrikam`?',
      'a.yaml:4:15 there is no tenant `contosso` in tenants.yaml: did you mean `contoso`?',
    ])
  })

  test('from a tenant to itself', async () => {
    expect(await faults(MINIMAL.replace('tenant: contoso', 'tenant: fabrikam'))).toEqual([
      'a.yaml:3:17 the people of `fabrikam` would become contacts in their own tenant: `to.tenant` is the same',
    ])
  })

  test('from a tenant to itself under another name', async () => {
    const root = repository({
      'sync-profiles/a.yaml': MINIMAL.slice(1),
      'sync-profiles/tenants.yaml': TENANTS.replaceAll('00000000000b', '00000000000A'),
    })
    const loaded = await loadProfiles({ root, kinds: PROFILE_KINDS })
    expect(loaded.faults.map(({ line, column, message }) => [line, column, message])).toEqual([
      [3, 17, '`fabrikam` and `contoso` are one tenant: its people would become contacts in it'],
    ])
  })

  describe('owns', () => {
    test('must stand here when the source tenants name no domains', async () => {
      expect(
        await faults(
          MINIMAL.replace('fabrikam }', 'contoso }').replace('tenant: contoso', 'tenant: fabrikam'),
        ),
      ).toEqual([
        'a.yaml:4:5 `to.owns` is missing: name the domains here, or as `domains` of `contoso` in tenants.yaml',
      ])
    })

    test('must stand here when no source is a tenant', async () => {
      expect(await faults(MINIMAL.replace('entra: fabrikam', 'csv: people.csv'))).toEqual([
        'a.yaml:4:5 `to.owns` is missing: no source is a tenant, whose domains would be the default',
      ])
    })
  })

  test('maps the attribute that holds the mark', async () => {
    expect(await faults(`${MINIMAL}mapping: { customAttribute15: x, customAttribute1: y }`)).toEqual([
      'a.yaml:5:12 `customAttribute15` holds the ownership mark: map another attribute, or set `to.mark` to another one',
    ])
    expect(
      await faults(
        `${MINIMAL.replace('tenant: contoso', 'tenant: contoso, mark: customAttribute1')}mapping: { customAttribute15: x, customAttribute1: ~ }`,
      ),
    ).toEqual([
      'a.yaml:5:34 `customAttribute1` holds the ownership mark: map another attribute, or set `to.mark` to another one',
    ])
  })

  test.each([
    ['true', []],
    ['"false"', []],
    ['"{{ city == \'London\' }}"', []],
    ['{ value: true, when: create }', []],
    ['~', []],
    [
      'yes',
      [
        'a.yaml:5:43 `mapping.hiddenFromAddressListsEnabled` is "yes": expected true, false, or an expression that gives one of them',
      ],
    ],
    [
      '{ value: no }',
      [
        'a.yaml:5:52 `mapping.hiddenFromAddressListsEnabled` is "no": expected true, false, or an expression that gives one of them',
      ],
    ],
    [
      '1',
      [
        'a.yaml:5:43 `mapping.hiddenFromAddressListsEnabled` is 1: expected a text (in quotes, if it looks like a number), ~ to leave it alone, or { value, when }',
      ],
    ],
  ])('hides: %s', async (value, expected) => {
    expect(await faults(`${MINIMAL}mapping: { hiddenFromAddressListsEnabled: ${value} }`)).toEqual(expected)
  })

  test('says what has no effect', async () => {
    expect(
      await faults(
        MINIMAL.replace(
          'entra: fabrikam',
          "entra: fabrikam, include: [org-contacts], filter: city eq 'x'",
        ).replace('tenant: contoso', 'tenant: contoso, unlisted: keep, grace: 5d'),
      ),
    ).toEqual([
      'a.yaml:3:52 this has no effect: it filters users, and only org-contacts are read',
      'a.yaml:4:40 `grace` has no effect beside `unlisted: keep`: nobody is deleted',
    ])
  })

  describe('two profiles that adopt unmarked contacts', () => {
    const adopting = (name: string, rest = '') =>
      `${MINIMAL.replace('fabrikam-in-contoso', name)}adopt: [ctcs, unmarked]\n${rest}`
    const owning = (profile: string, domains: string) =>
      profile.replace('tenant: contoso', `tenant: contoso, owns: [${domains}]`)

    test('may not share a domain in one tenant', async () => {
      expect(await faults(adopting('two'), owning(adopting('one'), 'other.com, FABRIKAM.com'))).toEqual([
        'a.yaml:5:15 `unmarked` is adopted by profile `one` too, for fabrikam.com in the same tenant: only one of them may',
      ])
    })

    test('may own different domains', async () => {
      expect(await faults(adopting('two'), owning(adopting('one'), 'other.com'))).toEqual([])
    })

    test('may write to different tenants', async () => {
      const back = adopting('one')
        .replace('entra: fabrikam', 'entra: contoso')
        .replace('tenant: contoso', 'tenant: fabrikam, owns: [fabrikam.com]')
      expect(await faults(adopting('two'), back)).toEqual([])
    })

    test('may be taken down', async () => {
      expect(await faults(adopting('two'), adopting('one', 'state: absent'))).toEqual([])
      expect(await faults(adopting('two', 'state: absent'), adopting('one'))).toEqual([])
    })

    test('one of them alone may', async () => {
      expect(await faults(adopting('two'), MINIMAL)).toEqual([])
    })
  })
})
