/** Whose word a record is: it counts only as the workflow’s own identity left it before the merge, there. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { comment, deleteComment, editComment } from '../../src/simulator/github/people.ts'
import type { Comment } from '../../src/simulator/github/state.ts'
import { PEOPLE, Repository } from './repository.ts'

let repository: Repository
beforeEach(async () => {
  repository = await Repository.start()
  repository.leaves([0])
  repository.joins([20])
})
afterEach(() => repository.stop())

const BOT = 'github-actions[bot]'

const COUNTED = { code: 0, outputs: { outcome: 'applied', held: '0' } }
/** As if there were no record: who is new is created, and nobody is deleted. */
const NOT_COUNTED = { code: 0, outputs: { outcome: 'held', held: '1' } }
const LISTED = 'p1 p2 p3 p4 p5 p6 p7 p8 p9 p20'

const plan = (): Comment => repository.comments('plan')[0]!

/** A plan whose comment says something else, though nobody edited it. */
const saying = (change: (body: string) => string): void => {
  plan().body = change(plan().body)
}

describe('a record counts', () => {
  test('as the plan wrote it, after the result was written too', async () => {
    await repository.plan()
    expect(await repository.mergeAndApply()).toMatchObject(COUNTED)
    expect(repository.listed()).toBe(LISTED)
  })

  test('when a later plan wrote it anew', async () => {
    repository.joins([0])
    await repository.plan()
    repository.leaves([0])
    await repository.plan()
    expect(plan().editor).toEqual({ login: BOT, type: 'Bot' })
    expect(await repository.mergeAndApply()).toMatchObject(COUNTED)
  })

  test('when somebody had edited it, and a later plan put it right before the merge', async () => {
    await repository.plan()
    repository.act(editComment, plan(), 'eve', plan().body.replaceAll('1', '2'))
    await repository.plan()
    expect(await repository.mergeAndApply()).toMatchObject(COUNTED)
  })

  test('beside one of somebody else, however new', async () => {
    await repository.plan()
    const copy = plan().body.replace(/"removals":\[[^\]]*\]/, '"removals":[]')
    repository.act(comment, 7, 'eve', copy)
    expect(await repository.mergeAndApply()).toMatchObject(COUNTED)
  })

  test('when it stands on a later page of comments', async () => {
    for (let index = 0; index < 101; index += 1) repository.act(comment, 7, 'mona', `+${index}`)
    await repository.plan()
    expect(await repository.mergeAndApply()).toMatchObject(COUNTED)
  })
})

describe('a record does not count', () => {
  test.each<[string, () => void]>([
    ['that was deleted', () => repository.act(deleteComment, plan())],
    ['that somebody else edited', () => repository.act(editComment, plan(), 'eve', plan().body)],
    [
      'that another workflow’s app edited',
      () => repository.act(editComment, plan(), 'other[bot]', plan().body),
    ],
    [
      'that a person of the bot’s name without `[bot]` edited',
      () => repository.act(editComment, plan(), BOT.replace('[bot]', ''), plan().body),
    ],
    [
      'that somebody else wrote, to the letter',
      () => {
        const { body } = plan()
        repository.act(deleteComment, plan())
        repository.act(comment, 7, 'eve', body)
      },
    ],
    ['of a version that is not known', () => saying((body) => body.replace('review v=1', 'review v=2'))],
    ['that is no JSON', () => saying((body) => body.replace(/(tenant-sync:review v=1 )\{/, '$1['))],
    ['that was cut', () => saying((body) => body.slice(0, body.lastIndexOf('tenant-sync:review') + 60))],
    [
      'that holds something else',
      () => saying((body) => body.replace(/(review v=1 )\{.*\}/, '$1{"profiles":7}')),
    ],
  ])('%s', async (_, happens) => {
    await repository.plan()
    happens()
    expect(await repository.mergeAndApply()).toMatchObject(NOT_COUNTED)
    expect(repository.listed()).toBe(`p0 ${LISTED}`)
  })

  test('that our own identity edited after the merge', async () => {
    await repository.plan()
    repository.merge()
    repository.act(editComment, plan(), BOT, plan().body)
    expect(await repository.apply()).toMatchObject(NOT_COUNTED)
  })

  test('that our own identity wrote after the merge', async () => {
    await repository.plan()
    const { body } = plan()
    repository.act(deleteComment, plan())
    repository.merge()
    repository.act(comment, 7, BOT, body)
    expect(await repository.apply()).toMatchObject(NOT_COUNTED)
  })

  test('of another `comment-id`', async () => {
    await repository.plan(7, { 'comment-id': 'staging' })
    expect(await repository.mergeAndApply()).toMatchObject(NOT_COUNTED)
  })

  test('when the service does not say who edited it', async () => {
    await repository.plan()
    repository.act(editComment, plan(), BOT, plan().body)
    repository.tenants.simulator.faults.add({
      on: { service: 'github', operation: '/graphql' },
      do: { status: 400 },
    })
    const run = await repository.mergeAndApply()
    expect(run.outputs).toMatchObject({ outcome: 'held', held: '1' })
    expect(repository.listed()).toBe(`p0 ${LISTED}`)
  })
})

test('a record of another pull request, in a comment of our own, fits nothing', async () => {
  await repository.plan(10)
  const { body } = plan()
  repository.act(comment, 7, BOT, body)
  expect(await repository.mergeAndApply(7)).toMatchObject({ code: 1, outputs: { outcome: 'stale' } })
  expect(repository.writes()).toEqual([])
})

describe('a plan that is run again after the merge', () => {
  test('leaves the comment as it was reviewed', async () => {
    await repository.plan()
    // The event is as it was then: GitHub hands a job that is run again the old one.
    const again = repository.job({ event: 'pull_request', pull: 7 })
    const before = structuredClone(plan())
    repository.merge()
    repository.leaves([1, 2])
    repository.write('people.yaml', `${PEOPLE}mapping: { company: Fabrikam }\n`)
    expect((await repository.run(again)).code).toBe(0)
    expect(plan()).toEqual(before)
    repository.write('people.yaml', PEOPLE)
    repository.joins([1, 2])
    expect(await repository.apply()).toMatchObject(COUNTED)
  })

  test('adds none where there was none', async () => {
    const first = repository.job({ event: 'pull_request', pull: 7 })
    repository.merge()
    await repository.run(first)
    expect(repository.comments('plan')).toEqual([])
    expect(await repository.apply()).toMatchObject(NOT_COUNTED)
  })
})
