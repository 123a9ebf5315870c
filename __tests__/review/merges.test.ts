/** However a change comes into the default branch, it is held against what was reviewed of it. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { push } from '../../src/simulator/github/people.ts'
import { BACK, contactOf, PEOPLE, persons, Repository, type Given } from './repository.ts'

let repository: Repository
const start = async (given?: Given) => (repository = await Repository.start(given))
afterEach(() => repository.stop())

const WITHOUT_P0 = 'p1 p2 p3 p4 p5 p6 p7 p8 p9'
const CHANGED_BACK = `${BACK}mapping: { company: Contoso }\n`
const COMPANY = 'mapping: { company: Fabrikam }\n'

describe('one pull request', () => {
  test.each(['merge', 'squash', 'rebase', 'queue'] as const)(
    'by %s is found from its commit',
    async (method) => {
      await start()
      repository.leaves([0])
      await repository.plan()
      repository.merge(7, { method })
      expect((await repository.apply()).outputs).toMatchObject({ outcome: 'applied', held: '0' })
      expect(repository.listed()).toBe(WITHOUT_P0)
      expect(repository.comments('apply')).toMatchObject([{ on: 7 }])
    },
  )

  test('that is merged into another branch approves nothing here', async () => {
    await start()
    repository.github.issues.find(({ number }) => number === 7)!.pull!.base.ref = 'release'
    repository.leaves([0])
    await repository.plan()
    const sha = repository.merge()
    expect((await repository.run({ event: 'push', sha })).outputs).toMatchObject({ outcome: 'held' })
    expect(repository.comments('apply')).toEqual([])
  })
})

describe('a push of no pull request', () => {
  test('creates, and deletes nobody, whatever the pull requests before it saw', async () => {
    await start()
    repository.leaves([0])
    repository.joins([20])
    await repository.plan()
    repository.act(push, 'a fix')
    expect(await repository.apply()).toMatchObject({ code: 0, outputs: { outcome: 'held', held: '1' } })
    expect(repository.listed()).toBe(`p0 ${WITHOUT_P0} p20`)
    expect(repository.comments('apply')).toEqual([])
  })
})

describe('two pull requests, each of a profile of its own,', () => {
  /** Each is planned beside the other’s profile as it was before. */
  async function planned(): Promise<void> {
    const back = persons(2, 'contoso')
    await start({ back, fabrikam: { mailContacts: back.map((one) => contactOf(one)) } })
    repository.leaves([0])
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(7)
    repository.leaves([1], 'contoso')
    repository.write('people.yaml', PEOPLE)
    repository.write('back.yaml', CHANGED_BACK)
    await repository.plan(8)
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
  }

  test('in one push of a merge queue are both as they were reviewed', async () => {
    await planned()
    repository.merge(7, { method: 'queue', by: 'github-merge-queue[bot]' })
    repository.merge(8, { method: 'queue', by: 'github-merge-queue[bot]' })
    expect((await repository.apply()).outputs).toMatchObject({ outcome: 'applied', held: '0' })
    expect(repository.listed()).toBe(WITHOUT_P0)
    expect(repository.listed('fabrikam')).toBe('p0')
    // Each of them is told the whole.
    const told = { body: expect.stringMatching(/#8[^]*#7|#7[^]*#8/) }
    expect(repository.comments('apply', 7)).toMatchObject([told])
    expect(repository.comments('apply', 8)).toMatchObject([told])
  })

  test('one after the other are both as they were reviewed, though the second plan is older than the first merge', async () => {
    await planned()
    repository.write('back.yaml', BACK)
    expect((await repository.mergeAndApply(7)).outputs).toMatchObject({ outcome: 'held', held: '1' })
    expect(repository.listed()).toBe(WITHOUT_P0)
    repository.write('back.yaml', CHANGED_BACK)
    expect((await repository.mergeAndApply(8)).outputs).toMatchObject({ outcome: 'applied', held: '0' })
    expect(repository.listed('fabrikam')).toBe('p0')
  })

  test('are stale where both changed the same profile, and nobody planned it with both changes', async () => {
    await start()
    repository.joins([20])
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(7)
    repository.write('people.yaml', `${PEOPLE}limits: { deletes: 20% }\n`)
    await repository.plan(10)
    repository.merge(7)
    repository.merge(10)
    repository.write('people.yaml', `${PEOPLE}${COMPANY}limits: { deletes: 20% }\n`)
    const { outputs, summary } = await repository.apply()
    expect(outputs).toMatchObject({ outcome: 'stale' })
    expect(summary).toContain('mapping.company')
    expect(repository.writes()).toEqual([])
  })
})

describe('a plan of an older head', () => {
  test('still holds when the profiles are as they were', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    repository.act(push, 'a note in the README', 7)
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'applied' })
    expect(repository.listed()).toBe(WITHOUT_P0)
  })

  test('no longer holds when the profile was changed', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    repository.act(push, 'a second thought', 7)
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'stale' })
    expect(repository.writes()).toEqual([])
  })
})

describe('`apply`', () => {
  test('of an old commit, run again, does not bring back what a later merge changed', async () => {
    await start()
    await repository.plan(7)
    const old = repository.merge(7)
    await repository.apply()
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(10)
    expect((await repository.mergeAndApply(10)).outputs).toMatchObject({ outcome: 'applied' })
    repository.write('people.yaml', PEOPLE)
    expect((await repository.run({ event: 'push', sha: old })).outputs).toMatchObject({ outcome: 'stale' })
  })

  test('again after the apply of the merge finds nothing to do', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    await repository.mergeAndApply()
    expect(await repository.apply()).toMatchObject({ code: 0, outputs: { outcome: 'no-changes' } })
  })

  test('again does the rest, as it was reviewed, of what failed', async () => {
    await start()
    repository.leaves([0])
    repository.joins([20])
    await repository.plan()
    const { faults } = repository.tenants.simulator
    faults.add({ on: { operation: 'Remove-MailContact' }, do: { status: 400, body: {} } })
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'partial', failed: '1' })
    faults.clear()
    expect((await repository.apply()).outputs).toMatchObject({ outcome: 'applied', held: '0' })
    expect(repository.listed()).toBe(`${WITHOUT_P0} p20`)
  })

  test.each([
    ['pull_request', undefined],
    ['merge_group', 'gh-readonly-queue/main/pr-7-0000'],
  ])('is refused on `%s`', async (event, branch) => {
    await start()
    repository.joins([20])
    const inputs = { command: 'apply' }
    expect(await repository.run({ event, inputs, ...(branch !== undefined && { branch }) })).toMatchObject({
      code: 1,
      outputs: { outcome: 'failed' },
    })
    expect(repository.writes()).toEqual([])
  })
})
