import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { IncompleteReadError, ServiceError } from '../errors.ts'
import { GraphBatch } from '../graph-batch.ts'
import { GraphTransport } from '../graph-transport.ts'
import { graphReader, type Query } from '../graph.ts'
import { all, AT_ONCE, IDENTITY, refusal, tokens, wire, type Reply } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const BASE = 'https://graph.microsoft.com'
const USERS: Query = { select: ['id', 'mail'], top: 999 }
const page = (items: unknown[], next?: string): Reply => ({
  body: { value: items, ...(next !== undefined && { '@odata.nextLink': next }) },
})
const refused = (status: number, code: string, message = 'No.'): Reply => ({
  status,
  headers: [['request-id', 'r-1'], AT_ONCE],
  body: { error: { code, message } },
})
const reader = (base = BASE) => {
  const transport = new GraphTransport(IDENTITY, base, tokens(), 4)
  return graphReader(transport, new GraphBatch(transport, 4))
}
const users = (query: Query = USERS) => all(reader().pages('/users', query))

describe('a collection', () => {
  test('is asked for with the properties wanted and the largest page, signed', async () => {
    const { sent } = wire([page([{ id: '1' }])])
    expect(await users()).toEqual([{ id: '1' }])
    const [{ url, headers, method }] = sent as [(typeof sent)[0]]
    expect([method, url.origin + url.pathname]).toEqual(['GET', `${BASE}/v1.0/users`])
    expect(Object.fromEntries(url.searchParams)).toEqual({ $select: 'id,mail', $top: '999' })
    expect(headers.get('authorization')).toBe('Bearer graph-1')
    expect(headers.get('consistencylevel')).toBeNull()
  })

  test('is read to its end, by links taken as they are', async () => {
    const link = `${BASE}/v1.0/users?$select=id&$skiptoken=RFN%2B0%3D%26x`
    const { sent } = wire([page([1], link), page([], `${link}2`), page([2])])
    expect(await users()).toEqual([1, 2])
    expect(sent.slice(1).map(({ url }) => url.href)).toEqual([link, `${link}2`])
  })

  test.each([
    ['to another host', 'https://graph.microsoft.com.example/v1.0/users?$skiptoken=2'],
    ['to another protocol', 'http://graph.microsoft.com/v1.0/users?$skiptoken=2'],
    ['to a host that looks alike', 'https://graph.microsoft.com@example.com/v1.0/users'],
    ['back to where it came from', `${BASE}/v1.0/users?$skiptoken=same`],
  ])('with a link that leads %s fails, and nothing is sent there', async (_, link) => {
    const { sent } = wire([page([1], link)])
    expect(await refusal(users())).toBeInstanceOf(IncompleteReadError)
    expect([...new Set(sent.map(({ url }) => url.origin))]).toEqual([BASE])
  })

  test.each<[string, Reply]>([
    ['HTML that says 200', { body: '<!DOCTYPE html><title>Sign in</title>' }],
    ['nothing', { body: '' }],
    ['JSON that is no page', { body: { id: '1' } }],
    ['null', { body: 'null' }],
    ['a page whose value is no list', { body: { value: 'x' } }],
  ])('of which one page is %s is not read at all', async (_, broken) => {
    wire([page([1], `${BASE}/v1.0/users?$skiptoken=2`), broken])
    expect(await refusal(users())).toMatchObject({ name: 'IncompleteReadError', code: 'incomplete-read' })
  })

  test('of which one page of many is refused is not read at all', async () => {
    wire([page([1], `${BASE}/v1.0/users?$skiptoken=2`), refused(400, 'Directory_ExpiredPageToken')])
    expect(await refusal(users())).toMatchObject({ name: 'ServiceError', code: 'Directory_ExpiredPageToken' })
  })

  test('of which one page is throttled, or lost, is read on', async () => {
    wire([page([1], `${BASE}/v1.0/users?$skiptoken=2`), refused(429, 'TooManyRequests'), 'lost', page([2])])
    expect(await users()).toEqual([1, 2])
  })
})

describe('a filter', () => {
  const asked = async (filter: string, replies: readonly Reply[] = [page([])]) => {
    const { sent } = wire(replies)
    await users({ ...USERS, filter })
    return sent.map(({ url, headers }) => ({
      filter: url.searchParams.get('$filter'),
      count: url.searchParams.get('$count'),
      level: headers.get('consistencylevel'),
    }))
  }
  const simple = { count: null, level: null }
  const advanced = { count: 'true', level: 'eventual' }

  test.each([
    "department eq 'R&D'",
    "displayName eq 'C# and C++'",
    "startsWith(mobilePhone,'+49')",
    "jobTitle eq '100 % sure?'",
    "displayName eq 'Müller''s'",
  ])('arrives as it was written: %s', async (filter) => {
    expect(await asked(filter)).toEqual([{ filter, ...simple }])
  })

  test.each([
    "department ne 'Sales'",
    "not(startsWith(mail,'x'))",
    "endsWith(mail,'@fabrikam.com')",
    'assignedLicenses/$count eq 0',
  ])('that only the index answers is an advanced query at once: %s', async (filter) => {
    expect(await asked(filter)).toEqual([{ filter, ...advanced }])
  })

  test.each(["department eq 'not ne endsWith'", "displayName eq 'It''s not'"])(
    'whose text alone looks like one is not: %s',
    async (filter) => {
      expect(await asked(filter)).toEqual([{ filter, ...simple }])
    },
  )

  test('that Graph supports as an advanced query alone is asked again as one', async () => {
    const filter = "companyName eq 'Fabrikam'"
    expect(await asked(filter, [refused(400, 'Request_UnsupportedQuery'), page([])])).toEqual([
      { filter, ...simple },
      { filter, ...advanced },
    ])
  })

  test('that Graph supports in no way is refused, and asked twice at the most', async () => {
    const { sent } = wire([refused(400, 'Request_UnsupportedQuery')])
    expect(await refusal(users({ ...USERS, filter: "aboutMe eq 'x'" }))).toMatchObject({
      code: 'Request_UnsupportedQuery',
    })
    expect(sent).toHaveLength(2)
  })

  test('keeps its header on every page: a link does not carry it', async () => {
    const link = (number: number) => `${BASE}/v1.0/users?$count=true&$skiptoken=${number}`
    const { sent } = wire([page([1], link(2)), page([2], link(3)), page([3])])
    expect(await users({ ...USERS, filter: "city ne 'Berlin'" })).toEqual([1, 2, 3])
    expect(sent.map(({ headers }) => headers.get('consistencylevel'))).toEqual([
      'eventual',
      'eventual',
      'eventual',
    ])
  })
})

