/** What a list of a service may hold that is no person, and what is told of each. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { refusal, type Refused } from './refused.ts'
import { ADA, failure, FIELDS, read, WebService, type Asked } from './web-service.ts'

let service: WebService

beforeAll(async () => {
  service = await WebService.start()
})

afterAll(() => service.stop())

const PAGED: Asked = { items: 'people', next: 'next' }
const PHONES: Asked = { fields: { ...FIELDS, businessPhones: 'phones' } }
const TYPED: Asked = { fields: { ...FIELDS, type: 'kind' } }

const CASES: Refused[] = [
  [
    'null among the items',
    [ADA, null],
    {},
    'http-item',
    'page 1, item 2: this is null, where an object was expected',
  ],
  [
    'a list among the items',
    [['E1', 'ada@fabrikam.com']],
    {},
    'http-item',
    'page 1, item 1: this is a list, where an object was expected',
  ],
  [
    'a list where a text was expected',
    [ADA, { ...ADA, name: ['Ada', 'Lovelace'] }],
    {},
    'http-item',
    'page 1, item 2: name is a list, where displayName takes a text',
  ],
  [
    'an object where a text was expected',
    [{ ...ADA, email: { work: 'ada@fabrikam.com' } }],
    {},
    'http-item',
    'page 1, item 1: email is an object, where mail takes a text',
  ],
  [
    'an object where a list was expected',
    [{ ...ADA, phones: { work: '1' } }],
    PHONES,
    'http-item',
    'page 1, item 1: phones is an object, where businessPhones takes a list of texts',
  ],
  [
    'objects in a list of texts',
    [{ ...ADA, phones: ['1', { work: '1' }] }],
    PHONES,
    'http-item',
    'page 1, item 1: phones holds what is an object, where businessPhones takes a list of texts',
  ],
  [
    'an id of more digits than a number keeps',
    '[{"no":9007199254740993,"email":"ada@fabrikam.com"}]',
    {},
    'http-item',
    'page 1, item 1: no is a number of more digits than JSON is sure to keep (the service has to quote it), where id takes a text',
  ],
  [
    'a number without bounds',
    '[{"no":"E1","email":-1e999}]',
    {},
    'http-item',
    'page 1, item 1: email is a number of more digits than JSON is sure to keep (the service has to quote it), where mail takes a text',
  ],
  [
    'an id that no mark can hold',
    [{ ...ADA, no: 'E'.repeat(300) }],
    {},
    'http-item',
    'page 1, item 1: the id has 300 characters, and at most 256 fit a mark',
    'page 1, item 1: this cannot be read as a person; detail: full tells why',
  ],
  [
    'a type that is none',
    [{ ...ADA, kind: 'boss' }],
    TYPED,
    'http-item',
    'page 1, item 1: the type is "boss": expected one of member, guest, contact, shared-mailbox, room, equipment, group',
    'page 1, item 1: this cannot be read as a person; detail: full tells why',
  ],
]

describe('a list that holds', () => {
  test.each(CASES)('%s', async (...refused) => {
    const { told, expected } = await refusal(service, refused)
    expect(told).toEqual(expected)
  })
})

test('a fault on a later page fails the whole, with its place; no query of a URL is told', async () => {
  service.answersAt({
    '/people?key=s3cret': { body: { people: [ADA], next: '/people?key=s3cret&page=2' } },
    '/people?key=s3cret&page=2': { body: { people: [ADA, 7] } },
  })
  expect(await failure(read(service, { ...PAGED, url: '/people?key=s3cret' }))).toMatchObject({
    message: `${service.origin}/people, page 2, item 2: this is a number, where an object was expected.`,
  })
})

test('a list in a list in a list … is no person, however deep', async () => {
  service.answers([{ body: '['.repeat(200_000) + ']'.repeat(200_000) }])
  expect(await failure(read(service))).toMatchObject({ code: 'http-item' })
})
