/** Where nobody merges, the merged profile and its limits are the approval, unless its newest review saw another one. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { close, editComment } from '../../src/simulator/github/people.ts'
import { BACK, contactOf, PEOPLE, person, persons, Repository, TENANTS, type Given } from './repository.ts'

let repository: Repository
const start = async (given?: Given) => (repository = await Repository.start(given))
afterEach(() => repository.stop())

const COMPANY = 'mapping: { company: Fabrikam }\n'
const WITHOUT_P0 = 'p1 p2 p3 p4 p5 p6 p7 p8 p9'
const DONE = { code: 0, outputs: { outcome: 'applied', held: '0' } }
const STALE = { code: 1, outputs: { outcome: 'stale' } }

describe.each(['schedule', 'workflow_dispatch'])('on `%s`', (event) => {
  const run = () => repository.run({ event })

  test('what the profile says is done, where there was no review at all', async () => {
    await start()
    repository.leaves([0])
    expect(await run()).toMatchObject(DONE)
    expect(repository.listed()).toBe(WITHOUT_P0)
  })

  test('so it is when its newest review saw just this profile, whoever left since', async () => {
    await start()
    await repository.plan()
    await repository.mergeAndApply()
    repository.leaves([0])
    repository.joins([20, 21, 22, 23])
    expect(await run()).toMatchObject(DONE)
    expect(repository.listed()).toBe(`${WITHOUT_P0} p20 p21 p22 p23`)
  })

  test('a profile whose newest review saw another one is stale, and others go on', async () => {
    await start({ back: [person(50, 'contoso')] })
    await repository.plan()
    repository.merge()
    repository.joins([20])
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    const { code, outputs, summary } = await run()
    expect({ code, outputs }).toMatchObject(STALE)
    expect(summary).toContain('mapping.company')
    expect(repository.writes()).toEqual([])
    expect(repository.listed('fabrikam')).toBe('p50')
  })

  test('limits bind', async () => {
    await start()
    repository.leaves([0, 1, 2, 3])
    expect(await run()).toMatchObject({ code: 1, outputs: { outcome: 'blocked' } })
    expect(repository.writes()).toEqual([])
  })
})

describe('what a merge held', () => {
  test('goes on the next schedule, but for what does not bear the mark of its profile', async () => {
    await start({
      contacts: [
        ...persons(10).map((one) => contactOf(one)),
        { Name: 'by hand', DisplayName: 'By hand', ExternalEmailAddress: 'p77@fabrikam.com' },
      ],
      profile: PEOPLE,
    })
    repository.write('people.yaml', `${PEOPLE}adopt: [unmarked]\n`)
    repository.leaves([0])
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'held', held: '2' })
    for (let night = 0; night < 2; night += 1)
      expect((await repository.run({ event: 'schedule' })).outputs).toMatchObject({
        outcome: 'held',
        held: '1',
      })
    expect(repository.listed()).toBe(`${WITHOUT_P0} p77`)
  })
})

test('where GitHub does not tell what was reviewed, nobody is deleted, and the summary says why', async () => {
  await start()
  repository.leaves([0])
  repository.joins([20])
  repository.github.token.permissions = { contents: 'read', issues: 'write' }
  const { outputs, summary } = await repository.run({ event: 'schedule' })
  expect(outputs).toMatchObject({ outcome: 'held', held: '1' })
  expect(summary).toContain('pull-requests: ')
  expect(repository.listed()).toBe(`p0 ${WITHOUT_P0} p20`)
})

describe('the newest review of a profile', () => {
  const nightly = () => repository.run({ event: 'schedule' })

  test('is the last one merged, not the one commented upon last', async () => {
    await start()
    await repository.plan(7)
    repository.merge(7)
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(10)
    repository.merge(10)
    repository.github.issues.find(({ number }) => number === 7)!.updatedAt = new Date('2027-01-01')
    expect((await nightly()).code).toBe(0)
  })

  test.each([
    ['of it', 7],
    ['of the tenants', 9],
  ])('counts, though an older one, %s, saw the profile as it is again', async (_, older) => {
    await start()
    await repository.plan(older)
    repository.merge(older)
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(10)
    repository.merge(10)
    // Undone past all review.
    repository.write('people.yaml', PEOPLE)
    repository.joins([20])
    expect(await nightly()).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
  })

  test('may be of the tenants', async () => {
    await start()
    await repository.plan(7)
    repository.merge(7)
    repository.write('tenants.yaml', TENANTS.replace('[fabrikam.com]', '[fabrikam.com, fabrikam.net]'))
    await repository.plan(9)
    repository.merge(9)
    repository.joins([20])
    expect((await nightly()).outputs['outcome']).toBe('applied')
  })

  test('is not one that changed another profile', async () => {
    await start({ back: [person(50, 'contoso')] })
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(7)
    repository.write('people.yaml', PEOPLE)
    repository.write('back.yaml', `${BACK}mapping: { company: Contoso }\n`)
    await repository.plan(8)
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    repository.merge(7)
    repository.merge(8)
    expect((await nightly()).outputs['outcome']).toBe('applied')
  })

  test('is not one that was closed without a merge', async () => {
    await start()
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(7)
    repository.act(close, 7)
    repository.write('people.yaml', PEOPLE)
    repository.joins([20])
    expect((await nightly()).outputs['outcome']).toBe('applied')
  })

  test('is not one that somebody edited', async () => {
    await start()
    repository.write('people.yaml', `${PEOPLE}${COMPANY}`)
    await repository.plan(7)
    const [plan] = repository.comments('plan')
    repository.act(editComment, plan!, 'eve', plan!.body)
    repository.merge(7)
    repository.write('people.yaml', PEOPLE)
    expect((await nightly()).code).toBe(0)
  })
})
