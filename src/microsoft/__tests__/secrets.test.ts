import { describe, expect, test } from '@jest/globals'
import { IncompleteReadError, ServiceError } from '../errors.ts'
import { keepSecret, withoutSecrets } from '../secrets.ts'
import { signInError } from '../sign-in-errors.ts'

const SECRET = 'opaque~canary/of+a=secret'
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl'
const IDENTITY = {
  tenant: 'contoso',
  tenantId: '6b0f8c1e-0000-4000-8000-00000000000b',
  clientId: '1d2e3f40-0000-4000-8000-00000000000b',
  credential: 'client-secret',
} as const

keepSecret(SECRET)

describe('no message holds', () => {
  test.each([
    ['a secret that is known', `you sent ${SECRET}!`, 'you sent ***!'],
    ['one in a form', `secret=${encodeURIComponent(SECRET)}&x=1`, 'secret=***&x=1'],
    ['a token, whoever issued it', `seen: ${TOKEN}, refused`, 'seen: ***, refused'],
    [
      'the header of a request',
      '{"authorization":"Bearer abcdefghijklmnop.qrst~1"}',
      '{"authorization":"Bearer ***"}',
    ],
    [
      'the assertion of a sign-in',
      'grant=x&client_assertion=abc.def&y=1',
      'grant=x&client_assertion=***&y=1',
    ],
    ['the secret of a sign-in', '"client_secret": "abc"', '"client_secret": "***"'],
  ])('%s', (_, text, shown) => expect(withoutSecrets(text)).toBe(shown))

  test('any of them in an error, in whatever of its texts', () => {
    const said = `Echo: Bearer ${TOKEN} and ${SECRET}`
    const about = { service: 'Microsoft Graph', tenant: 'contoso', operation: 'GET /users' } as const
    const refused = new ServiceError({ ...about, status: 400, code: SECRET, detail: said, requestId: TOKEN })
    const incomplete = new IncompleteReadError('Exchange Online', 'contoso', 'Get-Contact', said)
    const signedOut = signInError(
      IDENTITY,
      Object.assign(new Error(`AADSTS700027: ${said}`), { name: 'AuthenticationError' }),
    )
    for (const { message, advice, code } of [refused, incomplete, signedOut as ServiceError])
      expect(`${message} ${advice} ${code}`).not.toMatch(/canary|eyJ/)
  })
})

test('what is no secret stays as it is', () => {
  keepSecret('a')
  const text =
    'Set-MailContact for ada@fabrikam.com was refused (request 7b7b-02): Bearer authentication failed.'
  expect(withoutSecrets(text)).toBe(text)
})

describe('a code', () => {
  const codeOf = (code: string) =>
    new ServiceError({
      service: 'Exchange Online',
      tenant: 'contoso',
      operation: 'Set-MailContact',
      code,
      detail: '',
    }).code

  test.each(['ErrorQuotaExceeded', 'Request_ResourceNotFound', 'no-answer', 'FaultException`1', ''])(
    '%j is one',
    (code) => expect(codeOf(code)).toBe(code),
  )

  test.each(['ada@fabrikam.com', 'Ada Lovelace', 'x'.repeat(101), 'a\nb'])('%j is none', (code) =>
    expect(codeOf(code)).toBe('unreadable-code'),
  )
})
