import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readFailures } from '../provisioning-log.ts'
import { listing } from './listed.ts'

const NOW = new Date('2026-11-21T09:00:00.123Z')

/** A line of the log; the later the minute, the newer. */
const line = (person: string, minute: number, code?: string, more: object = {}) => ({
  activityDateTime: `2026-11-21T08:${String(minute).padStart(2, '0')}:00Z`,
  sourceIdentity: {
    id: person.toLowerCase(),
    displayName: person,
    details: { UserPrincipalName: `${person.toLowerCase()}@x.com` },
  },
  provisioningStatusInfo: code
    ? { status: 'failure', errorInformation: { errorCode: code, reason: `${person} cannot.` } }
    : { status: 'success', errorInformation: null },
  ...more,
})
const failures = async (...pages: (readonly unknown[])[]) =>
  (await readFailures(listing(pages).graph, 'job', NOW)).failures

test('is asked for the lines of one job, of the last day', async () => {
  const { graph, asked } = listing([[]])
  expect(await readFailures(graph, 'Azure2Azure.tenant.1', NOW)).toEqual({ failures: [], whole: true })
  expect(asked).toEqual([
    {
      path: '/auditLogs/provisioning',
      options: {
        filter: "jobId eq 'Azure2Azure.tenant.1' and activityDateTime gt 2026-11-20T09:00:00Z",
        top: 999,
      },
    },
  ])
})

describe('whom provisioning failed', () => {
  test('is told by codes, the most frequent first, then by name, with one of the people and what was said of them', async () => {
    const pages = [
      [line('Cleo', 1, 'B'), line('Bob', 2, 'A'), line('Ada', 3, 'A')],
      [line('Dora', 4, 'C'), line('Emil', 5)],
    ]
    expect(await failures(...pages)).toEqual([
      { code: 'A', people: 2, example: 'Ada <ada@x.com>', reason: 'Ada cannot.' },
      { code: 'B', people: 1, example: 'Cleo <cleo@x.com>', reason: 'Cleo cannot.' },
      { code: 'C', people: 1, example: 'Dora <dora@x.com>', reason: 'Dora cannot.' },
    ])
  })

  test('is told by their newest line alone, in whatever order the lines come', async () => {
    const lines = [
      line('Ada', 1, 'A'),
      line('Ada', 3),
      line('Bob', 1),
      line('Bob', 5, 'B'),
      line('Bob', 2, 'A'),
    ]
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(await failures(shuffled.slice(0, 2), shuffled.slice(2))).toEqual([
          { code: 'B', people: 1, example: 'Bob <bob@x.com>', reason: 'Bob cannot.' },
        ])
      }),
    )
  })

  test('the sum is that of the people who failed', async () => {
    const lines = fc.array(
      fc
        .tuple(
          fc.constantFrom('Ada', 'Bob', 'Cleo', 'Dora'),
          fc.nat({ max: 59 }),
          fc.constantFrom('A', 'B', undefined),
        )
        .map(([person, minute, code]) => line(person, minute, code)),
    )
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        const found = await failures(all)
        const failing = new Set(all.map(({ sourceIdentity }) => sourceIdentity.id)).size
        expect(found.reduce((sum, { people }) => sum + people, 0)).toBeLessThanOrEqual(failing)
        expect(found.map(({ people }) => people)).toEqual(
          found.map(({ people }) => people).toSorted((a, b) => b - a),
        )
      }),
    )
  })

  test.each<[string, object, object]>([
    [
      'without a name to sign in with',
      { sourceIdentity: { id: '1', displayName: 'Ada', details: {} } },
      { example: 'Ada' },
    ],
    [
      'with one in other letters',
      { sourceIdentity: { id: '1', displayName: 'Ada', details: { userPrincipalName: 'a@x.com' } } },
      { example: 'Ada <a@x.com>' },
    ],
    [
      'with nothing but a name to sign in with',
      { sourceIdentity: { id: '1', displayName: null, details: { UserPrincipalName: 'a@x.com' } } },
      { example: '<a@x.com>' },
    ],
    ['with nothing but an id', { sourceIdentity: { id: '1' } }, { example: '1' }],
    ['of whom nothing is known', { sourceIdentity: null }, { example: '' }],
    [
      'without a code',
      { provisioningStatusInfo: { status: 'failure', errorInformation: null } },
      { code: 'unknown', reason: '' },
    ],
    [
      'whose name is no text',
      { sourceIdentity: { id: '1', displayName: 'Ada', details: { UserPrincipalName: 7 } } },
      { example: 'Ada' },
    ],
  ])('%s', async (_, more, expected) => {
    expect(await failures([line('Ada', 1, 'A', more)])).toMatchObject([{ people: 1, ...expected }])
  })

  test('is nobody who was skipped, or of whom nothing is said', async () => {
    const skipped = { provisioningStatusInfo: { status: 'skipped' } }
    expect(await failures([line('Ada', 1, 'A', skipped), { sourceIdentity: { id: '2' } }, {}])).toEqual([])
  })
})

test('is read as far as twenty pages: the newest stand first', async () => {
  function* endless() {
    for (let minute = 0; ; minute++) yield [line(`Person ${minute}`, 1, 'A')]
  }
  const { graph, read } = listing(endless())
  expect(await readFailures(graph, 'job', NOW)).toMatchObject({
    failures: [{ code: 'A', people: 20 }],
    whole: false,
  })
  expect(read()).toBe(20)
})
