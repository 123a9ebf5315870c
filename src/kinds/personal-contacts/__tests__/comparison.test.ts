import { describe, expect, test } from '@jest/globals'
import { person } from '../../../people/person.ts'
import { compare, type Wishes } from '../comparison.ts'
import { MARK_PROPERTY, type Contact } from '../contact.ts'
import type { Target } from '../mailboxes.ts'
import type { OwnershipRules } from '../ownership.ts'
import { ContactMapping } from '../wanted.ts'

const ADA = '0a0a0a0a-0000-4000-8000-000000000001'
const BOB = '0b0b0b0b-0000-4000-8000-000000000002'
const people = [
  {
    id: ADA,
    displayName: 'Ada Lovelace',
    givenName: 'Ada',
    surname: 'Lovelace',
    mail: 'ada@fabrikam.com',
    jobTitle: 'Engineer',
  },
  { id: BOB, displayName: 'Bob', mail: 'bob@fabrikam.com', proxyAddresses: ['smtp:Robert@fabrikam.com'] },
].map((fields) => ({ person: person(fields), unknown: new Set<never>() }))

const wishes = (over: Partial<Wishes> = {}): Wishes => ({
  profile: 'gal',
  contacts: new ContactMapping({}).wantedContacts(people, { withoutMail: false }).wanted,
  people: new Set([ADA, BOB].map((id) => id.toLowerCase())),
  includeOwner: false,
  photos: new Map(),
  ...over,
})
const rules: OwnershipRules = { names: new Set(['gal', 'old-gal']), prefixes: [] }
const mailbox = (...names: string[]): Target => ({
  id: 'm',
  name: 'm@fabrikam.com',
  names: new Set(['m', ...names]),
  named: true,
  excluded: false,
})

/** Somebody's contact as wanted, with the mark of a profile. */
function contactOf(
  id: string,
  over: Partial<Contact> & Record<string, unknown> = {},
  profile = 'gal',
): Contact {
  const { displayName, mail, givenName, surname, jobTitle } =
    people.find((one) => one.person.id === id)?.person ?? person({ id })
  return {
    id: `contact of ${id}`,
    createdDateTime: '2026-01-01T00:00:00Z',
    displayName,
    givenName: givenName || null,
    surname: surname || null,
    jobTitle: jobTitle || null,
    emailAddresses: mail ? [{ name: displayName, address: mail }] : [],
    singleValueExtendedProperties: [{ id: MARK_PROPERTY, value: `tenant-sync:${profile}:${id}` }],
    ...over,
  } as Contact
}

const unmarked = (fileAs: string, over: Partial<Contact> = {}): Contact => {
  const { singleValueExtendedProperties: _, ...rest } = contactOf(ADA, { id: fileAs, fileAs, ...over })
  return rest
}

function told(contacts: Contact[], { target = mailbox(), of = wishes(), by = rules } = {}): string[] {
  return compare(target, contacts, by, of).changes.map(({ change, contactId }) =>
    [
      change.action,
      change.label.split(' ')[0],
      ...('reason' in change ? [change.reason] : []),
      ...('fields' in change && change.action === 'update'
        ? [change.fields.map(({ field }) => field).join('+')]
        : []),
      ...(contactId === undefined ? [] : [`(${contactId})`]),
    ].join(' '),
  )
}

describe('a mailbox', () => {
  test('without anything gets everybody', () => {
    expect(told([])).toEqual(['create Ada', 'create Bob'])
  })

  test('with everybody as wanted needs nothing', () => {
    const compared = compare(mailbox(), [contactOf(ADA), contactOf(BOB)], rules, wishes())
    expect(compared).toMatchObject({ changes: [], unchanged: 2, marked: 2, adoptable: 0 })
  })

  test('loses whom nobody wants, of ours alone', () => {
    const contacts = [
      contactOf(ADA),
      contactOf(BOB),
      contactOf('gone'),
      contactOf('theirs', {}, 'other'),
      unmarked('Own, Somebody'),
    ]
    expect(told(contacts)).toEqual(['delete  left-scope (contact of gone)'])
    expect(compare(mailbox(), contacts, rules, wishes()).others).toEqual(['other'])
  })

  test('has what was edited put back', () => {
    const edited = contactOf(ADA, { jobTitle: 'Countess', department: 'Court', emailAddresses: [] })
    expect(told([edited, contactOf(BOB)])).toEqual([
      'update Ada source-changed jobTitle+department+emailAddresses (contact of ' + ADA + ')',
    ])
  })

  test('does not show its owner to themself: known by id, by any address', () => {
    for (const name of [ADA, 'ada@fabrikam.com'])
      expect(told([], { target: mailbox(name) })).toEqual(['create Bob'])
    expect(told([], { target: mailbox('robert@fabrikam.com') })).toEqual(['create Ada'])
    expect(told([contactOf(ADA), contactOf(BOB)], { target: mailbox(ADA) })).toEqual([
      `delete Ada left-scope (contact of ${ADA})`,
    ])
    expect(told([], { target: mailbox(ADA), of: wishes({ includeOwner: true }) })).toHaveLength(2)
  })

  test('keeps the older of two with one mark', () => {
    const older = contactOf(ADA, { id: 'older', createdDateTime: '2025-01-01T00:00:00Z' })
    const newer = contactOf(ADA, { id: 'newer', createdDateTime: '2026-01-01T00:00:00Z' })
    for (const order of [
      [older, newer],
      [newer, older],
    ])
      expect(told([...order, contactOf(BOB)])).toEqual(['delete Ada duplicate (newer)'])
  })

  test('has marks of former names renewed', () => {
    expect(told([contactOf(ADA, {}, 'old-gal'), contactOf(BOB)])).toEqual([
      `update Ada source-changed mark (contact of ${ADA})`,
    ])
  })

  test('compares addresses without case, and names as they are', () => {
    const upper = contactOf(ADA, { emailAddresses: [{ name: 'Ada Lovelace', address: 'ADA@fabrikam.com' }] })
    const renamed = contactOf(ADA, {
      emailAddresses: [{ name: 'ada lovelace', address: 'ada@fabrikam.com' }],
    })
    expect(told([upper, contactOf(BOB)])).toEqual([])
    expect(told([renamed, contactOf(BOB)])).toEqual([
      `update Ada source-changed emailAddresses (contact of ${ADA})`,
    ])
  })
})

