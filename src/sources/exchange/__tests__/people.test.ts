/** Recipients as people: of which type, with which fields. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { FABRIKAM, PHONES_AND_ADDRESS } from './fabrikam.ts'
import { Recipients } from './recipients.ts'

let tenant: Recipients

beforeAll(async () => {
  tenant = await Recipients.start(FABRIKAM)
})
afterAll(() => tenant.stop())

describe('a person', () => {
  test('of a user mailbox has the fields of both listings', async () => {
    const ada = (await tenant.people()).get('ada@fabrikam.com')
    expect(ada).toMatchObject({
      id: 'ada00000-0000-4000-8000-00000000000a',
      type: 'member',
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      userPrincipalName: 'ada@fabrikam.onmicrosoft.com',
      alias: 'ada',
      proxyAddresses: ['SMTP:ada@fabrikam.com', 'smtp:countess@fabrikam.com', 'X500:/o=old/cn=ada'],
      jobTitle: 'Engineer',
      department: 'Engines',
      companyName: 'Fabrikam',
      officeLocation: '12',
      manager: 'Grace Hopper',
      ...PHONES_AND_ADDRESS,
      employeeId: '',
      extensionAttribute3: 'three',
    })
    expect(ada?.legacyExchangeDN).toMatch(/^\/o=ExchangeLabs\/.*-ada$/)
  })

  test('of a mail contact reads mail at the external address, whatever the primary one is', async () => {
    const { people } = await tenant.read({ include: ['mail-contacts'] })
    expect(people).toHaveLength(1)
    expect(people[0]).toMatchObject({
      person: {
        type: 'contact',
        displayName: 'Carl Partner',
        mail: 'carl@partner.com',
        proxyAddresses: ['SMTP:carl.partner@fabrikam.com', 'smtp:carl@partner.com'],
        jobTitle: 'Partner',
        businessPhones: ['+1 1'],
        mobilePhone: '+1 2',
        faxNumber: '+1 3',
        streetAddress: 'Street 4',
      },
    })
  })

  test.each([
    ['user-mailboxes', ['member Ada Lovelace', 'member Grace Hopper']],
    ['shared-mailboxes', ['shared-mailbox Info']],
    ['room-mailboxes', ['room Oak']],
    ['equipment-mailboxes', ['equipment Van', "equipment Brian O'Brien"]],
    ['distribution-groups', ['group All', 'group Admins', 'group Everybody', 'group Rooms']],
    ['microsoft-365-groups', ['group Team', 'group Secret']],
    ['mail-contacts', ['contact Carl Partner']],
    ['mail-users', ['member Mail User', 'guest Moved']],
  ] as const)('of %s: no other, and of its type', async (include, expected) => {
    const people = await tenant.people({ include: [include], hidden: 'include' })
    expect([...people.values()].map(({ type, displayName }) => `${type} ${displayName}`).sort()).toEqual(
      expected.toSorted(),
    )
  })

  test('has the id of Exchange where Entra does not know them: dynamic distribution groups', async () => {
    const people = await tenant.people({ include: ['distribution-groups'] })
    const [recipient] = tenant.simulator.world.tenants
      .get('fabrikam')!
      .recipients.ofType('DynamicDistributionGroup')
    expect(people.get('everybody@fabrikam.com')?.id).toBe(recipient!.guid)
  })
})

describe('what is unknown', () => {
  const unknown = async (include: 'user-mailboxes' | 'mail-contacts' | 'distribution-groups') => {
    const { people } = await tenant.read({ include: [include] })
    const sets = new Set(people.map((one) => one.unknown))
    expect(sets.size).toBe(1)
    return [...[...sets][0]!].sort()
  }

  test('of a mailbox is what no listing shows', async () => {
    expect(await unknown('user-mailboxes')).toEqual(['employeeId'])
  })

  test('of contacts and groups is what only users have, besides; that a group has no mobile phone is known', async () => {
    const beside = ['employeeId', 'legacyExchangeDN', 'userPrincipalName']
    expect(await unknown('mail-contacts')).toEqual(beside)
    expect(await unknown('distribution-groups')).toEqual(beside)
  })

  test('is never judged by', async () => {
    await expect(tenant.read({ where: 'employeeId != ""' })).rejects.toMatchObject({
      code: 'where-reads-unknown',
      message: expect.stringMatching(/`employeeId`, which Exchange does not show of user-mailboxes/),
    })
    const include = ['user-mailboxes', 'mail-contacts'] as const
    await expect(tenant.read({ include: [...include], where: 'userPrincipalName != ""' })).rejects.toThrow(
      /not show of mail-contacts/,
    )
  })
})
