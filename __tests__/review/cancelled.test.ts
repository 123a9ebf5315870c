/** A job that is cancelled in the middle leaves the evidence of what it did, where a later step finds it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Runner } from '../../src/simulator/github/runner.ts'
import type { RequestRecord } from '../../src/simulator/records.ts'
import { lines, Repository } from './repository.ts'

let repository: Repository
let runner: Runner

/** Two leavers and three newcomers, reviewed and merged; the apply is about to run, one write at a time. */
beforeEach(async () => {
  repository = await Repository.start()
  repository.leaves([0, 1])
  repository.joins([20, 21, 22])
  await repository.plan()
  repository.merge()
  runner = repository.job({ event: 'push', inputs: { concurrency: '1' } })
})
afterEach(() => repository.stop())

const journal = () => lines(runner.outputs()['journal-path']!).slice(1)
const of = (phase: string) => journal().filter((line) => line['phase'] === phase)
const removed = () => lines(runner.outputs()['removed-path']!)

/** At each write that reaches Exchange, before it is carried out. */
function atEachWrite(call: (record: RequestRecord, nth: number) => void): void {
  let nth = 0
  repository.tenants.simulator.faults.add({
    on: { service: 'exchange', write: true },
    do: { when: 'before', call: (record) => call(record, ++nth) },
  })
}

test('every write was journalled before it was sent, and every deletion kept', async () => {
  const wrong: string[] = []
  let deletions = 0
  atEachWrite(({ operation }, nth) => {
    if (of('before').length !== nth || of('after').length !== nth - 1)
      wrong.push(`write ${nth}: ${of('before').length} before and ${of('after').length} after`)
    if (operation === 'Remove-MailContact' && removed().length !== ++deletions)
      wrong.push(`deletion ${deletions}: ${removed().length} kept`)
  })
  expect((await repository.run(runner)).outputs).toMatchObject({ outcome: 'applied' })
  expect({ wrong, deletions }).toEqual({ wrong: [], deletions: 2 })
})

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  '%s leaves the journal, and the next run does the rest',
  async (signal) => {
    let kill = (): unknown => undefined
    repository.tenants.simulator.faults.add({
      on: { service: 'exchange', write: true, nth: 4 },
      do: { when: 'after', call: () => void kill() },
    })
    const running = repository.begin(runner)
    kill = () => running.child.kill(signal)
    await running.ended

    const writes = repository.writes().length
    expect(of('before').map(({ seq }) => seq)).toEqual(
      Array.from({ length: writes }, (_, index) => index + 1),
    )
    expect(of('after').length).toBeGreaterThanOrEqual(writes - 1)
    const deletions = repository.writes().filter((operation) => operation === 'Remove-MailContact').length
    expect(removed().length).toBeGreaterThanOrEqual(deletions)

    repository.tenants.simulator.faults.clear()
    expect((await repository.apply()).outputs).toMatchObject({ outcome: 'applied', held: '0' })
    expect(repository.listed()).toBe('p2 p3 p4 p5 p6 p7 p8 p9 p20 p21 p22')
  },
)

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets the write under way end, and begins no other',
  async (signal) => {
    let kill = (): unknown => undefined
    repository.tenants.simulator.faults.add({
      on: { service: 'exchange', write: true, nth: 1 },
      do: { when: 'before', call: () => void kill() },
    })
    const running = repository.begin(runner)
    kill = () => running.child.kill(signal)
    const { code } = await running.ended
    expect({ code, ...runner.outputs() }).toMatchObject({ code: 1, outcome: 'partial' })
    expect(of('after')).toHaveLength(of('before').length)
    expect(repository.listed()).not.toBe('p2 p3 p4 p5 p6 p7 p8 p9 p20 p21 p22')
    expect(repository.comments('apply')).toMatchObject([{ on: 7 }])
  },
)
