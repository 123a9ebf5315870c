/** What is said of permissions, against what Microsoft says of them. */
import { describe, expect, test } from '@jest/globals'
import graph from '../../simulator/contract/graph.json' with { type: 'json' }
import {
  ASSIGN_TO_APPLICATIONS,
  graphCure,
  READ_APPLICATIONS,
  READ_AUDIT_LOGS,
  READ_CONTACTS,
  READ_GROUP_MEMBERS,
  READ_ORG_CONTACTS,
  READ_POLICIES,
  READ_SYNCHRONIZATION,
  READ_USERS,
  WRITE_CONTACTS,
  WRITE_OWN_APPLICATIONS,
  WRITE_POLICIES,
  WRITE_SYNCHRONIZATION,
  type Privilege,
} from '../permissions.ts'
import { permissionWrites } from '../token-claims.ts'

const paths: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = graph.paths
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, sufficient]) => ({ method, path, sufficient })),
)
const names = [...new Set(operations.flatMap(({ sufficient }) => sufficient))].sort()

const PARTNER = '/policies/crossTenantAccessPolicy/partners/{id}'
const SYNCHRONIZATION = '/servicePrincipals/{id}/synchronization'
const JOB = `${SYNCHRONIZATION}/jobs/{id}`

describe('a permission that stands for another', () => {
  /** The operations that a run asks of each. */
  const USES: readonly (readonly [Privilege, readonly string[]])[] = [
    [READ_USERS, ['GET /users', 'GET /users/{id}', 'GET /users/{id}/manager']],
    [READ_GROUP_MEMBERS, ['GET /groups', 'GET /groups/{id}', 'GET /groups/{id}/transitiveMembers']],
    [READ_ORG_CONTACTS, ['GET /contacts', 'GET /contacts/{id}']],
    [READ_CONTACTS, ['GET /users/{id}/contacts', 'GET /users/{id}/contactFolders']],
    [READ_POLICIES, [`GET ${PARTNER}`, `GET ${PARTNER}/identitySynchronization`]],
    [
      WRITE_POLICIES,
      [
        `GET ${PARTNER}`,
        'POST /policies/crossTenantAccessPolicy/partners',
        `PATCH ${PARTNER}`,
        `DELETE ${PARTNER}`,
        `GET ${PARTNER}/identitySynchronization`,
        `PUT ${PARTNER}/identitySynchronization`,
        `PATCH ${PARTNER}/identitySynchronization`,
        `DELETE ${PARTNER}/identitySynchronization`,
      ],
    ],
    [
      READ_APPLICATIONS,
      [
        'GET /applications',
        'GET /servicePrincipals',
        'GET /servicePrincipals/{id}',
        'GET /servicePrincipals/{id}/appRoleAssignedTo',
      ],
    ],
    [
      WRITE_OWN_APPLICATIONS,
      [
        'POST /applicationTemplates/{id}/instantiate',
        'DELETE /applications/{id}',
        'GET /servicePrincipals',
        'GET /servicePrincipals/{id}/appRoleAssignedTo',
        'PATCH /servicePrincipals/{id}',
        'DELETE /servicePrincipals/{id}',
      ],
    ],
    [
      READ_SYNCHRONIZATION,
      [`GET ${SYNCHRONIZATION}/jobs`, `GET ${JOB}/schema`, `GET ${SYNCHRONIZATION}/templates/{id}`],
    ],
    [
      WRITE_SYNCHRONIZATION,
      [
        `POST ${SYNCHRONIZATION}/jobs`,
        `POST ${SYNCHRONIZATION}/jobs/validateCredentials`,
        `PUT ${SYNCHRONIZATION}/secrets`,
        `DELETE ${JOB}`,
        `GET ${JOB}/schema`,
        `PUT ${JOB}/schema`,
        `POST ${JOB}/start`,
        `POST ${JOB}/pause`,
        `POST ${JOB}/provisionOnDemand`,
      ],
    ],
    [
      ASSIGN_TO_APPLICATIONS,
      [
        'POST /servicePrincipals/{id}/appRoleAssignedTo',
        'DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}',
      ],
    ],
    [READ_AUDIT_LOGS, ['GET /auditLogs/provisioning']],
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

describe('an operation that is refused', () => {
  const told = ({ method, path }: { method: string; path: string }) =>
    /permission (\S+):/.exec(graphCure(`${method} ${path}`, 'an-app') ?? '')?.[1]
  /** None of an app's permissions allows the others. */
  const allowed = operations.filter(({ method, path }) => !graph.closed.includes(`${method} ${path}`))

  test('is told the permission that allows it', () => {
    const known = allowed.flatMap((one) => {
      const name = told(one)
      return name === undefined ? [] : [[`${one.method} ${one.path}`, one.sufficient.includes(name)]]
    })
    expect(known.length).toBeGreaterThan(50)
    expect(known.filter(([, right]) => !right)).toEqual([])
  })

  test.each(
    allowed
      .filter(({ path }) => /^\/(policies|applications|servicePrincipals|auditLogs)\b/.test(path))
      .map((one) => [`${one.method} ${one.path}`, one] as const),
  )('is told one wherever synchronization is set up: %s', (_, one) => {
    expect(told(one)).toBeDefined()
  })

  const cure = (operation: string) => graphCure(operation, 'an-app')

  test.each([
    'PATCH /servicePrincipals/{id}',
    'DELETE /servicePrincipals/{id}',
    'DELETE /applications/{id}',
    `PUT ${SYNCHRONIZATION}/secrets`,
    `PUT ${JOB}/schema`,
    `POST ${JOB}/start`,
    `POST ${SYNCHRONIZATION}/jobs/validateCredentials`,
  ])('of what somebody else made is told what else would do: %s', (operation) => {
    expect(cure(operation)).toContain(
      'make the app an owner of it and of its service principal, or give it Application.ReadWrite.All for the application and Synchronization.ReadWrite.All for its synchronization.',
    )
  })

  test('of what is yet to be made, or only read, is told nothing of owners', () => {
    for (const operation of ['POST /applicationTemplates/{id}/instantiate', `GET ${JOB}`])
      expect(cure(operation)).not.toMatch(/owner/)
  })

  test('to assign is told that assigning needs to read, too', () => {
    const assigning = 'POST /servicePrincipals/{id}/appRoleAssignedTo'
    expect(Object.keys(graph.together)).toEqual([assigning])
    expect(cure(assigning)).toContain('it lacks Application.Read.All')
  })
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
