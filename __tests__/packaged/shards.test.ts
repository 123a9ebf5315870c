/** A fleet written by several jobs of one workflow, as docs/examples/fleet.yml runs them: one result. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runnerEnv, type Runner } from '../../src/simulator/github/runner.ts'
import { app, Fleet } from '../mailboxes.ts'
import { FABRIKAM, user } from '../people.ts'
import { ACTION, CLI, run } from './program.ts'

const PEOPLE = Array.from({ length: 12 }, (_, index) => user(`Person ${'abcdefghijkl'[index]}`))

const MERGE = '7'.repeat(40)

let fleet: Fleet
let runners: Runner[]

beforeEach(async () => {
  runners = []
  fleet = await Fleet.start({
    users: PEOPLE,
    fabrikam: {
      apps: [app({ federatedCredentials: [{ subject: 'repo:contoso/people:ref:refs/heads/main' }] })],
    },
    seed: {
      github: {
        repository: 'contoso/people',
        visibility: 'private',
        pulls: [{ number: 7, state: 'merged', mergeCommit: MERGE }],
      },
    },
  })
  fleet.tenants.write(
    'tenants.yaml',
    `tenants:\n  fabrikam: { tenantId: ${FABRIKAM}, clientId: 1d2e3f40${FABRIKAM.slice(8)}, domains: [fabrikam.com] }\n`,
  )
})
afterEach(async () => {
  for (const runner of runners) runner.close()
  await fleet.stop()
})

async function job(
  inputs: Record<string, string>,
): Promise<{ code: number | null; stdout: string; outputs: Record<string, string> }> {
  const { simulator, root } = fleet.tenants
  const runner = runnerEnv(simulator, {
    event: 'push',
    sha: MERGE,
    workspace: root,
    inputs: { 'github-token': simulator.world.github.token.value, ...inputs },
  })
  runners.push(runner)
  return { ...(await run(ACTION, [], { env: runner.env })), outputs: runner.outputs() }
}
const comments = () =>
  fleet.tenants.simulator.world.github.comments.filter(({ body }) => body.includes('tenant-sync:apply'))
const everybody = () => PEOPLE.map((one) => fleet.names(one).length)

/** What upload-artifact and download-artifact do between the jobs. */
function handedOn(parts: readonly Record<string, string>[]): string {
  const folder = join(fleet.tenants.root, 'parts')
  for (const [index, outputs] of parts.entries()) {
    mkdirSync(join(folder, `tenant-sync-shard-${index}`), { recursive: true })
    copyFileSync(outputs['part-path']!, join(folder, `tenant-sync-shard-${index}`, 'part.json'))
  }
  return folder
}

describe('a run of shards', () => {
  test('says as JSON into how many it is worth dividing', async () => {
    const { outputs } = await job({ command: 'plan' })
    expect(JSON.parse(outputs['matrix']!)).toEqual({ shard: ['1/1'] })
    const sharded = await job({ command: 'plan', shard: '2/3' })
    expect(JSON.parse(sharded.outputs['matrix']!)).toEqual({ shard: ['1/3', '2/3', '3/3'] })
    expect(sharded.outputs['to-create']).toBe('132')
  })

  test('writes each mailbox in one of them, side by side, and tells one result', async () => {
    const shards = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => job({ command: 'apply', shard })))
    expect(shards.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(everybody()).toEqual(PEOPLE.map(() => 11))
    expect(comments()).toEqual([])
    const done = shards.map(
      ({ outputs }) =>
        JSON.parse(readFileSync(outputs['part-path']!, 'utf8')).profiles[0].done.create as number,
    )
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(132)
    expect(Math.max(...done)).toBeLessThan(132)

    const closing = await job({ command: 'apply', parts: handedOn(shards.map(({ outputs }) => outputs)) })
    expect(closing).toMatchObject({ code: 0, outputs: { outcome: 'applied', failed: '0' } })
    expect(comments()).toMatchObject([{ on: 7, body: expect.stringContaining('132 created') }])
  })

  test('whose machine died is finished by the closing job', async () => {
    const first = await job({ command: 'apply', shard: '1/2' })
    expect(first.code).toBe(0)
    fleet.profile({ profile: 'limits: { creates: 1000 }' })
    const closing = await job({ command: 'apply', parts: handedOn([first.outputs]) })
    expect(closing.outputs['outcome']).toBe('applied')
    expect(everybody()).toEqual(PEOPLE.map(() => 11))
    expect(comments()).toMatchObject([{ body: expect.stringContaining('132 created') }])
  })

  test('that writes nothing of its own is not stopped by what others have begun', async () => {
    await job({ command: 'apply', shard: '1/2' })
    // Half of all is there now: what is left would be over `creates: 50%` of it, were it not for the first run.
    const second = await job({ command: 'apply', shard: '2/2' })
    expect(second.outputs['outcome']).toBe('applied')
    expect(everybody()).toEqual(PEOPLE.map(() => 11))
  })

  test('that agree on their beginning are held to the limits of the whole', async () => {
    fleet.profile({ mailboxes: `{ users: [${PEOPLE[0]!.mail}] }` })
    await job({ command: 'apply' })
    fleet.profile({ mailboxes: '{ all: true }' })
    const { outputs } = await job({ command: 'plan', 'fail-on': 'never' })
    expect(outputs['outcome']).toBe('blocked')
    for (const shard of ['1/3', '2/3', '3/3']) {
      // Later than the contacts that were there before, by more than the second that Outlook counts in.
      const since = new Date(Date.parse(outputs['planned-at']!) + 2000).toISOString()
      expect((await job({ command: 'apply', shard, since })).outputs['outcome']).toBe('blocked')
    }
    expect(everybody().filter((count) => count > 0)).toHaveLength(1)
  })

  test('that begin with nothing finish it, the closing job too', async () => {
    const { outputs } = await job({ command: 'plan' })
    const since = outputs['planned-at']!
    const first = await job({ command: 'apply', shard: '1/3', since })
    const closing = await job({ command: 'apply', parts: handedOn([first.outputs]), since })
    expect(closing.outputs['outcome']).toBe('applied')
    expect(everybody()).toEqual(PEOPLE.map(() => 11))
  })

  test('hands on numbers, and nobody’s name', async () => {
    const { outputs } = await job({ command: 'apply', shard: '1/2' })
    expect(readFileSync(outputs['part-path']!, 'utf8')).not.toMatch(/person/i)
  })

  test('refuses a part that is none', async () => {
    const folder = join(fleet.tenants.root, 'parts')
    mkdirSync(folder)
    fleet.tenants.write('../parts/part.json', '{"profiles": "<img>"}')
    const { code, stdout } = await job({ command: 'apply', parts: folder })
    expect(code).toBe(1)
    expect(stdout).toContain('is not the result of a shard')
  })
})

test('at a terminal a shard writes its part, too', async () => {
  const env = fleet.tenants.simulator.env
  fleet.tenants.write(
    'tenants.yaml',
    fleet.text('sync-profiles/tenants.yaml').replace('domains:', 'credential: client-secret, domains:'),
  )
  const parts = []
  for (const shard of ['1/2', '2/2']) {
    const { code, stdout } = await run(CLI, ['apply', '--yes', '--json', '--shard', shard], {
      env,
      cwd: fleet.tenants.root,
    })
    expect(code).toBe(0)
    parts.push((JSON.parse(stdout) as { profiles: { done: { create: number } }[] }).profiles[0]!.done.create)
  }
  expect(parts[0]! + parts[1]!).toBe(132)
  expect(everybody()).toEqual(PEOPLE.map(() => 11))
})
