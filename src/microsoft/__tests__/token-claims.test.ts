import { describe, expect, test } from '@jest/globals'
import { claimsOf, mayReadExchange, mayWrite } from '../token-claims.ts'

const token = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
const RECIPIENT_ADMINISTRATOR = '31392ffb-586c-42d1-9346-e59415a2cc4e'
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'
const DIRECTORY_READERS = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
const EVERY_APP = '0997a1d0-0d1d-4acb-b408-d5ca73121e90'

describe('a token', () => {
  test('tells the roles of its holder', () => {
    expect(claimsOf(token({ roles: ['User.Read.All'], wids: [GLOBAL_READER] }))).toEqual({
      roles: ['User.Read.All'],
      wids: [GLOBAL_READER],
    })
  })

  test.each([['opaque'], ['a.b.c'], [''], [token(null)], [token({ roles: 'x', wids: 7 })]])(
    'that cannot be read (%s) says nothing',
    (text) => {
      expect(claimsOf(text)).toEqual({ roles: undefined, wids: undefined })
    },
  )
})

test.each([
  [[GLOBAL_READER], true],
  [[EVERY_APP, RECIPIENT_ADMINISTRATOR], true],
  [[EVERY_APP], false],
  [[], false],
  [undefined, undefined],
])('directory roles %j: may read Exchange: %j', (wids, expected) => {
  expect(mayReadExchange({ roles: undefined, wids })).toBe(expected)
})

test.each<[string[], string[], boolean]>([
  [['User.Read.All', 'GroupMember.Read.All', 'OrgContact.Read.All'], [], false],
  [['User.ReadWrite.All'], [], true],
  [['User.Invite.All'], [], true],
  [['Exchange.ManageAsApp'], [GLOBAL_READER], false],
  [['Exchange.ManageAsApp'], [RECIPIENT_ADMINISTRATOR], true],
  [[], [RECIPIENT_ADMINISTRATOR], false],
  [[], [EVERY_APP, DIRECTORY_READERS], false],
  [[], [GLOBAL_ADMINISTRATOR], true],
  [['User.Read.All'], ['00000000-aaaa-4000-8000-a-role-of-their-own'], true],
])('permissions %j with directory roles %j: could write: %j', (roles, wids, expected) => {
  expect(mayWrite({ roles, wids })).toBe(expected)
})

test('the token of a user tells nothing of what an app could write', () => {
  const claims = claimsOf(
    token({ scp: 'Directory.AccessAsUser.All', wids: [GLOBAL_ADMINISTRATOR], appid: 'cli' }),
  )
  expect(claims).toMatchObject({ scopes: 'Directory.AccessAsUser.All', appId: 'cli' })
  expect(mayWrite(claims)).toBe(false)
})
