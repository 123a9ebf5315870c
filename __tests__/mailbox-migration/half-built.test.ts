/** What a run that was cut off has begun is gone on with: nothing is made twice, nobody's mailbox is touched. */
import { describe, expect, test } from '@jest/globals'
import { BEGINNINGS } from './beginnings.ts'
import { applyDisturbed, expectConverges, failing, undisturbed } from './convergence.ts'
import type { Migrating } from './migrating.ts'

const LONG = 480_000

/** From here on everything that would write is refused: what stands is what a run has left that ended here. */
function endAfter({ tenants }: Migrating, writes: number): void {
  tenants.simulator.faults.add({
    on: { service: 'exchange', write: true, nth: writes + 1, times: Infinity },
    do: { status: 403 },
  })
}

describe.each(BEGINNINGS)('$name, a run that ends after any of its writes', (beginning) => {
  test(
    'is gone on with by the next one, to the same end',
    async () => {
      const { requests, end } = await undisturbed(beginning)
      const writes = requests.filter(({ write }) => write).length
      const failed = await failing(
        [...Array(writes).keys()],
        (step) => `after ${step} of ${writes} writes`,
        async (step) => {
          const migrating = await beginning.begin()
          try {
            endAfter(migrating, step)
            const done = () =>
              migrating.tenants.simulator.requests.filter(({ write, status }) => write && status === 200)
                .length
            const before = done()
            const { outcome } = await applyDisturbed(migrating)
            // Nothing but the writes that were let through has happened.
            expect(done()).toBe(before + step)
            expect(outcome).toMatch(step === 0 ? /^failed$/ : /^(partial|failed)$/)
            await expectConverges(migrating, end)
          } finally {
            await migrating.stop()
          }
        },
      )
      expect(failed).toEqual([])
    },
    LONG,
  )
})

describe.each(BEGINNINGS)('$name', (beginning) => {
  test('nothing is started or completed before what it needs', async () => {
    const { requests } = await undisturbed(beginning)
    const writes = requests.filter(({ write }) => write).map(({ operation }) => operation)
    const needs = /^(New|Set)-(OrganizationRelationship|MigrationEndpoint|MailUser|User)$/
    const moves = /^(New|Start|Complete)-MigrationBatch$/
    const first = writes.findIndex((operation) => moves.test(operation))
    if (first === -1) return
    expect(writes.slice(first).filter((operation) => needs.test(operation))).toEqual([])
  })
})
