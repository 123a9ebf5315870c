import { describe, expect, test } from '@jest/globals'

import { encrypted, encryptedCredential } from '../../secure.ts'
import { SECRET, prepared, type Seeds } from './prepared.ts'
import { CONTOSO, MOVER, twoTenants } from './two-tenants.ts'

const NEW = {
  Name: 'from-fabrikam',
  RemoteServer: 'outlook.office.com',
  RemoteTenant: 'fabrikam.onmicrosoft.com',
  Credentials: encryptedCredential(MOVER, SECRET),
  ExchangeRemoteMove: true,
  ApplicationId: MOVER,
}

const ADA = { TestMailbox: 'ada@contoso.com' }

describe('New-MigrationEndpoint', () => {
  test('answers with the endpoint, and never with its secret', async () => {
    const { contoso } = twoTenants()
    const made = await contoso.one('New-MigrationEndpoint', NEW)
    expect(made).toMatchObject({
      Identity: 'from-fabrikam',
      EndpointType: 'ExchangeRemoteMove',
      RemoteServer: 'outlook.office.com',
      RemoteTenant: 'fabrikam.onmicrosoft.com',
      ApplicationId: MOVER,
      Username: MOVER,
      MaxConcurrentMigrations: '20',
    })
    expect(JSON.stringify(made)).not.toContain(SECRET)
    expect(await contoso.one('Get-MigrationEndpoint')).toEqual(made)
    expect(await contoso.one('Get-MigrationEndpoint', { Identity: 'FROM-Fabrikam' })).toEqual(made)
    expect(await contoso.one('Get-MigrationEndpoint', { Type: 'ExchangeRemoteMove' })).toEqual(made)
    expect((await contoso.run('Get-MigrationEndpoint', { Type: 'IMAP' })).rows).toEqual([])
  })

  test.each([
    ['a credential in the open', { UserName: MOVER, Password: SECRET }],
    ['a secret without a name', { UserName: '', Password: encrypted(SECRET) }],
    ['a text', SECRET],
  ])('%s: refused as the service does, which shows it', async (_, Credentials) => {
    const { contoso } = twoTenants()
    const { status, error } = await contoso.run('New-MigrationEndpoint', { ...NEW, Credentials })
    expect(status).toBe(400)
    expect(error).toMatchObject({
      type: 'Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException',
      text: expect.stringMatching(/parameter 'Credentials'.*"System\.Management\.Automation\.PSCredential"/),
    })
    expect((await contoso.run('Get-MigrationEndpoint')).rows).toEqual([])
  })

  test('a name that there is already', async () => {
    const { error } = await prepared().contoso.run('New-MigrationEndpoint', {
      ...NEW,
      Name: 'From-Fabrikam',
    })
    expect(error?.type).toMatch(/MigrationEndpointDuplicatedException$/)
  })

  test('a server that is none, and an organization that is not customized yet', async () => {
    const { contoso } = twoTenants({ contoso: { migration: { dehydrated: true } } })
    const make = (parameters: object) =>
      contoso.run('New-MigrationEndpoint', { ...NEW, ...parameters }).then(({ error }) => error?.text)
    expect(await make({})).toContain('Enable-OrganizationCustomization')
    expect(
      (await twoTenants().contoso.run('New-MigrationEndpoint', { ...NEW, RemoteServer: 'https://x' })).error
        ?.text,
    ).toContain('Microsoft.Exchange.Data.Fqdn')
  })
})

test('Set-MigrationEndpoint sets another secret', async () => {
  const { contoso } = prepared((seeds) => (seeds.contoso.migration.endpoints[0]!.secret = 'expired'))
  const result = async () =>
    (await contoso.one('Test-MigrationServerAvailability', { Endpoint: 'from-fabrikam' }))['Result']
  expect(await result()).toBe('Failed')
  const set = { Identity: 'from-fabrikam', Credentials: encryptedCredential(MOVER, SECRET) }
  expect((await contoso.run('Set-MigrationEndpoint', set)).status).toBe(200)
  expect(await result()).toBe('Success')
  const { warnings } = await contoso.run('Set-MigrationEndpoint', { Identity: 'from-fabrikam' })
  expect(warnings).toHaveLength(1)
})

describe('Remove-MigrationEndpoint', () => {
  test('asks first', async () => {
    const { contoso } = prepared()
    const remove = (parameters: object) =>
      contoso.run('Remove-MigrationEndpoint', { Identity: 'from-fabrikam', ...parameters })
    expect((await remove({})).error?.text).toMatch(/user interaction/)
    expect((await remove({ Confirm: false })).status).toBe(200)
    expect((await remove({ Confirm: false })).status).toBe(404)
  })

  test('not while a batch uses it', async () => {
    const { contoso } = prepared((seeds) =>
      Object.assign(seeds.contoso.migration, {
        batches: [
          { name: 'wave-1', endpoint: 'from-fabrikam', targetDeliveryDomain: 'contoso.com', users: [] },
        ],
      }),
    )
    const remove = { Identity: 'from-fabrikam', Confirm: false }
    expect((await contoso.run('Remove-MigrationEndpoint', remove)).error?.text).toContain('"wave-1" uses it')
  })
})

