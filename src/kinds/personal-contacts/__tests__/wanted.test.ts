import { describe, expect, test } from '@jest/globals'
import { person, type Person } from '../../../people/person.ts'
import type { PersonalContactsProfile } from '../schema.ts'
import { ContactMapping } from '../wanted.ts'

type MappingOf = NonNullable<PersonalContactsProfile['mapping']>

const ADA = {
  id: 'a',
  displayName: 'Ada Lovelace',
  givenName: 'Ada',
  surname: 'Lovelace',
  mail: 'ada@fabrikam.com',
  jobTitle: 'Engineer',
  manager: 'Charles Babbage',
  businessPhones: ['+44 1'],
  streetAddress: '12 St James Square',
  city: 'London',
  country: 'United Kingdom',
}

function wanted(
  fields: Partial<Person> & { id: string },
  mapping: object = {},
  unknown: (keyof Person)[] = [],
) {
  const people = [{ person: person(fields), unknown: new Set(unknown) }]
  const result = new ContactMapping({ mapping: mapping as MappingOf }).wantedContacts(people, {
    withoutMail: true,
  })
  return {
    ...result,
    of: Object.fromEntries(
      [...(result.wanted[0]?.attributes ?? [])].map(([name, { value }]) => [name, value]),
    ),
  }
}

describe('what a contact is to hold', () => {
  test('is by default the fields of the person, by the names of Graph', () => {
    expect(wanted(ADA).of).toEqual({
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      jobTitle: 'Engineer',
      companyName: '',
      department: '',
      officeLocation: '',
      manager: 'Charles Babbage',
      mobilePhone: '',
      businessPhones: ['+44 1'],
      emailAddresses: ['Ada Lovelace <ada@fabrikam.com>'],
      'businessAddress.street': '12 St James Square',
      'businessAddress.city': 'London',
      'businessAddress.state': '',
      'businessAddress.postalCode': '',
      'businessAddress.countryOrRegion': 'United Kingdom',
    })
  })

  test('is what the mapping says: texts, lists, and nothing where it says ~', () => {
    const { of } = wanted(ADA, {
      jobTitle: '{{jobTitle}} at Fabrikam',
      department: null,
      categories: ['Company', '{{city}}'],
      homePhones: '{{mobilePhone}}',
      businessAddress: { city: null, street: 'Main Street 1' },
      emailAddresses: [{ address: '{{mail}}', name: 'Mail' }, { address: 'desk@fabrikam.com' }],
      birthday: '1815-12-10',
    })
    expect(of).toMatchObject({
      jobTitle: 'Engineer at Fabrikam',
      categories: ['Company', 'London'],
      homePhones: [],
      'businessAddress.street': 'Main Street 1',
      'businessAddress.countryOrRegion': 'United Kingdom',
      emailAddresses: ['Mail <ada@fabrikam.com>', 'desk@fabrikam.com'],
      birthday: '1815-12-10',
    })
    expect(of).not.toHaveProperty('department')
    expect(of).not.toHaveProperty(['businessAddress.city'])
  })

  test('says when it is written, of lists, addresses and their parts too', () => {
    const { wanted: made } = wanted(ADA, {
      jobTitle: { value: 'Boss', when: 'create' },
      businessPhones: { value: ['1', '{{mobilePhone}}'], when: 'empty' },
      homePhones: { value: '{{businessPhones}}', when: 'create' },
      emailAddresses: { value: [{ address: '{{mail}}' }], when: 'empty' },
      businessAddress: { city: { value: 'Paris', when: 'empty' } },
    })
    const { attributes } = made[0]!
    expect(attributes.get('jobTitle')).toEqual({ value: 'Boss', when: 'create' })
    expect(attributes.get('businessPhones')).toEqual({ value: ['1'], when: 'empty' })
    expect(attributes.get('homePhones')).toEqual({ value: ['+44 1'], when: 'create' })
    expect(attributes.get('emailAddresses')).toEqual({ value: ['ada@fabrikam.com'], when: 'empty' })
    expect(attributes.get('businessAddress.city')).toEqual({ value: 'Paris', when: 'empty' })
    expect(attributes.get('businessAddress.street')).toMatchObject({ when: 'always' })
  })

  test('leaves whole attributes alone with ~', () => {
    const { of } = wanted(ADA, { emailAddresses: null, businessAddress: null, businessPhones: null })
    expect(Object.keys(of).filter((name) => /Address|Phones/.test(name))).toEqual([])
  })

  test('is the first of what is too much, with one warning for all', () => {
    const { of, warnings } = wanted(
      { ...ADA, businessPhones: ['1', '2', '3'] },
      {
        emailAddresses: ['a', 'b', 'c', 'd'].map((name) => ({ address: `${name}@fabrikam.com` })),
        jobTitle: 'x'.repeat(400),
      },
    )
    expect(of['businessPhones']).toEqual(['1', '2'])
    expect(of['emailAddresses']).toEqual(['a@fabrikam.com', 'b@fabrikam.com', 'c@fabrikam.com'])
    expect(of['jobTitle']).toHaveLength(256)
    expect(warnings.map(({ code, message }) => `${code}: ${message.split(' ')[0]}`)).toEqual([
      'value-shortened: jobTitle',
      'value-shortened: businessPhones',
      'value-shortened: emailAddresses',
    ])
  })

  test('leaves out an address that Outlook would lose', () => {
    const { of, warnings } = wanted({ ...ADA, mail: 'ada,lovelace@fabrikam.com' })
    expect(of['emailAddresses']).toEqual([])
    expect(warnings).toMatchObject([{ code: 'value-refused' }])
  })

  test('leaves alone what is made of fields that the source does not carry, and says so once', () => {
    const { of, warnings } = wanted(ADA, {}, ['city', 'mail'])
    expect(of).not.toHaveProperty(['businessAddress.city'])
    expect(of).not.toHaveProperty('emailAddresses')
    expect(warnings).toMatchObject([{ code: 'unknown-field' }])
  })

  test('always has a display name: Graph would make one up', () => {
    expect(wanted({ id: 'x', mail: 'x@fabrikam.com' }).of['displayName']).toBe('x@fabrikam.com')
    expect(wanted({ id: 'x' }).of['displayName']).toBe('x')
  })

  test('leaves a birthday alone that is none', () => {
    const { of, warnings } = wanted(ADA, { birthday: 'in spring' })
    expect(of).not.toHaveProperty('birthday')
    expect(warnings).toMatchObject([{ code: 'value-refused' }])
  })
})

describe('somebody without a mail address', () => {
  const contacts = (withoutMail: boolean) =>
    new ContactMapping({}).wantedContacts(
      [{ person: person({ id: 'x', displayName: 'X' }), unknown: new Set() }],
      {
        withoutMail,
      },
    )

  test('is skipped', () => {
    expect(contacts(false)).toMatchObject({ wanted: [], skipped: [{ key: 'x', reason: 'no-mail-address' }] })
  })

  test('is a contact all the same, where the profile says so', () => {
    expect(contacts(true)).toMatchObject({ wanted: [{ key: 'x', label: 'X' }], skipped: [] })
  })
})
