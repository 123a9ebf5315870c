import { describe, expect, test } from '@jest/globals'
import { TENANT_ID, exchangeOf } from './service.ts'

describe('who may call', () => {
  test('an app with Exchange.ManageAsApp and the recipient administrator role may', async () => {
    expect((await exchangeOf().run('Get-OrganizationConfig')).status).toBe(200)
  })

  test('the tenant is named by its GUID or by any of its domains', async () => {
    const exchange = exchangeOf()
    for (const name of [TENANT_ID, 'contoso.onmicrosoft.com', 'Contoso.com']) {
      const path = `/adminapi/beta/${name}/InvokeCommand`
      expect((await exchange.run('Get-OrganizationConfig', {}, { path })).rows[0]).toMatchObject({
        Name: 'contoso.onmicrosoft.com',
      })
    }
  })

  test('without the app role, with a token for Graph, of another tenant, or with none: 401', async () => {
    const exchange = exchangeOf()
    const statuses = [
      await exchange.run('Get-MailContact', {}, { token: exchange.token('outsider') }),
      await exchange.run('Get-MailContact', {}, { token: exchange.token('admin', 'graph') }),
      await exchange.run('Get-MailContact', {}, { headers: { authorization: undefined } }),
      await exchange.run(
        'Get-MailContact',
        {},
        { path: '/adminapi/beta/fabrikam.onmicrosoft.com/InvokeCommand' },
      ),
      await exchange.run('Get-MailContact', {}, { path: '/adminapi/beta/nowhere.example/InvokeCommand' }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([401, 401, 401, 401, 401])
  })

  test('an expired token: 401', async () => {
    const exchange = exchangeOf()
    const token = exchange.token('admin')
    exchange.advance(3_600_000)
    expect((await exchange.run('Get-MailContact', {}, { token })).status).toBe(401)
  })

  test('without a directory role: 403, and a body of NUL bytes', async () => {
    const exchange = exchangeOf()
    const { status, body } = await exchange.run('Get-MailContact', {}, { token: exchange.token('roleless') })
    expect(status).toBe(403)
    expect(body).toEqual(new Uint8Array(4096))
  })

  test('a global reader reads, and may not write', async () => {
    const exchange = exchangeOf({ mailContacts: [{ Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }] })
    const token = exchange.token('reader')
    expect((await exchange.run('Get-MailContact', {}, { token })).rows).toHaveLength(1)
    expect((await exchange.run('Set-MailContact', { Identity: 'ada', Alias: 'x' }, { token })).status).toBe(
      403,
    )
    expect((await exchange.run('Remove-MailContact', { Identity: 'ada' }, { token })).status).toBe(403)
    expect(exchange.tenant.recipients.size).toBe(1)
  })
})

describe('what concerns the whole organization', () => {
  test.each(['Get-OrganizationRelationship', 'Get-MigrationEndpoint', 'New-MigrationBatch'])(
    '%s is not for a recipient administrator',
    async (cmdlet) => expect((await exchangeOf().run(cmdlet)).status).toBe(403),
  )

  test('it is for an exchange administrator, who may do with recipients all that the other may', async () => {
    const exchange = exchangeOf()
    const token = exchange.token('organization')
    expect((await exchange.run('Get-OrganizationRelationship', {}, { token })).status).toBe(200)
    expect((await exchange.run('Get-MailContact', {}, { token })).status).toBe(200)
  })

  test('a global reader sees it, and tests nothing', async () => {
    const exchange = exchangeOf()
    const token = exchange.token('reader')
    expect((await exchange.run('Get-OrganizationRelationship', {}, { token })).status).toBe(200)
    expect((await exchange.run('Test-MigrationServerAvailability', {}, { token })).status).toBe(403)
  })
})

describe('the request', () => {
  test('another path of the admin API: 404; another method: 405', async () => {
    const exchange = exchangeOf()
    const path = `/adminapi/beta/${TENANT_ID}/$batch`
    expect((await exchange.run('Get-MailContact', {}, { path })).status).toBe(404)
    expect((await exchange.run('Get-MailContact', {}, { method: 'GET' })).status).toBe(405)
  })

  test.each([
    ['no JSON', 'CmdletName=Get-MailContact'],
    ['no CmdletInput', {}],
    ['no CmdletName', { CmdletInput: { Parameters: {} } }],
    ['Parameters null', { CmdletInput: { CmdletName: 'Get-MailContact', Parameters: null } }],
    ['Parameters a list', { CmdletInput: { CmdletName: 'Get-MailContact', Parameters: [] } }],
  ])('a body with %s: 400', async (_, body) => {
    expect((await exchangeOf().run('', {}, { body })).status).toBe(400)
  })

  test('a body that does not call itself JSON: 400', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect((await exchangeOf().run('Get-MailContact', {}, { headers })).status).toBe(400)
  })

  test('an answer bears a request id, what is left of the rate, and a cookie', async () => {
    const exchange = exchangeOf()
    const { headers } = await exchange.run('Get-MailContact')
    expect(headers).toMatchObject({
      'request-id': expect.stringMatching(/^[\da-f-]{36}$/),
      'rate-limit-limit': '30000',
      'rate-limit-remaining': '29999',
      'rate-limit-reset': '2026-11-20T21:05:00.000Z',
      'set-cookie': expect.stringContaining('exchangecookie='),
    })
    expect((await exchange.run('Get-MailContact')).headers['rate-limit-remaining']).toBe('29998')
  })

  test('more requests of one tenant at a time than it may: told in plain text, and not by 429', async () => {
    const exchange = exchangeOf({}, { exchangeConcurrency: 3 })
    const replies = await Promise.all(Array.from({ length: 5 }, () => exchange.run('Get-MailContact')))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400])
    expect(replies[4]!.body).toBe(
      'You have reached the maximum number of concurrent requests per tenant. Please wait and try again',
    )
    expect((await exchange.run('Get-MailContact')).status).toBe(200)
  })
})
