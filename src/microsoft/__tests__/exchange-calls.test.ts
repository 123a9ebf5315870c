/** How a cmdlet is called: what is sent, in which session, with which token, and to which server. */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { BASE, client, ENDPOINT, make, rows, set } from './exchange-wire.ts'
import { AT_ONCE, IDENTITY, refusal, wire, type Reply } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

describe('a cmdlet', () => {
  test('is posted to the organization, with its parameters and a signature', async () => {
    const { sent } = wire([rows([])])
    await set()
    expect(sent[0]).toMatchObject({
      method: 'POST',
      body: { CmdletInput: { CmdletName: 'Set-MailContact', Parameters: { Identity: 'g' } } },
    })
    expect(sent[0]!.url.href).toBe(ENDPOINT)
    expect(sent[0]!.headers.get('authorization')).toBe('Bearer exchange-1')
    expect(sent[0]!.headers.get('content-type')).toMatch(/^application\/json/)
  })

  test.each<[string, Reply]>([
    ['no rows', rows([])],
    ['nothing at all', { body: '' }],
    ['204', { status: 204 }],
  ])('that writes and answers with %s has succeeded', async (_, reply) => {
    wire([reply])
    expect(await set()).toMatchObject({ rows: [], attempt: 1 })
  })

  test('that answers with a page of HTML that says 200 has not: nobody knows', async () => {
    wire([{ body: '<!DOCTYPE html><title>Sign in</title>' }])
    expect(await refusal(set())).toMatchObject({ code: 'not-json', status: 200, ambiguous: true })
  })

  test('tells the journal how it was answered', async () => {
    wire([
      { status: 429, headers: [AT_ONCE] },
      { headers: [['request-id', 'r-7']], body: { value: [{ Guid: 'g' }] } },
    ])
    expect(await make()).toEqual({ rows: [{ Guid: 'g' }], status: 200, attempt: 2, requestId: 'r-7' })
  })
})

describe('a run', () => {
  test('has one anchor and one session, and keeps the cookies it is given', async () => {
    const { sent } = wire([
      {
        headers: [
          ['set-cookie', 'exchangecookie=abc; path=/; secure; HttpOnly'],
          ['set-cookie', 'lb=1'],
        ],
        body: { value: [] },
      },
      { headers: [['set-cookie', 'lb=2; path=/']], body: { value: [] } },
      rows([]),
    ])
    const one = client()
    for (let call = 0; call < 3; call++) await one.run('Set-Contact', {}, { repeatable: true })
    const of = (name: string) => sent.map(({ headers }) => headers.get(name))
    expect(new Set(of('x-anchormailbox'))).toEqual(
      new Set([`APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${IDENTITY.tenantId}`]),
    )
    expect(new Set(of('connection-id')).size).toBe(1)
    expect(new Set(of('client-request-id')).size).toBe(3)
    expect(of('cookie')).toEqual([null, 'exchangecookie=abc; lb=1', 'exchangecookie=abc; lb=2'])
  })
})

describe('a token that is refused', () => {
  test('is renewed once, also for a write: it was not done', async () => {
    const { sent } = wire([{ status: 401 }, rows([])])
    await make()
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer exchange-1',
      'Bearer exchange-2',
    ])
  })

  test('and its successor too ends it', async () => {
    const { sent } = wire([{ status: 401 }])
    expect(await refusal(make())).toMatchObject({ status: 401, ambiguous: false })
    expect(sent).toHaveLength(2)
  })
})

describe('a redirect', () => {
  const to = (location: string): Reply => ({ status: 302, headers: [['location', location]] })

  test('to a regional server is followed: the same post, signed, with cookies', async () => {
    const regional = 'https://eurprd01.outlook.office365.com/adminapi/beta/x/InvokeCommand'
    const { sent } = wire([
      {
        status: 302,
        headers: [
          ['location', regional],
          ['set-cookie', 'region=eur'],
        ],
      },
      rows([{ Guid: 'g' }]),
    ])
    expect(await make()).toMatchObject({ rows: [{ Guid: 'g' }] })
    expect(sent[1]!.url.href).toBe(regional)
    expect(sent[1]!.method).toBe('POST')
    expect(sent[1]!.body).toEqual(sent[0]!.body)
    expect(sent[1]!.headers.get('authorization')).toBe('Bearer exchange-1')
    expect(sent[1]!.headers.get('cookie')).toBe('region=eur')
  })

  test('within the host may be relative', async () => {
    const { sent } = wire([to('/adminapi/beta/other/InvokeCommand'), rows([])])
    await set()
    expect(sent[1]!.url.href).toBe(`${BASE}/adminapi/beta/other/InvokeCommand`)
  })

  test.each([
    'https://example.com/',
    'http://outlook.office365.com/',
    'https://outlook.office365.com.example/',
    '//example.com/',
    'https://[',
  ])('to %s is refused, and no token is sent there', async (location) => {
    const { sent } = wire([to(location)])
    expect(await refusal(set())).toMatchObject({ status: 302 })
    expect(sent).toHaveLength(1)
  })

  test('of many comes to an end', async () => {
    const { sent } = wire((_, index) => to(`https://r${index}.outlook.office365.com/`))
    expect(await refusal(set())).toMatchObject({ status: 302 })
    expect(sent).toHaveLength(6)
  })

  test('keeps to a replaced host, whatever its name', async () => {
    const { sent } = wire([to('https://elsewhere:8443/')])
    await refusal(client('https://localhost:8443').run('Set-Contact', {}, { repeatable: true }))
    expect(sent).toHaveLength(1)
  })
})
