/** A listing page by page: what is asked for, where its links may lead, and when it is incomplete. */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { IncompleteReadError } from '../errors.ts'
import { BASE, client, ENDPOINT, refused, rows } from './exchange-wire.ts'
import { all, refusal, wire, type Reply } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const contacts = () => all(client().pages('Get-MailContact', {}, ['Name', 'Guid']))
const link = (number: number, host = BASE) => ({
  '@odata.nextLink': `${host}/adminapi/beta/fabrikam.onmicrosoft.com/InvokeCommand?%24skiptoken=${number}`,
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
