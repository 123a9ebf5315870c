import { describe, expect, test } from '@jest/globals'

import { CONTOSO, MOVER, twoTenants } from './two-tenants.ts'

const GROUP = {
  displayName: 'Migrating',
  mail: 'migrating@fabrikam.com',
  securityEnabled: true,
}
const OUTBOUND = {
  Name: 'contoso',
  DomainNames: [CONTOSO],
  Enabled: true,
  MailboxMoveEnabled: true,
  MailboxMoveCapability: 'RemoteOutbound' as const,
  OAuthApplicationId: MOVER,
  MailboxMovePublishedScopes: ['Migrating'],
}
const fabrikamWith = (migration: object = { relationships: [OUTBOUND] }) =>
  twoTenants({ fabrikam: { groups: [GROUP], migration } }).fabrikam
const get = 'Get-OrganizationRelationship'

describe('New-OrganizationRelationship', () => {
  test('answers with the whole relationship, as it is found afterwards', async () => {
    const fabrikam = fabrikamWith({})
    const made = await fabrikam.one('New-OrganizationRelationship', OUTBOUND)
    expect(made).toMatchObject({
      ...OUTBOUND,
      Identity: 'contoso',
      FreeBusyAccessEnabled: false,
      WhenCreatedUTC: '2026-11-20T21:00:00.0000000Z',
    })
    expect(await fabrikam.one(get, { Identity: 'CONTOSO' })).toEqual(made)
    expect(await fabrikam.one(get, { Identity: made['Guid'] })).toEqual(made)
    expect(await fabrikam.one(get)).toEqual(made)
  })

  test('is enabled when nothing is said, and lets no mailbox move', async () => {
    const made = await fabrikamWith({}).one('New-OrganizationRelationship', {
      Name: 'x',
      DomainNames: ['x.com'],
    })
    expect(made).toMatchObject({
      Enabled: true,
      MailboxMoveEnabled: false,
      MailboxMoveCapability: 'None',
      MailboxMovePublishedScopes: [],
      OAuthApplicationId: '',
    })
  })

  test('a name that there is already', async () => {
    const { status, error } = await fabrikamWith().run('New-OrganizationRelationship', {
      Name: 'Contoso',
      DomainNames: ['x.com'],
    })
    expect(status).toBe(400)
    expect(error).toMatchObject({
      type: 'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException',
      text: expect.stringMatching(/^The object 'CN=Contoso,.*' already exists\.$/),
    })
  })

  test('a domain that another relationship has, in whatever case', async () => {
    const { error } = await fabrikamWith().run('New-OrganizationRelationship', {
      Name: 'other',
      DomainNames: ['x.com', CONTOSO.toUpperCase()],
    })
    expect(error?.type).toBe(
      'Microsoft.Exchange.Management.SystemConfigurationTasks.DuplicateOrganizationRelationshipDomainException',
    )
  })

  test.each([
    ['a domain that is none', { DomainNames: ['not a domain'] }, /SmtpDomain/],
    ['no domain', { DomainNames: [] }, /"DomainNames" is mandatory/],
    ['a capability that there is not', { MailboxMoveCapability: 'Both' }, /Inbound, Outbound, RemoteInbound/],
    ['a group that there is not', { MailboxMovePublishedScopes: ['Nobody'] }, /'Nobody' couldn't be found/],
  ])('%s', async (_, parameters, text) => {
    const fabrikam = fabrikamWith({})
    const { status, error } = await fabrikam.run('New-OrganizationRelationship', {
      ...OUTBOUND,
      ...parameters,
    })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(error?.text).toMatch(text)
    expect((await fabrikam.run(get)).rows).toEqual([])
  })

  test('a group that is no security group is left out, with a warning and no error', async () => {
    const { fabrikam } = twoTenants({
      fabrikam: { groups: [{ ...GROUP, displayName: 'Team', securityEnabled: false }] },
    })
    const { rows, warnings } = await fabrikam.run('New-OrganizationRelationship', {
      ...OUTBOUND,
      MailboxMovePublishedScopes: ['Team'],
    })
    expect(rows).toMatchObject([{ MailboxMovePublishedScopes: [] }])
    expect(warnings).toEqual([
      "Access scope specified 'Team' is not a security group. This scope will not be added to the organization relationship.",
    ])
  })

  test('an organization that is not customized yet', async () => {
    const fabrikam = fabrikamWith({ dehydrated: true })
    expect(await fabrikam.one('Get-OrganizationConfig')).toMatchObject({ IsDehydrated: true })
    const { error } = await fabrikam.run('New-OrganizationRelationship', OUTBOUND)
    expect(error).toMatchObject({
      type: 'Microsoft.Exchange.Configuration.Tasks.InvalidOperationInDehydratedContextException',
      text: expect.stringContaining('Enable-OrganizationCustomization'),
    })
  })
})

describe('Set-OrganizationRelationship', () => {
  test('changes what it names, and nothing else', async () => {
    const fabrikam = fabrikamWith({ relationships: [{ ...OUTBOUND, FreeBusyAccessEnabled: true }] })
    const { status, rows } = await fabrikam.run('Set-OrganizationRelationship', {
      Identity: 'contoso',
      MailboxMoveEnabled: false,
      DomainNames: { '@odata.type': '#Exchange.GenericHashTable', add: ['contoso.com'] },
    })
    expect([status, rows]).toEqual([200, []])
    expect(await fabrikam.one(get)).toMatchObject({
      ...OUTBOUND,
      MailboxMoveEnabled: false,
      DomainNames: [CONTOSO, 'contoso.com'],
      FreeBusyAccessEnabled: true,
    })
  })

  test('scopes are replaced, added and taken away by whatever name the group goes', async () => {
    const { fabrikam } = twoTenants({
      fabrikam: {
        groups: [GROUP, { ...GROUP, displayName: 'Second', mail: 'second@fabrikam.com' }],
        migration: { relationships: [OUTBOUND] },
      },
    })
    const scopesAfter = async (MailboxMovePublishedScopes: unknown) => {
      await fabrikam.run('Set-OrganizationRelationship', { Identity: 'contoso', MailboxMovePublishedScopes })
      return (await fabrikam.one(get))['MailboxMovePublishedScopes']
    }
    const delta = (change: object) => ({ '@odata.type': '#Exchange.GenericHashTable', ...change })
    expect(await scopesAfter(delta({ add: ['second@fabrikam.com'] }))).toEqual(['Migrating', 'Second'])
    expect(await scopesAfter(delta({ remove: ['Migrating'] }))).toEqual(['Second'])
    expect(await scopesAfter(['migrating@fabrikam.com'])).toEqual(['Migrating'])
    expect(await scopesAfter([])).toEqual(['Migrating'])
  })

  test('says when nothing changed', async () => {
    const { Name: Identity, ...same } = OUTBOUND
    const { warnings } = await fabrikamWith().run('Set-OrganizationRelationship', { Identity, ...same })
    expect(warnings).toEqual([
      "The command completed successfully but no settings of 'contoso' have been modified.",
    ])
  })

  test('a relationship that there is not: 404', async () => {
    const { status } = await fabrikamWith().run('Set-OrganizationRelationship', { Identity: 'x' })
    expect(status).toBe(404)
  })
})

test('Remove-OrganizationRelationship asks first', async () => {
  const fabrikam = fabrikamWith()
  const remove = (parameters: object) => fabrikam.run('Remove-OrganizationRelationship', parameters)
  expect((await remove({ Identity: 'contoso' })).error?.text).toMatch(/does not support user interaction/)
  expect((await remove({ Identity: 'contoso', Confirm: false })).status).toBe(200)
  expect((await fabrikam.run(get)).rows).toEqual([])
  expect((await remove({ Identity: 'contoso', Confirm: false })).status).toBe(404)
})

test.each([
  ['twice one name', [OUTBOUND, { ...OUTBOUND, DomainNames: ['x.com'] }], /there is another/],
  ['twice one domain', [OUTBOUND, { ...OUTBOUND, Name: 'x' }], /contoso has the domain .* already/],
  ['no such group', [{ ...OUTBOUND, MailboxMovePublishedScopes: ['x'] }], /no mail-enabled security group x/],
])('a seed that cannot be: %s', (_, relationships, message) =>
  expect(() => fabrikamWith({ relationships })).toThrow(message),
)
