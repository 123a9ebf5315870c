/** A service that is slow, busy, elsewhere or not there. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { toldOpenly } from './refused.ts'
import { failure, read, WebService, type Asked, type Reply } from './web-service.ts'

let service: WebService
let elsewhere: WebService

beforeAll(async () => {
  ;[service, elsewhere] = await Promise.all([WebService.start(), WebService.start()])
})

afterEach(() => {
  jest.restoreAllMocks()
})

afterAll(() => Promise.all([service.stop(), elsewhere.stop()]))

const PEOPLE: Reply = { body: [{ no: 'E1', email: 'ada@fabrikam.com', name: 'Ada Lovelace' }] }
const AT_ONCE = { 'retry-after': '0' }
const TOKEN: Asked = { tokenEnv: 'HR_TOKEN', secrets: { HR_TOKEN: 't0k3n' } }

const told = (asked?: Asked) => toldOpenly(service, asked)

describe('what passes is waited for', () => {
  test.each([408, 429, 500, 502, 503, 504])('status %i', async (status) => {
    service.answers([{ status, headers: AT_ONCE }, { status, headers: AT_ONCE }, PEOPLE])
    expect((await read(service)).people).toHaveLength(1)
    expect(service.sent).toHaveLength(3)
  })

  test('a status without a word on how long', async () => {
    service.answers([{ status: 503 }, PEOPLE])
    expect((await read(service)).people).toHaveLength(1)
  })

  test('a wait that is a date, and one that is too long', async () => {
    const date = new Date(Date.now() - 5000).toUTCString()
    service.answers([
      { status: 429, headers: { 'retry-after': date } },
      { status: 429, headers: { 'retry-after': '86400' } },
      PEOPLE,
    ])
    expect((await read(service, { bounds: { longestWait: 10 } })).people).toHaveLength(1)
  })

  test.each<Reply>(['lost', 'cut'])('a connection that is %s', async (reply) => {
    service.answers([reply, PEOPLE])
    expect((await read(service)).people).toHaveLength(1)
    expect(service.sent).toHaveLength(2)
  })

  test.each<Reply>(['silent', 'endless'])('an answer that is %s', async (reply) => {
    service.answers([reply, PEOPLE])
    const bounds = { pageTime: 300, pageBytes: Infinity, wholeBytes: Infinity }
    expect((await read(service, { bounds })).people).toHaveLength(1)
    expect(service.sent).toHaveLength(2)
  })
})

describe('patience ends', () => {
  test.each([
    [429, 'it has had too many requests, also after waiting as it asked'],
    [503, 'it is at fault or busy'],
  ])('with status %i', async (status, says) => {
    service.answers([{ status, headers: AT_ONCE }])
    expect(await told()).toEqual({
      code: 'http-refused',
      message: `ORIGIN/people, page 1: the service answered with status ${status}: ${says}.`,
    })
    expect(service.sent).toHaveLength(6)
  })

  test('with connections that break', async () => {
    service.answers(['lost'])
    expect(await told({ bounds: { attempts: 2 } })).toMatchObject({
      code: 'http-unreachable',
      message: expect.stringContaining('page 1: the connection was broken off (') as unknown,
    })
    expect(service.sent).toHaveLength(2)
  })

  test('with answers that do not come', async () => {
    service.answers(['silent'])
    expect(await told({ bounds: { pageTime: 100, attempts: 2 } })).toEqual({
      code: 'http-timeout',
      message: 'ORIGIN/people, page 1: there was no whole answer within 0.1 seconds, 2 times.',
    })
  })
})

describe('a refusal', () => {
  test.each<[number, Asked, string]>([
    [401, {}, 'it wants a token, and `tokenEnv` names no variable that holds one'],
    [401, TOKEN, 'it does not accept the token of HR_TOKEN: renew it'],
    [403, {}, 'it may want a token, and `tokenEnv` names no variable that holds one'],
    [403, TOKEN, 'the token of HR_TOKEN does not permit to read this'],
    [404, {}, 'there is nothing at this address'],
    [418, {}, 'only status 200 is a whole answer'],
    [501, {}, 'it is at fault or busy'],
    [204, {}, 'only status 200 is a whole answer'],
    [206, {}, 'only status 200 is a whole answer'],
    [304, {}, 'only status 200 is a whole answer'],
    [302, {}, 'only status 200 is a whole answer'],
  ])('with status %i is not repeated', async (status, asked, says) => {
    service.answers([{ status, body: status === 206 ? '[]' : '' }])
    expect(await told(asked)).toEqual({
      code: 'http-refused',
      message: `ORIGIN/people, page 1: the service answered with status ${status}: ${says}.`,
    })
    expect(service.sent).toHaveLength(1)
  })

  test('on a later page fails the whole', async () => {
    service.answersAt({ '/people': { body: { people: [], next: '/gone' } } })
    expect(await told({ items: 'people', next: 'next' })).toMatchObject({
      message: expect.stringContaining('page 2: the service answered with status 404') as unknown,
    })
  })
})

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%i within the origin is followed, with the token', async (status) => {
    service.answersAt({ '/people': { status, headers: { location: 'v2/people' } }, '/v2/people': PEOPLE })
    expect((await read(service, TOKEN)).people).toHaveLength(1)
    expect(service.sent.map(({ headers }) => headers.authorization)).toEqual(['Bearer t0k3n', 'Bearer t0k3n'])
  })

  test('to another origin fails, which is not asked for anything', async () => {
    elsewhere.answers([PEOPLE])
    service.answers([{ status: 302, headers: { location: `${elsewhere.origin}/login?from=ada` } }])
    expect(await told(TOKEN)).toEqual({
      code: 'http-redirected',
      message: `ORIGIN/people, page 1: it is redirected to another origin, ${elsewhere.origin}, and people are read from ORIGIN alone: if the service has moved, give its new address as \`url\`; if that is a place to sign in, it wants another token.`,
    })
    expect(elsewhere.sent).toEqual([])
  })

  test.each([['https://['], ['//me:secret@HOST/people']])('to %s is not followed', async (location) => {
    const { host } = new URL(service.origin)
    service.answers([{ status: 302, headers: { location: location.replace('HOST', host) } }])
    expect(await told()).toEqual({
      code: 'http-redirected',
      message: 'ORIGIN/people, page 1: it is redirected to what is no URL that can be followed.',
    })
  })

  test('in a circle ends with an error', async () => {
    service.answers([{ status: 302, headers: { location: '/people' } }])
    expect(await told()).toEqual({
      code: 'http-redirected',
      message: 'ORIGIN/people, page 1: it was redirected more than 5 times.',
    })
    expect(service.sent).toHaveLength(6)
  })
})

describe('a service that cannot be reached', () => {
  test('because nobody listens there', async () => {
    const gone = await WebService.start()
    await gone.stop()
    const { code, message } = await failure(read(gone, { bounds: { attempts: 1 } }))
    expect({ code, message }).toEqual({
      code: 'http-unreachable',
      message: `${gone.origin}/people, page 1: localhost refuses the connection (ECONNREFUSED).`,
    })
  })

  test.each([
    ['ENOTFOUND', 'the name localhost is not known to DNS'],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'the server certificate of localhost is not trusted: when an authority of your own has signed it, name its PEM file in NODE_EXTRA_CA_CERTS, which is read when the program starts',
    ],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'the server certificate is not one for localhost'],
    ['CERT_HAS_EXPIRED', 'the server certificate has expired'],
  ])('because of %s is asked once', async (code, says) => {
    const fetched = jest
      .spyOn(globalThis, 'fetch')
      .mockRejectedValue(
        new TypeError('fetch failed', { cause: Object.assign(new Error('t0k3n'), { code }) }),
      )
    expect(await told(TOKEN)).toEqual({
      code: 'http-unreachable',
      message: `ORIGIN/people, page 1: ${says} (${code}).`,
    })
    expect(fetched).toHaveBeenCalledTimes(1)
  })

  test('for a reason of its own', async () => {
    jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed'))
    expect(await told({ bounds: { attempts: 1 } })).toEqual({
      code: 'http-unreachable',
      message: 'ORIGIN/people, page 1: localhost cannot be reached (no reason given).',
    })
  })
})
