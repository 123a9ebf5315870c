/** What a service may answer that is no list of people, and what is told of each. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { refusal, type Refused } from './refused.ts'
import { ADA, FIELDS, read, WebService, type Asked } from './web-service.ts'

let service: WebService

beforeAll(async () => {
  service = await WebService.start()
})

afterAll(() => service.stop())

const DAMAGED = 'the answer is no JSON: it begins like JSON, and is broken off or damaged'
const PAGED: Asked = { items: 'people', next: 'next' }
const PHONES: Asked = { fields: { ...FIELDS, businessPhones: 'phones' } }

const CASES: Refused[] = [
  ['nothing', '', {}, 'http-not-json', 'page 1: the answer is no JSON: it is empty'],
  ['white space', ' \n', {}, 'http-not-json', 'page 1: the answer is no JSON: it is empty'],
  [
    'a page to sign in',
    '\n<!doctype html><title>Sign in',
    {},
    'http-not-json',
    'page 1: the answer is no JSON: it looks like a web page, as a service shows where it wants a sign-in',
  ],
  [
    'a table',
    'no;email\n1;a@b.c',
    {},
    'http-not-json',
    'page 1: the answer is no JSON: it is some other text',
  ],
  ['half a list', '[{"no":"E1"', {}, 'http-not-json', `page 1: ${DAMAGED}`],
  ['two values', '[]\n[]', {}, 'http-not-json', `page 1: ${DAMAGED}`],
  ['a comma too many', '[{"no":"E1"},]', {}, 'http-not-json', `page 1: ${DAMAGED}`],
  ['a script', ")]}',\n[]", {}, 'http-not-json', 'page 1: the answer is no JSON: it is some other text'],
  [
    'Latin-1',
    Buffer.from('[{"name":"Andr\u00e9"}]', 'latin1'),
    {},
    'http-not-json',
    'page 1: the answer is no JSON: it is not in UTF-8',
  ],
  [
    'UTF-16',
    Buffer.from('\uFEFF[]', 'utf16le'),
    {},
    'http-not-json',
    'page 1: the answer is no JSON: it is not in UTF-8',
  ],
  [
    'an object instead of a list',
    { total: 1, people: [ADA] },
    {},
    'http-no-list',
    'page 1: the answer is an object with the keys total, people, where a list of people was expected: name the list within it in `items`',
    'page 1: the answer is an object, where a list of people was expected: name the list within it in `items`',
  ],
  [
    'a text instead of a list',
    '"ada@fabrikam.com"',
    {},
    'http-no-list',
    'page 1: the answer is a text, where a list of people was expected: name the list within it in `items`',
  ],
  [
    'an error with status 200',
    { error: 'no such department: Ada' },
    PAGED,
    'http-no-list',
    'page 1: the answer has no people, which `items` names: it is an object with the keys error',
    'page 1: the answer has no people, which `items` names: it is an object',
  ],
  [
    'an empty object',
    {},
    PAGED,
    'http-no-list',
    'page 1: the answer has no people, which `items` names: it is an empty object',
    'page 1: the answer has no people, which `items` names: it is an object',
  ],
  [
    'a list where an object was expected',
    [ADA],
    PAGED,
    'http-no-list',
    'page 1: the answer has no people, which `items` names: it is a list',
  ],
  [
    'people by their name',
    { people: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 } },
    PAGED,
    'http-no-list',
    'page 1: people is an object with the keys a, b, c, d, e and 2 more, where a list of people was expected',
    'page 1: people is an object, where a list of people was expected',
  ],
  [
    'a key without an end',
    { people: { ['k'.repeat(100_000)]: 1 } },
    PAGED,
    'http-no-list',
    `page 1: people is an object with the keys ${'k'.repeat(40)}, where a list of people was expected`,
    'page 1: people is an object, where a list of people was expected',
  ],
  [
    'null for the list',
    { people: null },
    PAGED,
    'http-no-list',
    'page 1: people is null, where a list of people was expected',
  ],
  [
    'a list that is inherited',
    {},
    { items: '__proto__' },
    'http-no-list',
    'page 1: the answer has no __proto__, which `items` names: it is an empty object',
    'page 1: the answer has no __proto__, which `items` names: it is an object',
  ],
]

describe('an answer that is', () => {
  test.each(CASES)('%s', async (...refused) => {
    const { told, expected } = await refusal(service, refused)
    expect(told).toEqual(expected)
  })
})

test('any JSON either is read or told of', async () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  const item = fc.record(
    { no: value, email: value, name: value, phones: value, ['__proto__']: value },
    { requiredKeys: [] },
  )
  const body = fc.oneof(
    value,
    fc.array(fc.oneof(item, value)),
    fc.record({ people: fc.oneof(value, fc.array(item)), next: value }, { requiredKeys: [] }),
  )
  const asked = fc.constantFrom<Asked>({}, PAGED, PHONES, { items: 'people.0' })
  await fc.assert(
    fc.asyncProperty(body, asked, async (given, how) => {
      service.answers([{ body: JSON.stringify(given) }])
      const outcome = await read(service, how).then(
        () => 'read',
        (error: unknown) => (error as Error).name,
      )
      expect(['read', 'SourceError']).toContain(outcome)
    }),
    { numRuns: 200 },
  )
})
