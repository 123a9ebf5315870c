/** What holds whatever stands in the two tenants: small worlds, drawn at random. */
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Action, ProfilePlan } from '../../src/engine/plan.ts'
import { derivedNames, parseMark } from '../../src/people/mark.ts'
import type { Recipient } from '../../src/simulator/exchange/recipient.ts'
import { applyDisturbed, ended, planned } from './convergence.ts'
import { within, world } from './drawn.ts'
import { LIMITLESS, shown, type Migrating } from './migrating.ts'
import { expectNoDouble, standing } from './standing.ts'

const RUNS = { numRuns: 10 }
const TIMEOUT = 240_000
const UNLIMITED = LIMITLESS.replace('}', ', emptySource: allow }')

/** All others in the target, as they stand, by GUID: everybody but those of whom the profile may change something. */
function untouchable({ source, target }: Migrating): Map<string, string> {
  const [group] = source.recipients.ofType('MailUniversalSecurityGroup')
  const members = new Set(group!.members)
  const names = new Set(group!.members.map((member) => derivedNames('people', member)[0]))
  const isMember = (one: Recipient | undefined) => one !== undefined && members.has(one.objectId)
  const others = [...target.recipients].filter(({ type, values }) => {
    const mark = parseMark(textOf(values['CustomAttribute15']))
    if (values['IsDirSynced'] === true) return true
    if (type === 'MailContact') return mark?.profile !== 'contacts'
    if (type !== 'MailUser' && type !== 'GuestMailUser') return true
    if (mark) return mark.profile !== 'people' || !members.has(mark.person)
    const forwardsTo = source.recipients.holders(textOf(values['ExternalEmailAddress']))[0]
    const stampedFor = source.recipients.get(textOf(values['ExchangeGuid']))
    return !isMember(forwardsTo) && !isMember(stampedFor) && !names.has(textOf(values['Name']))
  })
  return new Map(others.map((one) => [one.guid, JSON.stringify(one)]))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Mail users that nobody of the repository made: what they are called, and what names them theirs. */
function theirs({ target }: Migrating) {
  return [...target.recipients.ofType('MailUser', 'GuestMailUser')]
    .filter(({ values }) => /^(mail user|\w+ as a guest)/.test(String(values['Name'])))
    .filter(({ values }) => !String(values['CustomAttribute15']).startsWith('tenant-sync:people:'))
    .map(({ guid, values }) => [guid, values['Name'], values['DisplayName'], values['CustomAttribute15']])
}

/**
 * All batches, to their end.
 * @returns what became of those who did not come through; a licence that nobody shows is told, and not waited for.
 */
function failuresOf(migrating: Migrating, ...plans: readonly ProfilePlan[]): string[] {
  const { batches } = migrating.target.migration
  for (const name of Array.from(batches, (batch) => batch.name)) migrating.advance(name, 6)
  const told = plans.flatMap(({ health }) => health.map(({ message }) => message))
  const isDoubted = told.some((message) => message.includes('is seen in'))
  return [...batches]
    .flatMap(({ values }) => values.users)
    .filter(({ status }) => status !== 'Completed')
    .filter(({ error = '' }) => !(isDoubted && error.includes('WithoutLicense')))
    .map(({ status, error }) => `${status} ${error}`)
}

test(
  'one apply does all that can be done: nothing is left to plan, and whoever is in a batch moves',
  () =>
    fc.assert(
      fc.asyncProperty(world, (drawn) =>
        within(
          drawn,
          async (migrating) => {
            const others = untouchable(migrating)
            const named = theirs(migrating)
            const result = await applyDisturbed(migrating)
            expect([result.outcome, ended(result).errors]).toEqual([
              expect.stringMatching(/^(applied|no-changes)$/),
              [],
            ])
            expect(shown(await migrating.plan())).toEqual([])
            for (const [guid, before] of others)
              expect(JSON.stringify(migrating.target.recipients.get(guid))).toBe(before)
            expect(theirs(migrating)).toEqual(named)
            expect(failuresOf(migrating, planned(result))).toEqual([])
            expect(shown(await migrating.plan())).toEqual([])
          },
          UNLIMITED,
        ),
      ),
      RUNS,
    ),
  TIMEOUT,
)

test(
  'an apply that was cut off anywhere is gone on with, and makes nobody twice',
  () =>
    fc.assert(
      fc.asyncProperty(world, fc.integer({ min: 0, max: 20 }), (drawn, writes) =>
        within(
          drawn,
          async (migrating) => {
            const { faults } = migrating.tenants.simulator
            faults.add({
              on: { service: 'exchange', write: true, nth: writes + 1, times: Infinity },
              do: { status: 403 },
            })
            const first = await applyDisturbed(migrating)
            faults.clear()
            const result = await applyDisturbed(migrating)
            expect(result.outcome).toMatch(/^(applied|no-changes)$/)
            expect(shown(await migrating.plan())).toEqual([])
            expect(failuresOf(migrating, planned(first), planned(result))).toEqual([])
          },
          UNLIMITED,
        ),
      ),
      RUNS,
    ),
  TIMEOUT,
)

test(
  'limits hold: a plan beyond one writes nothing, and one within them writes no more than it tells',
  () =>
    fc.assert(
      fc.asyncProperty(
        world,
        fc.record({ creates: fc.nat(2), updates: fc.nat(2), deletes: fc.nat(2) }),
        (drawn, limits) =>
          within(
            drawn,
            async (migrating) => {
              const before = standing(migrating)
              const result = await applyDisturbed(migrating)
              const isBlocked = planned(result).outcome === 'blocked'
              const counts = isBlocked ? { all: NONE, people: NONE } : countsOf(planned(result))
              expect(ended(result).done).toEqual(counts.all)
              expect(counts.people.update).toBeLessThanOrEqual(limits.updates)
              expect(counts.people.delete).toBeLessThanOrEqual(limits.deletes)
              expect(isBlocked && !isDeepStrictEqual(standing(migrating), before)).toBe(false)
              expectNoDouble(migrating)
            },
            `limits: ${JSON.stringify({ ...limits, emptySource: 'allow' })}`,
          ),
      ),
      RUNS,
    ),
  TIMEOUT,
)

const NONE: Readonly<Record<Action, number>> = { create: 0, update: 0, delete: 0 }

/** All changes; and those of mail users, with the contacts that go with them. */
function countsOf({ changes }: ProfilePlan) {
  const all = { ...NONE }
  const people = { ...NONE }
  for (const { action, object, removes = [] } of changes)
    for (const counts of object === 'mail-user' ? [all, people] : [all]) {
      counts[action] += 1
      counts.delete += removes.length
    }
  return { all, people }
}
