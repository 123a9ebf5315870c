/** Profiles as people write them, and what they are told when something is wrong. */
import { describe, expect, test } from '@jest/globals'
import { formatFault } from '../../profiles/fault.ts'
import { loadProfiles } from '../../profiles/load.ts'
import { repository, TENANTS } from '../../profiles/__tests__/repository.ts'
import { PROFILE_KINDS } from '../kinds.ts'

async function load(...profiles: string[]) {
  const files = Object.fromEntries(
    profiles.map((text, index) => [`sync-profiles/${'abcdef'[index]!}.yaml`, text.replace(/^\n/, '')]),
  )
  const loaded = await loadProfiles({
    root: repository({ 'sync-profiles/tenants.yaml': TENANTS, ...files }),
    kinds: PROFILE_KINDS,
  })
  return { ...loaded, faults: loaded.faults.map((fault) => formatFault(fault).replace('sync-profiles/', '')) }
}

const faults = async (...profiles: string[]) => (await load(...profiles)).faults

const MINIMAL = `
name: fabrikam-in-contoso
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
`

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
        'a.yaml:3:10 source `csv` is not built yet in this version; built: entra',
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

describe('sources', () => {
  test.each<[string, string]>([
    ['exchange: fabrikam', 'source `exchange` is not built yet in this version; built: entra'],
    [
      'activeDirectory: { url: "ldaps://dc1.x.com", baseDN: DC=x, bindDNEnv: AD_USER, passwordEnv: AD_PASSWORD }',
      'source `activeDirectory` is not built yet in this version; built: entra',
    ],
    [
      'http: { url: "https://hr.x.com/people", tokenEnv: HR, items: people, fields: { id: no, mail: email } }',
      'source `http` is not built yet in this version; built: entra',
    ],
    ['csv: p.csv, where: city == "x"', 'source `csv` is not built yet in this version; built: entra'],
  ])('%s', async (source, fault) => {
    const profile = `${MINIMAL.replace('entra: fabrikam', source).replace('tenant: contoso', 'tenant: contoso, owns: [x.com]')}`
    expect(await faults(profile)).toEqual([`a.yaml:3:10 ${fault}`])
  })

  test.each<[string, string]>([
    [
      'activeDirectory: { url: "ldaps://dc1.x.com", baseDN: DC=x, passwordEnv: A }',
      '3:10 expected one of `bindDN` and `bindDNEnv`',
    ],
    [
      'activeDirectory: { url: "https://dc1.x.com", baseDN: DC=x, bindDN: a, passwordEnv: A }',
      '3:34 `from[0].activeDirectory.url` is "https://dc1.x.com": expected a URL like ldaps://dc1.corp.fabrikam.com',
    ],
    [
      'http: { url: "http://hr.x.com", fields: { mail: email } }',
      '3:23 `from[0].http.url` is "http://hr.x.com": expected an https URL',
    ],
    [
      'http: { url: "https://hr.x.com", fields: { mial: email } }',
      '3:53 unknown key `mial` in `from[0].http.fields`: did you mean `mail`?',
    ],
    [
      'http: { url: "https://hr.x.com", tokenEnv: GITHUB_TOKEN, fields: { mail: email } }',
      '3:53 `from[0].http.tokenEnv` is not a name: expected the name of an environment variable, in capitals, that does not begin with ACTIONS_, GITHUB_, AZURE_ or TENANT_SYNC_',
    ],
    [
      'exchange: fabrikam, include: [mailboxes]',
      '3:40 `from[0].include[0]` is "mailboxes": expected one of user-mailboxes, shared-mailboxes, room-mailboxes, equipment-mailboxes, distribution-groups, microsoft-365-groups, mail-contacts, mail-users',
    ],
    [
      'where: city == "x"',
      '3:8 `from[0]`: expected a source, with one of the keys entra, exchange, activeDirectory, csv, http',
    ],
    ['entra: fabrikam, groups: []', '3:35 `from[0].groups` is an empty list: expected at least one entry'],
    ['entra: fabrikam, where: mail', '3:34 a condition gives true or false, and this gives a text'],
  ])('%s', async (source, fault) => {
    expect(await faults(MINIMAL.replace('entra: fabrikam', source))).toContainEqual(
      expect.stringContaining(`a.yaml:${fault}`),
    )
  })
})

