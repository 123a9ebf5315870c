/** Items as people: their fields, and who is left out. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { derivedNames } from '../../../people/mark.ts'
import { PERSON_FIELDS } from '../../../people/person.ts'
import type { SourceRead } from '../../source.ts'
import { ADA, ALAN, failure, FIELDS, read, WebService } from './web-service.ts'

let service: WebService

beforeAll(async () => {
  service = await WebService.start()
})

afterAll(() => service.stop())

const ids = ({ people }: SourceRead) => people.map(({ person }) => person.id)
const only = ({ people }: SourceRead) => people[0]!.person

describe('the fields of a person', () => {
  const fields = {
    id: 'no',
    mail: 'contact.email',
    displayName: 'name',
    city: 'site.city',
    employeeId: 'number',
    businessPhones: 'phones',
    proxyAddresses: 'aliases',
  }

  test('are texts: trimmed, numbers and truth as they are written, null and what is absent empty', async () => {
    service.answers([
      {
        body: [
          {
            no: 4711,
            contact: { email: '  ada@fabrikam.com\n' },
            name: true,
            site: { city: null },
            number: 12.5,
            phones: [' +44 1 ', 7, null, ''],
            aliases: 'smtp:a@fabrikam.com',
          },
          { no: '4712', site: null, phones: 42, aliases: null },
        ],
      },
    ])
    const { people } = await read(service, { fields })
    expect(people.map(({ person }) => person)).toMatchObject([
      {
        id: '4711',
        mail: 'ada@fabrikam.com',
        displayName: 'true',
        city: '',
        employeeId: '12.5',
        businessPhones: ['+44 1', '7'],
        proxyAddresses: ['smtp:a@fabrikam.com'],
      },
      { id: '4712', mail: '', displayName: '', city: '', businessPhones: ['42'], proxyAddresses: [] },
    ])
  })

  test('without an id are known by the mail address in lower case', async () => {
    service.answers([{ body: [{ email: 'Ada@Fabrikam.com' }] }])
    expect(only(await read(service, { fields: { mail: 'email' } }))).toMatchObject({
      id: 'ada@fabrikam.com',
      mail: 'Ada@Fabrikam.com',
    })
  })

  test('that `fields` does not name are unknown, and so are those that no item has', async () => {
    service.answersAt({
      '/people': { body: { people: [ADA], next: '/2' } },
      '/2': { body: { people: [{ ...ALAN, title: null }] } },
    })
    const { people } = await read(service, {
      items: 'people',
      next: 'next',
      fields: { ...FIELDS, jobTitle: 'title', city: 'town', state: 'constructor' },
    })
    const carried = ['id', 'mail', 'displayName', 'jobTitle']
    const unknown = PERSON_FIELDS.filter((field) => !carried.includes(field))
    expect([...people[0]!.unknown]).toEqual(unknown)
    expect(people[1]!.unknown).toBe(people[0]!.unknown)
  })

  test('that no item has are an error, where people are known by them', async () => {
    service.answers([{ body: [{ no: 'E1', address: 'ada@fabrikam.com' }] }])
    expect(await failure(read(service))).toMatchObject({
      code: 'http-field-missing',
      message: `${service.origin}/people: no item has email, which fields.mail names: the service may have renamed it.`,
    })
    service.answers([{ body: [{ email: 'ada@fabrikam.com' }] }])
    expect(await failure(read(service))).toMatchObject({
      code: 'http-field-missing',
      message: `${service.origin}/people: no item has no, which fields.id names: the service may have renamed it.`,
    })
  })
})

describe('who is left out', () => {
  test('nobody could tell from others: skipped, with the place', async () => {
    service.answersAt({
      '/people': { body: { people: [ADA], next: '/2' } },
      '/2': { body: { people: [ALAN, { no: null, email: '', name: 'Nobody' }] } },
    })
    const { people, skipped } = await read(service, { items: 'people', next: 'next' })
    expect(people).toHaveLength(2)
    expect(skipped).toMatchObject([
      { key: `${service.origin}/people, page 2, item 2`, label: 'Nobody', reason: 'no-mail-address' },
    ])
  })

  test.each([
    ['its alias', { alias: derivedNames('other', 'E9')[0]! }],
    ['a mark in any field', { note: 'tenant-sync:other:E9' }],
  ])('is what tenant-sync made itself, told by %s', async (_, given) => {
    service.answers([{ body: [ADA, { ...ALAN, ...given }] }])
    const fields = { ...FIELDS, alias: 'alias', extensionAttribute3: 'note' }
    const { people, skipped } = await read(service, { fields })
    expect(people.map(({ person }) => person.id)).toEqual(['E1'])
    expect(skipped).toMatchObject([{ key: 'E2', reason: 'made-by-tenant-sync' }])
  })

  test('`where` is not true of', async () => {
    service.answers([{ body: [ADA, ALAN] }])
    const found = await read(service, { where: 'displayName.startsWith("Alan")' })
    expect(ids(found)).toEqual(['E2'])
    expect(await found.explain('ADA@fabrikam.com')).toMatchObject([
      { inScope: false, why: { code: 'where-not-true' } },
    ])
    expect(await found.explain('alan@fabrikam.com')).toMatchObject([{ inScope: true }])
    expect(service.sent).toHaveLength(1)
  })

  test('is not decided by a field that no item has', async () => {
    service.answers([{ body: [ADA] }])
    const reading = read(service, { where: 'city != "Paris"', fields: { ...FIELDS, city: 'town' } })
    expect(await failure(reading)).toMatchObject({
      code: 'where-reads-unknown',
      message: `${service.origin}/people: \`where\` reads \`city\`, and no item of any page has what \`fields\` names for it.`,
    })
  })
})
