import { afterEach, describe, expect, test } from '@jest/globals'
import { IncompleteReadError } from '../../../microsoft/errors.ts'
import type { PersonField } from '../../../people/person.ts'
import type { TenantSeed, UserSeed } from '../../../simulator/seed.ts'
import { NAME_AND_MAIL, Recipients } from './recipients.ts'

let tenant: Recipients

afterEach(() => tenant.stop())

const started = async (seed: Partial<TenantSeed>) => (tenant = await Recipients.start(seed))

const staff = (count: number): UserSeed[] =>
  Array.from({ length: count }, (_, index) => ({
    userPrincipalName: `u${index}@fabrikam.com`,
    displayName: `User ${index}`,
    mail: `u${index}@fabrikam.com`,
    mobilePhone: `+1 ${index}`,
  }))

const CONTACTS = [{ Name: 'c', ExternalEmailAddress: 'c@partner.com', MobilePhone: '+1 9' }]
const PHONES: ReadonlySet<PersonField> = new Set(['displayName', 'mail', 'mobilePhone'])
const MANAGER: ReadonlySet<PersonField> = new Set(['displayName', 'mail', 'manager'])

describe('requests', () => {
  test('are pages of two listings, however many people there are', async () => {
    await started({ users: staff(1500) })
    const people = await tenant.people({}, PHONES)
    expect(people.size).toBe(1500)
    expect(people.get('u1499@fabrikam.com')?.mobilePhone).toBe('+1 1499')
    expect(tenant.cmdlets().sort()).toEqual(['Get-Recipient', 'Get-Recipient', 'Get-User', 'Get-User'])
  })

  test('are of one listing where nobody reads what the other shows', async () => {
    await started({ users: staff(2), mailContacts: CONTACTS })
    await tenant.read({ include: ['user-mailboxes', 'mail-contacts'] }, NAME_AND_MAIL)
    expect(tenant.cmdlets()).toEqual(['Get-Recipient'])
  })

  test.each([
    ['user-mailboxes', ['Get-Recipient', 'Get-User']],
    ['mail-contacts', ['Get-Contact', 'Get-Recipient']],
    ['distribution-groups', ['Get-Recipient']],
  ] as const)('of %s ask only for halves that they have', async (include, cmdlets) => {
    await started({ users: staff(2), mailContacts: CONTACTS })
    await tenant.read({ include: [include] }, PHONES)
    expect(tenant.cmdlets().sort()).toEqual(cmdlets)
  })

  test('name the types wanted, so that no other recipient is sent', async () => {
    await started({ users: staff(1), mailContacts: CONTACTS })
    await tenant.read({ include: ['user-mailboxes', 'room-mailboxes'] }, PHONES)
    for (const { body } of tenant.simulator.requests.filter(({ service }) => service === 'exchange'))
      expect(body).toMatchObject({
        CmdletInput: { Parameters: { RecipientTypeDetails: ['UserMailbox', 'RoomMailbox'] } },
      })
  })
})

describe('a half that its listing lacks', () => {
  const short = (rows: number) =>
    tenant.simulator.faults.add({ on: { operation: 'Get-User', nth: 1 }, do: { truncated: { rows } } })

  test('is asked for: its recipient may have been made between the two', async () => {
    await started({ users: staff(5) })
    short(3)
    const people = await tenant.people({}, PHONES)
    expect([...people.values()].map(({ mobilePhone }) => mobilePhone)).toEqual([
      '+1 0',
      '+1 1',
      '+1 2',
      '+1 3',
      '+1 4',
    ])
    expect(tenant.cmdlets().sort()).toEqual(['Get-Recipient', 'Get-User', 'Get-User', 'Get-User'])
  })

  test('and that is not to be had is an incomplete read: an empty half would clear attributes', async () => {
    await started({ users: staff(5) })
    short(3)
    const { recipients } = tenant.simulator.world.tenants.get('fabrikam')!
    const leave = () => void recipients.remove(recipients.signingInAs('u4@fabrikam.com')[0]!.guid)
    tenant.simulator.faults.add({
      on: { operation: 'Get-User', nth: 2 },
      do: { call: leave, when: 'before' },
    })
    await expect(tenant.read({}, PHONES)).rejects.toThrow(IncompleteReadError)
  })

  test('with many others is an incomplete read at once', async () => {
    await started({ users: staff(30) })
    short(3)
    await expect(tenant.read({}, PHONES)).rejects.toThrow(/Get-User did not come whole/)
    expect(tenant.cmdlets().sort()).toEqual(['Get-Recipient', 'Get-User'])
  })

  test('for want of the right to read it fails the read', async () => {
    await started({ users: staff(2) })
    tenant.simulator.faults.add({ on: { operation: 'Get-User' }, do: { status: 403 } })
    await expect(tenant.read({}, PHONES)).rejects.toMatchObject({ status: 403 })
  })
})

describe('a listing that is cut short', () => {
  test.each(['Get-Recipient', 'Get-User', 'Get-Contact'])('%s: nobody is read', async (operation) => {
    await started({ users: staff(3), mailContacts: CONTACTS })
    tenant.simulator.faults.add({ on: { operation }, do: { truncated: { rows: 0, warning: true } } })
    await expect(tenant.read({ include: ['user-mailboxes', 'mail-contacts'] }, PHONES)).rejects.toThrow(
      IncompleteReadError,
    )
  })
})

describe('managers', () => {
  const managed = (name: string, manager: string): UserSeed => ({
    userPrincipalName: `${name}@fabrikam.com`,
    displayName: name,
    mail: `${name}@fabrikam.com`,
    manager,
  })
  const boss = (name: string, nameInExchange: string): UserSeed => ({
    userPrincipalName: `${name}@fabrikam.com`,
    displayName: name,
    nameInExchange,
  })

  test('are called as people call them, with a mailbox or without', async () => {
    await started({ users: [managed('ada', 'Grace@fabrikam.com'), boss('Grace', 'cf1b2a3e-0000')] })
    expect((await tenant.people({}, MANAGER)).get('ada@fabrikam.com')?.manager).toBe('Grace')
  })

  test('who share a name are unknown, of those whose manager they are alone; and `where` does not judge by them', async () => {
    await started({
      users: [
        managed('ada', 'Grace@fabrikam.com'),
        managed('bob', 'Joan@fabrikam.com'),
        managed('cy', 'bob@fabrikam.com'),
        boss('Grace', 'Boss'),
        boss('Jean', 'Boss'),
        boss('Joan', 'Joan'),
      ],
    })
    const { people } = await tenant.read({}, MANAGER)
    expect(people.map(({ person, unknown }) => [person.manager, unknown.has('manager')])).toEqual([
      ['', true],
      ['Joan', false],
      ['bob', false],
    ])
    await expect(tenant.read({ where: 'manager == "Joan"' })).rejects.toMatchObject({
      code: 'where-reads-unknown',
    })
  })

  test('are not asked for of groups, which have none', async () => {
    await started({ users: staff(1) })
    await tenant.read({ include: ['distribution-groups'] }, MANAGER)
    expect(tenant.cmdlets()).toEqual(['Get-Recipient'])
  })
})
