/** What all kinds of profile have in common: sources, and kinds to come. */
import { describe, expect, test } from '@jest/globals'
import { faults, MINIMAL } from './written.ts'

describe('sources', () => {
  test.each([
    'exchange: fabrikam, include: [shared-mailboxes, mail-contacts], groups: [All]',
    'activeDirectory: { url: "ldaps://dc1.x.com", baseDN: "DC=x,DC=com", bindDNEnv: AD_USER, passwordEnv: AD_PASSWORD, caFile: ca.pem }, disabled: include',
    'http: { url: "https://hr.x.com/people", tokenEnv: HR, items: people, fields: { id: no, mail: email } }',
    'csv: p.csv, where: city == "x"',
    'csv: ../people/p.csv',
  ])('%s', async (source) => {
    const profile = `${MINIMAL.replace('entra: fabrikam', source).replace('tenant: contoso', 'tenant: contoso, owns: [x.com]')}`
    expect(await faults(profile)).toEqual([])
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
    ...['../../p.csv', '../people/../../p.csv', '/etc/passwd', '../.git/config'].map(
      (name): [string, string] => [
        `csv: ${name}`,
        `3:15 \`${name}\` stands outside the repository, or in git's own folder: a profile names files within it`,
      ],
    ),
    [
      'activeDirectory: { url: "ldaps://dc1.x.com", baseDN: DC=x, bindDN: a, passwordEnv: A, caFile: ../../ca.pem }',
      "3:104 `../../ca.pem` stands outside the repository, or in git's own folder: a profile names files within it",
    ],
    [
      'http: { url: "https://hr.x.com", fields: { id: no, displayName: name } }',
      '3:43 expected `mail` among them: this kind of profile knows people by it',
    ],
    ['entra: fabrikam, groups: []', '3:35 `from[0].groups` is an empty list: expected at least one entry'],
    [
      'entra: fabrikam, where: \'legacyExchangeDN != ""\'',
      '3:34 this reads legacyExchangeDN, which Microsoft Graph does not show of members',
    ],
    [
      'entra: fabrikam, include: [org-contacts], where: \'employeeId != ""\'',
      '3:59 this reads employeeId, which Microsoft Graph does not show of org-contacts',
    ],
    ['entra: fabrikam, where: mail', '3:34 a condition gives true or false, and this gives a text'],
  ])('%s', async (source, fault) => {
    expect(await faults(MINIMAL.replace('entra: fabrikam', source))).toContainEqual(
      expect.stringContaining(`a.yaml:${fault}`),
    )
  })
})

describe('contacts in mailboxes', () => {
  const PHONES = (to: string) => `
name: phones
kind: personal-contacts
from: [{ http: { url: "https://hr.x.com", fields: { id: no, displayName: name } } }]
to: { tenant: fabrikam, mailboxes: { all: true }${to} }
`
  test('are of people with addresses, unless they are wanted without', async () => {
    expect(await faults(PHONES(''))).toEqual([
      'a.yaml:3:43 expected `mail` among them: this kind of profile knows people by it',
    ])
    expect(await faults(PHONES(', withoutMail: true'))).toEqual([])
  })
})

describe('mailbox-migration', () => {
  const profile = `
name: move-tailspin
kind: mailbox-migration
from: { tenant: fabrikam, group: Migrating to Contoso }
to: { tenant: contoso, domain: contoso.com, deliveryDomain: contoso.mail.onmicrosoft.com }
application: { clientId: 1d2e3f40-0000-4000-8000-00000000000d, secretEnv: MIGRATION_APP_SECRET }
endpoint: fabrikam-to-contoso
batch: { name: wave-1, autoStart: false, autoComplete: false, completeAfter: 2026-12-01T20:00:00Z, notify: it@contoso.com }
`
  test('is checked by its schema, and then against its tenants', async () => {
    expect(await faults(profile)).toEqual([
      'a.yaml:4:15 `fabrikam` is in the cloud global, `contoso` in usgov: mailboxes move only within one',
    ])
    expect(
      await faults(
        profile.replace('2026-12-01T20:00:00Z', 'soon').replace('MIGRATION_APP_SECRET', 'AZURE_SECRET'),
      ),
    ).toEqual([
      expect.stringContaining('a.yaml:5:75 `application.secretEnv` is not a name'),
      'a.yaml:7:78 `batch.completeAfter` is "soon": expected a time like 2026-12-01T20:00:00Z',
    ])
  })
})
