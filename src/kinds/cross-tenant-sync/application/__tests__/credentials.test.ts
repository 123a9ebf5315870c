import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  credentialFields,
  credentialsOf,
  ledElsewhere,
  LONGEST_FINGERPRINT,
  wasEveryone,
} from '../credentials.ts'
import type { Mark } from '../mark.ts'
import { marksIn, withMark } from '../mark.ts'
import type { CrossTenantSyncProfile } from '../../schema.ts'

const TARGET = '6b0f8c1e-0000-4000-8000-00000000000b'

type Settings = Partial<Pick<CrossTenantSyncProfile, 'scope' | 'notify' | 'deletionThreshold'>>

const of = (settings: Settings = {}, target = TARGET, mark?: Mark) =>
  credentialsOf(
    { scope: { groups: ['Staff'], exact: true }, ...settings } as CrossTenantSyncProfile,
    target,
    mark,
  )
const everyone = { scope: { everyone: true, exact: true } } as const
const secretsOf = (credentials: ReturnType<typeof of>) =>
  Object.fromEntries(credentials.secrets.map(({ key, value }) => [key, value]))
const markOf = ({ fingerprint }: ReturnType<typeof of>): Mark => ({ profile: 'people', fingerprint })

describe('what is saved', () => {
  test('is where to, how to sign in, and how far it goes', () => {
    expect(secretsOf(of())).toEqual({
      AuthenticationType: 'SyncPolicy',
      CompanyId: TARGET,
      SyncAll: 'false',
    })
    expect(secretsOf(of(everyone))).toMatchObject({ SyncAll: 'true' })
  })

  test.each<[Settings, object]>([
    [{ notify: 'it@x.com' }, { Enabled: true, Recipients: 'it@x.com', DeleteThresholdEnabled: false }],
    [{ deletionThreshold: 9 }, { Enabled: false, DeleteThresholdEnabled: true, DeleteThresholdValue: 9 }],
    [
      { notify: 'it@x.com', deletionThreshold: 1 },
      { Enabled: true, Recipients: 'it@x.com', DeleteThresholdEnabled: true, DeleteThresholdValue: 1 },
    ],
  ])('holds the settings of notification that the profile names: %j', (settings, saved) => {
    expect(JSON.parse(secretsOf(of(settings))['SyncNotificationSettings']!)).toEqual(saved)
  })

  test('takes back settings that the profile named before, and leaves those of others', () => {
    const named = markOf(of({ notify: 'it@x.com' }))
    expect(JSON.parse(secretsOf(of({}, TARGET, named))['SyncNotificationSettings']!)).toEqual({
      Enabled: false,
      DeleteThresholdEnabled: false,
    })
    expect(secretsOf(of({}, TARGET, markOf(of())))).not.toHaveProperty('SyncNotificationSettings')
  })
})

describe('the fingerprint', () => {
  const SETTINGS = fc.record({
    settings: fc.record(
      {
        scope: fc.constantFrom(everyone.scope, { groups: ['Staff'], exact: true }),
        notify: fc.emailAddress(),
        deletionThreshold: fc.integer({ min: 1, max: 9 }),
      },
      { requiredKeys: ['scope'] },
    ),
    target: fc.uuid(),
  })

  test('is another one for other secrets, and the same for the same', () => {
    fc.assert(
      fc.property(SETTINGS, SETTINGS, (left, right) => {
        const [one, other] = [left, right].map(({ settings, target }) => of(settings as Settings, target))
        const alike =
          JSON.stringify([secretsOf(one!), left.settings.scope]) ===
          JSON.stringify([secretsOf(other!), right.settings.scope])
        expect(one!.fingerprint === other!.fingerprint).toBe(alike)
        expect(of(left.settings as Settings, left.target).fingerprint).toBe(one!.fingerprint)
      }),
    )
  })

  test.each([
    ['another target', of({}, TARGET.replace('b', 'c'))],
    ['everyone', of(everyone)],
    ['a threshold', of({ deletionThreshold: 1 })],
    ['an address', of({ notify: 'it@x.com' })],
  ])('is another one for %s', (_, other) => {
    expect(other.fingerprint).not.toBe(of().fingerprint)
  })

  test('does not depend on who is in scope, as long as it is not everyone', () => {
    expect(of({ scope: { users: ['ada@x.com'], exact: false } }).fingerprint).toBe(of().fingerprint)
  })

  test('nor on how the id of the target is written', () => {
    expect(of({}, TARGET.toUpperCase()).fingerprint).toBe(of().fingerprint)
  })

  test('does not depend on what was saved before', () => {
    fc.assert(
      fc.property(SETTINGS, SETTINGS, ({ settings, target }, before) => {
        const mark = markOf(of(before.settings as Settings, before.target))
        expect(of(settings as Settings, target, mark).fingerprint).toBe(
          of(settings as Settings, target).fingerprint,
        )
      }),
    )
  })

  test('tells nothing of what is in it but whether it is everyone', () => {
    const { fingerprint } = of({ notify: 'it@x.com', ...everyone })
    expect(fingerprint).toMatch(/^everyone-settings-to[0-9a-f]{8}-[0-9a-f]{16}$/)
    expect(wasEveryone(markOf(of(everyone)))).toBe(true)
    expect(wasEveryone(markOf(of({ notify: 'everyone@x.com' })))).toBe(false)
    expect(wasEveryone(undefined)).toBe(false)
  })

  test('stands in a mark', () => {
    fc.assert(
      fc.property(SETTINGS, ({ settings, target }) => {
        const mark = markOf(of(settings as Settings, target))
        expect(marksIn(withMark(null, mark, new Set(['people'])))).toEqual([mark])
      }),
    )
  })
})

describe('to another tenant', () => {
  const other = TARGET.replace('b', 'c')

  test('is known from the mark', () => {
    expect(ledElsewhere(markOf(of({}, other)), TARGET)).toBe(true)
    expect(ledElsewhere(markOf(of(everyone, TARGET.toUpperCase())), TARGET)).toBe(false)
  })

  test('is not known of a mark that does not tell', () => {
    expect(ledElsewhere({ profile: 'people', fingerprint: 'assigned-0123456789abcdef' }, TARGET)).toBe(false)
  })
})

test('no fingerprint is longer than the room that is kept for it', () => {
  const { fingerprint } = of({ ...everyone, notify: 'it@x.com', deletionThreshold: 1 })
  expect(fingerprint.length).toBeLessThanOrEqual(LONGEST_FINGERPRINT.length)
})

describe('what a plan shows of them', () => {
  const profile = { notify: 'it@x.com' } as CrossTenantSyncProfile

  test('is what nobody can read, where something stands', () => {
    expect(credentialFields(of(profile), profile, false)).toEqual([
      { field: 'AuthenticationType', before: '(cannot be read)', after: 'SyncPolicy' },
      { field: 'CompanyId', before: '(cannot be read)', after: TARGET },
      { field: 'SyncAll', before: '(cannot be read)', after: 'false' },
      { field: 'notify', before: '(cannot be read)', after: 'it@x.com' },
      { field: 'deletionThreshold', before: '(cannot be read)', after: null },
    ])
  })

  test('is all new where nothing does', () => {
    const fields = credentialFields(of(), {} as CrossTenantSyncProfile, true)
    expect(fields.map(({ field, before }) => [field, before])).toEqual([
      ['AuthenticationType', null],
      ['CompanyId', null],
      ['SyncAll', null],
    ])
  })
})
