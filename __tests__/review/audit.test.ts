/** What is left to be read of a run: who stands behind it, what it did, and what it could not tell. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { review } from '../../src/simulator/github/people.ts'
import { lines, PEOPLE, Repository, sha256, type Finished } from './repository.ts'

let repository: Repository
beforeEach(async () => {
  repository = await Repository.start()
})
afterEach(() => repository.stop())

/** One left, one came and one was promoted before the plan; after it another one left. */
async function reviewedAndMerged(): Promise<Finished> {
  repository.leaves([0])
  repository.joins([20])
  repository.promotes([1])
  await repository.plan()
  repository.leaves([2])
  return repository.mergeAndApply()
}

/** The newest result, without the marks of code and of bold print. */
const result = () => repository.comments('apply', 7).at(-1)!.body.replaceAll(/[`*]/g, '')

describe('the result on the merged pull request', () => {
  test('says who merged it and who approved it: whose newest review does, and was not dismissed', async () => {
    repository.act(review, 7, 'bob', 'CHANGES_REQUESTED')
    repository.act(review, 7, 'bob', 'APPROVED')
    repository.act(review, 7, 'cleo', 'APPROVED')
    repository.act(review, 7, 'cleo', 'CHANGES_REQUESTED')
    repository.act(review, 7, 'dan', 'APPROVED')
    repository.act(review, 7, 'dan', 'COMMENTED')
    repository.act(review, 7, 'eve', 'APPROVED').state = 'DISMISSED'
    repository.act(review, 7, 'fay', 'COMMENTED')
    repository.act(review, 7, 'gus', 'PENDING')
    await reviewedAndMerged()
    expect(result()).toMatch(/merged by ada/)
    expect(result()).toMatch(/approved by bob, dan /)
    expect(result()).not.toMatch(/\b(?:cleo|eve|fay|gus)\b/)
  })

  test('shows what was reviewed, what was applied, and what was held, and names nobody', async () => {
    await reviewedAndMerged()
    expect(result()).toMatch(/\| people \| reviewed in #7 \| 1 \| 1 \| 1 \|/)
    expect(result()).toMatch(/\| applied \| 1 \| 1 \| 1 \| 1 \|/)
    expect(result()).not.toMatch(/p\d+@|Person \d/)
  })

  test('leads to the run, and tells the sum of its journal as it stands on the disk', async () => {
    const { outputs } = await reviewedAndMerged()
    expect(result()).toContain('/contoso/people/actions/runs/490')
    expect(result()).toContain(sha256(outputs['journal-path']!))
    expect(outputs['comment-url']).toContain(`#issuecomment-${repository.comments('apply')[0]!.id}`)
  })

  test('is a comment of its own: the plan stays as it was reviewed', async () => {
    repository.leaves([0])
    await repository.plan()
    const before = structuredClone(repository.comments('plan'))
    await repository.mergeAndApply()
    expect(repository.comments('plan')).toEqual(before)
    expect(repository.comments('apply', 7)).toHaveLength(1)
  })

  test('is not written again by a run that did, held and refused nothing', async () => {
    repository.leaves([0])
    await repository.plan()
    await repository.mergeAndApply()
    await repository.apply()
    await repository.run({ event: 'schedule' })
    expect(repository.comments('apply')).toHaveLength(1)
  })

  test.each([
    ['held', () => repository.leaves([0])],
    ['blocked', () => repository.leaves([0, 1, 2, 3])],
    ['stale', () => repository.write('people.yaml', `${PEOPLE}mapping: { company: Fabrikam }\n`)],
  ])('is written where nothing was done, for it was %s', async (outcome, happens) => {
    await repository.plan()
    happens()
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome })
    expect(repository.comments('apply', 7)).toHaveLength(1)
  })
})

test('the journal begins with what was approved and who runs it, and holds no values; what was removed stands beside it, whole', async () => {
  const { outputs } = await reviewedAndMerged()
  const [header, ...writes] = lines(outputs['journal-path']!)
  expect(header).toMatchObject({
    digest: outputs['plan-digest'],
    commit: repository.github.job.sha,
    actor: 'mona',
    run: expect.stringContaining('/actions/runs/490'),
    limits: { people: { deletes: expect.anything() } },
  })
  expect(writes.filter(({ phase }) => phase === 'before').map(({ action }) => action)).toEqual(
    expect.arrayContaining(['create', 'update', 'delete']),
  )
  expect(readFileSync(outputs['journal-path']!, 'utf8')).not.toMatch(/@fabrikam|Person|Director/)
  expect(lines(outputs['removed-path']!)).toMatchObject([
    { profile: 'people', removed: { mailContact: { ExternalEmailAddress: 'SMTP:p0@fabrikam.com' } } },
  ])
})

describe('without the permission', () => {
  const permitted = (permissions: Record<string, 'read' | 'write'>) =>
    Object.assign(repository.github.token, { permissions: { contents: 'read', ...permissions } })

  test('to read pull requests nobody is deleted; what was written is told, and the job fails', async () => {
    repository.leaves([0])
    repository.joins([20])
    await repository.plan()
    repository.merge()
    permitted({})
    const { code, stdout, outputs, summary } = await repository.apply()
    expect({ code, ...outputs }).toMatchObject({ code: 1, outcome: 'held', held: '1', 'to-create': '1' })
    expect(stdout).toMatch(/::error::[^\n]*pull-requests: /)
    expect(summary).toContain('1 created')
    expect(summary).toContain('pull-requests: ')
    expect(repository.listed()).toBe('p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 p20')
    expect(lines(outputs['journal-path']!).length).toBeGreaterThan(2)
  })

  test('to write to pull requests the review counts; what was done is told, and the job fails', async () => {
    repository.leaves([0])
    await repository.plan()
    repository.merge()
    permitted({ 'pull-requests': 'read' })
    const { code, stdout, outputs, summary } = await repository.apply()
    expect({ code, ...outputs }).toMatchObject({ code: 1, outcome: 'applied', held: '0' })
    expect(stdout).toMatch(/::error::[^\n]*pull-requests: write/)
    expect(summary).toContain('1 deleted')
    expect(repository.comments('apply')).toEqual([])
  })
})

describe('the one issue', () => {
  const nightly = () => repository.run({ event: 'schedule' })

  test('is opened by trouble on a schedule, kept up to date, and closed by a clean run', async () => {
    const opened = { number: 11, title: 'tenant-sync needs attention', state: 'open' }
    repository.leaves([0, 1, 2, 3])
    await nightly()
    expect(repository.attention()).toMatchObject([opened])
    const before = repository.attention()[0]!.body!
    repository.leaves([4])
    await nightly()
    expect(repository.attention()).toMatchObject([opened])
    expect(repository.attention()[0]!.body).not.toBe(before)
    repository.joins([0, 1, 2, 3, 4])
    await nightly()
    expect(repository.attention()).toMatchObject([{ ...opened, state: 'closed' }])
  })

  test('is opened by a profile that is not as it was reviewed', async () => {
    await repository.plan()
    repository.merge()
    repository.write('people.yaml', `${PEOPLE}mapping: { company: Fabrikam }\n`)
    await nightly()
    expect(repository.attention()).toMatchObject([
      { state: 'open', body: expect.stringContaining('mapping.company') },
    ])
  })

  test('is not opened by a merge: its people are there', async () => {
    await repository.plan()
    repository.write('people.yaml', `${PEOPLE}mapping: { company: Fabrikam }\n`)
    expect((await repository.mergeAndApply()).code).toBe(1)
    expect(repository.attention()).toEqual([])
  })
})
