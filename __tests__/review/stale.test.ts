/** What is not what the reviewers saw is not written: the profile is stale, says why, and others go on. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  NORTHWIND,
  PEOPLE,
  person,
  persons,
  Repository,
  TENANTS,
  type Finished,
  type Given,
} from './repository.ts'

let repository: Repository
const start = async (given?: Given) => (repository = await Repository.start(given))
afterEach(() => repository.stop())

const EVERYBODY = 'p0 p1 p2 p3 p4 p5 p6 p7 p8 p9'
const STALE = { code: 1, outputs: { outcome: 'stale' } }

/** Wherever a run is told, in the summary and to the pull request; what stands as code there, without its marks. */
const told = ({ summary }: Finished) =>
  [summary, ...repository.comments('apply').map(({ body }) => body)].map((text) => text.replaceAll('`', ''))
function tellsOf(run: Finished, what: RegExp): void {
  expect(told(run)).toEqual([expect.stringMatching(what), expect.stringMatching(what)])
  expect(told(run).join()).not.toMatch(/p\d+@|Person \d/)
}

describe('a profile that was changed after its plan', () => {
  beforeEach(async () => {
    await start({ back: [person(50, 'contoso')] })
    repository.leaves([0])
    repository.joins([20])
    await repository.plan()
  })

  test.each([
    ['a setting that is new', `${PEOPLE}mapping: { company: Secret Name }\n`, /mapping\.company/],
    ['a source', PEOPLE.replace('entra: fabrikam', 'entra: fabrikam, where: \'mail != "x"\''), /from\.where/],
    ['a limit', `${PEOPLE}limits: { deletes: 11% }\n`, /limits\.deletes/],
  ])('is not written: %s', async (_, profile, named) => {
    repository.write('people.yaml', profile)
    const run = await repository.mergeAndApply()
    expect(run).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
    expect(repository.listed()).toBe(EVERYBODY)
    tellsOf(run, named)
    // What it was changed to is nobody's business who may read the repository's pull requests only.
    expect(told(run).join()).not.toContain('Secret Name')
  })

  test('does not keep the others from being written', async () => {
    repository.write('people.yaml', `${PEOPLE}mapping: { company: Fabrikam }\n`)
    await repository.mergeAndApply()
    expect(repository.writes('fabrikam')).not.toEqual([])
    expect(repository.listed('fabrikam')).toBe('p50')
  })

  test('is written after all when it is planned again before the merge', async () => {
    repository.write('people.yaml', `${PEOPLE}mapping: { company: Fabrikam }\n`)
    await repository.plan()
    expect((await repository.mergeAndApply()).outputs['outcome']).toBe('applied')
    expect(repository.listed()).toBe('p1 p2 p3 p4 p5 p6 p7 p8 p9 p20')
  })
})

describe('tenants that were changed after the plan', () => {
  test('make every profile stale that names them, and say which of their settings', async () => {
    await start()
    repository.joins([20])
    await repository.plan()
    repository.write('tenants.yaml', TENANTS.replace('[fabrikam.com]', '[fabrikam.com, fabrikam.net]'))
    const run = await repository.mergeAndApply()
    expect(run).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
    tellsOf(run, /domains/)
  })

  test('leave a profile alone that names another tenant', async () => {
    await start()
    repository.leaves([0])
    repository.write('tenants.yaml', `${TENANTS}${NORTHWIND}`)
    await repository.plan()
    repository.write('tenants.yaml', TENANTS)
    expect((await repository.mergeAndApply()).outputs['outcome']).toBe('applied')
    expect(repository.listed()).not.toContain('p0')
  })
})

describe('far more than was reviewed', () => {
  test('is not written: six creations more than twelve', async () => {
    await start({ users: persons(12), contacts: [] })
    await repository.plan()
    repository.joins([20, 21, 22, 23, 24, 25])
    const run = await repository.mergeAndApply()
    expect(run).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
    tellsOf(run, /creates 12 -> 18/)
  })

  test('is not written: eleven creations more than a hundred', async () => {
    await start({ users: persons(100), contacts: [] })
    await repository.plan()
    repository.joins(persons(11).map((_, index) => 200 + index))
    expect(await repository.mergeAndApply()).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
  })

  test('is not written: six updates more than twelve, and deletions that were reviewed neither', async () => {
    await start({ users: persons(20) })
    repository.leaves([19])
    repository.promotes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    await repository.plan()
    repository.promotes([12, 13, 14, 15, 16, 17])
    const run = await repository.mergeAndApply()
    expect(run).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
    tellsOf(run, /updates 12 -> 18/)
  })

  test('is not written: eleven updates more than a hundred', async () => {
    await start({ users: persons(111) })
    repository.promotes(persons(100).map((_, index) => index))
    await repository.plan()
    repository.promotes(persons(11).map((_, index) => 100 + index))
    expect(await repository.mergeAndApply()).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
  })
})

describe('a limit that is exceeded on fresh data', () => {
  test('blocks the profile, whatever was reviewed; others go on', async () => {
    await start({ back: [person(50, 'contoso')] })
    repository.leaves([0])
    await repository.plan()
    repository.leaves([1, 2, 3])
    const run = await repository.mergeAndApply()
    expect(run).toMatchObject({ code: 1, outputs: { outcome: 'blocked' } })
    expect(JSON.parse(run.outputs['blocked-by']!)).toEqual([
      { profile: 'people', limit: 'deletes', count: 4, allowed: 3 },
    ])
    expect(repository.writes()).toEqual([])
    expect(repository.listed()).toBe(EVERYBODY)
    expect(repository.listed('fabrikam')).toBe('p50')
  })
})

describe('with `require-plan: true`, a merge without a reviewed plan', () => {
  const required = () => repository.mergeAndApply(7, { 'require-plan': 'true' })

  test('writes nothing', async () => {
    await start()
    repository.joins([20])
    expect(await required()).toMatchObject(STALE)
    expect(repository.writes()).toEqual([])
  })

  test('passes when there is nothing to write', async () => {
    await start()
    expect(await required()).toMatchObject({ code: 0, outputs: { outcome: 'no-changes' } })
  })
})
