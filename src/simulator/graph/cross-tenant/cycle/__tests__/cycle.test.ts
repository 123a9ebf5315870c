import { describe, expect, test } from '@jest/globals'

import { SECRETS } from '../../__tests__/practice.ts'
import { practised } from './practised.ts'

const GUEST = 'ada_fabrikam.com#EXT#@contoso.onmicrosoft.com'

describe('a cycle brings', () => {
  test('those who are assigned, as the schema says, into directory and address book', () => {
    const { cycle, guest, target } = practised()
    expect(cycle()).toMatchObject({ entitled: 1, exported: 1, escrowed: 0, state: 'Succeeded' })
    expect(guest()).toMatchObject({
      userPrincipalName: GUEST,
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      mail: 'ada@fabrikam.com',
      department: 'Engines',
      businessPhones: ['+44 1'],
      accountEnabled: true,
      showInAddressList: true,
      userType: 'Member',
      creationType: 'Invitation',
      externalUserState: 'Accepted',
    })
    const [recipient] = target.recipients.holders('ada@fabrikam.com')
    expect(recipient).toMatchObject({ type: 'GuestMailUser', softDeleted: false })
    expect(recipient?.values).toMatchObject({
      DisplayName: 'Ada Lovelace',
      HiddenFromAddressListsEnabled: false,
    })
  })

  test('the direct members of a group, but nobody of groups within it, nor anybody who is a guest', () => {
    const { cycle, guest, target } = practised({ application: { assigned: ['Everyone here'] } })
    expect(cycle()).toMatchObject({ entitled: 2, exported: 1 })
    expect([guest('ada'), guest('grace')]).toEqual([expect.anything(), undefined])
    expect(target.directory.userCount).toBe(2)
  })

  test('everybody, when it is to', () => {
    const { cycle, target } = practised({
      application: { assigned: [], secrets: { ...SECRETS, SyncAll: 'true' } },
    })
    cycle()
    expect([...target.directory.users()].map(({ properties }) => properties['displayName'])).toEqual([
      'Mary',
      'Ada Lovelace',
      'Charles Babbage',
      'Grace Hopper',
    ])
  })

  test('what the mapping makes of them', () => {
    const mapping = {
      displayName: 'Append([displayName], " (Fabrikam)")',
      showInAddressList: '"false"',
      telephoneNumber: null,
      extensionAttribute3: 'ToUpper([department])',
      otherMails: '[mail]',
    }
    const { cycle, guest, target } = practised({ application: { job: { mapping } } })
    cycle()
    expect(guest()).toMatchObject({
      displayName: 'Ada Lovelace (Fabrikam)',
      showInAddressList: false,
      businessPhones: [],
      otherMails: ['ada@fabrikam.com'],
      onPremisesExtensionAttributes: { extensionAttribute3: 'ENGINES' },
    })
    const [recipient] = target.recipients.holders('ada@fabrikam.com')
    expect(recipient?.values['HiddenFromAddressListsEnabled']).toBe(true)
  })

  test('nothing the second time', () => {
    const { cycle, source } = practised()
    cycle()
    expect(cycle()).toMatchObject({ exported: 0, exports: 0, imported: 1, state: 'Succeeded' })
    expect(source.crossTenant.log).toHaveLength(1)
  })

  test('changes of the source, and mends those of the target; the user’s type flows only once', () => {
    const { cycle, guest, source, target } = practised()
    cycle()
    source.directory.updateUser('ada@fabrikam.com', { department: 'Poetry', accountEnabled: false })
    target.directory.updateUser(GUEST, { displayName: 'Changed', userType: 'Guest' })
    expect(cycle()).toMatchObject({ exported: 1 })
    expect(guest()).toMatchObject({
      department: 'Poetry',
      displayName: 'Ada Lovelace',
      accountEnabled: false,
      userType: 'Guest',
    })
    expect(source.crossTenant.log.at(-1)).toMatchObject({
      provisioningAction: 'update',
      modifiedProperties: expect.arrayContaining([
        { displayName: 'department', oldValue: 'Engines', newValue: 'Poetry' },
      ]),
    })
  })

  test('a guest who was invited before under the rule, and not a second one', () => {
    const invited = { userPrincipalName: GUEST, displayName: 'A. L.', mail: 'ada@fabrikam.com' }
    const { cycle, guest, target } = practised({ contoso: { users: [invited] } })
    cycle()
    expect(target.directory.userCount).toBe(1)
    expect(guest()).toMatchObject({ displayName: 'Ada Lovelace', userType: 'Guest' })
  })
})

