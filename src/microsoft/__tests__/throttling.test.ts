import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { backoff, LostAnswerError, retryAfter, roundTrip, Throttle, type Reply } from '../throttling.ts'
import { AT_ONCE, refusal, wire } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const READ = { repeatable: true }
const WRITE = { repeatable: false }
const URL = 'https://graph.microsoft.com/v1.0/users'
const once = () => roundTrip(URL, {})
const send = (repeating: { repeatable: boolean; isBusy?: (reply: Reply) => boolean }) =>
  new Throttle(4).send(once, repeating)

describe('Retry-After', () => {
  const of = (value: string) => retryAfter(new Headers({ 'retry-after': value }))

  test.each([
    ['whole seconds', '7', 7],
    ['a fraction of a second', '2.128', 2.128],
    ['no wait', '0', 0],
    ['what is no number and no date', 'soon', undefined],
    ['a number below zero', '-3', 0],
  ])('says %s', (_, value, seconds) => {
    expect(of(value)).toBe(seconds)
  })

  test('says a date', () => {
    const seconds = of(new Date(Date.now() + 60_000).toUTCString())!
    expect(seconds).toBeGreaterThan(58)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(of('Wed, 21 Oct 2015 07:28:00 GMT')).toBe(0)
  })

  test('is absent', () => {
    expect(retryAfter(new Headers())).toBeUndefined()
  })
})

test('a back-off doubles, with jitter, up to half a minute', () => {
  for (const [attempt, most] of [
    [1, 0.5],
    [2, 1],
    [4, 4],
    [7, 30],
    [50, 30],
  ] as const)
    for (let draw = 0; draw < 20; draw++) {
      expect(backoff(attempt)).toBeLessThanOrEqual(most)
      expect(backoff(attempt)).toBeGreaterThanOrEqual(most / 2)
    }
})

describe('a service that asks to come back', () => {
  test.each([429, 503, 504])('with %i is asked again, and tells how often it was', async (status) => {
    wire([{ status, headers: [AT_ONCE] }, { status, headers: [AT_ONCE] }, { body: 'here' }])
    expect(await send(READ)).toMatchObject({ status: 200, body: 'here', attempt: 3 })
  })

  test('without saying when is asked again after a back-off', async () => {
    wire([{ status: 429 }, { body: 'here' }])
    expect(await send(READ)).toMatchObject({ status: 200, attempt: 2 })
  })

  test('for ever is given up after twenty attempts', async () => {
    const { sent } = wire([{ status: 429, headers: [AT_ONCE] }])
    expect(await send(READ)).toMatchObject({ status: 429, attempt: 20 })
    expect(sent).toHaveLength(20)
  })

  test('in more than ten minutes is given up for this run', async () => {
    const { sent } = wire([{ status: 429, headers: [['retry-after', '601']] }])
    expect(await send(READ)).toMatchObject({ status: 429, attempt: 1 })
    expect(sent).toHaveLength(1)
  })

  /** Who came, in which order, when the first was told to wait. */
  const arrivals = async (status: number, repeating: { repeatable: boolean }) => {
    const came: string[] = []
    const asking = (who: string) => () => {
      came.push(who)
      return roundTrip(URL, {})
    }
    wire((_, index) => (index === 0 ? { status, headers: [['retry-after', '0.4']] } : {}))
    const [shared, another] = [new Throttle(1), new Throttle(1)]
    const first = shared.send(asking('first'), repeating)
    const second = shared.send(asking('second'), READ)
    while (came.length === 0) await turn()
    for (let turns = 0; turns < 20; turns++) await turn()
    await another.send(asking('another'), READ)
    await Promise.all([first, second])
    return came
  }

  test('keeps all who share it waiting, and nobody else', async () => {
    const [first, ...rest] = await arrivals(429, READ)
    expect([first, rest[0], rest.slice(1).sort()]).toEqual(['first', 'another', ['first', 'second']])
  })

  test('keeps them waiting too when the request it refused is not repeated', async () => {
    expect(await arrivals(503, WRITE)).toEqual(['first', 'another', 'second'])
  })
})

test('no more requests are under way than it is told', async () => {
  let under = 0
  let most = 0
  const slow = async (): Promise<Reply> => {
    most = Math.max(most, ++under)
    await turn()
    under--
    return { status: 200, headers: new Headers(), body: '' }
  }
  const throttle = new Throttle(3)
  await Promise.all(Array.from({ length: 12 }, () => throttle.send(slow, READ)))
  expect(most).toBe(3)
})

describe('a fault of the moment', () => {
  test.each([408, 500, 502])('(%i) is no answer to a read', async (status) => {
    wire([{ status, headers: [AT_ONCE] }, { body: 'here' }])
    expect(await send(READ)).toMatchObject({ status: 200, attempt: 2 })
  })

  test.each([408, 500, 502, 503, 504])(
    '(%i) is the answer to a write: it may have been done',
    async (status) => {
      const { sent } = wire([{ status, headers: [AT_ONCE] }])
      expect(await send(WRITE)).toMatchObject({ status, attempt: 1 })
      expect(sent).toHaveLength(1)
    },
  )

  test('(429) was not done: a write is sent again', async () => {
    wire([{ status: 429, headers: [AT_ONCE] }, {}])
    expect(await send(WRITE)).toMatchObject({ status: 200, attempt: 2 })
  })

  test.each([400, 401, 403, 404, 409, 501])('(%i) is none, and is answered at once', async (status) => {
    wire([{ status }])
    expect(await send(READ)).toMatchObject({ status, attempt: 1 })
  })

  test('may be told by the text alone', async () => {
    wire([{ status: 400, headers: [AT_ONCE], body: 'ServerBusyException' }, { body: 'here' }])
    const isBusy = ({ body }: Reply) => body.includes('Busy')
    expect(await send({ repeatable: true, isBusy })).toMatchObject({ status: 200, attempt: 2 })
  })
})

describe('a lost answer', () => {
  test('to a read is asked for again', async () => {
    wire(['lost', { body: 'here' }])
    expect(await send(READ)).toMatchObject({ body: 'here', attempt: 2 })
  })

  test('to a write is not: nobody knows whether it was done', async () => {
    const { sent } = wire(['lost', {}])
    const error = await refusal(send(WRITE))
    expect(error).toBeInstanceOf(LostAnswerError)
    expect(error.message).toBe('no answer: ECONNRESET')
    expect(sent).toHaveLength(1)
  })
})

test('a mistake of ours is not taken for a lost answer', async () => {
  let times = 0
  const broken = (): Promise<Reply> => {
    times++
    return Promise.reject(new TypeError('x is not a function'))
  }
  expect((await refusal(new Throttle(1).send(broken, READ))).message).toBe('x is not a function')
  expect(times).toBe(1)
})