describe('an object', () => {
  const find = () => reader().find('/groups/1', { select: ['id'] })

  test('is found, or is not there', async () => {
    wire([{ body: { id: '1' } }])
    expect(await find()).toEqual({ id: '1' })
    jest.restoreAllMocks()
    wire([refused(404, 'Request_ResourceNotFound')])
    expect(await find()).toBeUndefined()
  })

  test('that may not be read is not taken for one that is not there', async () => {
    wire([refused(403, 'Authorization_RequestDenied')])
    expect(await refusal(find())).toBeInstanceOf(ServiceError)
  })

  test('is not taken for one that is not there when something between answers', async () => {
    wire([{ status: 404, body: '<html>404</html>' }])
    expect(await refusal(find())).toMatchObject({ code: 'not-json', status: 404 })
  })
})

describe('a token that is refused', () => {
  test('is renewed once, and the request sent again', async () => {
    const { sent } = wire([refused(401, 'InvalidAuthenticationToken'), page([1])])
    expect(await users()).toEqual([1])
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer graph-1',
      'Bearer graph-2',
    ])
  })

  test('and its successor too ends it', async () => {
    const { sent } = wire([refused(401, 'InvalidAuthenticationToken')])
    expect(await refusal(users())).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' })
    expect(sent).toHaveLength(2)
  })

  test('in the middle of a listing does not begin it anew', async () => {
    const link = `${BASE}/v1.0/users?$skiptoken=2`
    const { sent } = wire([page([1], link), refused(401, 'InvalidAuthenticationToken'), page([2])])
    expect(await users()).toEqual([1, 2])
    expect(sent.slice(1).map(({ url }) => url.href)).toEqual([link, link])
  })
})

describe('a refusal', () => {
  test.each([
    ['/users', 'User.Read.All', 'df021288-bdef-4463-88db-98f22de89214'],
    ['/groups/1/transitiveMembers', 'GroupMember.Read.All', '98830695-27a2-44f7-8c18-0c3ebc9698f6'],
    ['/contacts', 'OrgContact.Read.All', 'e1a88a34-94c4-4418-be12-c87b00e26bea'],
  ])('of %s for want of rights names the permission and how to grant it', async (path, permission, id) => {
    wire([refused(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')])
    const { message } = await refusal(all(reader().pages(path, USERS)))
    expect(message).toContain(`Microsoft Graph, tenant fabrikam: GET ${path} ended with 403`)
    expect(message).toContain('Insufficient privileges to complete the operation.')
    expect(message).toContain(`application permission ${permission}`)
    expect(message).toContain(
      `az ad app permission add --id ${IDENTITY.clientId} --api 00000003-0000-0000-c000-000000000000 --api-permissions ${id}=Role`,
    )
    expect(message).toContain(`az ad app permission admin-consent --id ${IDENTITY.clientId}`)
  })

  test('carries what a report and a journal need', async () => {
    wire([refused(400, 'BadRequest', 'Invalid filter clause')])
    expect(await refusal(users())).toMatchObject({
      service: 'Microsoft Graph',
      tenant: 'fabrikam',
      operation: 'GET /users',
      status: 400,
      code: 'BadRequest',
      detail: 'Invalid filter clause',
      requestId: 'r-1',
      attempt: 1,
      cure: undefined,
    })
  })

  test('in HTML says that something between may have answered', async () => {
    wire([{ status: 418, body: '<html><script>x</script></html>' }])
    const error = await refusal(users())
    expect(error).toMatchObject({ code: 'not-json' })
    expect(error.message).not.toContain('<html>')
  })

  test('501 is final', async () => {
    const { sent } = wire([refused(501, 'NotImplemented')])
    expect(await refusal(users())).toMatchObject({ status: 501, code: 'NotImplemented' })
    expect(sent).toHaveLength(1)
  })
})

test('no path leads a token elsewhere', async () => {
  const { sent } = wire([page([])])
  await refusal(all(reader().pages('https://example.com/v1.0/users', USERS)))
  expect(sent).toEqual([])
})

test('a private cloud may stand below a path', async () => {
  const base = 'https://cloud.example/graph'
  const { sent } = wire([page([1], `${base}/v1.0/users?$skiptoken=2`), page([2])])
  expect(await all(reader(base).pages('/users', USERS))).toEqual([1, 2])
  expect(sent.map(({ url }) => url.pathname)).toEqual(['/graph/v1.0/users', '/graph/v1.0/users'])
})