describe('who leaves the scope', () => {
  test('is soft-deleted, and comes back as they were when they return', () => {
    const { cycle, guest, principal, source, target } = practised()
    cycle()
    const { id } = guest() as { id: string }
    const assignments = new Map(principal.assignments)
    principal.assignments.clear()
    expect(cycle()).toMatchObject({ exported: 1 })
    expect(guest()).toBeUndefined()
    expect(target.directory.deletedUser(id)?.properties['deletedDateTime']).toEqual(expect.any(String))
    expect(target.recipients.holders('ada@fabrikam.com')).toMatchObject([{ softDeleted: true }])
    expect(source.crossTenant.log.at(-1)).toMatchObject({ provisioningAction: 'delete' })
    for (const [key, value] of assignments) principal.assignments.set(key, value)
    expect(cycle()).toMatchObject({ exported: 1 })
    expect(guest()).toMatchObject({ id, deletedDateTime: null })
    expect(target.recipients.holders('ada@fabrikam.com')).toMatchObject([{ softDeleted: false }])
  })

  test('may be one who is gone from the source, or does not pass the filter', () => {
    const { cycle, guest, source, job } = practised({
      application: { assigned: ['ada@fabrikam.com', 'charles@fabrikam.com', 'grace@fabrikam.com'] },
    })
    cycle()
    source.directory.removeUser('charles@fabrikam.com')
    const [rule] = job.schema.synchronizationRules as unknown as [
      { objectMappings: [{ scope: { groups: unknown[] } }] },
    ]
    const clause = {
      operatorName: 'EQUALS',
      sourceOperandName: 'department',
      targetOperand: { values: ['Navy'] },
    }
    rule.objectMappings[0].scope.groups = [{ name: 'Navy', clauses: [clause] }]
    expect(cycle()).toMatchObject({ exported: 2 })
    expect([guest('ada'), guest('charles'), guest('grace')]).toEqual([
      undefined,
      undefined,
      expect.anything(),
    ])
  })

  test('stays when the job is told so', () => {
    const { cycle, guest, principal } = practised()
    cycle()
    principal.assignments.clear()
    principal.secrets.set('SkipOutOfScopeDeletions', 'true')
    cycle()
    expect(guest()).toBeDefined()
  })

  test('stays when there are more of them than accidental deletion prevention allows', () => {
    const settings = JSON.stringify({ Enabled: true, DeleteThresholdEnabled: true, DeleteThresholdValue: 1 })
    const { cycle, guest, principal, job } = practised({
      application: {
        assigned: ['ada@fabrikam.com', 'charles@fabrikam.com'],
        secrets: { ...SECRETS, SyncNotificationSettings: settings },
      },
    })
    cycle()
    principal.assignments.clear()
    cycle()
    expect([guest('ada'), guest('charles')]).not.toContain(undefined)
    expect(job.quarantine).toMatchObject({ reason: 'TooManyDeletes', seriesCount: 1 })
    cycle()
    expect(job.quarantine).toMatchObject({ seriesCount: 2 })
    cycle({ force: true })
    expect([guest('ada'), guest('charles'), job.quarantine]).toEqual([undefined, undefined, undefined])
  })

  test('by the target’s own hand is not brought back', () => {
    const { cycle, guest, target } = practised()
    cycle()
    target.directory.removeUser(GUEST)
    expect(cycle()).toMatchObject({ exported: 0, escrowed: 0 })
    expect(guest()).toBeUndefined()
  })
})
