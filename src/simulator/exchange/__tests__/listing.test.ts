import { describe, expect, test } from '@jest/globals'
import { exchangeOf, type Reply } from './service.ts'

const contacts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    Name: `c${String(index).padStart(4, '0')}`,
    ExternalEmailAddress: `c${index}@fabrikam.com`,
  }))
const names = ({ rows }: Reply) => rows.map((row) => row['Name'])
const WARNING =
  'There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.'

describe('how much is given', () => {
  test('a thousand rows and a warning, when ResultSize is not named', async () => {
    const pages = await exchangeOf({ mailContacts: contacts(1001) }).pages('Get-MailContact')
    expect(pages.flatMap(names)).toHaveLength(1000)
    expect(pages.at(-1)!.warnings).toEqual([WARNING])
  })

  test('exactly a thousand are all there are: no warning', async () => {
    const [page] = await exchangeOf({ mailContacts: contacts(1000) }).pages('Get-MailContact')
    expect(page).toMatchObject({ warnings: [], next: undefined })
  })

  test('all, page by page, with ResultSize Unlimited', async () => {
    const pages = await exchangeOf({ mailContacts: contacts(2500) }).pages('Get-MailContact', {
      ResultSize: 'Unlimited',
    })
    expect(pages.map(({ rows }) => rows.length)).toEqual([1000, 1000, 500])
    expect(pages.flatMap(names)).toEqual(contacts(2500).map(({ Name }) => Name))
    expect(pages.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('a smaller page when the client prefers it, never a larger one than the service gives', async () => {
    const exchange = exchangeOf({ mailContacts: contacts(10) }, { exchangePageSize: 4 })
    const sizes = async (prefer: string) =>
      (await exchange.pages('Get-MailContact', { ResultSize: 'Unlimited' }, { headers: { prefer } })).map(
        ({ rows }) => rows.length,
      )
    expect(await sizes('odata.maxpagesize=3')).toEqual([3, 3, 3, 1])
    expect(await sizes('odata.maxpagesize=1000')).toEqual([4, 4, 2])
  })

  test('ResultSize as a number cuts, and warns', async () => {
    const { rows, warnings, next } = await exchangeOf({ mailContacts: contacts(10) }).run('Get-MailContact', {
      ResultSize: 4,
    })
    expect(rows).toHaveLength(4)
    expect(warnings).toEqual([WARNING])
    expect(next).toBeUndefined()
  })
})

describe('the way to the next page', () => {
  const begun = async () => {
    const exchange = exchangeOf({ mailContacts: contacts(6) }, { exchangePageSize: 4 })
    const all = { ResultSize: 'Unlimited' }
    const first = await exchange.run('Get-MailContact', all)
    const query = first.next!.split('?')[1]!
    return { exchange, all, query, first }
  }
  const EXPIRED = 'Expired or Invalid pagination request. Default Expiry time is 00:30:00'

  test('the link is absolute, and the page can be asked for twice', async () => {
    const { exchange, all, query, first } = await begun()
    expect(first.next).toContain('/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand?')
    for (let time = 0; time < 2; time++)
      expect(names(await exchange.run('Get-MailContact', all, { query }))).toEqual(['c0004', 'c0005'])
    expect(names(await exchange.run('', {}, { query, method: 'GET' }))).toEqual(['c0004', 'c0005'])
  })

  test('with another anchor, or with none and no cookie, another server is reached: 400', async () => {
    const { exchange, all, query } = await begun()
    for (const anchor of ['UPN:other@contoso.com', undefined]) {
      const reply = await exchange.run('Get-MailContact', all, {
        query,
        headers: { 'x-anchormailbox': anchor },
      })
      expect(reply).toMatchObject({ status: 400, error: { text: EXPIRED } })
    }
  })

  test('without an anchor the cookie leads there', async () => {
    const exchange = exchangeOf({ mailContacts: contacts(6) }, { exchangePageSize: 4 })
    const all = { ResultSize: 'Unlimited' }
    const headers = { 'x-anchormailbox': undefined }
    const first = await exchange.run('Get-MailContact', all, { headers })
    const cookie = first.headers['set-cookie']!.split(';')[0]!
    const query = first.next!.split('?')[1]!
    expect((await exchange.run('Get-MailContact', all, { query, headers })).status).toBe(400)
    const second = await exchange.run('Get-MailContact', all, { query, headers: { ...headers, cookie } })
    expect(names(second)).toEqual(['c0004', 'c0005'])
  })

  test('another body, a made-up token, or half an hour later: 400', async () => {
    const { exchange, all, query } = await begun()
    expect((await exchange.run('Get-Contact', all, { query })).error?.text).toBe(EXPIRED)
    expect((await exchange.run('Get-MailContact', all, { query: '$skiptoken=abc' })).error?.text).toBe(
      EXPIRED,
    )
    exchange.advance(30 * 60 * 1000)
    expect((await exchange.run('Get-MailContact', all, { query })).error?.text).toBe(EXPIRED)
  })

  test('what is made and removed meanwhile does not shift the pages', async () => {
    const { exchange, all, query } = await begun()
    await exchange.run('Remove-MailContact', { Identity: 'c0001', Confirm: false })
    await exchange.run('New-MailContact', { Name: 'new', ExternalEmailAddress: 'new@fabrikam.com' })
    expect(names(await exchange.run('Get-MailContact', all, { query }))).toEqual(['c0004', 'c0005'])
  })
})

describe('a listing cut short by a fault', () => {
  const cut = (truncation: { rows: number; warning?: boolean; nextLink?: boolean }) =>
    exchangeOf({ mailContacts: contacts(6) }).run('Get-MailContact', {}, { truncation })

  test('in silence', async () => {
    expect(await cut({ rows: 2 })).toMatchObject({ status: 200, warnings: [], next: undefined })
    expect(names(await cut({ rows: 2 }))).toEqual(['c0000', 'c0001'])
  })

  test('with a warning and a link, as it was recorded', async () => {
    expect(await cut({ rows: 2, warning: true, nextLink: true })).toMatchObject({
      warnings: [WARNING],
      next: expect.stringContaining('skiptoken'),
    })
  })
})

describe('columns', () => {
  test('those of $select, on every page', async () => {
    const exchange = exchangeOf({ mailContacts: contacts(6) }, { exchangePageSize: 4 })
    const pages = await exchange.pages(
      'Get-MailContact',
      { ResultSize: 'Unlimited' },
      { query: '$select=Name,Alias' },
    )
    expect(pages.flatMap(({ rows }) => rows.map((row) => Object.keys(row).join()))).toEqual(
      Array.from({ length: 6 }, () => 'Name,Alias'),
    )
  })

  test('those of Properties, on Get-Recipient', async () => {
    const [row] = (
      await exchangeOf({ mailContacts: contacts(1) }).run('Get-Recipient', { Properties: ['Name'] })
    ).rows
    expect(row).toEqual({ Name: 'c0000' })
  })

  test('one that is none is refused', async () => {
    const { status } = await exchangeOf({ mailContacts: contacts(1) }).run(
      'Get-MailContact',
      {},
      { query: '$select=Nmae' },
    )
    expect(status).toBe(400)
  })
})

test('Get-MailContact shows what the recorded fixture shows', async () => {
  const { rows } = await exchangeOf({
    mailContacts: [
      {
        Name: 'ada-fabrikam',
        DisplayName: 'Ada Example',
        Alias: 'ada',
        ExternalEmailAddress: 'ada@fabrikam.example',
        Guid: '9feb45ad-0000-4000-8000-000000000002',
        ExternalDirectoryObjectId: '5f0c4a2e-0000-4000-8000-000000000001',
        WhenCreated: '2026-01-10T08:56:22Z',
      },
    ],
  }).run('Get-MailContact')
  expect(rows[0]).toMatchObject({
    ExternalEmailAddress: 'SMTP:ada@fabrikam.example',
    'EmailAddresses@odata.type': '#Collection(String)',
    EmailAddresses: ['SMTP:ada@fabrikam.example'],
    Alias: 'ada',
    DisplayName: 'Ada Example',
    Name: 'ada-fabrikam',
    PrimarySmtpAddress: 'ada@fabrikam.example',
    WindowsEmailAddress: 'ada@fabrikam.example',
    HiddenFromAddressListsEnabled: false,
    CustomAttribute1: '',
    RecipientType: 'MailContact',
    RecipientTypeDetails: 'MailContact',
    Identity: 'ada-fabrikam',
    Id: 'ada-fabrikam',
    IsDirSynced: false,
    ExternalDirectoryObjectId: '5f0c4a2e-0000-4000-8000-000000000001',
    'Guid@data.type': 'System.Guid',
    'Guid@odata.type': '#Guid',
    Guid: '9feb45ad-0000-4000-8000-000000000002',
    'WhenCreatedUTC@data.type': 'System.DateTime',
    WhenCreatedUTC: '2026-01-10T08:56:22.0000000Z',
    WhenCreated: '2026-01-10T08:56:22.0000000+00:00',
  })
  expect(rows[0]).not.toHaveProperty('FirstName')
})
