/** A profile of cross-tenant synchronization as people write it, and what they are told when something is wrong. */
import { describe, expect, test } from '@jest/globals'
import { faults, load } from '../../__tests__/written.ts'
import { MINIMAL } from './minimal.ts'

const EVERY_KEY = `${MINIMAL.replace('users: [ada@fabrikam.com]', 'users: [ada@fabrikam.com], exact: false, where: [{ attribute: department, operator: NOT EQUALS, values: [Legal] }, { attribute: accountEnabled, operator: IS TRUE }]')}
assign: manual
redeem: manual
mapping:
  displayName: { expression: 'Append([displayName], " (Fabrikam)")' }
  showInAddressList: { constant: "true" }
  userType: { constant: Member }
  telephoneNumber: { remove: true }
notify: it@fabrikam.com
deletionThreshold: 100
job: paused
verify: [ada@fabrikam.com]
description: People of Fabrikam
formerly: [fabrikam-people]
limits: { deletes: 5% }
`
const scoped = (scope: string) => MINIMAL.replace(/scope: .*/, `scope: ${scope}`)

describe('a profile', () => {
  test.each([
    ['as short as it can be', MINIMAL],
    ['of groups', scoped('{ groups: [Staff] }')],
    ['of users', scoped('{ users: [ada@fabrikam.com] }')],
    ['of everyone', scoped('{ everyone: true }')],
    ['with every key', EVERY_KEY],
    ['that is to be taken down', `${MINIMAL}state: absent\n`],
    ['that is paused', `${MINIMAL}state: paused\n`],
  ])('%s', async (_, text) => {
    expect(await faults(text)).toEqual([])
  })

  test('has defaults', async () => {
    const { profiles } = await load(MINIMAL)
    expect(profiles[0]!.profile).toMatchObject({
      state: 'present',
      scope: { exact: true },
      assign: 'automatic',
      redeem: 'automatic',
      job: 'running',
    })
    expect(profiles[0]!.profile).not.toHaveProperty('mapping')
  })

  test('whose defaults are written out is the same profile', async () => {
    const written = `${scoped('{ groups: [Shared projects], users: [ada@fabrikam.com], exact: true }')}assign: automatic
redeem: automatic
job: running
state: present
`
    const digest = async (text: string) => (await load(text)).profiles[0]!.digest
    expect(await digest(written)).toBe(await digest(MINIMAL))
    expect(await digest(`${MINIMAL}assign: manual\n`)).not.toBe(await digest(MINIMAL))
  })
})

