import { afterEach, describe, expect, jest, test } from '@jest/globals'
import graph from '../../simulator/contract/graph.json' with { type: 'json' }
import { ServiceError } from '../errors.ts'
import { GraphBatch } from '../graph-batch.ts'
import { GraphTransport } from '../graph-transport.ts'
import { graphWriter, type GraphWriter } from '../graph-writer.ts'
import { graphReader } from '../graph.ts'
import { AT_ONCE, IDENTITY, refusal, tokens, wire, type Reply } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const BASE = 'https://graph.microsoft.com'
const PRINCIPAL = '/servicePrincipals/3f2c0f7e-0000-4000-8000-000000000001'
const JOBS = `${PRINCIPAL}/synchronization/jobs`
const DONE: Reply = { status: 204, headers: [['request-id', 'r-1']] }

const writer = (base = BASE) => {
  const transport = new GraphTransport(IDENTITY, base, tokens(), 4)
  return graphWriter(transport, graphReader(transport, new GraphBatch(transport, 4)))
}
const refused = (status: number, code = 'Refused'): Reply => ({
  status,
  headers: [['request-id', 'r-1'], AT_ONCE],
  body: { error: { code, message: 'No.' } },
})

type Write = (graph: GraphWriter) => Promise<unknown>
const CREATE: Write = (graph) => graph.create(JOBS, { templateId: 'Azure2Azure' })
const START: Write = (graph) => graph.create(`${JOBS}/1/start`, {}, { repeatable: true })
/** Doing them twice does no harm. */
const REPEATABLE: readonly (readonly [string, Write])[] = [
  ['PATCH', (graph) => graph.update(PRINCIPAL, { notes: 'x' })],
  ['PUT', (graph) => graph.replace(`${JOBS}/1/schema`, {})],
  ['DELETE', (graph) => graph.remove(`${JOBS}/1`)],
  ['POST that may be repeated', START],
]
const ALL = [...REPEATABLE, ['POST', CREATE] as const]

describe('what is sent', () => {
  test.each<[string, Write, object | undefined]>([
    ['POST', (graph) => graph.create(JOBS, { a: 1 }), { a: 1 }],
    ['PATCH', (graph) => graph.update(JOBS, { a: 1 }), { a: 1 }],
    ['PUT', (graph) => graph.replace(JOBS, { a: 1 }), { a: 1 }],
    ['DELETE', (graph) => graph.remove(JOBS), undefined],
  ])('is %s of JSON, signed', async (method, write, body) => {
    const { sent } = wire([DONE])
    await write(writer())
    expect(sent).toHaveLength(1)
    const [{ url, headers, ...request }] = sent as [(typeof sent)[0]]
    expect([request.method, url.href, request.body]).toEqual([method, `${BASE}/v1.0${JOBS}`, body])
    expect(headers.get('authorization')).toBe('Bearer graph-1')
    expect(headers.get('content-type')).toBe(body ? 'application/json' : null)
  })

  test('a private cloud may stand below a path', async () => {
    const { sent } = wire([DONE])
    await CREATE(writer('https://cloud.example/graph'))
    expect(sent.map(({ url }) => url.pathname)).toEqual([`/graph/v1.0${JOBS}`])
  })
})

describe('what was written', () => {
  test('is told with its id, as a journal needs it', async () => {
    wire([{ status: 201, headers: [['request-id', 'r-1']], body: { id: 'job', status: {} } }])
    expect(await CREATE(writer())).toEqual({
      status: 201,
      requestId: 'r-1',
      attempt: 1,
      body: { id: 'job', status: {} },
      targetId: 'job',
    })
  })

  test('without an answer to read has nothing to tell', async () => {
    wire([DONE])
    expect(await CREATE(writer())).toEqual({ status: 204, requestId: 'r-1', attempt: 1, body: undefined })
  })

  test.each(ALL)('is not known where something between says that all is well: %s', async (name, write) => {
    const { sent } = wire([{ status: 200, body: '<!DOCTYPE html><title>Sign in</title>' }])
    expect(await refusal(write(writer()))).toMatchObject({
      code: 'not-json',
      status: 200,
      ambiguous: name === 'POST',
    })
    expect(sent).toHaveLength(1)
  })
})

