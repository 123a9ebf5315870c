/** The action as a runner runs it, against the simulator: by its environment alone. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runnerEnv, type Runner, type RunnerOptions } from '../../src/simulator/github/runner.ts'
import { CONTOSO, FABRIKAM, REFUSED, Tenants, user } from '../people.ts'
import { ACTION, run, type Ended } from './program.ts'

const APPS = (name: string) => [
  {
    clientId: `1d2e3f40${(name === 'fabrikam' ? FABRIKAM : CONTOSO).slice(8)}`,
    permissions: ['User.Read.All'],
    exchange: { manageAsApp: true, role: 'recipient-administrator' as const },
    federatedCredentials: [
      { subject: 'repo:contoso/people:pull_request' },
      { subject: 'repo:contoso/people:ref:refs/heads/main' },
      { subject: 'repo:contoso/people:environment:tenant-sync' },
    ],
  },
]
const TENANTS = `tenants:
  fabrikam: { tenantId: ${FABRIKAM}, clientId: 1d2e3f40${FABRIKAM.slice(8)}, organization: fabrikam.onmicrosoft.com, domains: [fabrikam.com] }
  contoso: { tenantId: ${CONTOSO}, clientId: 1d2e3f40${CONTOSO.slice(8)}, organization: contoso.onmicrosoft.com }
`
const PEOPLE = Array.from({ length: 20 }, (_, index) => user(`Person ${'abcdefghijklmnopqrst'[index]}`))

let tenants: Tenants
let runners: Runner[]
const github = {
  repository: 'contoso/people',
  visibility: 'private',
  pulls: [{ number: 7, head: { ref: 'change' } }],
}

beforeEach(async () => {
  runners = []
  tenants = await Tenants.start({
    users: PEOPLE,
    fabrikam: { apps: APPS('fabrikam') },
    contoso: { apps: APPS('contoso') },
    seed: { github },
    files: { 'tenants.yaml': TENANTS },
  })
})
afterEach(async () => {
  for (const runner of runners) runner.close()
  await tenants.stop()
})

async function action(
  options: RunnerOptions,
): Promise<Ended & { runner: Runner; outputs: Record<string, string> }> {
  const { inputs, ...rest } = options
  const runner = runnerEnv(tenants.simulator, {
    workspace: tenants.root,
    ...rest,
    inputs: { 'github-token': tenants.simulator.world.github.token.value, ...inputs },
  })
  runners.push(runner)
  const ended = await run(ACTION, [], { env: runner.env })
  return { ...ended, runner, outputs: runner.outputs() }
}
const comments = () => tenants.simulator.world.github.comments
const issues = () => tenants.simulator.world.github.issues.filter(({ pull }) => !pull)
const inTenants = (since: number) =>
  tenants.simulator.requests
    .slice(since)
    .filter(({ service, write }) => write && (service === 'graph' || service === 'exchange'))

describe('on a pull request', () => {
  test('the plan stands in one comment, which is edited after a push and left when nothing changed', async () => {
    const first = await action({ event: 'pull_request' })
    expect(first).toMatchObject({
      code: 0,
      outputs: {
        outcome: 'planned',
        changes: 'true',
        'to-create': '20',
        'to-update': '0',
        'to-delete': '0',
        'blocked-by': '[]',
      },
    })
    expect(comments()).toMatchObject([
      { on: 7, body: expect.stringMatching(/^<!-- tenant-sync:plan v=1 id=default /) },
    ])
    expect(comments()[0]!.body).toContain('20')
    expect(first.outputs['comment-url']).toContain('/pull/7')

    const id = comments()[0]!.id
    const before = tenants.simulator.requests.length
    await action({ event: 'pull_request' })
    expect(
      tenants.simulator.requests.slice(before).filter(({ service, write }) => service === 'github' && write),
    ).toEqual([])

    tenants.directory.addUser({ ...user('New Person'), id: 'new', accountEnabled: true })
    const second = await action({ event: 'pull_request' })
    expect(second.outputs['to-create']).toBe('21')
    expect(comments()).toMatchObject([{ id, body: expect.stringContaining('21') }])
  })

  test('nothing is written to any tenant', async () => {
    await action({ event: 'pull_request' })
    expect(inTenants(0)).toEqual([])
  })

  test('the comment names nobody by default', async () => {
    await action({ event: 'pull_request' })
    expect(comments()[0]!.body).not.toMatch(/person\.[a-t]@|Person [a-t]/)
  })

  test('the files of the plan stand where the outputs say', async () => {
    const { outputs, runner } = await action({ event: 'pull_request' })
    expect(JSON.parse(readFileSync(outputs['plan-path']!, 'utf8'))).toMatchObject({
      formatVersion: 1,
      digest: outputs['plan-digest'],
      profiles: [{ name: 'people', changes: { length: 20 } }],
    })
    expect(readFileSync(outputs['summary-path']!, 'utf8')).toBe(runner.summary().trimEnd())
    expect(readFileSync(outputs['report-path']!, 'utf8')).toMatch(/^<!doctype html>/i)
  })

  test('a fault in a profile is an annotation on its line, and nobody is asked', async () => {
    tenants.profile({ profile: 'maping: {}' })
    const { code, stdout, outputs } = await action({ event: 'pull_request' })
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'failed' })
    expect(stdout).toMatch(/::error [^\n]*file=sync-profiles\/people\.yaml,line=5[^\n]*mapping/)
    expect(
      tenants.simulator.requests.filter(
        ({ service }) => service === 'graph' || service === 'exchange' || service === 'entra',
      ),
    ).toEqual([])
  })

  test('a fault in a profile stands where the plan stood, and every output is set', async () => {
    await action({ event: 'pull_request' })
    tenants.profile({ profile: 'maping: {}' })
    const { outputs, runner } = await action({ event: 'pull_request' })
    expect(comments()).toMatchObject([{ body: expect.stringContaining('did you mean') }])
    expect(runner.summary()).toContain('people.yaml:5:1')
    expect(outputs).toMatchObject({
      changes: 'false',
      'to-delete': '0',
      'blocked-by': '[]',
      matrix: '{"shard":["1/1"]}',
    })
  })

  test('from a fork there is no identity: the profiles are validated, and the job passes', async () => {
    tenants.simulator.world.github.issues[0]!.pull!.head.repository = 'somebody/people'
    const { code, outputs } = await action({ event: 'pull_request' })
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 0, outcome: 'validated' })
    expect(comments()).toEqual([])
  })

  test('from Dependabot likewise', async () => {
    expect((await action({ event: 'pull_request', actor: 'dependabot[bot]' })).outputs['outcome']).toBe(
      'validated',
    )
  })

  test('without `id-token: write` the run fails, and says what to add', async () => {
    const { code, stdout, outputs } = await action({ event: 'pull_request', idToken: false })
    expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'failed' })
    expect(`${stdout}${comments()[0]?.body}`).toContain('id-token: write')
  })

  test('`apply` is refused', async () => {
    expect(await action({ event: 'pull_request', inputs: { command: 'apply' } })).toMatchObject({
      code: 1,
      outputs: { outcome: 'failed' },
    })
    expect(inTenants(0)).toEqual([])
  })

  test('`pull_request_target` is refused', async () => {
    expect(await action({ event: 'pull_request_target' })).toMatchObject({
      code: 1,
      outputs: { outcome: 'failed' },
    })
  })

  test('in a public repository the comment holds numbers alone', async () => {
    tenants.simulator.world.github.repository.visibility = 'public'
    await action({ event: 'pull_request', inputs: { detail: 'full' } })
    expect(comments()[0]!.body).toContain('20')
    expect(comments()[0]!.body).not.toMatch(/fabrikam\.com|Person/)
  })

  test('a plan over its limits fails the job, and says what to change', async () => {
    await action({ event: 'schedule', inputs: { command: 'auto' } })
    for (const letter of 'abcde') tenants.directory.removeUser(`person.${letter}@fabrikam.com`)
    const { code, outputs } = await action({ event: 'pull_request' })
    expect(code).toBe(1)
    expect(outputs).toMatchObject({
      outcome: 'blocked',
      'blocked-by': JSON.stringify([{ profile: 'people', limit: 'deletes', count: 5, allowed: 3 }]),
    })
    expect(comments()[0]!.body).toContain('limits')
  })
})

describe('on a schedule', () => {
  test('the plan is applied, and a second run writes nothing', async () => {
    const first = await action({ event: 'schedule', inputs: { command: 'auto' } })
    expect(first).toMatchObject({ code: 0, outputs: { outcome: 'applied', failed: '0' } })
    expect(tenants.contacts().size).toBe(20)
    const journal = readFileSync(first.outputs['journal-path']!, 'utf8').trimEnd().split('\n')
    expect(journal.length).toBeGreaterThan(40)

    const before = tenants.simulator.requests.length
    const second = await action({ event: 'schedule', inputs: { command: 'auto' } })
    expect(second).toMatchObject({ code: 0, outputs: { outcome: 'no-changes', changes: 'false' } })
    expect(inTenants(before)).toEqual([])
    expect(issues()).toEqual([])
  })

  test('one issue says that somebody must look, and is closed when all is well', async () => {
    await action({ event: 'schedule', inputs: { command: 'auto' } })
    const gone = [...'abcde'].map((letter) => tenants.directory.user(`person.${letter}@fabrikam.com`)!)
    for (const { id } of gone) tenants.directory.removeUser(id)
    expect((await action({ event: 'schedule', inputs: { command: 'auto' } })).code).toBe(1)
    expect((await action({ event: 'schedule', inputs: { command: 'auto' } })).code).toBe(1)
    expect(issues()).toMatchObject([{ title: 'tenant-sync needs attention', state: 'open' }])
    for (const { id, properties } of gone)
      tenants.directory.addUser({
        ...properties,
        id,
        userPrincipalName: String(properties['userPrincipalName']),
      })
    await action({ event: 'schedule', inputs: { command: 'auto' } })
    expect(issues()).toMatchObject([{ state: 'closed' }])
  })

  test('a fault in a profile opens the issue too', async () => {
    tenants.profile({ profile: 'maping: {}' })
    expect((await action({ event: 'schedule', inputs: { command: 'auto' } })).code).toBe(1)
    expect(issues()).toMatchObject([{ state: 'open', body: expect.stringContaining('people.yaml:5:1') }])
  })

  test('a change that fails is told with what was done, and fails the job', async () => {
    tenants.simulator.faults.add({ on: { operation: 'New-MailContact', nth: 3 }, do: REFUSED })
    const { code, outputs, runner } = await action({ event: 'schedule', inputs: { command: 'auto' } })
    expect({ code, ...outputs }).toMatchObject({ code: 1, outcome: 'partial', failed: '1' })
    expect(tenants.contacts().size).toBe(19)
    expect(runner.summary()).toContain('1')
  })
})

describe('on a push to the default branch', () => {
  test('what nobody reviewed is not deleted', async () => {
    await action({ event: 'schedule', inputs: { command: 'auto' } })
    tenants.directory.removeUser('person.a@fabrikam.com')
    const { code, outputs } = await action({ event: 'push', inputs: { command: 'auto' } })
    expect({ code, ...outputs }).toMatchObject({ code: 0, outcome: 'held', held: '1' })
    expect(tenants.contacts().size).toBe(20)
  })
})

test('a run leaves no secret and no token in the log', async () => {
  const { stdout, stderr } = await action({ event: 'schedule', inputs: { command: 'auto' } })
  const unmasked = `${stdout}${stderr}`.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect(unmasked.join('\n')).not.toMatch(/eyJ[\w-]+\.[\w-]+/)
})

test('the id token is asked for as often as Entra asks for a sign-in, not more', async () => {
  await action({ event: 'schedule', inputs: { command: 'auto' } })
  const of = (service: string) => tenants.simulator.requests.filter((one) => one.service === service)
  const signIns = of('entra').filter(({ operation }) => operation === 'token')
  expect(of('oidc').length).toBeLessThanOrEqual(signIns.length)
})

test('a comment that GitHub refuses fails the job with the permission to add, and nothing else is lost', async () => {
  tenants.simulator.world.github.token.permissions = { contents: 'read', 'pull-requests': 'read' }
  const { code, stdout, outputs } = await action({ event: 'pull_request' })
  expect({ code, outcome: outputs['outcome'] }).toEqual({ code: 1, outcome: 'planned' })
  expect(stdout).toContain('pull-requests: write')
  expect(readFileSync(outputs['plan-path']!, 'utf8')).toContain('"formatVersion": 1')
})

describe('accept-digest', () => {
  const dispatched = (digest: string) =>
    action({ event: 'workflow_dispatch', inputs: { command: 'apply', 'accept-digest': digest } })

  test('of the fresh plan applies it', async () => {
    const { outputs } = await action({ event: 'pull_request' })
    expect((await dispatched(outputs['plan-digest']!)).outputs['outcome']).toBe('applied')
    expect(tenants.contacts().size).toBe(20)
  })

  test('of another plan is stale, and writes nothing', async () => {
    const { outputs } = await action({ event: 'pull_request' })
    tenants.directory.updateUser('person.a@fabrikam.com', { jobTitle: 'changed since' })
    const { code, outputs: ended } = await dispatched(outputs['plan-digest']!)
    expect({ code, outcome: ended['outcome'] }).toEqual({ code: 1, outcome: 'stale' })
    expect(inTenants(0)).toEqual([])
  })
})
