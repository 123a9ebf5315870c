/** How long and how much is read of a service, and what is told of one that goes on. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { toldOpenly } from './refused.ts'
import { WebService, type Asked, type Reply } from './web-service.ts'

let service: WebService

beforeAll(async () => {
  service = await WebService.start()
})

afterEach(() => {
  jest.restoreAllMocks()
})

afterAll(() => service.stop())

const told = (asked?: Asked) => toldOpenly(service, asked)
const PAGED: Asked = { items: 'people', next: 'next' }

describe('the time for all pages', () => {
  test('ends a service with ever more of them', async () => {
    service.answers((_, nth) => ({ body: { people: [], next: `/${nth}` } }))
    expect(await told({ ...PAGED, bounds: { wholeTime: 200 } })).toMatchObject({
      code: 'http-timeout',
      message: expect.stringMatching(
        /^ORIGIN\/people, page \d+: the service was not read whole within 0\.2 seconds\.$/,
      ) as unknown,
    })
  })

  test('ends a wait', async () => {
    service.answers([{ status: 503, headers: { 'retry-after': '30' } }])
    expect(await told({ bounds: { wholeTime: 200 } })).toMatchObject({ code: 'http-timeout' })
  })

  test('once it is used up, nothing more is asked', async () => {
    const now = Date.now()
    const fetched = jest.spyOn(globalThis, 'fetch')
    service.answers((_, nth) => {
      jest.spyOn(Date, 'now').mockReturnValue(now + 3_600_000)
      return { body: { people: [], next: `/${nth}` } }
    })
    expect(await told(PAGED)).toMatchObject({ code: 'http-timeout' })
    expect(fetched).toHaveBeenCalledTimes(1)
  })
})

describe('an answer larger than the bounds', () => {
  const bounds = { pageBytes: 1_048_576, wholeBytes: 3 * 1_048_576, pages: 50 }
  const TOO_LARGE =
    'ORIGIN/people, page 1: the answer is larger than 1 MiB: let the service give it in pages, and name their link in `next`.'
  const blank = Buffer.alloc(1_048_577, ' ')

  test.each<[string, Reply]>([
    ['that says so', { body: blank, headers: { 'content-length': `${blank.length}` } }],
    ['without an end', 'endless'],
    ['once it is unpacked', { body: gzipSync(blank), headers: { 'content-encoding': 'gzip' } }],
  ])('%s is read no further, and not asked for again', async (_, reply) => {
    service.answers([reply])
    expect(await told({ bounds })).toEqual({ code: 'http-too-large', message: TOO_LARGE })
    expect(service.sent).toHaveLength(1)
  })

  test('in all its pages', async () => {
    const pad = ' '.repeat(1_000_000)
    service.answers((_, nth) => ({ body: { people: [], next: `/${nth}`, pad } }))
    expect(await told({ ...PAGED, bounds })).toEqual({
      code: 'http-too-large',
      message: 'ORIGIN/people, page 4: all pages together are larger than 3 MiB.',
    })
  })

  test('in the number of its pages', async () => {
    service.answers((_, nth) => ({ body: { people: [], next: `/${nth}` } }))
    expect(await told({ ...PAGED, bounds })).toEqual({
      code: 'http-too-many-pages',
      message: 'ORIGIN/people: there are more than 50 pages.',
    })
    expect(service.sent).toHaveLength(50)
  })
})
