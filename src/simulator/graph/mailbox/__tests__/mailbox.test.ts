import { describe, expect, test } from '@jest/globals'

import { buildWorld } from '../../../build.ts'
import { SeedError } from '../../../seed.ts'
import type { UserSeed } from '../../../seed.ts'
import { TENANT } from '../../__tests__/practice.ts'
import { MARK, mailboxPractice } from './practice.ts'

describe('a mailbox in the hands of a test', () => {
  test('is compared before and after, to the byte', () => {
    const { mailbox } = mailboxPractice()
    const before = JSON.stringify(mailbox.snapshot())
    expect(JSON.stringify(mailbox.snapshot())).toBe(before)
    expect(mailbox.snapshot()).toMatchObject([
      { displayName: 'Her Mother', folder: 'Contacts' },
      { displayName: 'Charles Babbage', folder: 'Colleagues', surname: 'Babbage' },
    ])
    const [mother] = mailbox.contacts()
    mailbox.updateContact(mother!, {})
    expect(JSON.stringify(mailbox.snapshot())).not.toBe(before)
  })

  test('gives its contacts by folder, name or either id', () => {
    const { mailbox } = mailboxPractice()
    const charles = mailbox.contactNamed('Charles Babbage')!
    expect([...mailbox.contacts(mailbox.folderNamed('COLLEAGUES'))]).toEqual([charles])
    expect([charles.id, charles.idOf('default')].map((id) => mailbox.contact(id))).toEqual([charles, charles])
    expect(mailbox.contactNamed('Nobody')).toBeUndefined()
    expect(mailbox.folder(charles.folder.id)).toBe(charles.folder)
  })

  test('takes edits by hand, as they are', () => {
    const { mailbox } = mailboxPractice()
    const shared = { displayName: 'Grace', jobTitle: 'Admiral' }
    const [one, two] = [mailbox.addContact(shared), mailbox.addContact(shared)]
    mailbox.updateContact(one, { jobTitle: 'Cook', surname: 'Hopper' })
    expect(one.properties).toEqual({ displayName: 'Grace', jobTitle: 'Cook', surname: 'Hopper' })
    expect(two.properties).toBe(shared)
    mailbox.setContactPhoto(one, 'a picture')
    expect(one.photo?.bytes).toEqual(Buffer.from('a picture'))
    mailbox.setContactPhoto(one, undefined)
    expect(one.photo).toBeUndefined()
    mailbox.removeContact(one)
    expect(mailbox.contact(one.id)).toBeUndefined()
  })

  test('is one for each user who has any, and may be given to others', () => {
    const { tenant } = mailboxPractice()
    expect([...tenant.mailboxes]).toHaveLength(3)
    expect(tenant.mailboxes.of('robot@fabrikam.com')).toBeUndefined()
    const given = tenant.mailboxes.add('robot@fabrikam.com')
    expect(tenant.mailboxes.of(given.userId)).toBe(given)
    expect(() => tenant.mailboxes.add('nobody@fabrikam.com')).toThrow(RangeError)
  })
})

describe('a seed', () => {
  const seeded = (user: Partial<UserSeed>) =>
    buildWorld({
      tenants: {
        fabrikam: {
          tenantId: TENANT,
          organization: 'fabrikam.onmicrosoft.com',
          users: [{ userPrincipalName: 'a@b.c', displayName: 'A', mail: 'a@b.c', ...user }],
        },
      },
    }).world.tenants.get('fabrikam')!

  test('fills a mailbox', () => {
    const { mailboxes } = seeded({
      contactFolders: ['Colleagues', 'Colleagues'],
      contacts: [
        { displayName: 'X', folder: 'Colleagues', singleValueExtendedProperties: [{ id: MARK, value: 'y' }] },
      ],
    })
    const mailbox = mailboxes.of('a@b.c')!
    expect(mailbox.folders.map(({ contacts }) => contacts.size)).toEqual([1, 0])
  })

  test.each<[string, Partial<UserSeed>]>([
    ['no property shoes', { contacts: [{ shoes: 7 }] }],
    ['no property id', { contacts: [{ id: 'x' }] }],
    ['no contact folder Elsewhere', { contacts: [{ folder: 'Elsewhere' }] }],
    ['no mailbox for contacts', { mailbox: 'inactive', contacts: [] }],
  ])('is refused: %s', (message, user) => {
    expect(() => seeded(user)).toThrow(SeedError)
    expect(() => seeded(user)).toThrow(message)
  })

  test('says what the directory and Exchange know of a mailbox out of reach', () => {
    const plans = (user: Partial<UserSeed>) =>
      seeded(user).directory.user('a@b.c')?.properties['assignedPlans'] as unknown[]
    expect(plans({ mailbox: 'inactive' })).toHaveLength(1)
    expect(plans({ mailbox: 'on-premises' })).toHaveLength(0)
    expect([...seeded({ mailbox: 'on-premises' }).recipients.ofType('MailUser')]).toHaveLength(1)
  })
})
