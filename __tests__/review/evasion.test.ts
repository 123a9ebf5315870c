/** Ways around a review, on purpose or not: none of them deletes anybody whom nobody saw. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { push } from '../../src/simulator/github/people.ts'
import { PEOPLE, persons, Repository } from './repository.ts'

/** Leaves one of ten people in scope. */
const NARROW = `${PEOPLE.replace('{ entra: fabrikam }', '{ entra: fabrikam, where: \'mail == "p0@fabrikam.com"\' }')}limits: { deletes: 100% }\n`
const ALL = persons(10)
  .map(({ mail }) => mail!.replace(/@.*/, ''))
  .join(' ')

let repository: Repository
beforeEach(async () => {
  repository = await Repository.start()
})
afterEach(() => repository.stop())

const nightly = () => repository.run({ event: 'schedule' })
const remove = (name: string) => rmSync(join(repository.tenants.root, 'sync-profiles', name))

/** The profile as it is, reviewed and merged. */
async function reviewed(): Promise<void> {
  await repository.plan(7)
  repository.merge(7)
}

describe('a profile that was reviewed, and is pushed narrowed past all reviewers,', () => {
  beforeEach(reviewed)

  test('in a file of another name is stale on the next schedule', async () => {
    remove('people.yaml')
    repository.write('renamed.yaml', NARROW)
    repository.act(push, 'a new name', undefined, ['sync-profiles/people.yaml', 'sync-profiles/renamed.yaml'])
    expect((await repository.apply()).outputs).toMatchObject({ outcome: 'held', held: '9' })
    expect((await nightly()).outputs).toMatchObject({ outcome: 'stale' })
    expect(repository.listed()).toBe(ALL)
  })

  test('under another name, with the old one as a former one, is stale on the next schedule', async () => {
    remove('people.yaml')
    repository.write('staff.yaml', `${NARROW.replace('name: people', 'name: staff')}formerly: [people]\n`)
    repository.act(push, 'staff', undefined, ['sync-profiles/people.yaml', 'sync-profiles/staff.yaml'])
    expect((await nightly()).outputs).toMatchObject({ outcome: 'stale' })
    expect(repository.listed()).toBe(ALL)
  })

  test('is not applied from another branch, were it trusted', async () => {
    for (const { apps } of repository.tenants.simulator.world.tenants.values())
      Object.assign(apps[0]!, {
        federatedCredentials: [{ subject: 'repo:contoso/people:ref:refs/heads/narrow' }],
      })
    repository.write('people.yaml', NARROW)
    const { outputs, summary } = await repository.run({
      event: 'workflow_dispatch',
      branch: 'narrow',
      inputs: { command: 'apply' },
    })
    expect(outputs).toMatchObject({ outcome: 'stale' })
    expect(summary).toContain('only what is merged there is applied')
    expect(repository.writes()).toEqual([])
  })
})

test('a profile that came into the pull request after its plan is stale, on the push and on schedules', async () => {
  const [pull] = repository.github.issues.filter(({ number }) => number === 7)
  pull!.pull!.files.push('sync-profiles/more.yaml')
  await repository.plan(7)
  repository.write('more.yaml', PEOPLE.replace('name: people', 'name: more'))
  const more = { inputs: { only: 'more' } }
  repository.merge(7)
  expect((await repository.apply(more.inputs)).outputs).toMatchObject({ outcome: 'stale' })
  expect((await repository.run({ event: 'schedule', ...more })).outputs).toMatchObject({ outcome: 'stale' })
  expect(repository.writes()).toEqual([])
})

test('a profile that a merge does not concern is not held against its old review', async () => {
  await repository.stop()
  repository = await Repository.start({ back: persons(2, 'contoso') })
  await reviewed()
  repository.promotes([1, 2, 3, 4, 5, 6, 7])
  repository.leaves([0])
  await repository.plan(8, { only: 'back' })
  repository.merge(8)
  expect((await repository.apply()).outputs).toMatchObject({ outcome: 'held', held: '1' })
  expect(repository.titled()).toBe(7)
})

test('a run that neither a merge nor a schedule started holds every deletion', async () => {
  repository.leaves([0])
  const { code, outputs } = await repository.run({ event: 'workflow_run', inputs: { command: 'apply' } })
  expect({ code, ...outputs }).toMatchObject({ code: 0, outcome: 'held', held: '1' })
})

test('a schedule that may not read what was reviewed holds every deletion, and fails with the permission', async () => {
  await reviewed()
  repository.leaves([0])
  repository.github.token.permissions = { contents: 'read', issues: 'write' }
  const { code, stdout, outputs } = await nightly()
  expect({ code, ...outputs }).toMatchObject({ code: 1, outcome: 'held', held: '1' })
  expect(stdout).toMatch(/::error::[^\n]*pull-requests: read/)
})

test('a summary that cannot be written takes nothing with it', async () => {
  await repository.plan(7)
  repository.joins([20])
  repository.merge(7)
  const job = repository.job({ event: 'push' })
  mkdirSync(`${job.env['RUNNER_TEMP']}/folder`)
  Object.assign(job.env, { GITHUB_STEP_SUMMARY: `${job.env['RUNNER_TEMP']}/folder` })
  const { code } = await repository.begin(job).ended
  expect(code).toBe(1)
  expect(job.outputs()).toMatchObject({ outcome: 'applied', changes: 'true', 'to-create': '1' })
  expect(repository.comments('apply')).toMatchObject([{ on: 7 }])
})
