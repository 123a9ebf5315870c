/** Scripts to paste: what stands in quotes PowerShell reads back as just that text, and nothing of it is run. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { endpointScript, newMailUserScript } from '../scripts.ts'

const PLACE = {
  tenantId: '6b0f8c1e-0000-4000-8000-00000000000b',
  organization: 'contoso.onmicrosoft.com',
  cloud: 'global',
} as const

/** PowerShell takes each of them for a single quote (PowerShell, "about_Quoting_Rules"). */
const QUOTES = "'\u2018\u2019\u201A\u201B"

/** One line as PowerShell reads it: words, and texts in single quotes, in which only a doubled quote means anything. */
function read(line: string): string[] {
  const read: string[] = []
  let at = 0
  const isQuote = (index: number) => index < line.length && QUOTES.includes(line[index]!)
  while (at < line.length) {
    if (line[at] === ' ') {
      at++
      continue
    }
    let word = ''
    if (isQuote(at)) {
      for (at++; ; at++) {
        if (at >= line.length) throw new Error(`a quote is left open in ${line}`)
        if (isQuote(at) && !isQuote(++at)) break
        word += line[at]!
      }
    } else {
      while (at < line.length && line[at] !== ' ') {
        if (!/[\w$.-]/.test(line[at]!)) throw new Error(`${line[at]!} stands in the open in ${line}`)
        word += line[at++]!
      }
    }
    read.push(word)
  }
  return read
}

/** Whatever would end a line is a space. */
const inOneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...QUOTES,
        '"',
        '“',
        '”',
        '`',
        '`n',
        '$(Get-Mailbox)',
        '${env:SECRET}',
        ';',
        '|',
        '#',
        '\n',
        '\r',
        '\0',
        '\u0085',
        '\u2028',
        ' -Password x',
        "'@",
        '-',
        '–',
        'a',
      ),
    )
    .map((parts) => parts.join('')),
)

test('any text is read back as itself, in one line', () => {
  fc.assert(
    fc.property(nasty, nasty, (name, organization) => {
      const lines = newMailUserScript({ ...PLACE, organization }, { Name: name }).split(
        /\r\n|[\n\r\u0085\u2028\u2029]/,
      )
      expect(lines).toHaveLength(6)
      expect(read(lines[2]!)).toEqual(['Connect-ExchangeOnline', '-Organization', inOneLine(organization)])
      expect(read(lines[5]!)).toEqual(['New-MailUser', '-Name', inOneLine(name), '-Password', '$password'])
    }),
    { numRuns: 500 },
  )
})

describe.each<[string, string]>([
  ['a plain name', 'Ada Lovelace'],
  ['an apostrophe', "Conan O'Brien"],
  ['typographic quotes', '‘Ada’ ‚the‛ “Countess”'],
  ['a subexpression', '$(Remove-Mailbox ada -Confirm:$false)'],
  ['backticks', '`n`0`"'],
  ['nothing', ''],
])('%s', (_, text) => {
  test('is a text to PowerShell', () => {
    const lines = newMailUserScript(PLACE, { DisplayName: text, HasPicture: true }).split('\n')
    expect(read(lines.at(-1)!)).toEqual([
      'New-MailUser',
      '-DisplayName',
      text,
      '-HasPicture',
      '-Password',
      '$password',
    ])
  })
})

test('the script of an endpoint asks for the secret where it runs', () => {
  const script = endpointScript(PLACE, 'New-MigrationEndpoint', 'an-app', {
    Name: "Fabrikam's",
    ExchangeRemoteMove: true,
  })
  expect(script.split('\n').slice(-2)).toEqual([
    "$credentials = Get-Credential -UserName 'an-app' -Message 'The secret of the migration application'",
    "New-MigrationEndpoint -Name 'Fabrikam''s' -ExchangeRemoteMove -Credentials $credentials",
  ])
})

test.each([
  ['global', ''],
  ['usgov', ' -ExchangeEnvironmentName O365USGovGCCHigh'],
  ['usgov-dod', ' -ExchangeEnvironmentName O365USGovDoD'],
  ['china', ' -ExchangeEnvironmentName O365China'],
] as const)(
  'a script connects in the cloud %s, unless it is connected to this tenant',
  (cloud, environment) => {
    expect(
      newMailUserScript({ ...PLACE, cloud }, {})
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      "if ((Get-ConnectionInformation).TenantID -notcontains '6b0f8c1e-0000-4000-8000-00000000000b') {",
      '  Disconnect-ExchangeOnline -Confirm:$false',
      `  Connect-ExchangeOnline -Organization 'contoso.onmicrosoft.com'${environment}`,
      '}',
    ])
  },
)