describe('an answer that was lost', () => {
  test('leaves it open whether an object was made: it is not made again', async () => {
    const { sent } = wire(['lost', DONE])
    const error = await refusal(CREATE(writer()))
    expect(error).toBeInstanceOf(ServiceError)
    expect(error).toMatchObject({ code: 'no-answer', ambiguous: true, attempt: 1 })
    expect(sent).toHaveLength(1)
  })

  test.each(REPEATABLE)('of what may be repeated is asked for again: %s', async (_, write) => {
    const { sent } = wire(['lost', DONE])
    expect(await write(writer())).toMatchObject({ status: 204, attempt: 2 })
    expect(sent).toHaveLength(2)
  })
})

describe('a service that is busy', () => {
  test.each(ALL)('429 was not carried out, and is sent again when it asks to: %s', async (_, write) => {
    const { sent } = wire([refused(429, 'TooManyRequests'), DONE])
    expect(await write(writer())).toMatchObject({ status: 204, attempt: 2 })
    expect(sent).toHaveLength(2)
  })

  test.each(REPEATABLE)('503 is waited for: %s', async (_, write) => {
    const { sent } = wire([refused(503, 'ServiceUnavailable'), DONE])
    expect(await write(writer())).toMatchObject({ status: 204, attempt: 2 })
    expect(sent).toHaveLength(2)
  })

  test.each([500, 502, 503, 504])('%i leaves it open whether an object was made', async (status) => {
    const { sent } = wire([refused(status), DONE])
    expect(await refusal(CREATE(writer()))).toMatchObject({ status, ambiguous: true })
    expect(sent).toHaveLength(1)
  })
})

test('a token that is refused is renewed once, and the request sent again', async () => {
  const { sent } = wire([refused(401, 'InvalidAuthenticationToken'), DONE])
  expect(await CREATE(writer())).toMatchObject({ status: 204 })
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
    'Bearer graph-1',
    'Bearer graph-2',
  ])
})

describe('a refusal', () => {
  test('carries what a report and a journal need', async () => {
    const { sent } = wire([refused(409, 'Request_MultipleObjectsWithSameKeyValue')])
    expect(await refusal(CREATE(writer()))).toMatchObject({
      service: 'Microsoft Graph',
      tenant: 'fabrikam',
      operation: 'POST /servicePrincipals/{id}/synchronization/jobs',
      status: 409,
      code: 'Request_MultipleObjectsWithSameKeyValue',
      requestId: 'r-1',
      ambiguous: false,
    })
    expect(sent).toHaveLength(1)
  })

  test('for want of rights names the permission and how to grant it', async () => {
    wire([refused(403, 'Authorization_RequestDenied')])
    const { message } = await refusal(CREATE(writer()))
    expect(message).toContain('application permission Application.ReadWrite.OwnedBy')
    expect(message).toContain('make the app an owner')
  })

  test('of a removal that an earlier, lost answer carried out is told as it is', async () => {
    wire(['lost', refused(404, 'Request_ResourceNotFound')])
    expect(await refusal(writer().remove(PRINCIPAL))).toMatchObject({ status: 404, attempt: 2 })
  })
})

describe('the operation, in messages', () => {
  const told = async (path: string) => {
    wire([refused(400)])
    return ((await refusal(writer().update(path, {}))) as ServiceError).operation
  }
  const written = Object.entries(graph.paths)
    .filter(([, methods]) => Object.keys(methods).some((method) => method !== 'GET'))
    .map(([path]) => path)
    .filter((path) => /^\/(policies|application|servicePrincipals)/.test(path))

  test('is looked at for all that is written', () => {
    expect(written.length).toBeGreaterThan(15)
  })

  test.each(written)('names no value: %s', async (path) => {
    for (const value of ['3f2c0f7e-0000-4000-8000-000000000001', 'Azure2Azure.3f2c.0a', 'ada%40fabrikam.com'])
      expect(await told(`${path.replaceAll('{id}', value)}?$select=${value}`)).toBe(`PATCH ${path}`)
  })
})
