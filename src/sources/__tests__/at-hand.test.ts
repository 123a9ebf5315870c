import { describe, expect, test } from '@jest/globals'
import { openNotice } from '../../engine/notice.ts'
import { person, type PersonField } from '../../people/person.ts'
import { readAtHand } from '../at-hand.ts'
import {
  condition,
  DISABLED_RULE,
  groupRules,
  hiddenRule,
  includeRule,
  type Candidate,
  type Memberships,
} from '../scope.ts'

const unknown: ReadonlySet<PersonField> = new Set()
const somebody = (id: string, about: Partial<Candidate> = {}, fields = {}): Candidate => ({
  sourced: { person: person({ id, mail: `${id}@x.com`, displayName: id, ...fields }), unknown },
  ...about,
})
const ids = (people: readonly { person: { id: string } }[]) => people.map((one) => one.person.id)

describe('of all candidates', () => {
  test('those are people whom every rule admits, in their order', () => {
    const candidates = [
      somebody('zoe'),
      somebody('ada', { disabled: true }),
      somebody('eve', { hidden: true }),
      somebody('bob'),
    ]
    const { people } = readAtHand({ candidates, rules: [DISABLED_RULE, hiddenRule('Exchange says so')] })
    expect(people).toEqual([candidates[0]!.sourced, candidates[3]!.sourced])
  })

  test('all are people where there is no rule', () => {
    expect(ids(readAtHand({ candidates: [somebody('ada'), somebody('bob')], rules: [] }).people)).toEqual([
      'ada',
      'bob',
    ])
  })

  test('an expression judges those alone whom the rules before it admit', () => {
    const rules = [DISABLED_RULE, ...condition('displayName.substring(3) == ""', ['from', 0, 'where']).rules]
    const tooShort = somebody('x', { disabled: true })
    expect(ids(readAtHand({ candidates: [tooShort, somebody('ada')], rules }).people)).toEqual(['ada'])
    expect(() => readAtHand({ candidates: [somebody('x')], rules })).toThrow(
      expect.objectContaining({ code: 'expression-failed', path: ['from', 0, 'where'] }),
    )
  })

  test('what was skipped and what is to be warned of is handed on', () => {
    const skipped = [{ key: 'p.csv:7', label: '', reason: 'no-mail-address', detail: 'has none' }]
    const warnings = [openNotice('not-all-shown', 'twice')]
    expect(readAtHand({ candidates: [], rules: [], skipped, warnings })).toMatchObject({ skipped, warnings })
    expect(readAtHand({ candidates: [], rules: [] })).toMatchObject({ people: [], skipped: [], warnings: [] })
  })
})

describe('somebody is explained', () => {
  const staff: Memberships = new Map([
    ['Staff', new Set(['ada', 'bob'])],
    ['Board', new Set(['ada'])],
  ])
  const members = { include: 'members', words: 'a member' }
  const guests = { include: 'guests', words: 'a guest' }
  const candidates = [
    somebody(
      'ada',
      { type: members },
      { proxyAddresses: ['smtp:countess@x.com'], userPrincipalName: 'al@x.com' },
    ),
    somebody('bob', { type: members, disabled: true, hidden: true }),
    somebody('eve', { type: members }),
    somebody('gus', { type: guests }),
  ]
  const { explain } = readAtHand({
    candidates,
    rules: [
      includeRule(['members']),
      ...groupRules(staff, undefined),
      DISABLED_RULE,
      hiddenRule('AD says so'),
    ],
    within: staff,
  })
  const known = async (address: string) =>
    (await explain(address)).map(({ person: { id }, inScope, why }) => [id, inScope, why.message])

  test.each(['ada', 'ADA@x.com', 'Countess@X.com', 'al@x.com'])('by any of their names: %s', async (name) => {
    expect(await known(name)).toEqual([['ada', true, 'in scope, as a member of the group Staff, Board']])
  })

  test('by the first rule that does not admit them', async () => {
    expect(await known('bob@x.com')).toEqual([
      ['bob', false, 'the account is disabled, and disabled is exclude'],
    ])
    expect(await known('eve@x.com')).toEqual([
      ['eve', false, 'is no transitive member of any of: Staff, Board'],
    ])
    expect(await known('gus@x.com')).toEqual([['gus', false, 'is a guest, and include has members alone']])
  })

  test('together with all others of that name', async () => {
    const both = readAtHand({
      candidates: [somebody('a', {}, { mail: 'x@x.com' }), somebody('x@x.com')],
      rules: [],
    })
    expect((await both.explain('X@x.com')).map((one) => one.person.id)).toEqual(['a', 'x@x.com'])
  })

  test('as nobody, when no candidate has that name', async () => {
    expect(await known('nobody@x.com')).toEqual([])
    expect(await known('')).toEqual([])
  })
})