describe('personal-contacts', () => {
  const profile = `
name: gal-on-phones
kind: personal-contacts
from: [{ entra: fabrikam, include: [members, org-contacts] }]
to:
  tenant: fabrikam
  mailboxes: { users: [ada@fabrikam.com], groups: [Field Staff], all: false, exclude: [ceo@fabrikam.com] }
  folder: Colleagues
  includeOwner: false
  withoutMail: false
  photos: false
mapping:
  categories: [Company, "{{department}}"]
  businessPhones: "{{businessPhones}}"
  emailAddresses: [{ address: "{{mail}}", name: "{{displayName}}" }]
  businessAddress: { street: "{{streetAddress}}", city: ~ }
  nickName: { value: "{{givenName}}", when: create }
adopt: [{ o365synchronizer: { guidPrefix: "" } }]
`
  const small = (mailboxes: string, more = '', name = 'gal') => `
name: ${name}
kind: personal-contacts
from: [{ entra: fabrikam }]
to: { tenant: fabrikam, mailboxes: ${mailboxes} }
${more}
`

  test('with all that can be said', async () => {
    expect(await faults(profile)).toEqual([])
  })

  test('with everything written now and then', async () => {
    const mapping = `mapping:
  businessPhones: { value: ["{{mobilePhone}}"], when: empty }
  emailAddresses: { value: [{ address: "{{mail}}" }], when: create }
  businessAddress: { city: { value: "{{city}}", when: empty } }
  categories: { value: Company, when: create }`
    expect(await faults(small('{ all: true }', mapping))).toEqual([])
    expect(await faults(small('{ all: true }', mapping.replace('mobilePhone', 'mobile')))).toEqual([
      expect.stringContaining('a person has no field `mobile`'),
    ])
  })

  test('with its defaults', async () => {
    const { profiles } = await load(small('{ all: true }'))
    expect(profiles[0]!.profile).toMatchObject({
      to: {
        mailboxes: { all: true },
        includeOwner: false,
        withoutMail: false,
        photos: false,
      },
    })
  })

  test('with slips of the pen', async () => {
    expect(await faults(profile.replace('nickName', 'nikName').replace('{{mail}}', '{{mial}}'))).toEqual([
      'a.yaml:14:34 a person has no field `mial`: did you mean `mail`?',
      'a.yaml:16:3 unknown key `nikName` in `mapping`: did you mean `nickName`?',
    ])
  })

  test('that names no mailbox', async () => {
    expect(await faults(small('{ exclude: [ada@fabrikam.com] }'))).toEqual([
      'a.yaml:4:25 `to.mailboxes` names none: give users, groups, or all: true',
    ])
    expect(await faults(small('{}', 'state: absent'))).toEqual([])
  })

  test('that includes and excludes the same mailbox', async () => {
    expect(await faults(small('{ users: [ada@fabrikam.com], exclude: [Ada@fabrikam.com] }'))).toEqual([
      'a.yaml:4:46 `ada@fabrikam.com` stands under `exclude` too, which wins',
    ])
  })

  test('that wants photos from where there are none', async () => {
    const text = small('{ all: true }, photos: true').replace('{ entra: fabrikam }', '{ csv: people.csv }')
    expect(await faults(text)).toContain('a.yaml:4:51 `photos` has no effect: no source is a tenant')
  })

  test('that adopts what another one adopts', async () => {
    const adopting = (name: string, prefix: string, to = '') =>
      small(`{ all: true }${to}`, `adopt: [{ o365synchronizer: { guidPrefix: "${prefix}" } }]`, name)
    expect(await faults(adopting('one', 'O365'), adopting('two', 'O365'))).toEqual([
      'b.yaml:5:9 contacts with the prefix "O365" are adopted by profile `one` too, in the same folder of the same tenant: only one of them may',
    ])
    expect(await faults(adopting('one', 'O365'), adopting('two', 'Other'))).toEqual([])
    expect(await faults(adopting('one', 'O365'), adopting('two', 'O365', ', folder: Sales'))).toEqual([])
  })
})

describe('kinds that are not built yet are checked all the same', () => {
  const notBuilt = (kind: string) =>
    `a.yaml:2:7 kind \`${kind}\` is not built yet in this version; built: mail-contacts, personal-contacts`

  test('cross-tenant-sync', async () => {
    const profile = `
name: fabrikam-to-contoso
kind: cross-tenant-sync
from: { tenant: fabrikam }
to: { tenant: contoso }
application: Contoso cross-tenant sync
scope: { groups: [Shared projects], users: [ada@fabrikam.com] }
redeem: automatic
mapping:
  displayName: { expression: 'Append([displayName], " (Fabrikam)")' }
  showInAddressList: { constant: "true" }
  telephoneNumber: { remove: true }
notify: it@fabrikam.com
deletionThreshold: 100
job: running
verify: [ada@fabrikam.com]
`
    expect(await faults(profile)).toEqual([notBuilt('cross-tenant-sync')])
    expect(await faults(profile.replace(/scope: .*/, 'scope: { everyone: true }'))).toEqual([
      notBuilt('cross-tenant-sync'),
    ])
    expect(
      await faults(profile.replace(/scope: .*/, 'scope: { everyone: false }').replace('constant', 'constnt')),
    ).toEqual([
      notBuilt('cross-tenant-sync'),
      'a.yaml:6:20 `scope.everyone` is false: expected true',
      'a.yaml:10:24 unknown key `constnt` in `mapping.showInAddressList`: did you mean `constant`?',
    ])
  })

  test('mailbox-migration', async () => {
    const profile = `
name: move-tailspin
kind: mailbox-migration
from: { tenant: fabrikam, group: Migrating to Contoso }
to: { tenant: contoso, domain: contoso.com, deliveryDomain: contoso.mail.onmicrosoft.com }
application: { clientId: 1d2e3f40-0000-4000-8000-00000000000d, secretEnv: MIGRATION_APP_SECRET }
endpoint: fabrikam-to-contoso
batch: { name: wave-1, autoStart: false, autoComplete: false, completeAfter: 2026-12-01T20:00:00Z, notify: it@contoso.com }
`
    expect(await faults(profile)).toEqual([notBuilt('mailbox-migration')])
    expect(
      await faults(
        profile.replace('2026-12-01T20:00:00Z', 'soon').replace('MIGRATION_APP_SECRET', 'AZURE_SECRET'),
      ),
    ).toEqual([
      notBuilt('mailbox-migration'),
      expect.stringContaining('a.yaml:5:75 `application.secretEnv` is not a name'),
      'a.yaml:7:78 `batch.completeAfter` is "soon": expected a time like 2026-12-01T20:00:00Z',
    ])
  })
})