describe('Test-MigrationServerAvailability', () => {
  const outcome = (change?: (seeds: Seeds) => unknown, parameters: object = ADA) =>
    prepared((seeds) => void change?.(seeds)).contoso.one('Test-MigrationServerAvailability', {
      Endpoint: 'from-fabrikam',
      ...parameters,
    })

  test('succeeds when both organizations, the application and the mail user are ready', async () => {
    expect(await outcome()).toMatchObject({ Result: 'Success', Message: '' })
  })

  test.each<[string, (seeds: Seeds) => unknown, RegExp]>([
    [
      'no such tenant',
      ({ contoso }) => (contoso.migration.endpoints[0]!.remoteTenant = 'nowhere.example'),
      /'nowhere\.example' couldn't be found/,
    ],
    ['no consent in the source', ({ fabrikam }) => (fabrikam.apps = []), /AADSTS700016/],
    [
      'no permission',
      ({ fabrikam }) => (fabrikam.apps[0]!.exchange.mailboxMigration = false),
      /Mailbox\.Migration in 'fabrikam\.onmicrosoft\.com'/,
    ],
    [
      'another secret',
      ({ contoso }) => (contoso.migration.endpoints[0]!.secret = 'expired'),
      /AADSTS7000215/,
    ],
    [
      'no relationship in the target',
      ({ contoso }) => (contoso.migration.relationships = []),
      /'pull' or Inbound/,
    ],
    [
      'a relationship that lets nothing move, beside the right one',
      ({ contoso }) =>
        contoso.migration.relationships.push({
          Name: 'sharing',
          Enabled: true,
          MailboxMoveEnabled: false,
          DomainNames: ['fabrikam.com'],
          MailboxMoveCapability: 'Inbound',
        }),
      /'pull' or Inbound/,
    ],
    [
      'moves the other way',
      ({ fabrikam }) =>
        Object.assign(fabrikam.migration.relationships[0]!, { MailboxMoveCapability: 'RemoteInbound' }),
      /'push' or RemoteOutbound/,
    ],
    [
      'another application',
      ({ fabrikam }) => (fabrikam.migration.relationships[0]!.OAuthApplicationId = CONTOSO),
      /'push' or RemoteOutbound/,
    ],
    [
      'no published scope',
      ({ fabrikam }) => (fabrikam.migration.relationships[0]!.MailboxMovePublishedScopes = []),
      /'push' or RemoteOutbound/,
    ],
  ])('%s: nobody may move', async (_, change, message) => {
    for (const parameters of [{}, ADA])
      expect(await outcome(change, parameters)).toMatchObject({
        Result: 'Failed',
        Message: expect.stringMatching(message),
      })
  })

  const mailUser = ({ contoso }: Seeds) => contoso.mailUsers[0]!.exchange
  const mailbox = ({ fabrikam }: Seeds) => fabrikam.users[0]!.exchange
  test.each<[string, (seeds: Seeds) => unknown, RegExp]>([
    [
      'a mail user without the GUID',
      (seeds) => Reflect.deleteProperty(mailUser(seeds), 'ExchangeGuid'),
      /^Cannot find a recipient that has mailbox GUID '00000000-/,
    ],
    [
      'a GUID of no mailbox there',
      (seeds) => (mailUser(seeds).ExchangeGuid = CONTOSO),
      /^Cannot find a recipient that has mailbox GUID/,
    ],
    ['not in the group', ({ fabrikam }) => (fabrikam.groups[0]!.members = []), /isn't in the scope/],
    [
      'on hold',
      (seeds) => Object.assign(mailbox(seeds), { LitigationHoldEnabled: true }),
      /on hold: LitigationHoldEnabled/,
    ],
    [
      'an archive that the mail user has not',
      (seeds) => Object.assign(mailbox(seeds), { ArchiveGuid: CONTOSO }),
      /archive GUID/,
    ],
    [
      'an archive that grows by itself',
      (seeds) => Object.assign(mailbox(seeds), { AutoExpandingArchiveEnabled: true, ArchiveGuid: CONTOSO }),
      /auto-expanding archive/,
    ],
    [
      "without the mailbox's LegacyExchangeDN",
      (seeds) => mailUser(seeds).EmailAddresses.splice(2, 1),
      /'x500:\/o=ExchangeLabs\/cn=ada'/,
    ],
    [
      'without an X500 address that the mailbox has',
      (seeds) => mailUser(seeds).EmailAddresses.splice(3, 1),
      /'X500:\/o=Before\/cn=ada'/,
    ],
    [
      'with an address of the source',
      (seeds) => mailUser(seeds).EmailAddresses.push('smtp:ada.l@fabrikam.com'),
      /not an accepted domain/,
    ],
  ])('%s: this one may not', async (_, change, message) => {
    expect(await outcome(change)).toMatchObject({
      Result: 'Failed',
      Message: expect.stringMatching(message),
    })
    expect(await outcome(change, {})).toMatchObject({ Result: 'Success' })
  })

  test('somebody who has a mailbox already', async () => {
    const { contoso } = prepared((seeds) =>
      Object.assign(seeds.contoso, {
        users: [{ userPrincipalName: 'bob@contoso.com', displayName: 'Bob', mail: 'bob@contoso.com' }],
      }),
    )
    const test = { Endpoint: 'from-fabrikam', TestMailbox: 'bob@contoso.com' }
    expect(await contoso.one('Test-MigrationServerAvailability', test)).toMatchObject({
      Message: "Target user 'Bob' already has a primary mailbox.",
    })
  })

  test('no such endpoint, or nobody of this address: 404', async () => {
    const { contoso } = prepared()
    for (const parameters of [
      { Endpoint: 'x' },
      { Endpoint: 'from-fabrikam', TestMailbox: 'nobody@contoso.com' },
    ])
      expect((await contoso.run('Test-MigrationServerAvailability', parameters)).status).toBe(404)
  })
})