describe('a change', () => {
  const bodyOf = (contact: Contact) => {
    const [found] = compare(mailbox(BOB), [contact], rules, wishes()).changes
    return found?.change.action === 'update' ? found.change.body : undefined
  }

  test('is sent with the display name, which Graph would derive anew', () => {
    expect(bodyOf(contactOf(ADA, { jobTitle: 'Countess' }))).toEqual({
      displayName: 'Ada Lovelace',
      jobTitle: 'Engineer',
    })
  })

  test('clears what came out empty', () => {
    const body = bodyOf(contactOf(ADA, { department: 'Court', businessPhones: ['1'], mobilePhone: '2' }))
    expect(body).toMatchObject({ department: null, businessPhones: [], mobilePhone: null })
  })

  test('of one part of the address carries the others along', () => {
    const address = { street: null, city: 'Paris', state: null, postalCode: null, countryOrRegion: null }
    expect(bodyOf(contactOf(ADA, { businessAddress: address }))).toMatchObject({
      businessAddress: { ...address, city: null },
    })
  })

  test('of a photo alone is told by its entity tag', () => {
    const of = wishes({ photos: new Map([[ADA, '"2"']]) })
    expect(told([contactOf(ADA), contactOf(BOB)], { of })).toEqual([
      `update Ada source-changed photo (contact of ${ADA})`,
    ])
  })
})

describe('contacts of O365-Synchronizer', () => {
  const adopting = (...prefixes: string[]) => ({ by: { ...rules, prefixes }, target: mailbox(BOB) })
  const bare = ADA.replaceAll('-', '')

  test('are somebody else’s unless they are adopted', () => {
    expect(told([unmarked(ADA)], { target: mailbox(BOB) })).toEqual(['create Ada'])
  })

  test.each([ADA, bare, `{${ADA}}`, `(${ADA})`, ADA.toUpperCase()])(
    'filed as %s are taken over',
    (fileAs) => {
      expect(told([unmarked(fileAs)], adopting(''))).toEqual([`update Ada adopted fileAs+mark (${fileAs})`])
      expect(told([unmarked(`O365${fileAs}`)], adopting('O365'))).toEqual([
        `update Ada adopted fileAs+mark (O365${fileAs})`,
      ])
    },
  )

  test('with another prefix, or none, are not', () => {
    expect(told([unmarked(`o365${ADA}`)], adopting('O365'))).toEqual(['create Ada'])
    expect(told([unmarked(`O365${ADA}`)], adopting(''))).toEqual(['create Ada'])
    expect(told([unmarked('O365 is a suite')], adopting('O365'))).toEqual(['create Ada'])
  })

  test('get their place in lists back', () => {
    const [adopted] = compare(mailbox(BOB), [unmarked(ADA)], { ...rules, prefixes: [''] }, wishes()).changes
    expect(adopted?.change).toMatchObject({
      fields: [{ field: 'fileAs', after: 'Lovelace, Ada' }, { field: 'mark' }],
    })
  })

  test('of nobody are leavers, and doubles of ours are duplicates', () => {
    const gone = 'ffffffff-0000-4000-8000-00000000000f'
    expect(told([contactOf(ADA), unmarked(ADA), unmarked(gone)], adopting(''))).toEqual([
      `delete Ada duplicate (${ADA})`,
      `delete Ada left-scope (${gone})`,
    ])
  })
})
