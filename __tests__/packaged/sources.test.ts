/** People from outside the tenants, read by the packaged programs: a file of the repository, and a web service. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Plan } from '../../src/engine/plan.ts'
import { runnerEnv, type Runner, type RunnerOptions } from '../../src/simulator/github/runner.ts'
import { WebService } from '../../src/sources/http/__tests__/web-service.ts'
import { Tenants, told, user } from '../people.ts'
import { ACTION, CLI, run } from './program.ts'

const TOKEN = 'a-token-of-the-hr-system-9f31'
const CSV = `mail;displayName;jobTitle;businessPhones
kurt@partners.com;Kurt Gödel;Logician;"+43 1 1; +43 1 2"
emmy@partners.com;"Noether;
Emmy";;
`
const PEOPLE = [
  { no: 7, mail: 'ada@partners.com', name: 'Ada Lovelace' },
  { no: 8, mail: 'KURT@partners.com', name: 'Kurt of the service' },
]

let tenants: Tenants
let service: WebService
let runners: Runner[]
let env: Record<string, string>

beforeEach(async () => {
  runners = []
  service = await WebService.start()
  service.answersAt({
    '/people': { body: { people: PEOPLE.slice(0, 1), links: { next: '/people?page=2' } } },
    '/people?page=2': { body: { people: PEOPLE.slice(1), links: { next: null } } },
  })
  tenants = await Tenants.start({
    users: [user('Grace')],
    seed: {
      github: {
        repository: 'contoso/people',
        visibility: 'private',
        pulls: [{ number: 7, head: { ref: 'change' } }],
      },
    },
  })
  mkdirSync(tenants.path('sync-profiles/people'))
  tenants.write('people/partners.csv', CSV)
  tenants.profile({
    from: `{ csv: people/partners.csv }, { http: { url: "${service.origin}/people", tokenEnv: HR_TOKEN, items: people, next: links.next, fields: { id: no, mail: mail, displayName: name } } }`,
    to: 'owns: [partners.com]',
  })
  env = { ...tenants.simulator.env, HR_TOKEN: TOKEN, NODE_EXTRA_CA_CERTS: await authorities() }
})
afterEach(async () => {
  for (const runner of runners) runner.close()
  await service.stop()
  await tenants.stop()
})

/** The simulator's and the service's, in one file: Node reads one. */
async function authorities(): Promise<string> {
  const { port } = new URL(service.origin)
  const socket = tls.connect({ host: 'localhost', port: Number(port), rejectUnauthorized: false })
  await new Promise((connected) => socket.once('secureConnect', connected))
  const certificate = socket.getPeerX509Certificate()!.toString()
  socket.destroy()
  const file = join(tenants.root, 'authorities.pem')
  writeFileSync(
    file,
    `${readFileSync(tenants.simulator.env['NODE_EXTRA_CA_CERTS']!, 'utf8')}\n${certificate}`,
  )
  return file
}

const cli = (...args: string[]) => run(CLI, args, { env, cwd: tenants.root })
const planned = () => (JSON.parse(readFileSync(tenants.path('plan.json'), 'utf8')) as Plan).profiles

test('they become contacts, the first source wins, and then there is nothing to do', async () => {
  expect(await cli('apply', '--yes')).toMatchObject({ code: 0 })
  expect(service.sent.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/people', `Bearer ${TOKEN}`],
    ['/people?page=2', `Bearer ${TOKEN}`],
  ])
  expect(tenants.contact('ada@partners.com')).toMatchObject({ CustomAttribute15: 'tenant-sync:people:7' })
  expect(tenants.contact('kurt@partners.com')).toMatchObject({
    DisplayName: 'Kurt Gödel',
    Phone: '+43 1 1',
    CustomAttribute15: 'tenant-sync:people:kurt@partners.com',
  })
  expect(tenants.contact('emmy@partners.com')!['DisplayName']).toBe('Noether;\nEmmy')
  expect(await cli('plan', '--out', 'plan.json', '--detailed-exitcode')).toMatchObject({ code: 0 })
  expect(planned()[0]).toMatchObject({
    outcome: 'no-changes',
    from: ['people/partners.csv', new URL(service.origin).host],
    skipped: [{ key: '8', reason: 'duplicate-address' }],
  })
})

test('a source that is not there fails its profile, and no other', async () => {
  tenants.write(
    'others.yaml',
    'name: others\nkind: mail-contacts\nfrom: [{ entra: fabrikam }, { csv: people/gone.csv }]\nto: { tenant: contoso }\n',
  )
  expect(await cli('plan', '--out', 'plan.json')).toMatchObject({ code: 1 })
  const [others, people] = planned()
  expect(others).toMatchObject({
    name: 'others',
    outcome: 'failed',
    changes: [],
    errors: [
      {
        code: 'file-not-found',
        message: 'There is no file people/gone.csv (as seen from sync-profiles/others.yaml).',
      },
    ],
  })
  expect(told(people!)).toHaveLength(3)
})

