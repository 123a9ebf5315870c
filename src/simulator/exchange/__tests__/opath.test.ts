import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { exchangeOf } from './service.ts'

const exchange = exchangeOf({
  mailContacts: [
    {
      Name: 'ada',
      ExternalEmailAddress: 'ada@fabrikam.com',
      CustomAttribute15: 'tenant-sync:x:1',
      CustomAttribute1: "O'Neil",
    },
    {
      Name: 'bob',
      ExternalEmailAddress: 'bob@fabrikam.com',
      EmailAddresses: ['SMTP:bob@fabrikam.com', 'smtp:robert@fabrikam.com'],
      CustomAttribute15: 'TENANT-SYNC:x:2',
      HiddenFromAddressListsEnabled: true,
      WhenCreated: '2026-01-01T00:00:00Z',
    },
    { Name: 'cyd', ExternalEmailAddress: 'cyd@northwind.com', IsDirSynced: true },
  ],
})
const found = async (filter: string) =>
  (await exchange.run('Get-MailContact', { Filter: filter })).rows.map(({ Name }) => Name).join(' ')

describe('what a filter finds', () => {
  test.each([
    ["Name -eq 'ADA'", 'ada'],
    ['Name -eq "ada"', 'ada'],
    ["name -ne 'ada'", 'bob cyd'],
    ["{Name -eq 'ada'}", 'ada'],
    ["Name -lt 'bob'", 'ada'],
    ["Name -le 'bob'", 'ada bob'],
    ["Name -gt 'bob'", 'cyd'],
    ["Name -ge 'bob'", 'bob cyd'],
    ["CustomAttribute15 -like 'tenant-sync:x:*'", 'ada bob'],
    ["CustomAttribute15 -like 'tenant-sync:x:1'", 'ada'],
    ["CustomAttribute15 -notlike 'tenant-sync:*'", 'cyd'],
    ['CustomAttribute15 -eq $null', 'cyd'],
    ['CustomAttribute15 -ne $null', 'ada bob'],
    ["CustomAttribute15 -ne 'tenant-sync:x:1'", 'bob cyd'],
    ["CustomAttribute1 -eq 'O''Neil'", 'ada'],
    ['HiddenFromAddressListsEnabled -eq $true', 'bob'],
    ["HiddenFromAddressListsEnabled -eq 'True'", 'bob'],
    ['IsDirSynced -eq $true', 'cyd'],
    ["EmailAddresses -eq 'robert@fabrikam.com'", 'bob'],
    ["EmailAddresses -eq 'smtp:ROBERT@fabrikam.com'", 'bob'],
    ["EmailAddresses -like 'smtp:bob*'", 'bob'],
    ["WhenCreated -lt '2026-06-01'", 'bob'],
    ["RecipientTypeDetails -eq 'MailContact'", 'ada bob cyd'],
    ["(Name -eq 'ada') -or (Name -eq 'cyd')", 'ada cyd'],
    ["Name -eq 'ada' -or Name -eq 'bob' -and Name -eq 'cyd'", 'ada'],
    ["-not (Name -eq 'ada')", 'bob cyd'],
    ["(Name -lt 'c') -and (Name -ge 'b')", 'bob'],
  ])('%s: %s', async (filter, names) => expect(await found(filter)).toBe(names))

  test('every text finds itself, its quotes doubled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 60 }), async (text) => {
        const own = exchangeOf({
          mailContacts: [{ Name: 'a', ExternalEmailAddress: 'a@x.com', CustomAttribute1: text }],
        })
        const filter = `CustomAttribute1 -eq '${text.replaceAll("'", "''")}'`
        expect((await own.run('Get-MailContact', { Filter: filter })).rows).toHaveLength(1)
      }),
      { numRuns: 40 },
    )
  })

  test('below and from a name on: together all, each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 5 }), async (text) => {
        const quoted = `'${text.replaceAll("'", "''")}'`
        const below = (await found(`Name -lt ${quoted}`)).split(' ')
        const from = (await found(`Name -ge ${quoted}`)).split(' ')
        expect([...below, ...from].filter(Boolean).sort()).toEqual(['ada', 'bob', 'cyd'])
      }),
      { numRuns: 40 },
    )
  })
})

describe('what is no filter', () => {
  const refusal = async (Filter: string) => (await exchange.run('Get-MailContact', { Filter })).error?.text

  test.each([
    ["Name -foo 'x'", 6],
    ['Name -eq x', 10],
    ["Name -eq 'x", 9],
    ["Name 'x'", 6],
    ["(Name -eq 'x'", 14],
    ["Name -eq 'x' Name", 14],
    ["CustomAttribute15 -like '*x'", 25],
    ["CustomAttribute15 -like '*x*'", 25],
  ])('%s, at %i', async (filter, at) => {
    expect(await refusal(filter)).toBe(
      `Cannot bind parameter 'Filter' to the target. Exception setting "Filter": "Invalid filter syntax. For a description of the filter parameter syntax see the command help.\r\n"${filter}" at position ${at}."`,
    )
  })

  test('a property that cannot be filtered by, or is none of this cmdlet’s', async () => {
    for (const property of ['Nonsense', 'Title'])
      expect(await refusal(`${property} -eq 'x'`)).toContain(
        `""${property}" is not a recognized filterable property. For a complete list of filterable properties see the command help.`,
      )
  })

  test('one that nests without end', async () => {
    expect(await refusal('('.repeat(100_000))).toContain('Invalid filter syntax')
  })
})
