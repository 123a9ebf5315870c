import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { IncompleteReadError } from '../errors.ts'
import { exchangeClient } from '../exchange.ts'
import { isNameTaken, isNotFound } from '../exchange-errors.ts'
import { all, AT_ONCE, IDENTITY, refusal, tokens, wire, type Reply } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const BASE = 'https://outlook.office365.com'
const ENDPOINT = `${BASE}/adminapi/beta/fabrikam.onmicrosoft.com/InvokeCommand`
const client = (base = BASE) => exchangeClient(IDENTITY, 'fabrikam.onmicrosoft.com', base, tokens(), 4)
const contacts = () => all(client().pages('Get-MailContact', {}, ['Name', 'Guid']))
const set = () => client().run('Set-MailContact', { Identity: 'g' }, { repeatable: true })
const make = () => client().run('New-MailContact', { Name: 'n' }, { repeatable: false })
const rows = (value: unknown[], more: object = {}): Reply => ({
  body: { '@adminapi.warnings': [], value, ...more },
})
const link = (number: number, host = BASE) => ({
  '@odata.nextLink': `${host}/adminapi/beta/fabrikam.onmicrosoft.com/InvokeCommand?%24skiptoken=${number}`,
})
const refused = (status: number, error: unknown): Reply => ({ status, headers: [AT_ONCE], body: { error } })
const failed = (status: number, type: string, text: string): Reply =>
  refused(status, {
    code: 'X',
    message: 'Error executing cmdlet',
    details: [{ message: `Ex1|${type}|${text}` }],
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

describe('a listing', () => {
  test('asks for everything, in the largest pages, with the properties wanted', async () => {
    const { sent } = wire([rows([{ Name: 'a' }])])
    expect(await contacts()).toEqual([{ Name: 'a' }])
    expect(sent[0]!.url.href).toBe(`${ENDPOINT}?$select=Name,Guid`)
    expect(sent[0]!.headers.get('prefer')).toBe('odata.maxpagesize=1000')
    expect(sent[0]!.body).toMatchObject({ CmdletInput: { Parameters: { ResultSize: 'Unlimited' } } })
  })

  test('of one object asks for that alone', async () => {
    const { sent } = wire([rows([])])
    await all(client().pages('Get-Contact', { Identity: 'x' }))
    expect(sent[0]!.body).toMatchObject({ CmdletInput: { Parameters: { Identity: 'x' } } })
    expect(JSON.stringify(sent[0]!.body)).not.toContain('ResultSize')
  })

  test('posts the same again to each next link', async () => {
    const { sent } = wire([rows([1], link(2)), rows([2], link(3)), rows([3])])
    expect(await contacts()).toEqual([1, 2, 3])
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
    expect(new Set(sent.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(sent.map(({ url }) => url.searchParams.get('$skiptoken'))).toEqual([null, '2', '3'])
  })

  test('follows a link to a regional server of the service', async () => {
    const { sent } = wire([rows([1], link(2, 'https://eurprd01.outlook.office365.com')), rows([2])])
    expect(await contacts()).toEqual([1, 2])
    expect(sent[1]!.url.host).toBe('eurprd01.outlook.office365.com')
  })

  test.each([
    ['to another host', link(2, 'https://office365.com.example')],
    ['to a host that only ends alike', link(2, 'https://evil-office365.com')],
    ['where anybody listens', link(2, 'http://outlook.office365.com')],
    ['nowhere', { '@odata.nextLink': 'https://[' }],
  ])('with a link that leads %s is incomplete, and nothing is sent there', async (_, next) => {
    const { sent } = wire([rows([1], next)])
    expect(await refusal(contacts())).toBeInstanceOf(IncompleteReadError)
    expect(sent).toHaveLength(1)
  })

  test('with a link that leads back is incomplete', async () => {
    const { sent } = wire([rows([1], link(2))])
    expect(await refusal(contacts())).toBeInstanceOf(IncompleteReadError)
    expect(sent).toHaveLength(2)
  })

  test('with a warning is incomplete, on whichever page', async () => {
    const warning = { '@adminapi.warnings': ['There are more results available than are displayed.'] }
    wire([rows([1], warning)])
    expect((await refusal(contacts())).message).toContain('There are more results available')
    jest.restoreAllMocks()
    wire([rows([1], link(2)), rows([2], warning)])
    expect(await refusal(contacts())).toBeInstanceOf(IncompleteReadError)
  })

  test.each<[string, Reply]>([
    ['HTML that says 200', { body: '<html></html>' }],
    ['JSON that is no page', { body: { rows: [] } }],
  ])('of which a page is %s is incomplete', async (_, broken) => {
    wire([rows([1], link(2)), broken])
    expect(await refusal(contacts())).toBeInstanceOf(IncompleteReadError)
  })

  test('whose later page has expired is not read at all', async () => {
    wire([
      rows([1], link(2)),
      refused(400, { code: 'BadRequest', message: 'Expired or Invalid pagination request.' }),
    ])
    expect(await refusal(contacts())).toMatchObject({ status: 400 })
  })

  test('that stops after one full page and says nothing is taken for cut', async () => {
    const full = Array.from({ length: 1000 }, (_, index) => ({ Guid: index }))
    wire([rows(full)])
    expect((await refusal(contacts())).message).toContain('stopped after one full page')
    jest.restoreAllMocks()
    wire([rows(full, link(2)), rows(full)])
    expect(await contacts()).toHaveLength(2000)
  })
})

describe('what Exchange says when it refuses', () => {
  const told = async (reply: Reply) => {
    wire([reply])
    return refusal(set())
  }

  test('is read from the text behind two bars', async () => {
    const reply = failed(
      400,
      'Microsoft.Exchange.Configuration.Tasks.RecipientTaskException',
      'No | such | thing.',
    )
    expect(await told(reply)).toMatchObject({ code: 'RecipientTaskException', detail: 'No | such | thing.' })
  })

  test('is read from JSON in a text, also when bars stand in it', async () => {
    const message = JSON.stringify({
      Message: 'The name "XTSYNC|a|User|b" is already being used.',
      TypeName: 'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException',
    })
    const error = await told(refused(400, { code: 'BadRequest', details: [{ message }] }))
    expect(error).toMatchObject({
      code: 'ADObjectAlreadyExistsException',
      detail: 'The name "XTSYNC|a|User|b" is already being used.',
    })
    expect(isNameTaken(error)).toBe(true)
  })

  test('is read from the inner exception when there are no details', async () => {
    const internalexception = {
      message: 'Cannot process it.',
      type: 'Microsoft.X.ParameterTransformationException',
    }
    expect(
      await told(
        refused(400, { code: 'BadRequest', message: 'Invalid Operation', innererror: { internalexception } }),
      ),
    ).toMatchObject({ code: 'ParameterTransformationException', detail: 'Cannot process it.' })
  })

  test('is its general message when there is nothing else', async () => {
    expect(await told(refused(400, { code: 'BadRequest', message: 'No CmdletInput.' }))).toMatchObject({
      code: 'BadRequest',
      detail: 'No CmdletInput.',
    })
  })

  test('by a body of NUL bytes is that the role is missing', async () => {
    const error = await told({ status: 403, body: '\0'.repeat(64) })
    expect(error).toMatchObject({ code: 'unauthorized', status: 403 })
    expect(error.message).toContain('Exchange Recipient Administrator')
    expect(error.message).not.toContain('\0')
  })

  test('by 401 is that the app role is missing, with the command that grants it', async () => {
    const { message } = await told({ status: 401 })
    expect(message).toContain('Exchange.ManageAsApp')
    expect(message).toContain(
      '--api 00000002-0000-0ff1-ce00-000000000000 --api-permissions dc50a0fb-09a3-484d-be87-e023b12c6440=Role',
    )
  })

  test('by a 404 of its own is that the object is not there; by any other 404 nothing', async () => {
    const own = await told(failed(404, 'Microsoft.X.ManagementObjectNotFoundException', 'Gone.'))
    expect(isNotFound(own)).toBe(true)
    jest.restoreAllMocks()
    expect(isNotFound(await told({ status: 404, body: '<html>404</html>' }))).toBe(false)
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

describe('a write of which nobody knows whether it was done', () => {
  test.each([408, 500, 502, 503, 504])('(%i) says so, and is not repeated', async (status) => {
    const { sent } = wire([failed(status, 'X', 'y')])
    expect(await refusal(make())).toMatchObject({ ambiguous: true, status, attempt: 1 })
    expect(sent).toHaveLength(1)
  })

  test.each([
    'Microsoft.Exchange.Data.Directory.ServerBusyException',
    'Microsoft.Exchange.Data.Storage.TransientException',
    'UnableToWriteToAadException',
    'You have reached the maximum number of concurrent requests per tenant. Please wait and try again',
  ])('(busy in words: %s) says so too', async (words) => {
    const { sent } = wire([{ status: 400, headers: [AT_ONCE], body: words }])
    expect(await refusal(make())).toMatchObject({ ambiguous: true })
    expect(sent).toHaveLength(1)
  })

  test('(lost) says so, and is not repeated', async () => {
    const { sent } = wire(['lost'])
    expect(await refusal(make())).toMatchObject({ code: 'no-answer', ambiguous: true, status: undefined })
    expect(sent).toHaveLength(1)
  })

  test('is repeated when doing it twice does no harm', async () => {
    const { sent } = wire([
      'lost',
      failed(500, 'X', 'y'),
      { status: 400, headers: [AT_ONCE], body: 'ServerBusyException' },
      rows([]),
    ])
    expect(await set()).toMatchObject({ attempt: 4 })
    expect(sent).toHaveLength(4)
  })

  test('is none when Exchange refuses it', async () => {
    wire([failed(400, 'RecipientTaskException', 'No.')])
    expect(await refusal(make())).toMatchObject({ ambiguous: false })
  })
})