test('a variable that is not set is named, with how to set it', async () => {
  delete env['HR_TOKEN']
  const { code, stdout } = await cli('plan')
  expect(code).toBe(1)
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'The environment variable HR_TOKEN, which the profile names, is not set. In a workflow, give it to the step: env: { HR_TOKEN: ${{ secrets.HR_TOKEN }} }.',
  )
  expect(service.sent).toEqual([])
})

describe('validate reads files, and asks nobody', () => {
  beforeEach(() =>
    tenants.write(
      'people/partners.csv',
      'mail,displayName,phone\nkurt@partners.com,Kurt,1,2\n"emmy@partners.com,Emmy,1\n',
    ),
  )

  test('at a terminal', async () => {
    const { code, stderr } = await cli('validate')
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^sync-profiles\/people\/partners\.csv:1:1 unknown column `phone`: did you mean `mobilePhone`\?$/m,
    )
    expect(stderr).toMatch(/^sync-profiles\/people\/partners\.csv:2:1 has 4 cells, and the header 3$/m)
    expect(stderr).toMatch(/^sync-profiles\/people\/partners\.csv:3:1 a quote is opened and never closed$/m)
    expect([...service.sent, ...tenants.simulator.requests]).toEqual([])
  })

  test('a file that is not there, at the line that names it', async () => {
    tenants.profile({ from: '{ csv: people/gone.csv }', to: 'owns: [partners.com]' })
    const { code, stderr } = await cli('validate')
    expect(code).toBe(1)
    expect(stderr).toContain(
      'sync-profiles/people.yaml:3:15 There is no file people/gone.csv (as seen from sync-profiles/people.yaml)',
    )
  })

  test('together with what is wrong with the profiles', async () => {
    tenants.write('others.yaml', 'nmae: others\nkind: mail-contacts\n')
    const { code, stderr } = await cli('validate')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^sync-profiles\/others\.yaml:1:1 unknown key `nmae`: did you mean `name`\?$/m)
    expect(stderr).toMatch(/^sync-profiles\/people\/partners\.csv:2:1 has 4 cells, and the header 3$/m)
  })

  test('a file without the column that mail contacts are known by', async () => {
    tenants.write('people/partners.csv', 'id,displayName\n1,Kurt\n')
    const { code, stderr } = await cli('validate')
    expect(code).toBe(1)
    expect(stderr).toContain(
      'sync-profiles/people.yaml:3:15 people/partners.csv has no column `mail`, by which this kind of profile knows people',
    )
  })

  test('and a plan on a pull request annotates them, too', async () => {
    const { code, stdout } = await action({ event: 'pull_request' })
    expect(code).toBe(1)
    expect(stdout).toContain(
      'file=sync-profiles/people/partners.csv,line=2,col=1::has 4 cells, and the header 3',
    )
  })

  test('in a workflow, as annotations of the file', async () => {
    const { code, stdout } = await action({ event: 'pull_request', inputs: { command: 'validate' } })
    expect(code).toBe(1)
    expect(stdout).toContain(
      '::error title=tenant-sync,file=sync-profiles/people/partners.csv,line=2,col=1::has 4 cells, and the header 3',
    )
  })
})

test('in a workflow the token is masked before anything else could show it, and people are told of as ever', async () => {
  const { code, stdout, runner } = await action({ event: 'pull_request' })
  expect({ code, stdout }).toMatchObject({ code: 0 })
  expect(stdout).toContain(`::add-mask::${TOKEN}`)
  expect(stdout.replaceAll(`::add-mask::${TOKEN}`, '')).not.toContain(TOKEN)
  const { body } = tenants.simulator.world.github.comments[0]!
  for (const text of [body, readFileSync(runner.outputs()['summary-path']!, 'utf8')]) {
    expect(text).toContain('K. G. @partners.com')
    expect(text).not.toMatch(/Gödel|kurt@|a-token/)
  }
})

async function action({ inputs, ...options }: RunnerOptions) {
  const { HR_TOKEN: _, ...more } = env
  const runner = runnerEnv(tenants.simulator, {
    workspace: tenants.root,
    ...options,
    inputs: { 'github-token': tenants.simulator.world.github.token.value, ...inputs },
  })
  runners.push(runner)
  const given = { ...runner.env, HR_TOKEN: TOKEN, NODE_EXTRA_CA_CERTS: more['NODE_EXTRA_CA_CERTS']! }
  return { ...(await run(ACTION, [], { env: given })), runner }
}
