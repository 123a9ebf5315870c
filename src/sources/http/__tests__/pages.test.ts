/** From the first page to the last, and the list that each has. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SourceRead } from '../../source.ts'
import { ADA, ALAN, GRACE, read, WebService } from './web-service.ts'

let service: WebService

beforeAll(async () => {
  service = await WebService.start()
})

afterAll(() => service.stop())

const ids = ({ people }: SourceRead) => people.map(({ person }) => person.id)

describe('pages', () => {
  test.each([
    ['an absolute URL', () => `${service.origin}/people?page=2`],
    ['a URL relative to the page', () => 'people?page=2'],
    ['a query alone', () => '?page=2'],
    ['a path', () => '/people?page=2#top'],
  ])('follow the link to the next one: %s', async (_, link) => {
    service.answersAt({
      '/people': { body: { people: [ADA, ALAN], links: { next: link() } } },
      '/people?page=2': { body: { people: [GRACE], links: { next: null } } },
    })
    expect(ids(await read(service, { items: 'people', next: 'links.next' }))).toEqual(['E1', 'E2', 'E3'])
    expect(service.sent).toHaveLength(2)
  })

  test('bear the token, each of them', async () => {
    service.answersAt({ '/people': { body: { list: [ADA], next: '/2' } }, '/2': { body: { list: [ALAN] } } })
    await read(service, { items: 'list', next: 'next', tokenEnv: 'HR', secrets: { HR: 't0k3n' } })
    expect(service.sent.map(({ headers }) => headers.authorization)).toEqual(['Bearer t0k3n', 'Bearer t0k3n'])
  })

  test.each([[null], [''], [undefined]])('end with a link that is %j', async (next) => {
    service.answers([{ body: { people: [ADA], next } }])
    expect(ids(await read(service, { items: 'people', next: 'next' }))).toEqual(['E1'])
    expect(service.sent).toHaveLength(1)
  })

  test('may be empty, and others follow', async () => {
    service.answersAt({
      '/people': { body: { people: [], next: '/2' } },
      '/2': { body: { people: [ADA] } },
    })
    expect(ids(await read(service, { items: 'people', next: 'next' }))).toEqual(['E1'])
  })

  test('are relative to where a redirect led', async () => {
    service.answersAt({
      '/people': { status: 307, headers: { location: '/v2/people' } },
      '/v2/people': { body: { people: [ADA], next: 'more' } },
      '/v2/more': { body: { people: [ALAN] } },
    })
    expect(ids(await read(service, { items: 'people', next: 'next' }))).toEqual(['E1', 'E2'])
  })

  test('without `next` are one', async () => {
    service.answers([{ body: { people: [ADA], next: '/2' } }])
    expect(ids(await read(service, { items: 'people' }))).toEqual(['E1'])
  })

  test('give the same people however the list is split', async () => {
    const person = fc.record({
      no: fc.string({ unit: fc.constantFrom('a', 'b', 'c', '7'), minLength: 1, maxLength: 3 }),
      email: fc.emailAddress(),
      name: fc.string(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(person), { minLength: 1, maxLength: 6 }), async (split) => {
        service.answers((path) => {
          const page = Number(path.split('/')[2] ?? 0)
          return { body: { list: split[page], next: page + 1 < split.length ? `/people/${page + 1}` : '' } }
        })
        const paged = await read(service, { items: 'list', next: 'next' })
        service.answers([{ body: split.flat() }])
        const whole = await read(service)
        expect(paged.people).toEqual(whole.people)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the list', () => {
  test('is the answer itself where `items` names nothing', async () => {
    service.answers([{ body: [ADA, ALAN] }])
    expect(ids(await read(service))).toEqual(['E1', 'E2'])
  })

  test.each([
    ['a dotted path', 'data.people', { data: { people: [ADA] } }],
    ['a key that holds a dot', '@odata.value', { '@odata.value': [ADA] }],
    ['a key with a dot below another', 'data.v1.people', { data: { 'v1.people': [ADA] } }],
  ])('stands at %s', async (_, items, body) => {
    service.answers([{ body }])
    expect(ids(await read(service, { items }))).toEqual(['E1'])
  })

  test('may begin with a byte order mark, and be of any content type', async () => {
    service.answers([
      { body: Buffer.from(`\uFEFF${JSON.stringify([ADA])}`), headers: { 'content-type': 'text/plain' } },
    ])
    expect(ids(await read(service))).toEqual(['E1'])
  })

  test('may be empty', async () => {
    service.answers([{ body: [] }])
    expect(await read(service)).toMatchObject({ people: [], skipped: [], warnings: [] })
  })

  describe('whose `next` stands on no page', () => {
    const read1 = async (body: unknown) => {
      service.answers([{ body }])
      return (await read(service, { items: 'people', next: 'links.next' })).warnings
    }

    test.each([
      ['not there', { people: [ADA] }],
      ['under what is no object', { people: [ADA], links: 'none' }],
    ])('%s: is warned of, for the service may have renamed it', async (_, body) => {
      expect(await read1(body)).toEqual([
        expect.objectContaining({
          code: 'http-next-nowhere',
          message: expect.stringContaining('/people: no page has links.next, which `next` names.'),
        }),
      ])
    })

    test('null is the end, as told', async () => {
      expect(await read1({ people: [ADA], links: { next: null } })).toEqual([])
    })

    test('and where another page has it, the last may leave it out', async () => {
      service.answersAt({
        '/people': { body: { people: [ADA], links: { next: '/2' } } },
        '/2': { body: { people: [GRACE] } },
      })
      expect((await read(service, { items: 'people', next: 'links.next' })).warnings).toEqual([])
    })
  })

  test('counts an item once that comes twice, as pages shift while they are read', async () => {
    service.answersAt({
      '/people': { body: { people: [ADA, ALAN], next: '/2' } },
      '/2': { body: { people: [{ ...ALAN, seen: 'elsewhere' }, GRACE] } },
    })
    expect(ids(await read(service, { items: 'people', next: 'next' }))).toEqual(['E1', 'E2', 'E3'])
  })

  test('keeps two items of one id that differ', async () => {
    service.answers([{ body: [ADA, { ...ADA, email: 'lovelace@fabrikam.com' }] }])
    expect(ids(await read(service))).toEqual(['E1', 'E1'])
  })
})
