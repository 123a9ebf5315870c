/** Which recipients are in scope of a profile. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { UserSeed } from '../../../simulator/seed.ts'
import type { ExchangeFrom } from '../../schema.ts'
import { FABRIKAM, MARK } from './fabrikam.ts'
import { NAME_AND_MAIL, Recipients } from './recipients.ts'

let tenant: Recipients

beforeAll(async () => {
  tenant = await Recipients.start(FABRIKAM)
})
afterAll(() => tenant.stop())

describe('who is in scope', () => {
  const names = async (from: Parameters<Recipients['read']>[0]) =>
    [...(await tenant.people(from)).values()].map(({ displayName }) => displayName).sort()

  test('nobody whom Exchange hides', async () => {
    expect(await names({})).toEqual(['Ada Lovelace'])
    expect(await names({ include: ['microsoft-365-groups'] })).toEqual(['Team'])
    expect(await names({ hidden: 'include' })).toEqual(['Ada Lovelace', 'Grace Hopper'])
  })

  test('members of groups, through the groups between, of whatever type', async () => {
    const include = ['user-mailboxes', 'shared-mailboxes', 'mail-contacts', 'room-mailboxes'] as const
    expect(await names({ include: [...include], groups: ['All'] })).toEqual([
      'Ada Lovelace',
      'Carl Partner',
      'Info',
    ])
    expect(await names({ include: [...include], groups: ['All'], excludeGroups: ['Inner'] })).toEqual([
      'Info',
    ])
    await expect(tenant.read({ groups: ['Gone'] })).rejects.toMatchObject({ code: 'group-not-found' })
  })

  test('those of whom `where` is true, of what only the other listing shows too', async () => {
    const include = ['user-mailboxes', 'mail-users', 'shared-mailboxes'] as const
    const { people } = await tenant.read({ include: [...include], where: 'mobilePhone != ""' }, NAME_AND_MAIL)
    expect(people.map(({ person }) => person.displayName).sort()).toEqual(['Ada Lovelace', 'Mail User'])
  })
})

describe('what tenant-sync made', () => {
  const marked: UserSeed = {
    userPrincipalName: 'ada@fabrikam.com',
    displayName: 'Ada',
    mail: 'ada@fabrikam.com',
    onPremisesExtensionAttributes: { extensionAttribute15: MARK },
  }
  const read = async (user: UserSeed, include: ExchangeFrom['include'][number]) => {
    const other = await Recipients.start({ users: [user] })
    const { people, skipped } = await other.read({ include: [include] }, NAME_AND_MAIL)
    await other.stop()
    return { people: people.map(({ person }) => person.mail), skipped: skipped.map(({ reason }) => reason) }
  }

  test('is nobody, and shown as skipped', async () => {
    const { people, skipped } = await tenant.read({ include: ['mail-contacts'] }, NAME_AND_MAIL)
    expect(people).toHaveLength(1)
    expect(skipped.map(({ label, reason }) => `${label} ${reason}`)).toEqual([
      'made <made@contoso.com> made-by-tenant-sync',
      'unfinished <unfinished@contoso.com> made-by-tenant-sync',
    ])
  })

  test('is nobody as a mail user, either', async () => {
    expect(await read({ ...marked, mailbox: 'on-premises' }, 'mail-users')).toEqual({
      people: [],
      skipped: ['made-by-tenant-sync'],
    })
  })

  test('is somebody as a mailbox: a mail user of ours became it', async () => {
    expect(await read(marked, 'user-mailboxes')).toEqual({ people: ['ada@fabrikam.com'], skipped: [] })
  })
})