describe('a fault has file, line and column', () => {
  test.each<[string, string, unknown[]]>([
    [
      'an unknown key',
      `${MINIMAL}deletionTreshold: 5\n`,
      ['a.yaml:7:1 unknown key `deletionTreshold`: did you mean `deletionThreshold`?'],
    ],
    [
      'a key of another kind',
      `${MINIMAL}adopt: [unmarked]\n`,
      [expect.stringMatching(/^a\.yaml:7:1 unknown key `adopt`/)],
    ],
    [
      'an unknown key of scope',
      scoped('{ groups: [Staff], exat: false }'),
      ['a.yaml:6:27 unknown key `exat` in `scope`: did you mean `exact`?'],
    ],
    [
      'an unknown key of a mapping',
      `${MINIMAL}mapping:\n  mail: { constnt: x }\n`,
      ['a.yaml:8:11 unknown key `constnt` in `mapping.mail`: did you mean `constant`?'],
    ],
    [
      'everyone: false',
      scoped('{ everyone: false }'),
      ['a.yaml:6:20 `scope.everyone` is false: expected true'],
    ],
    [
      'everyone and groups',
      scoped('{ everyone: true, groups: [Staff] }'),
      ['a.yaml:6:26 unknown key `groups` in `scope`: known here: everyone, where, exact'],
    ],
    [
      'no groups',
      scoped('{ groups: [] }'),
      ['a.yaml:6:18 `scope.groups` is an empty list: expected at least one entry'],
    ],
    [
      'no scope at all',
      scoped('{}'),
      [expect.stringMatching(/^a\.yaml:6:8 .*groups, users, or everyone: true/)],
    ],
    [
      'a word that is none of those there are',
      `${MINIMAL}job: pause\nredeem: never\nassign: by-hand\n`,
      [
        'a.yaml:7:6 `job` is "pause": expected one of running, paused; did you mean paused?',
        'a.yaml:8:9 `redeem` is "never": expected one of automatic, manual',
        'a.yaml:9:9 `assign` is "by-hand": expected one of automatic, manual',
      ],
    ],
    [
      'a threshold of nobody',
      `${MINIMAL}deletionThreshold: 0\n`,
      [expect.stringMatching(/^a\.yaml:7:20 `deletionThreshold` is 0: expected /)],
    ],
    [
      'a mapping that is no mapping',
      `${MINIMAL}mapping:\n  mail: x\n  jobTitle: {}\n  city: { constant: a, remove: true }\n  state: { remove: false }\n`,
      [
        expect.stringMatching(/^a\.yaml:8:9 .*one of expression, constant, remove/),
        expect.stringMatching(/^a\.yaml:9:13 .*one of expression, constant, remove/),
        expect.stringMatching(/^a\.yaml:10:/),
        'a.yaml:11:20 `mapping.state.remove` is false: expected true',
      ],
    ],
    [
      'no application, and no tenants',
      MINIMAL.replace(/(from|to|application): .*\n/g, ''),
      [
        'a.yaml:1:1 missing key `application`',
        'a.yaml:1:1 missing key `from`',
        'a.yaml:1:1 missing key `to`',
      ],
    ],
    [
      'a tenant that is not there',
      MINIMAL.replace('tenant: contoso', 'tenant: contosso'),
      ['a.yaml:4:15 there is no tenant `contosso` in tenants.yaml: did you mean `contoso`?'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await faults(text)).toEqual(expected)
  })
})

describe('an expression that does not parse', () => {
  test('is shown at its own column, with the cause', async () => {
    expect(
      await faults(
        `${MINIMAL}mapping:\n  displayName: { expression: 'Apend([displayName], "x")' }\n  city: { expression: "Append([city]" }\n`,
      ),
    ).toEqual([
      expect.stringMatching(
        /^a\.yaml:8:31 the expression does not parse at column 1: .*Apend.*did you mean.*Append/,
      ),
      expect.stringMatching(/^a\.yaml:9:\d+ the expression does not parse at column \d+: /),
    ])
  })

  test.each([`'Append([a], "x"'`, "'[a'", `'"x'`, "'Left([a]]'", "'[a] [b]'"])('%s', async (expression) => {
    const [fault] = await faults(`${MINIMAL}mapping:\n  city: { expression: ${expression} }\n`)
    expect(fault).toMatch(/^a\.yaml:8:\d+ the expression does not parse at column \d+: /)
    const [, column, within] = /^a\.yaml:8:(\d+) .* column (\d+):/.exec(fault!)!
    // The quote stands before the first character.
    expect(Number(column)).toBe('  city: { expression: '.length + 1 + Number(within))
  })
})

test('one attribute mapped twice, in other letters', async () => {
  expect(
    await faults(`${MINIMAL}mapping:\n  displayName: { constant: a }\n  DisplayName: { constant: b }\n`),
  ).toEqual(['a.yaml:9:3 `DisplayName` and `displayName` are the same attribute: map it once'])
})

const WHERE = `
  groups: [Staff]
  where:
    - { attribute: department, operator: EQUALS }
    - { attribute: mail, operator: IS NULL, values: [x] }
    - { attribute: mail, operator: REGEX MATCH, values: ["("] }
    - { attribute: age, operator: GREATER_THAN, values: [old] }`

test('clauses of `where` that say nothing, or nothing that can be compared', async () => {
  expect(
    await faults(
      scoped(`${WHERE}
    - { attribute: mail, operator: EQUAL, values: [x] }
    - { operator: EQUALS, values: [x] }`),
    ),
  ).toEqual([
    expect.stringMatching(
      /^a\.yaml:13:36 `scope\.where\[4\]\.operator` is "EQUAL": .*did you mean EQUALS\?$/,
    ),
    'a.yaml:14:7 missing key `attribute` in `scope.where[5]`',
  ])
  expect(await faults(scoped(WHERE))).toEqual([
    expect.stringMatching(/^a\.yaml:9:7 `EQUALS` needs `values` to compare with$/),
    expect.stringMatching(/^a\.yaml:10:45 `values` has no effect beside `operator: IS NULL`/),
    expect.stringMatching(/^a\.yaml:11:58 "\(" is not a regular expression: /),
    'a.yaml:12:58 "old" is not a whole number, which `GREATER_THAN` compares with',
  ])
})
