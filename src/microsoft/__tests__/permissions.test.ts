/** What is said of permissions, against what Microsoft says of them. */
import { describe, expect, test } from '@jest/globals'
import graph from '../../simulator/contract/graph.json' with { type: 'json' }
import {
  graphCure,
  READ_CONTACTS,
  READ_GROUP_MEMBERS,
  READ_ORG_CONTACTS,
  READ_USERS,
  WRITE_CONTACTS,
  type Privilege,
} from '../permissions.ts'
import { permissionWrites } from '../token-claims.ts'

const paths: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = graph.paths
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, sufficient]) => ({ method, path, sufficient })),
)
const names = [...new Set(operations.flatMap(({ sufficient }) => sufficient))].sort()

describe('a permission that stands for another', () => {
  /** The operations that a run asks of each. */
  const USES: readonly (readonly [Privilege, readonly string[]])[] = [
    [READ_USERS, ['GET /users', 'GET /users/{id}', 'GET /users/{id}/manager']],
    [READ_GROUP_MEMBERS, ['GET /groups', 'GET /groups/{id}', 'GET /groups/{id}/transitiveMembers']],
    [READ_ORG_CONTACTS, ['GET /contacts', 'GET /contacts/{id}']],
    [READ_CONTACTS, ['GET /users/{id}/contacts', 'GET /users/{id}/contactFolders']],
  ]
  const sufficientFor = (operation: string) => {
    const [method = '', path = ''] = operation.split(' ')
    return paths[path]![method]!
  }

  test.each(USES.map(([privilege, uses]) => [privilege.name, privilege, uses] as const))(
    '%s',
    (_, { name, alike = [], within = [] }, uses) => {
      for (const use of uses)
        for (const one of [name, ...alike, ...within])
          expect([use, one, sufficientFor(use).includes(one)]).toEqual([use, one, true])
    },
  )
})

test('an operation that is refused is told the permission that allows it', () => {
  const told = operations.flatMap(({ method, path, sufficient }) => {
    const said = graphCure(`${method} ${path}`, 'an-app')
    const name = /permission (\S+):/.exec(said ?? '')?.[1]
    return name === undefined ? [] : [[`${method} ${path}`, sufficient.includes(name)]]
  })
  expect(told.length).toBeGreaterThan(20)
  expect(told.filter(([, right]) => !right)).toEqual([])
})

describe('whether a permission writes', () => {
  test('all that allow an operation that writes do', () => {
    const writing = operations
      .filter(({ method, path }) => method !== 'GET' && path !== '/$batch')
      .flatMap(({ sufficient }) => sufficient)
    expect(writing).toContain(WRITE_CONTACTS.name)
    expect(writing.filter((name) => !permissionWrites(name))).toEqual([])
  })

  test('of all that Microsoft lists for what a run asks, just these do not', () => {
    expect(names.filter((name) => !permissionWrites(name))).toEqual([
      'Application.Read.All',
      'AuditLog.Read.All',
      'Contacts.Read',
      'CustomSecAttributeProvisioning.Read.All',
      'DeviceManagementApps.Read.All',
      'DeviceManagementConfiguration.Read.All',
      'DeviceManagementManagedDevices.Read.All',
      'DeviceManagementServiceConfig.Read.All',
      'Directory.Read.All',
      'Domain.Read.All',
      'Group-XTenantIdentitySync.Read.All',
      'Group.Read.All',
      'Group.ReadBasic.All',
      'GroupMember.Read.All',
      'GroupMember.ReadBasic.All',
      'MultiTenantOrganization.Read.All',
      'OrgContact.Read.All',
      'Organization.Read.All',
      'Policy.Read.All',
      'ProfilePhoto.Read.All',
      'ProvisioningLog.Read.All',
      'Synchronization.Read.All',
      'User.Read.All',
      'User.ReadBasic.All',
    ])
  })

  test.each([
    'Mail.Send',
    'User.Invite.All',
    'User.EnableDisableAccount.All',
    'User.DeleteRestore.All',
    'Group.ManageProtection.All',
    'Group.Create',
    'Application.ReadWrite.OwnedBy',
    'Application.ReadUpdate.All',
    'AdministrativeUnit.ReadWriteBasic.All',
    'AgentIdentityBlueprint.UpdateAuthProperties.All',
    'Sites.FullControl.All',
    'Sites.Selected',
    'TeamsAppInstallation.ReadWriteForUser.All',
    'MailboxItem.ImportExport.All',
    'full_access_as_app',
    'SMTP.SendAsApp',
    '',
  ])('%s does', (name) => {
    expect(permissionWrites(name)).toBe(true)
  })

  test.each(['TeamsAppInstallation.ReadForUser.All', 'Member.Read.Hidden', 'Policy.Read.ConditionalAccess'])(
    '%s does not',
    (name) => {
      expect(permissionWrites(name)).toBe(false)
    },
  )
})
