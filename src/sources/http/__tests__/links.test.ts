/** Links from page to page that are not followed, and what is told of each. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { refusal, type Refused } from './refused.ts'
import { ADA, failure, read, WebService, type Asked, type Reply } from './web-service.ts'

let service: WebService

beforeAll(async () => {
  service = await WebService.start()
})

afterAll(() => service.stop())

const PAGED: Asked = { items: 'people', next: 'next' }
const page = (next: string): Reply => ({ body: { people: [ADA], next } })

const CASES: Refused[] = [
  [
    'a number as the link',
    { people: [], next: 2 },
    PAGED,
    'http-next',
    'page 1: next is a number, where the URL of the next page was expected',
  ],
  [
    'a truth as the link',
    { people: [], next: false },
    PAGED,
    'http-next',
    'page 1: next is true or false, where the URL of the next page was expected',
  ],
  [
    'a link that is none',
    { people: [], next: 'https://[' },
    PAGED,
    'http-next',
    'page 1: next is a text that is no URL that can be followed',
  ],
  [
    'a link to elsewhere',
    { people: [], next: 'https://hr.example.com/people?key=1' },
    PAGED,
    'http-other-origin',
    'page 1: next leads to another origin, https://hr.example.com, and people are read from ORIGIN alone',
  ],
  [
    'a link to elsewhere, without a scheme',
    { people: [], next: '//hr.example.com/people' },
    PAGED,
    'http-other-origin',
    'page 1: next leads to another origin, https://hr.example.com, and people are read from ORIGIN alone',
  ],
  [
    'a link that is a script',
    { people: [], next: 'javascript:alert(1)' },
    PAGED,
    'http-other-origin',
    'page 1: next leads to another origin, javascript:, and people are read from ORIGIN alone',
  ],
  [
    'a link to the page itself',
    { people: [], next: '#' },
    PAGED,
    'http-loop',
    'page 1: next leads back to a page that was read before',
  ],
]

describe('a page that has', () => {
  test.each(CASES)('%s', async (...refused) => {
    const { told, expected } = await refusal(service, refused)
    expect(told).toEqual(expected)
  })
})

test('a link to the same host over plain http is one to another origin', async () => {
  const plain = service.origin.replace('https:', 'http:')
  service.answers([{ body: { people: [], next: `${plain}/people?page=2` } }])
  expect(await failure(read(service, PAGED))).toMatchObject({ code: 'http-other-origin' })
  expect(service.sent).toHaveLength(1)
})

test('a link that holds a password is not followed, and not told', async () => {
  service.answers([{ body: { people: [], next: service.origin.replace('//', '//me:secret@') } }])
  const told = await failure(read(service, PAGED))
  expect(told).toMatchObject({ code: 'http-next' })
  expect(told.message).not.toContain('secret')
})

test('pages that link in a circle end with an error', async () => {
  service.answersAt({ '/people': page('/2'), '/2': page('/3'), '/3': page('/people') })
  expect(await failure(read(service, PAGED))).toMatchObject({
    code: 'http-loop',
    message: `${service.origin}/people, page 3: next leads back to a page that was read before.`,
  })
  expect(service.sent).toHaveLength(3)
})

test('a link back to where a redirect led is such a circle, too', async () => {
  const redirect: Reply = { status: 302, headers: { location: '/v2/people' } }
  service.answersAt({ '/people': redirect, '/v2/people': page('/v2/people') })
  expect(await failure(read(service, PAGED))).toMatchObject({ code: 'http-loop' })
  expect(service.sent.map(({ path }) => path)).toEqual(['/people', '/v2/people'])
})
